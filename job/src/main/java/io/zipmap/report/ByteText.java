package io.zipmap.report;

import java.util.Locale;

/** Writes a number of bytes for people, in binary units. */
public final class ByteText {
    private static final double UNIT = 1024;
    private static final String[] UNITS = {"MiB", "GiB", "TiB", "PiB"};

    private ByteText() {}

    /** With one decimal: {@code 411.7 MiB}. */
    public static String of(long bytes) {
        int unit = unit(bytes);
        return number(bytes, unit, "%.1f") + " " + UNITS[unit];
    }

    /** Mebibytes without decimals: {@code 412 MiB}, {@code 1.2 GiB}. */
    public static String whole(long bytes) {
        int unit = unit(bytes);
        return number(bytes, unit, "%.0f") + " " + UNITS[unit];
    }

    /** A part of a total, in the unit of the total: {@code 12 of 412 MiB}. */
    public static String part(long bytes, long total) {
        return number(bytes, unit(total), "%.0f") + " of " + whole(total);
    }

    private static int unit(long bytes) {
        double size = bytes / UNIT / UNIT;
        int unit = 0;
        while (size >= UNIT && unit + 1 < UNITS.length) {
            size /= UNIT;
            unit++;
        }
        return unit;
    }

    /** @param mebibytes format of a number of MiB; larger units have one decimal */
    private static String number(long bytes, int unit, String mebibytes) {
        double size = bytes / UNIT / UNIT / Math.pow(UNIT, unit);
        return String.format(Locale.ROOT, unit == 0 ? mebibytes : "%.1f", size);
    }
}
