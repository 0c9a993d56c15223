package io.zipmap.cli;

import io.zipmap.memory.MemoryListener;
import io.zipmap.memory.MemoryPeak;
import io.zipmap.memory.MemoryPlugin;
import io.zipmap.options.Option;
import io.zipmap.sql.HiddenColumnsRule;
import io.zipmap.store.NodeScratch;
import java.io.IOException;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark application of one command, with the memory plugin, and with a {@link ProgressLog} if there is no terminal.
 * Closing stops the session and releases the scratch of this process. If a signal ends the process, the
 * {@link InterruptedApplication} sees that it is closed.
 */
final class SparkApplication implements AutoCloseable {
    private static final String PLUGINS = "spark.plugins";
    private static final String PROGRESS_BAR = "spark.ui.showConsoleProgress";

    private final SparkSession session;
    private final InterruptedApplication interrupted;
    private final ProgressLog progress = new ProgressLog();

    private SparkApplication(SparkSession session, InterruptedApplication interrupted, boolean onTerminal) {
        this.session = session;
        this.interrupted = interrupted;
        if (!session.sparkContext().isLocal()) {
            session.sparkContext().addSparkListener(new RetriedTaskLog());
        }
        if (!onTerminal) {
            session.sparkContext().addSparkListener(progress);
        }
    }

    /** Starts Spark for a command. */
    static SparkApplication open(CommandInvocation invocation) throws IOException {
        if (!invocation.values().flag(Option.STACKTRACE)) {
            TaskErrorLog.silence();
        }
        boolean onTerminal = System.console() != null;
        SparkConf conf = new SparkConf().setIfMissing("spark.master", "local[*]");
        StartCheck.require(invocation, conf);
        String others = conf.get(PLUGINS, "");
        conf.set(PLUGINS, MemoryPlugin.class.getName() + (others.isEmpty() ? "" : "," + others));
        conf.setIfMissing(PROGRESS_BAR, Boolean.toString(onTerminal));
        InterruptedApplication interrupted = InterruptedApplication.watch(invocation.interruption());
        boolean open = false;
        try {
            // The builder of SparkSession itself looks this class up by Scala's reflection, which takes half a second.
            SparkSession session = org.apache.spark.sql.classic.SparkSession.builder()
                    .appName("zipmap " + invocation.command().word())
                    .config(conf)
                    .withExtensions(HiddenColumnsRule::addTo)
                    .getOrCreate();
            open = true;
            interrupted.opened(session.sparkContext());
            return new SparkApplication(session, interrupted, onTerminal);
        } finally {
            if (!open) {
                interrupted.closed();
            }
        }
    }

    SparkSession session() {
        return session;
    }

    /** Memory peaks that have been reported so far, by process. */
    Map<String, MemoryPeak> peaks() {
        return MemoryListener.peaks(session.sparkContext());
    }

    @Override
    public void close() throws IOException {
        try {
            progress.close();
            session.stop();
            NodeScratch.closeAll();
        } finally {
            interrupted.closed();
        }
    }
}
