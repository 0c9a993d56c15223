package io.zipmap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.testing.SparkLocal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On a local Spark that makes three attempts of a task, as a cluster does. */
class RetriedTaskLogTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    /** Collects the numbers of partitions. The first attempts of some tasks fail. */
    private static List<Integer> collect(JavaSparkContext spark, int failedAttempts) {
        return spark.parallelize(List.of(0, 1, 2), 3)
                .map(number -> {
                    if (number < 2 && TaskContext.get().attemptNumber() < failedAttempts) {
                        throw new IOException("disk of a sick node, s3://key:secret@bucket/x");
                    }
                    return number;
                })
                .collect();
    }

    @Test
    void failedAttemptsOfAStageThatSucceedsAreOneWarning() throws Exception {
        SPARK.session().stop();
        List<String> warnings = Collections.synchronizedList(new ArrayList<>());
        AbstractAppender appender = new AbstractAppender("warnings", null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                warnings.add(event.getMessage().getFormattedMessage());
            }
        };
        appender.start();
        Logger logger = (Logger) LogManager.getLogger(RetriedTaskLog.class);
        SparkConf conf = new SparkConf()
                .setMaster("local[2,3]")
                .setAppName("retries")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1");
        try (JavaSparkContext spark = new JavaSparkContext(conf)) {
            // Spark's start sets the levels of all loggers.
            logger.addAppender(appender);
            Configurator.setLevel(logger, Level.WARN);
            spark.sc().addSparkListener(new RetriedTaskLog());
            assertThat(collect(spark, 0)).containsExactly(0, 1, 2);
            assertThat(collect(spark, 2)).containsExactly(0, 1, 2);
            assertThatThrownBy(() -> collect(spark, 3)).hasMessageContaining("sick node");
            spark.sc().listenerBus().waitUntilEmpty();
        } finally {
            logger.removeAppender(appender);
            Configurator.setLevel(logger, Level.ERROR);
        }
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("4 attempts of tasks failed and were made again, the first on ")
                .contains("disk of a sick node")
                .doesNotContain("secret");
    }
}
