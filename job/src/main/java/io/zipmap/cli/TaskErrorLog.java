package io.zipmap.cli;

import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.filter.StringMatchFilter;
import org.slf4j.LoggerFactory;

/**
 * Silences the loggers by which Spark reports each attempt of a failed task, because {@link ErrorPrinter} prints the
 * error that ends the command, and those that warn of what ends when Spark stops. Acts in this process only, and only
 * on zipmap's own log configuration. A logger that the configuration names keeps its level.
 */
final class TaskErrorLog {
    /** The name that {@code conf/log4j2.properties} gives itself. */
    static final String CONFIGURATION = "zipmap";

    private static final String SLF4J_BINDING = "org.apache.logging.slf4j.";

    /** The loggers, each with the level from which it is shown. */
    private static final Map<String, Level> LEVELS = Map.of(
            "org.apache.spark.executor.Executor", Level.OFF,
            "org.apache.spark.scheduler.TaskSetManager", Level.OFF,
            // It warns of each block whose task failed.
            "org.apache.spark.storage.BlockManager", Level.ERROR,
            // It warns of each RDD that is removed while Spark stops.
            "org.apache.spark.storage.BlockManagerMaster", Level.ERROR,
            // It warns of executors that end because Spark stops.
            "org.apache.spark.scheduler.cluster.StandaloneSchedulerBackend$StandaloneDriverEndpoint", Level.ERROR,
            "org.apache.spark.sql.execution.datasources.FileFormatWriter", Level.OFF,
            "org.apache.spark.sql.execution.datasources.v2", Level.OFF,
            // It reports events that arrive while its threads end.
            "io.netty", Level.OFF);

    /** Its message is of a task that ends after Spark has stopped; its other messages are shown. */
    private static final String TASKS = "org.apache.spark.scheduler.TaskSchedulerImpl";

    private static final String TASK_AFTER_STOP = "Exception in statusUpdate";

    private TaskErrorLog() {}

    static void silence() {
        if (LoggerFactory.getILoggerFactory().getClass().getName().startsWith(SLF4J_BINDING)
                && LogManager.getContext(false) instanceof LoggerContext context) {
            Configuration configuration = context.getConfiguration();
            if (CONFIGURATION.equals(configuration.getName())) {
                silence(configuration);
                context.updateLoggers();
            }
        }
    }

    static void silence(Configuration configuration) {
        if (!configuration.getLoggers().containsKey(TASKS)) {
            LoggerConfig tasks = new LoggerConfig(TASKS, null, true);
            tasks.addFilter(StringMatchFilter.newBuilder()
                    .setMatchString(TASK_AFTER_STOP)
                    .setOnMatch(Filter.Result.DENY)
                    .setOnMismatch(Filter.Result.NEUTRAL)
                    .build());
            configuration.addLogger(TASKS, tasks);
        }
        LEVELS.forEach((name, level) -> {
            if (!configuration.getLoggers().containsKey(name)) {
                configuration.addLogger(name, new LoggerConfig(name, level, true));
            }
        });
    }
}
