package io.zipmap.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zipmap.testing.Python;
import io.zipmap.testing.Repository;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tests of the Python package, run by pytest on the package in the jar. A {@link Python} without pytest runs none
 * of them, and the output names what did not run.
 */
class PythonIT {
    private static final Path JAR = Repository.file("job/target/zipmap.jar");
    private static final Path TESTS = Repository.file("job/src/test/python");

    /** What pytest reports in, of this run alone. {@code .ci/run} reads it. */
    private static final Path REPORT = Repository.file("job/target/pytest.xml");

    @Test
    void theTestsOfThePythonPackagePass() throws Exception {
        Files.deleteIfExists(REPORT);
        boolean fits = Python.succeeds("import numpy, pytest, hypothesis");
        if (!fits) {
            System.out.println("python tests: NOT RUN, because " + Python.COMMAND
                    + " lacks numpy, pytest or hypothesis: " + String.join(", ", names()));
        }
        assumeTrue(fits, Python.COMMAND + " lacks numpy, pytest or hypothesis");
        Process pytest = python("-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", "--junitxml=" + REPORT, TESTS)
                .start();
        CompletableFuture.delayedExecutor(20, TimeUnit.MINUTES).execute(pytest::destroyForcibly);
        try (BufferedReader lines = pytest.inputReader()) {
            lines.lines().forEach(System.out::println);
        }
        assertThat(pytest.waitFor()).isZero();
        assertThat(REPORT).isNotEmptyFile();
    }

    private static ProcessBuilder python(Object... words) {
        List<String> command = new ArrayList<>(List.of(Python.COMMAND));
        Stream.of(words).map(Object::toString).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        // PySpark brings its own Spark, and its workers take this Python.
        environment.keySet().removeAll(List.of("SPARK_HOME", "SPARK_CONF_DIR"));
        environment.put("PYTHONPATH", JAR.toString());
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        environment.put("PYSPARK_PYTHON", Python.COMMAND);
        return builder;
    }

    private static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(TESTS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("test_"))
                    .sorted()
                    .toList();
        }
    }
}
