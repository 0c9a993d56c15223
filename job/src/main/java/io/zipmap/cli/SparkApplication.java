package io.zipmap.cli;

import io.zipmap.memory.MemoryListener;
import io.zipmap.memory.MemoryPeak;
import io.zipmap.memory.MemoryPlugin;
import io.zipmap.options.Option;
import io.zipmap.store.NodeScratch;
import java.io.IOException;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark application of one command, with the memory plugin, and with a {@link ProgressLog} if there is no terminal.
 * Closing stops the session and releases the scratch of this process.
 */
final class SparkApplication implements AutoCloseable {
    private static final String PLUGINS = "spark.plugins";
    private static final String PROGRESS_BAR = "spark.ui.showConsoleProgress";

    private final SparkSession session;
    private final ProgressLog progress = new ProgressLog();

    private SparkApplication(SparkSession session, boolean onTerminal) {
        this.session = session;
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
        // The builder of SparkSession itself looks this class up by Scala's reflection, which takes half a second.
        SparkSession session = org.apache.spark.sql.classic.SparkSession.builder()
                .appName("zipmap " + invocation.command().word())
                .config(conf)
                .getOrCreate();
        return new SparkApplication(session, onTerminal);
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
        progress.close();
        session.stop();
        NodeScratch.closeAll();
    }
}
