package io.zipmap.tools;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another process that replaces a file as {@code pack --replace} does, on a signal. */
public final class ReplacingProcess {
    private ReplacingProcess() {}

    /** @param args the file */
    public static void main(String[] args) throws IOException {
        System.out.println("open");
        System.in.read();
        System.out.println(replace(Path.of(args[0])) ? "replaced" : "failed");
    }

    private static boolean replace(Path file) throws IOException {
        try (LocalPackTarget target = new LocalPackTarget(file, true)) {
            try (OutputStream out = target.create()) {
                out.write("new".getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                return false;
            }
            target.replace();
            return true;
        }
    }
}
