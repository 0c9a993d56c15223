package io.zipmap.memory;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.util.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Spark plugin that measures the memory of the driver, of every executor and of their Python workers. Any Spark
 * application can load it: {@code spark.plugins=io.zipmap.memory.MemoryPlugin}. Each JVM publishes its values as Spark
 * metrics. The executors send their samples to the driver, whose {@link MemoryTimeline} keeps them, and which posts
 * peaks on its listener bus as {@link MemoryEvent}s. Each process's {@link MemorySampler} stops with the plugin.
 */
public final class MemoryPlugin implements SparkPlugin {
    @Override
    public DriverPlugin driverPlugin() {
        return new OnDriver();
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new OnExecutor();
    }

    private static final class OnDriver implements DriverPlugin {
        private @Nullable SparkContext spark;
        private @Nullable MemoryListener listener;
        private @Nullable MemorySampler sampler;

        @Override
        public Map<String, String> init(SparkContext context, PluginContext plugin) {
            MemoryProcess driver = MemoryProcess.ofThisJvm(MemoryProcess.DRIVER, Utils.localHostName());
            MemoryGauges gauges = new MemoryGauges(plugin.metricRegistry());
            MemorySampler started = new MemorySampler(driver, new Recording(gauges), () -> false);
            spark = context;
            listener = new MemoryListener(started::stageBoundary);
            sampler = started;
            context.addSparkListener(listener);
            started.start();
            return Map.of();
        }

        /** Records what this process measures of itself. */
        private final class Recording implements MemorySampler.Receiver {
            private final MemoryGauges gauges;

            Recording(MemoryGauges gauges) {
                this.gauges = gauges;
            }

            @Override
            public void accept(MemoryProcess process, MemorySample sample) {
                gauges.accept(process, sample);
                record(process, sample);
            }

            @Override
            public void endOfRound(long nanos) {
                gauges.endOfRound(nanos);
            }
        }

        private void record(MemoryProcess process, MemorySample sample) {
            if (spark != null && listener != null) {
                MemorySample peak = listener.add(process, sample);
                if (peak != null) {
                    spark.listenerBus().post(new MemoryEvent(process.name(), peak));
                }
            }
        }

        @Override
        public @Nullable Object receive(Object report) {
            ((MemoryReport) report).forEach(this::record);
            return null;
        }

        @Override
        public void shutdown() {
            if (sampler != null) {
                sampler.stop();
            }
        }
    }

    private static final class OnExecutor implements ExecutorPlugin {
        private static final Logger LOG = LoggerFactory.getLogger(OnExecutor.class);
        private static final int NONE = -1;

        private final AtomicInteger tasks = new AtomicInteger();
        private volatile int stage = NONE;
        private boolean sendFailed;
        private @Nullable MemorySampler sampler;

        @Override
        public void init(PluginContext plugin, Map<String, String> configuration) {
            if (MemoryProcess.DRIVER.equals(plugin.executorID())) {
                return;
            }
            // The host name of the plugin's context fails in an executor, which has no address of its own.
            MemoryProcess process = MemoryProcess.ofThisJvm(plugin.executorID(), Utils.localHostName());
            ReportSender sender =
                    new ReportSender(report -> send(plugin, report), new MemoryGauges(plugin.metricRegistry()));
            sampler = new MemorySampler(process, sender, () -> tasks.get() > 0);
            sampler.start();
        }

        /** What is lost with a failed message is not sent again: the driver has ended, as a rule. */
        private void send(PluginContext plugin, MemoryReport report) {
            try {
                plugin.send(report);
                sendFailed = false;
            } catch (IOException | IllegalStateException e) {
                if (!sendFailed) {
                    LOG.warn("Cannot send the driver the memory of executor {}", plugin.executorID(), e);
                }
                sendFailed = true;
            }
        }

        /** Called in the thread of the task: takes a sample when its stage is new here. */
        @Override
        public void onTaskStart() {
            tasks.incrementAndGet();
            TaskContext task = TaskContext.get();
            if (sampler != null && task != null && task.stageId() != stage) {
                stage = task.stageId();
                sampler.stageBoundary();
            }
        }

        @Override
        public void onTaskSucceeded() {
            tasks.decrementAndGet();
        }

        @Override
        public void onTaskFailed(TaskFailedReason reason) {
            tasks.decrementAndGet();
        }

        @Override
        public void shutdown() {
            if (sampler != null) {
                sampler.stop();
            }
        }
    }
}
