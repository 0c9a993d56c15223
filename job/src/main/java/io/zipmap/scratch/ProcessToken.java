package io.zipmap.scratch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * A word for a process, short enough for the name of a file: {@code PLACE-BOOT-PID-START}. Another process can tell by
 * it later whether the process still runs. Numbers of processes are used again, so the start time counts too.
 * Immutable.
 */
public final class ProcessToken {
    public enum Verdict {
        ALIVE,
        DEAD,
        /** On another host, or in another container of this one, whose processes cannot be seen from here. */
        ELSEWHERE
    }

    /** What every token matches. */
    public static final String PATTERN = "[0-9a-f]{8}-[0-9a-f]{8}-[0-9]{1,18}-[0-9a-f]{8}";

    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

    private ProcessToken() {}

    public static String ours() throws IOException {
        long pid = ProcessHandle.current().pid();
        return String.join("-", place(), digest(ProcessMark.boot()), Long.toString(pid), start(pid));
    }

    /** A text that is no token is that of nobody. */
    public static Verdict judge(String token) throws IOException {
        if (!token.matches(PATTERN)) {
            return Verdict.DEAD;
        }
        String[] parts = token.split("-", -1);
        if (!parts[0].equals(place())) {
            return Verdict.ELSEWHERE;
        }
        boolean alive = parts[1].equals(digest(ProcessMark.boot())) && parts[3].equals(start(Long.parseLong(parts[2])));
        return alive ? Verdict.ALIVE : Verdict.DEAD;
    }

    /** Process numbers mean something within one host and, of its containers, within one. */
    private static String place() throws IOException {
        String namespace = Files.isSymbolicLink(NAMESPACE)
                ? Files.readSymbolicLink(NAMESPACE).toString()
                : "";
        return digest(ProcessMark.host() + "\n" + namespace);
    }

    private static String start(long pid) {
        return digest(ProcessMark.start(pid));
    }

    private static String digest(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
