package io.zipmap.memory;

import java.io.IOException;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.util.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Spark plugin that measures the memory of the driver and of every executor. The executors send their peaks to the
 * driver, which posts them on its listener bus as {@link MemoryEvent}s. Each process's {@link MemorySampler} stops with
 * the plugin.
 */
public final class MemoryPlugin implements SparkPlugin {
    /** The name of the driver process. In local mode this process also runs the tasks. */
    static final String DRIVER = "driver";

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
        private @Nullable MemorySampler sampler;

        @Override
        public Map<String, String> init(SparkContext context, PluginContext plugin) {
            spark = context;
            context.addSparkListener(new MemoryListener());
            sampler = new MemorySampler(MemoryProbe::read, peak -> receive(new MemoryEvent(DRIVER, peak)));
            sampler.start();
            return Map.of();
        }

        @Override
        public @Nullable Object receive(Object event) {
            if (spark != null) {
                spark.listenerBus().post((MemoryEvent) event);
            }
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

        private @Nullable MemorySampler sampler;

        @Override
        public void init(PluginContext plugin, Map<String, String> configuration) {
            if (DRIVER.equals(plugin.executorID())) {
                return;
            }
            String process = "executor " + plugin.executorID() + " on " + Utils.localHostName();
            sampler = new MemorySampler(MemoryProbe::read, peak -> send(plugin, new MemoryEvent(process, peak)));
            sampler.start();
        }

        private static void send(PluginContext plugin, MemoryEvent event) {
            try {
                plugin.send(event);
            } catch (IOException e) {
                LOG.warn("Cannot send the driver the memory of {}", event.getProcess(), e);
            }
        }

        @Override
        public void shutdown() {
            if (sampler != null) {
                sampler.stop();
            }
        }
    }
}
