package io.zipmap.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@code submit.sh} as a user does, in a process of its own with the embedded Spark. */
final class SubmitScript {
    private static final long LIMIT_MINUTES = 5;

    private final Path script;
    private final Path folder;

    /** Output and exit status of a call. */
    record Result(int status, String out, String err) {}

    private SubmitScript(Path script, Path folder) {
        this.script = script;
        this.folder = folder;
    }

    /** @param folder working directory of the calls */
    static SubmitScript from(Path folder) {
        return new SubmitScript(project().resolve("submit.sh"), folder);
    }

    static SubmitScript with(Path script, Path folder) {
        return new SubmitScript(script, folder);
    }

    /** A checkout of its own in this folder, with the jar and the embedded Spark of this one. */
    static SubmitScript copyTo(Path home, Path folder) throws IOException {
        Path project = project();
        Files.createDirectories(home.resolve("job/src/main"));
        Files.createDirectories(home.resolve("job/target"));
        for (String file : List.of("submit.sh", "pom.xml", "job/pom.xml", "job/target/zipmap.jar")) {
            Files.copy(project.resolve(file), home.resolve(file));
        }
        Files.createSymbolicLink(home.resolve("conf"), project.resolve("conf"));
        Files.createSymbolicLink(home.resolve("job/target/spark"), project.resolve("job/target/spark"));
        return new SubmitScript(home.resolve("submit.sh"), folder);
    }

    static Path project() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("submit.sh"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    Result call(Object... words) throws IOException, InterruptedException {
        return call(Map.of(), words);
    }

    Result call(Map<String, String> environment, Object... words) throws IOException, InterruptedException {
        return start(environment, words).end();
    }

    /** Starts a call without waiting for its end. */
    Running start(Map<String, String> environment, Object... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        for (Object word : words) {
            command.add(word.toString());
        }
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment()
                .keySet()
                .removeAll(List.of(
                        "SPARK_HOME", "SPARK_CONF_DIR", "HADOOP_CONF_DIR", "YARN_CONF_DIR", "SPARK_SUBMIT_OPTS"));
        builder.environment().put("ZIPMAP_CLASS_DATA", "off");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new Running(process, out, err);
    }

    /** A running call. The process is the driver, because the launcher replaces itself by it. */
    record Running(Process process, Path out, Path err) implements AutoCloseable {
        Result end() throws IOException, InterruptedException {
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                kill();
                throw new IOException("Still running after " + LIMIT_MINUTES + " minutes\n" + read(err));
            }
            return new Result(process.exitValue(), read(out), read(err));
        }

        /** Kills the process like {@code kill -9}. */
        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
