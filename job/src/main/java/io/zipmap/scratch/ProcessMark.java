package io.zipmap.scratch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Which process this is, so that another can tell later whether it still runs: host, boot, process number, and start
 * time, since numbers are used again.
 */
final class ProcessMark {
    enum Verdict {
        ALIVE,
        DEAD,
        /** On another machine, which a shared disk may have brought here: not ours to judge. */
        ELSEWHERE
    }

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path HOST = Path.of("/proc/sys/kernel/hostname");
    /** proc(5), /proc/pid/stat: starttime is field 22, and the command that is field 2 ends with the last bracket. */
    private static final int START = 22 - 3;

    private final String host;
    private final String boot;
    private final long pid;
    private final String start;

    ProcessMark(String host, String boot, long pid, String start) {
        this.host = host;
        this.boot = boot;
        this.pid = pid;
        this.start = start;
    }

    static ProcessMark ours() throws IOException {
        long pid = ProcessHandle.current().pid();
        return new ProcessMark(host(), boot(), pid, start(pid));
    }

    /** What cannot be read is the mark of nobody, on this host. */
    static ProcessMark parse(String text) throws IOException {
        List<String> lines = text.lines().toList();
        if (lines.size() != 4 || !lines.get(2).matches("\\d{1,18}")) {
            return new ProcessMark(host(), "", -1, "");
        }
        return new ProcessMark(lines.get(0), lines.get(1), Long.parseLong(lines.get(2)), lines.get(3));
    }

    Verdict judge() throws IOException {
        boolean sameBoot = boot.equals(boot());
        if (!host.equals(host())) {
            // Another container of this machine: its process number says nothing here, its lock all.
            return sameBoot && !boot.isEmpty() ? Verdict.DEAD : Verdict.ELSEWHERE;
        }
        return sameBoot && !start.isEmpty() && start.equals(start(pid)) ? Verdict.ALIVE : Verdict.DEAD;
    }

    static String boot() throws IOException {
        return Files.exists(BOOT) ? Files.readString(BOOT).trim() : "";
    }

    static String host() throws IOException {
        if (Files.exists(HOST)) {
            return Files.readString(HOST).trim();
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /**
     * Ticks since boot where the kernel tells them, for the wall clock may be set; empty when there is no such process.
     */
    static String start(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[START];
        } catch (IOException e) {
            return ProcessHandle.of(pid)
                    .flatMap(process -> process.info().startInstant())
                    .map(Instant::toString)
                    .orElse("");
        }
    }

    @Override
    public String toString() {
        return host + "\n" + boot + "\n" + pid + "\n" + start + "\n";
    }
}
