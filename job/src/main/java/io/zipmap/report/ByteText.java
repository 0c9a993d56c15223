package io.zipmap.report;

import java.util.Locale;

/** Writes a number of bytes for people, in binary units. */
public final class ByteText {
    private static final double UNIT = 1024;
    private static final String[] UNITS = {"MiB", "GiB", "TiB", "PiB"};

    private ByteText() {}

    /** With one decimal: {@code 411.7 MiB}. */
    public static String of(long bytes) {
        return size(bytes, "%.1f");
    }

    /** Mebibytes without decimals: {@code 412 MiB}, {@code 1.2 GiB}. */
    public static String whole(long bytes) {
        return size(bytes, "%.0f");
    }

    /** @param mebibytes format of a number of MiB; larger units have one decimal */
    private static String size(long bytes, String mebibytes) {
        double size = bytes / UNIT / UNIT;
        int unit = 0;
        while (size >= UNIT && unit + 1 < UNITS.length) {
            size /= UNIT;
            unit++;
        }
        return String.format(Locale.ROOT, (unit == 0 ? mebibytes : "%.1f") + " %s", size, UNITS[unit]);
    }
}
