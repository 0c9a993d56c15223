package io.zipmap.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Ends a Spark application in order when a signal ends the process. Spark itself stops the application then, so that
 * the jobs of the command fail, and the command closes what it has open. Before that, this says that the command was
 * interrupted, and ends the log, because errors of a stopped application are no news. After that, it keeps the file
 * systems and the process alive until the command has closed the application. Thread-safe.
 */
final class InterruptedApplication {
    /** Hooks run from high to low. Spark's own is at 30 above that of the file systems. */
    private static final int BEFORE_SPARK = FileSystem.SHUTDOWN_HOOK_PRIORITY + 90;

    private static final int AFTER_SPARK = FileSystem.SHUTDOWN_HOOK_PRIORITY + 10;

    /** A command may stand still where no job is, for example reading its standard input. */
    private static final long PATIENCE_SECONDS = 5;

    private final Interruption interruption;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean opened;

    private InterruptedApplication(Interruption interruption) {
        this.interruption = interruption;
    }

    /** Watches from before Spark starts. */
    static InterruptedApplication watch(Interruption interruption) {
        InterruptedApplication application = new InterruptedApplication(interruption);
        ShutdownHookManager hooks = ShutdownHookManager.get();
        hooks.addShutdownHook(application::begin, BEFORE_SPARK);
        hooks.addShutdownHook(application::awaitClosed, AFTER_SPARK, 2 * PATIENCE_SECONDS, TimeUnit.SECONDS);
        return application;
    }

    private void begin() {
        if (closed.getCount() > 0) {
            interruption.begin();
            // A logger of the root's name is the root; loggers that are made later inherit the level.
            Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, Level.OFF);
        }
    }

    /** A command whose application is not open yet has nothing to close. */
    private void awaitClosed() {
        try {
            if (opened) {
                closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says that the command has an application now. */
    void opened() {
        opened = true;
    }

    /** Says that the command has closed the application, or could not open it. */
    void closed() {
        closed.countDown();
    }
}
