package io.zipmap.job.output;

import static io.zipmap.testing.FolderListing.namesOfData;
import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.job.Queries;
import io.zipmap.job.QueryResults;
import io.zipmap.options.Option;
import io.zipmap.plan.RunGeneration;
import io.zipmap.plan.RunOutput;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.TestOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables that readers see between any two steps of a publication, whether it goes on or is killed. */
class KilledPublishTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    private static final int FILES = 3;

    @TempDir
    Path folder;

    private static SparkSession session() {
        return SPARK.session();
    }

    private static Configuration configuration() {
        return session().sparkContext().hadoopConfiguration();
    }

    private static org.apache.hadoop.fs.Path hadoop(String scheme, Path path) {
        return new org.apache.hadoop.fs.Path(scheme, "", path.toString());
    }

    private static void write(Path folder, String word) throws IOException {
        for (String table : RunOutput.TABLES) {
            Files.createDirectories(folder.resolve(table));
            for (int i = 0; i < FILES; i++) {
                Files.writeString(folder.resolve(table).resolve(word + i), word + "\n");
            }
        }
    }

    private static List<String> words(RunOutput output) throws IOException {
        return output.readConsistently(now -> {
            List<String> words = new ArrayList<>();
            for (String table : List.of(RunOutput.ARRAYS, RunOutput.FAILURES)) {
                words.addAll(now.tables()
                        .read(session(), table, "text", new StructType())
                        .as(Encoders.STRING())
                        .collectAsList());
            }
            return words;
        });
    }

    /** With an atomic rename, and with a rename that copies file by file. */
    @ParameterizedTest
    @ValueSource(strings = {"viewfs", "copying"})
    void aKillAtAnyStepLeavesOldOrNewTablesAndTheNextRunGoesOn(String scheme) throws IOException {
        configuration().set("fs." + scheme + ".impl", MortalFileSystem.class.getName());
        configuration().setBoolean("fs." + scheme + ".impl.disable.cache", true);
        TreeSet<String> seen = new TreeSet<>();
        boolean done = false;
        for (int steps = 0; !done; steps++) {
            Path output = folder.resolve("out" + steps);
            write(output, "old");
            FileSystem local = FileSystem.getLocal(configuration());
            RunGeneration.settled("a", Map.of()).write(local, hadoop("file", output));
            RunGeneration next = RunGeneration.settled("b", Map.of());
            write(Path.of(next.nextFolder(hadoop("file", output)).toUri().getPath()), "new");
            RunGeneration moving = next.moving(local, hadoop("file", output));
            done = publish(scheme, output, moving, steps);

            RunOutput found =
                    RunOutput.at(configuration(), hadoop("file", output)).orElseThrow();
            List<String> words = words(found);
            assertThat(words).as("after " + steps).hasSize(2 * FILES);
            assertThat(new TreeSet<>(words)).as("after " + steps).hasSize(1);
            seen.add(words.get(0));

            OutputTarget.open(configuration(), output.toString(), true).close();
            RunOutput after =
                    RunOutput.at(configuration(), hadoop("file", output)).orElseThrow();
            assertThat(words(after)).as("after " + steps).isEqualTo(words);
            for (String table : RunOutput.TABLES) {
                assertThat(namesOfData(output.resolve(table)))
                        .hasSize(FILES)
                        .allMatch(name -> name.startsWith(words.get(0)));
            }
            assertThat(namesOfData(output.resolve("_run"))).doesNotContain("next-b");
        }
        assertThat(seen).containsExactly("new", "old");
    }

    private static boolean publish(String scheme, Path output, RunGeneration moving, int steps) throws IOException {
        org.apache.hadoop.fs.Path path = hadoop(scheme, output);
        MortalFileSystem.scheme = scheme;
        FileSystem mortal = path.getFileSystem(configuration());
        MortalFileSystem.steps.set(steps);
        try {
            moving.write(mortal, path);
            new TableMoves(mortal, path, moving).finish();
            return true;
        } catch (MortalFileSystem.Killed e) {
            return false;
        }
    }

    @Test
    void queriesSeeOneGenerationWhileTablesAreReplacedSlowly() throws IOException {
        configuration().set("fs.slow.impl", SlowFileSystem.class.getName());
        String output = "slow://" + folder.resolve("out");
        publish(output, 1);
        FormerViews former = FormerViews.at(session(), output, "parquet");
        former.register();
        Queries queries = new Queries(
                        session(),
                        QueryResults.of(
                                TestOptions.of(Option.RESULT_FORMAT, "csv").values()))
                .over(former);
        CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> {
            try {
                for (int rows = 2; rows <= 4; rows++) {
                    publish(output, rows);
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        PrintStream out = System.out;
        TreeSet<String> seen = new TreeSet<>();
        try {
            do {
                ByteArrayOutputStream printed = new ByteArrayOutputStream();
                System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
                queries.run(List.of("SELECT a.n || '=' || f.n AS both FROM (SELECT count(*) n FROM arrays) a,"
                        + " (SELECT count(*) n FROM failures) f"));
                seen.addAll(
                        printed.toString(StandardCharsets.UTF_8).lines().skip(1).toList());
            } while (!publishing.isDone());
        } finally {
            System.setOut(out);
        }
        publishing.join();
        assertThat(seen).hasSizeGreaterThan(1).allMatch(line -> line.matches("\"?(.)=\\1\"?"));
    }

    private static void publish(String output, int rows) throws IOException {
        Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
        RunOutput.TABLES.forEach(name ->
                tables.put(name, session().range(0, rows, 1, 2).selectExpr("id", "id AS count", "id AS nan_count")));
        try (OutputTarget target = OutputTarget.open(configuration(), output, true)) {
            new Publisher(new TableWriter("parquet"), () -> {}, null)
                    .publish(tables, session().range(1).toDF(), Map.of(), target);
        }
    }

    /** Renames of tables take some time before and after they are done. */
    public static final class SlowFileSystem extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("slow:///");
        }

        @Override
        public String getScheme() {
            return "slow";
        }

        @Override
        public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to) throws IOException {
            boolean table = RunOutput.TABLES.contains(from.getName());
            nap(table);
            boolean renamed = super.rename(from, to);
            nap(table);
            return renamed;
        }

        private static void nap(boolean wanted) {
            try {
                Thread.sleep(wanted ? 150 : 0);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Simulates a kill of the process after a given number of changes. */
    public static final class MortalFileSystem extends RawLocalFileSystem {
        static final AtomicInteger steps = new AtomicInteger();
        static volatile String scheme = "";

        static final class Killed extends IOException {
            private static final long serialVersionUID = 1L;
        }

        private static void step() throws Killed {
            if (steps.getAndDecrement() <= 0) {
                throw new Killed();
            }
        }

        @Override
        public URI getUri() {
            return URI.create(scheme + ":///");
        }

        @Override
        public String getScheme() {
            return scheme;
        }

        @Override
        public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to) throws IOException {
            if (!scheme.equals("copying") || getFileStatus(from).isFile()) {
                step();
                return super.rename(from, to);
            }
            for (FileStatus file : listStatus(from)) {
                step();
                Files.createDirectories(pathToFile(to).toPath());
                Files.copy(
                        pathToFile(file.getPath()).toPath(),
                        pathToFile(to).toPath().resolve(file.getPath().getName()));
            }
            for (FileStatus file : listStatus(from)) {
                step();
                super.delete(file.getPath(), false);
            }
            return super.delete(from, true);
        }

        @Override
        public FSDataOutputStream create(
                org.apache.hadoop.fs.Path path,
                boolean overwrite,
                int bufferBytes,
                short replication,
                long blockBytes,
                Progressable progress)
                throws IOException {
            step();
            return super.create(path, overwrite, bufferBytes, replication, blockBytes, progress);
        }

        @Override
        public boolean delete(org.apache.hadoop.fs.Path path, boolean recursive) throws IOException {
            step();
            return super.delete(path, recursive);
        }
    }
}
