package io.zipmap.store;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process that uses scratch: FOLDERS APPLICATION WHAT NAME… in, a line for each step out. */
final class ScratchWorker {
    private ScratchWorker() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        ScratchSettings settings = ScratchSettings.of(List.of(args[0].split(",")), args[1].replace("keep:", ""))
                .keep(args[1].startsWith("keep:"));
        Scratch scratch = args[2].equals("node") ? NodeScratch.get(settings) : Scratch.open(settings);
        System.out.println("open");
        System.in.read();
        for (int i = 3; i < args.length; i++) {
            try {
                ScratchFile file = scratch.obtain(args[i], 1000, out -> make(out, args[2]));
                System.out.println((file.reused() ? "reused " : "made ") + file.path());
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
        if (args[2].equals("stay")) {
            Thread.sleep(60_000);
        }
        if (args[2].equals("close")) {
            scratch.close();
        }
    }

    private static void make(WritableByteChannel out, String what) throws IOException {
        try {
            out.write(ByteBuffer.allocate(1000));
            Thread.sleep(30);
            if (what.equals("hang")) {
                System.out.println("written");
                Thread.sleep(60_000);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** A worker that was started, and what it says. */
    static final class Running implements AutoCloseable {
        private final Process process;
        private final BufferedReader out;

        private Running(Process process) {
            this.process = process;
            this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        String line() throws IOException {
            return out.readLine();
        }

        /** Lets it go on after it has opened its scratch. */
        void go() throws IOException {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        }

        List<String> rest() throws IOException {
            List<String> lines = new ArrayList<>();
            for (String line = line(); line != null; line = line()) {
                lines.add(line);
            }
            return lines;
        }

        void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }

        @Override
        public void close() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }

    /** @param first a shell command to run before it in the same process, as {@code umask 000} */
    static Running start(String first, Path folder, String application, String what, String... names)
            throws IOException {
        String classPath = place(Scratch.class) + File.pathSeparator + place(ScratchWorker.class);
        List<String> command = new ArrayList<>(List.of("sh", "-c", first + "; exec \"$@\"", "sh"));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                classPath,
                ScratchWorker.class.getName(),
                folder.toString(),
                application,
                what));
        command.addAll(List.of(names));
        return new Running(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    private static String place(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }
}
