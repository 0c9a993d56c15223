package io.zipmap.scratch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Reads from the system what identifies a process: host, boot, and start time of a process number. */
final class ProcessFacts {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    /**
     * The index of starttime among the fields behind the command. In /proc/pid/stat, see proc(5), the command is field
     * 2 and starttime is field 22.
     */
    private static final int START_TIME = 22 - 3;

    private ProcessFacts() {}

    /** An identifier of the system's last start; empty where the system has none. */
    static String bootId() throws IOException {
        return Files.exists(BOOT_ID) ? Files.readString(BOOT_ID).trim() : "";
    }

    static String hostName() throws IOException {
        if (Files.exists(HOST_NAME)) {
            return Files.readString(HOST_NAME).trim();
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** Ticks since boot, or the wall-clock time where the kernel gives no ticks; empty if no such process runs. */
    static String startTime(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The command is in brackets, and may contain brackets.
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[START_TIME];
        } catch (IOException e) {
            return ProcessHandle.of(pid)
                    .flatMap(process -> process.info().startInstant())
                    .map(Instant::toString)
                    .orElse("");
        }
    }
}
