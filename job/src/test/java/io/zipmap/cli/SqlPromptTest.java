package io.zipmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.job.Queries;
import io.zipmap.job.QueryResults;
import io.zipmap.job.output.LazyView;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import io.zipmap.plan.Progress;
import io.zipmap.testing.SparkLocal;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The output of an interactive session. */
@Timeout(120)
class SqlPromptTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    private static SqlSession open(String format) throws ZipmapException {
        OptionValues values =
                OptionValues.resolve(Map.of(Option.RESULT_FORMAT, List.of(format)), key -> null, Map.of());
        Queries queries = new Queries(SPARK.session(), QueryResults.of(values));
        LazyView later = new LazyView() {
            @Override
            public String name() {
                return "a_view_to_come";
            }

            @Override
            public void register() {
                throw new AssertionError("No statement names it");
            }
        };
        return new SqlSession(SPARK.session(), queries, List.of(), List.of(later), Progress.NONE, () -> {});
    }

    private static CommandResult session(String format, String text) {
        return session(() -> open(format), text, runner -> {});
    }

    /** @param other gets the runner before the first statement is read */
    private static CommandResult session(Callable<SqlSession> opening, String text, Consumer<StatementRunner> other) {
        return CommandResult.call(
                call -> {
                    try (SqlStart start = SqlStart.begin(opening, session -> {}, () -> {});
                            StatementRunner runner = new StatementRunner(start)) {
                        other.accept(runner);
                        new SqlPrompt(start, runner)
                                .run(new StreamStatementReader(
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

    @ParameterizedTest
    @ValueSource(strings = {".quit", ".exit", "exit;", "QUIT;", "exit"})
    void dotCommandsHelpAndListAndWordsEnd(String end) {
        SPARK.session().range(1).createOrReplaceTempView("a_view_of_one");
        CommandResult terminal = session("csv", ".help\n.tables\n.nothing\n" + end + "\nSELECT 'never' AS n;\n");
        assertThat(terminal.err)
                .contains("Ctrl-D")
                .contains("unknown command: .nothing")
                .contains("a_view_to_come: each is made when a query first names it");
        assertThat(terminal.out)
                .contains("a_view_of_one")
                .doesNotContain("Ctrl-D")
                .doesNotContain("never");
    }

    @Test
    void helpIsThereWhileSparkStartsAndAStatementWaits() {
        CountDownLatch helped = new CountDownLatch(1);
        CommandResult terminal = session(
                () -> {
                    helped.await();
                    return open("csv");
                },
                ".help\nSELECT 6 * 7 AS answer;\n",
                runner -> new Thread(() -> {
                            // Spark starts when the statement waits for it.
                            while (!runner.isRunning()) {
                                Thread.onSpinWait();
                            }
                            helped.countDown();
                        })
                        .start());
        assertThat(terminal.err).contains("Ctrl-D");
        assertThat(terminal.out).isEqualToIgnoringNewLines("answer42");
    }

    @Test
    void theErrorOfTheStartIsToldOnceAndEndsTheSession() {
        CommandResult terminal = session(
                () -> {
                    throw new ZipmapException(Condition.INPUT_MISSING, "Cannot find the input: nowhere");
                },
                "SELECT 1;\nSELECT 2;\n",
                runner -> {});
        assertThat(terminal.errors())
                .filteredOn(line -> line.startsWith("zipmap:"))
                .containsExactly("zipmap: [ZIPMAP_INPUT_MISSING] Cannot find the input: nowhere.");
        assertThat(terminal.status).isEqualTo(ExitStatus.FAILED);
    }

    @Test
    void aStatementThatWaitsForTheStartCanBeInterrupted() {
        CountDownLatch never = new CountDownLatch(1);
        CommandResult terminal = session(
                () -> {
                    never.await();
                    return open("csv");
                },
                "SELECT 1;\n.help\n",
                runner -> interruptWhen(runner, runner::isRunning));
        never.countDown();
        assertThat(terminal.err).containsSubsequence("interrupted", "Ctrl-D");
        assertThat(terminal.out).isEmpty();
    }

    private static void interruptWhen(StatementRunner runner, BooleanSupplier ready) {
        new Thread(() -> {
                    while (!ready.getAsBoolean()) {
                        Thread.onSpinWait();
                    }
                    runner.interrupt();
                })
                .start();
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
    void aRunningStatementCanBeInterrupted() {
        CountDownLatch started = new CountDownLatch(1);
        SparkListener listener = new SparkListener() {
            @Override
            public void onTaskStart(SparkListenerTaskStart task) {
                started.countDown();
            }
        };
        SPARK.session().sparkContext().addSparkListener(listener);
        String forever =
                "SELECT count(*) FROM range(1000000000) a CROSS JOIN range(1000000000) b WHERE a.id + b.id < 0;\n";
        try {
            CommandResult terminal = session(
                    () -> open("json"),
                    forever + "SELECT 'after it' AS n;\n",
                    runner -> interruptWhen(runner, () -> started.getCount() == 0));
            assertThat(terminal.errors()).filteredOn(line -> !line.isEmpty()).containsExactly("interrupted");
            assertThat(terminal.out).contains("after it");
        } finally {
            SPARK.session().sparkContext().removeSparkListener(listener);
        }
    }
}
