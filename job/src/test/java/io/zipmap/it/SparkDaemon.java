package io.zipmap.it;

import io.zipmap.testing.Repository;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.launcher.JavaModuleOptions;

/** A Master or Worker process of the embedded Spark. It exits with the test process at the latest. */
final class SparkDaemon implements AutoCloseable {
    private static final Path SPARK = Repository.file("job/target/spark");
    private static final Path TEST_CLASSES = Repository.file("job/target/test-classes");
    /** Log configuration of the daemons and executors, instead of the terser one on the tests' class path. */
    static final String LOGGING = "-Dlog4j2.configurationFile=" + TEST_CLASSES.resolve("cluster-log4j2.properties");

    private static final long PATIENCE_SECONDS = 20;

    private final Process process;
    private final Path log;

    private SparkDaemon(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @param words the main class, followed by its arguments */
    static SparkDaemon start(Path folder, Map<String, String> environment, List<String> words) throws IOException {
        Path log = folder.resolve("log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
        command.addAll(List.of(LOGGING, "-Dspark.decommission.enabled=true"));
        command.addAll(List.of("-cp", SPARK.resolve("jars") + "/*" + File.pathSeparator + TEST_CLASSES));
        command.add(ParentBoundMain.class.getName());
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
        builder.environment()
                .putAll(Map.of(
                        "SPARK_HOME", SPARK.toString(),
                        "SPARK_SCALA_VERSION", "2.13",
                        "SPARK_CONF_DIR", folder.toString()));
        builder.environment().putAll(environment);
        return new SparkDaemon(builder.start(), log);
    }

    /** Waits until the log says it. */
    Matcher said(Pattern words) throws Exception {
        Await.until(() -> words + " in " + log, () -> {
            if (!process.isAlive()) {
                throw new IOException("Ended with " + process.exitValue() + ": " + Files.readString(log));
            }
            return find(words).isPresent();
        });
        return find(words).orElseThrow();
    }

    private Optional<Matcher> find(Pattern words) throws IOException {
        Matcher matcher = words.matcher(Files.readString(log));
        return matcher.find() ? Optional.of(matcher) : Optional.empty();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    List<ProcessHandle> children() {
        return process.children().toList();
    }

    /** Kills the process like {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** @param name of a signal: PWR, STOP, CONT */
    void signal(String name) throws IOException, InterruptedException {
        ProcessSignal.send(name, process.pid());
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> children = children();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
