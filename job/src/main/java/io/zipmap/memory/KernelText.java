package io.zipmap.memory;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The text of a file of {@code /proc} or of a cgroup, and the parsers of the numbers in it. Parsers allocate nothing:
 * they run several times a second as long as the application lives.
 */
final class KernelText {
    /** Lines of {@code status}, with the metric that each gives. {@code RssAnon} and the like exist since Linux 4.5. */
    private static final Line[] STATUS = lines(Map.of(
            "RssAnon:", MemoryMetric.RSS_ANON,
            "RssFile:", MemoryMetric.RSS_FILE,
            "RssShmem:", MemoryMetric.RSS_SHMEM,
            "VmSwap:", MemoryMetric.SWAP));

    private static final Line[] SMAPS_ROLLUP = lines(Map.of("Pss:", MemoryMetric.PSS));

    /** Positions in {@code stat}, counted from the state, the first field after the name of the program. */
    private static final int PARENT = 1;

    private static final int MINOR_FAULTS = 7;
    private static final int MAJOR_FAULTS = 9;

    /** cgroup v1 writes the most whole pages in 63 bits for no limit. */
    private static final long NO_LIMIT = 1L << 62;

    private static final long KIBI = 1024;

    private final byte[] bytes;
    private final int length;

    /** @param bytes not copied */
    KernelText(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    static KernelText of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return new KernelText(bytes, bytes.length);
    }

    private record Line(byte[] key, MemoryMetric metric) {}

    private static Line[] lines(Map<String, MemoryMetric> keys) {
        return keys.entrySet().stream()
                .map(one -> new Line(one.getKey().getBytes(StandardCharsets.ISO_8859_1), one.getValue()))
                .toArray(Line[]::new);
    }

    /** Sets what a text of {@code /proc/PID/status} tells, and leaves all else. */
    void readStatus(long[] values) {
        readLines(STATUS, values);
    }

    /** Sets what a text of {@code /proc/PID/smaps_rollup} tells, and leaves all else. */
    void readSmapsRollup(long[] values) {
        readLines(SMAPS_ROLLUP, values);
    }

    private void readLines(Line[] lines, long[] values) {
        int at = 0;
        while (at < length) {
            for (Line line : lines) {
                if (startsWith(at, line.key)) {
                    long kibibytes = number(at + line.key.length);
                    values[line.metric.ordinal()] =
                            kibibytes == MemorySample.ABSENT ? MemorySample.ABSENT : kibibytes * KIBI;
                }
            }
            while (at < length && bytes[at] != '\n') {
                at++;
            }
            at++;
        }
    }

    /** Sets the page faults that a text of {@code /proc/PID/stat} tells. */
    void readStat(long[] values) {
        values[MemoryMetric.MINOR_FAULTS.ordinal()] = statField(MINOR_FAULTS);
        values[MemoryMetric.MAJOR_FAULTS.ordinal()] = statField(MAJOR_FAULTS);
    }

    /** The parent that a text of {@code /proc/PID/stat} names; {@link MemorySample#ABSENT} if there is none. */
    long parent() {
        return statField(PARENT);
    }

    /** The name of the program in a text of {@code /proc/PID/stat}. It may contain spaces and brackets. */
    String program() {
        int start = 0;
        while (start < length && bytes[start] != '(') {
            start++;
        }
        int end = lastBracket();
        return start < end ? new String(bytes, start + 1, end - start - 1, StandardCharsets.UTF_8) : "process";
    }

    private long statField(int index) {
        int at = lastBracket() + 2;
        for (int i = 0; i < index && at < length; i++) {
            while (at < length && bytes[at] != ' ') {
                at++;
            }
            at++;
        }
        return number(at);
    }

    private int lastBracket() {
        int at = length - 1;
        while (at >= 0 && bytes[at] != ')') {
            at--;
        }
        return at;
    }

    /**
     * The limit or usage in a file of a cgroup, in bytes; {@link MemorySample#ABSENT} for {@code max} (v2), and for a
     * number that stands for no limit (v1).
     */
    long cgroupBytes() {
        long value = number(0);
        return value >= NO_LIMIT ? MemorySample.ABSENT : value;
    }

    private boolean startsWith(int at, byte[] key) {
        if (length - at < key.length) {
            return false;
        }
        for (int i = 0; i < key.length; i++) {
            if (bytes[at + i] != key[i]) {
                return false;
            }
        }
        return true;
    }

    /** The number after blanks; {@link MemorySample#ABSENT} if there is none. The greatest long if it is greater. */
    private long number(int start) {
        int at = start;
        while (at < length && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        int first = at;
        long value = 0;
        while (at < length && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value > (Long.MAX_VALUE - 9) / 10 ? Long.MAX_VALUE : value * 10 + (bytes[at] - '0');
            at++;
        }
        return at == first ? MemorySample.ABSENT : value;
    }
}
