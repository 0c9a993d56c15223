package io.zipmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

class TaskErrorLogTest {
    private static final String TASKS = "org.apache.spark.scheduler.TaskSchedulerImpl";

    private static LogEvent event(String message) {
        return Log4jLogEvent.newBuilder()
                .setLevel(Level.ERROR)
                .setMessage(new SimpleMessage(message))
                .build();
    }

    @Test
    void aTaskThatEndsAfterSparkIsSilentButALostExecutorIsNot() {
        Configuration configuration = new DefaultConfiguration();
        TaskErrorLog.silence(configuration);
        LoggerConfig tasks = configuration.getLoggerConfig(TASKS);
        assertThat(tasks.getName()).isEqualTo(TASKS);
        assertThat(tasks.getLevel()).isEqualTo(configuration.getRootLogger().getLevel());
        assertThat(tasks.isFiltered(event("Exception in statusUpdate"))).isTrue();
        assertThat(tasks.isFiltered(event("Lost executor 1 on host"))).isFalse();
    }
}
