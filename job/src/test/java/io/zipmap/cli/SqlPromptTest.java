package io.zipmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.job.Queries;
import io.zipmap.job.QueryResults;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import io.zipmap.testing.SparkLocal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The output of an interactive session. */
class SqlPromptTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    private static CommandResult session(String format, String text) {
        return CommandResult.call(
                call -> {
                    OptionValues values =
                            OptionValues.resolve(Map.of(Option.RESULT_FORMAT, List.of(format)), key -> null, Map.of());
                    Queries queries = new Queries(SPARK.session(), QueryResults.of(values));
                    try (SqlPrompt prompt = new SqlPrompt(SPARK.session(), queries)) {
                        prompt.run(new StreamStatementReader(
                                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
                    }
                    return ExitStatus.DONE;
                },
                "sql");
    }

    @Test
    void theErrorOfAStatementIsPrintedAndTheNextOneRuns() {
        CommandResult terminal = session(
                "csv",
                "SELECT * FROM nowhere_at_all;\nSELEC 1;\nSELECT raise_error('on purpose');\nSELECT 7 * 6 AS "
                        + "answer;\n");
        assertThat(terminal.errors())
                .anyMatch(line -> line.startsWith("zipmap: [ZIPMAP_SQL_FAILED]") && line.contains("nowhere_at_all"))
                .anyMatch(line -> line.contains("PARSE_SYNTAX_ERROR"))
                .anyMatch(line -> line.contains("on purpose"));
        assertThat(terminal.out).contains("answer").contains("42");
        assertThat(terminal.status).isZero();
    }

    @Test
    void dotCommandsHelpListAndQuit() {
        SPARK.session().range(1).createOrReplaceTempView("a_view_of_one");
        CommandResult terminal = session("csv", ".help\n.tables\n.quit\nSELECT 'never' AS n;\n");
        assertThat(terminal.out).contains("Ctrl-D").contains("a_view_of_one").doesNotContain("never");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "csv | a,\"b \"\"c\"\"\",d",
                "csv | 1,\"x, \"\"y\"\"\",\"[1, 2]\"",
                "csv | NaN,,",
                "json | {\"a\":1.0,\"b \\\"c\\\"\":\"x, \\\"y\\\"\",\"d\":[1,2]}",
                "json | {\"a\":\"NaN\",\"b \\\"c\\\"\":null,\"d\":null}"
            })
    void resultsArePrintedForPrograms(String format, String line) {
        String query = "SELECT * FROM VALUES (1D, 'x, \"y\"', array(1, 2)), (double('NaN'), null, null) AS t(a, `b "
                + "\"c\"`, d);";
        assertThat(session(format, query).out.lines()).contains(line.replace("1,\"x", "1.0,\"x"));
    }

    @Test
    void aRunningStatementCanBeCancelled() throws IOException, InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        SparkListener listener = new SparkListener() {
            @Override
            public void onTaskStart(SparkListenerTaskStart task) {
                started.countDown();
            }
        };
        SPARK.session().sparkContext().addSparkListener(listener);
        OptionValues values =
                OptionValues.resolve(Map.of(Option.RESULT_FORMAT, List.of("json")), key -> null, Map.of());
        String forever =
                "SELECT count(*) FROM range(1000000000) a CROSS JOIN range(1000000000) b WHERE a.id + b.id < 0;\n";
        try (SqlPrompt prompt = new SqlPrompt(SPARK.session(), new Queries(SPARK.session(), QueryResults.of(values)))) {
            Thread interrupts = new Thread(() -> {
                try {
                    started.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                prompt.cancel();
            });
            interrupts.start();
            CommandResult terminal = CommandResult.call(
                    call -> {
                        prompt.run(new StreamStatementReader(new ByteArrayInputStream(
                                (forever + "SELECT 'after it' AS n;\n").getBytes(StandardCharsets.UTF_8))));
                        return ExitStatus.DONE;
                    },
                    "sql");
            interrupts.join();
            assertThat(terminal.err).contains("cancelled");
            assertThat(terminal.out).contains("after it");
        } finally {
            SPARK.session().sparkContext().removeSparkListener(listener);
        }
    }
}
