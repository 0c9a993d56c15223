package io.zipmap.scratch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * A short identifier of a process for use in file names: {@code PLACE-BOOT-PID-START}. Another process can tell from it
 * whether the process still runs. The start time counts because the system uses process numbers again.
 */
public final class ProcessToken {
    /** A regular expression that every token matches. */
    public static final String PATTERN = "[0-9a-f]{8}-[0-9a-f]{8}-[0-9]{1,18}-[0-9a-f]{8}";

    private static final Path PID_NAMESPACE = Path.of("/proc/self/ns/pid");

    private ProcessToken() {}

    /** The token of this process. */
    public static String current() throws IOException {
        long pid = ProcessHandle.current().pid();
        return String.join("-", place(), digest(ProcessFacts.bootId()), Long.toString(pid), startDigest(pid));
    }

    /** The status of a token's process; {@code DEAD} if the text is no token. */
    public static ProcessStatus status(String token) throws IOException {
        if (!token.matches(PATTERN)) {
            return ProcessStatus.DEAD;
        }
        String[] fields = token.split("-", -1);
        if (!fields[0].equals(place())) {
            return ProcessStatus.ELSEWHERE;
        }
        boolean alive = fields[1].equals(digest(ProcessFacts.bootId()))
                && fields[3].equals(startDigest(Long.parseLong(fields[2])));
        return alive ? ProcessStatus.ALIVE : ProcessStatus.DEAD;
    }

    /** A digest of host and container: a process number is unique only there. */
    private static String place() throws IOException {
        String namespace = Files.isSymbolicLink(PID_NAMESPACE)
                ? Files.readSymbolicLink(PID_NAMESPACE).toString()
                : "";
        return digest(ProcessFacts.hostName() + "\n" + namespace);
    }

    private static String startDigest(long pid) {
        return digest(ProcessFacts.startTime(pid));
    }

    private static String digest(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
