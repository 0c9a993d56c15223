package io.zipmap.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.it.SubmitScript.Result;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The class-data file: a command leaves it behind, later ones start from it, and a damaged one changes no result. */
class ClassDataIT {
    private static final Map<String, String> ON = Map.of("ZIPMAP_CLASS_DATA", "on");
    private static final String[] QUERY = {
        "sql", "--dtype", "float32", "--shape", "-1,4", "SELECT count(*) FROM elements"
    };

    private static final int MIB = 1 << 20;

    @TempDir
    static Path folder;

    private final Path home = folder.resolve("home");

    /** The whole class-data files. One that is being made has another name. */
    private List<Path> files() throws IOException {
        Path made = home.resolve("job/target/class-data");
        if (!Files.isDirectory(made)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(made)) {
            return all.filter(file -> file.toString().endsWith(".classes")
                            && file.toFile().length() > MIB)
                    .toList();
        }
    }

    /** The jar of zipmap that has the name of the file, without the file's size. */
    private static String jarOf(Path file) {
        return file.toString().replaceFirst("-\\d+\\.classes$", ".jar");
    }

    private Result count(SubmitScript submit, String... options) throws Exception {
        Stream<String> words = Stream.of(
                        Stream.of("--conf", "spark.ui.enabled=false"),
                        Stream.of(options),
                        Stream.of("--"),
                        Stream.of(QUERY),
                        Stream.of("--input", folder.resolve("archives").toString()))
                .flatMap(part -> part);
        Result result = submit.call(ON, words.toArray());
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains("|2000 ");
        assertThat(result.err().lines().filter(line -> !line.contains("ProgressLog")))
                .isEmpty();
        return result;
    }

    @Test
    void aCommandLeavesTheFileAndLaterOnesMapTheirClassesFromIt() throws Exception {
        SubmitScript submit = SubmitScript.copyTo(home, folder);
        Result generated =
                submit.call("generate", "--output", folder.resolve("archives"), "--count", 2, "--shape", "1000,4");
        assertThat(generated.status()).as(generated.err()).isZero();
        assertThat(files()).isEmpty();

        count(submit);
        Await.until("a class-data file", () -> files().size() == 1);
        Path file = files().get(0);
        // Elsewhere, the JVM changes all pages of the file, and they count as its own memory.
        assertThat(submit.call(ON, "--dry-run", "run").out()).contains(file.toString(), "-XX:ArchiveRelocationMode=0");
        assertThat(submit.call("--dry-run", "run").out()).doesNotContain("class-data");
        assertThat(submit.call(
                                Map.of("ZIPMAP_CLASS_DATA", "on", "HADOOP_CONF_DIR", folder.toString()),
                                "--dry-run",
                                "run")
                        .out())
                .doesNotContain("class-data");

        String executors = submit.call(ON, "--dry-run", "--master", "spark://host:7077", "--", "run")
                .out();
        assertThat(executors)
                .contains("spark.executor.extraClassPath=" + jarOf(file), "spark.executor.defaultJavaOptions=");
        String users = "spark.executor.extraClassPath=/x.jar";
        assertThat(submit.call(ON, "--dry-run", "--master", "spark://host:7077", "--conf", users, "--", "run")
                        .out())
                .doesNotContain("spark.executor.defaultJavaOptions=", "extraClassPath=" + jarOf(file));

        Path log = folder.resolve("loaded.txt");
        count(submit, "--driver-java-options", "-Xlog:class+load:file=" + log);
        try (Stream<String> lines = Files.lines(log)) {
            List<String> spark =
                    lines.filter(line -> line.contains(" org.apache.spark.")).toList();
            assertThat(spark.stream().filter(line -> line.contains("shared objects file")))
                    .hasSizeGreaterThan(spark.size() / 2);
        }

        // A heap layout for which the JVM cannot use the file. Java 25 calls that an error.
        count(submit, "--driver-java-options", "-XX:-UseCompressedOops");

        assertThat(file.toFile().setWritable(true)).isTrue();
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(bytes.length() / 2);
            bytes.write(new byte[MIB]);
            count(submit);
            bytes.setLength(MIB);
        }
        count(submit);
        Await.until("a class-data file in place of the short one", () -> files().size() == 1);
    }
}
