package io.zipmap.cli;

import io.zipmap.memory.MemoryListener;
import io.zipmap.memory.MemoryPeak;
import io.zipmap.memory.MemoryPlugin;
import io.zipmap.store.NodeScratch;
import java.io.IOException;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Spark for the length of one command, with the memory plugin and, where there is no terminal, a progress log. */
final class SparkScope implements AutoCloseable {
    private static final String PLUGINS = "spark.plugins";
    private static final String PROGRESS_BAR = "spark.ui.showConsoleProgress";

    private final SparkSession session;
    private final ProgressLog progress = new ProgressLog();

    private SparkScope(SparkSession session, boolean onTerminal) {
        this.session = session;
        if (!onTerminal) {
            session.sparkContext().addSparkListener(progress);
        }
    }

    static SparkScope open(CommandInvocation call) {
        boolean onTerminal = System.console() != null;
        SparkConf conf = new SparkConf().setIfMissing("spark.master", "local[*]");
        String others = conf.get(PLUGINS, "");
        conf.set(PLUGINS, MemoryPlugin.class.getName() + (others.isEmpty() ? "" : "," + others));
        conf.setIfMissing(PROGRESS_BAR, Boolean.toString(onTerminal));
        SparkSession session = SparkSession.builder()
                .appName("zipmap " + call.command().word())
                .config(conf)
                .getOrCreate();
        return new SparkScope(session, onTerminal);
    }

    SparkSession session() {
        return session;
    }

    /** Peaks that have arrived by now, by process. */
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
