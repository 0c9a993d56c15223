package io.zipmap.cli;

import io.zipmap.options.Command;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the usual commands once on tiny archives, so that a JVM that records class data records the classes that they
 * load. {@code submit.sh} starts it to make the class-data file of the embedded Spark; a user never does.
 */
public final class ClassDataTraining {
    private static final String ROWS = "-1,4";

    private ClassDataTraining() {}

    /** @param args the folder for all files that it writes; must exist */
    public static void main(String[] args) {
        String archives = args[0] + "/archives";
        String tables = args[0] + "/tables";
        call(Command.GENERATE, "--output", archives, "--count", "2", "--shape", "1000,4");
        call(Command.INSPECT, "--input", archives, "--dtype", "float32", "--shape", ROWS);
        call(Command.RUN, "--input", archives, "--dtype", "float32", "--shape", ROWS);
        call(
                Command.RUN,
                "--input",
                archives,
                "--dtype",
                "float32",
                "--shape",
                ROWS,
                "--output",
                tables,
                "--sql",
                "SELECT column, mean FROM column_stats");
        call(
                Command.SQL_COMMAND,
                "--input",
                archives,
                "--dtype",
                "float32",
                "--shape",
                ROWS,
                "SELECT count(*), avg(c0), stddev_pop(c1) FROM elements WHERE c2 > 0.5",
                "SELECT floor(c0 * 10) AS bucket, max(c1) FROM elements GROUP BY 1 ORDER BY 1",
                "SELECT * FROM elements LIMIT 3",
                "SELECT archive, shape, path FROM arrays");
        System.exit(ExitStatus.DONE);
    }

    private static void call(Command command, String... options) {
        List<String> words = new ArrayList<>(List.of(command.word()));
        words.addAll(List.of(options));
        int status = new CommandTree(Main::dispatch, new ProgressLog(), new Interruption(System.err))
                .execute(words.toArray(String[]::new));
        if (status != ExitStatus.DONE) {
            System.exit(status);
        }
    }
}
