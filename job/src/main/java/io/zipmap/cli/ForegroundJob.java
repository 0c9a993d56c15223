package io.zipmap.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether this process belongs to the job that a shell runs in the foreground of its terminal. */
final class ForegroundJob {
    private static final Path STAT = Path.of("/proc/self/stat");

    /** Places after the name of the program, which is in parentheses. */
    private static final int PROCESS_GROUP = 2;

    private static final int FOREGROUND_GROUP = 5;

    private ForegroundJob() {}

    /** True too where the system does not tell, and without a controlling terminal. */
    static boolean isThisProcess() {
        try {
            return isStated(Files.readString(STAT));
        } catch (IOException e) {
            return true;
        }
    }

    /** @param stat content of {@code /proc/PID/stat} */
    static boolean isStated(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        if (fields.length <= FOREGROUND_GROUP) {
            return true;
        }
        String foreground = fields[FOREGROUND_GROUP];
        return foreground.startsWith("-") || foreground.equals(fields[PROCESS_GROUP]);
    }
}
