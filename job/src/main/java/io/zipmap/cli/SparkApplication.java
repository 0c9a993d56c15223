package io.zipmap.cli;

import io.zipmap.ZipmapException;
import io.zipmap.memory.MemoryGuard;
import io.zipmap.memory.MemoryPlugin;
import io.zipmap.memory.MemorySample;
import io.zipmap.memory.MemoryTimeline;
import io.zipmap.options.Option;
import io.zipmap.sql.ZipmapExtensions;
import io.zipmap.store.NodeScratch;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark application of one command, with the memory plugin, and with a {@link SparkProgress} for its progress.
 * Closing stops the session and releases the scratch of this process. If a signal ends the process, the
 * {@link InterruptedApplication} sees that it is closed.
 */
final class SparkApplication implements AutoCloseable {
    private static final String PLUGINS = "spark.plugins";
    private static final String SPARKS_PROGRESS = "spark.ui.showConsoleProgress";

    private final SparkSession session;
    private final InterruptedApplication interrupted;

    private SparkApplication(SparkSession session, InterruptedApplication interrupted, ProgressDisplay progress) {
        this.session = session;
        this.interrupted = interrupted;
        if (!session.sparkContext().isLocal()) {
            session.sparkContext().addSparkListener(new RetriedTaskLog());
        }
        SparkProgress counts = new SparkProgress(session.sparkContext());
        session.sparkContext().addSparkListener(counts);
        progress.watch(counts);
    }

    /** Starts Spark for a command. */
    static SparkApplication open(CommandInvocation invocation) throws IOException {
        if (!invocation.values().flag(Option.STACKTRACE)) {
            TaskErrorLog.silence();
        }
        SparkConf conf = new SparkConf().setIfMissing("spark.master", "local[*]");
        StartCheck.require(invocation, conf);
        conf.set(PLUGINS, withMemoryPlugin(conf.get(PLUGINS, "")));
        conf.set(SPARKS_PROGRESS, "false");
        InterruptedApplication interrupted = InterruptedApplication.watch(invocation.interruption());
        boolean open = false;
        try {
            // The builder of SparkSession itself looks this class up by Scala's reflection, which takes half a second.
            SparkSession session = org.apache.spark.sql.classic.SparkSession.builder()
                    .appName("zipmap " + invocation.command().word())
                    .config(conf)
                    .withExtensions(new ZipmapExtensions())
                    .getOrCreate();
            open = true;
            interrupted.opened();
            return new SparkApplication(session, interrupted, invocation.progress());
        } finally {
            if (!open) {
                interrupted.closed();
            }
        }
    }

    /** @param plugins of the user, comma-separated, which may be this one too */
    static String withMemoryPlugin(String plugins) {
        Set<String> all = new LinkedHashSet<>(List.of(MemoryPlugin.class.getName()));
        for (String plugin : plugins.split(",")) {
            all.add(plugin.strip());
        }
        all.remove("");
        return String.join(",", all);
    }

    SparkSession session() {
        return session;
    }

    /** Memory peaks that have been reported so far, by process. */
    Map<String, MemorySample> peaks() {
        return MemoryTimeline.of(session.sparkContext()).peaks();
    }

    /** @param maxAnonGrowth bytes; 0 for a guard that watches nothing */
    MemoryGuard guard(long maxAnonGrowth) throws ZipmapException {
        return MemoryGuard.on(session.sparkContext(), maxAnonGrowth);
    }

    @Override
    public void close() throws IOException {
        try {
            session.stop();
            NodeScratch.closeAll();
        } finally {
            interrupted.closed();
        }
    }
}
