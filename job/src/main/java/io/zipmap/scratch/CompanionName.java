package io.zipmap.scratch;

/**
 * The name of a companion: a small file about another scratch file, as its zone map is. The name is
 * {@code STEM.KEY.zones}, where the name of the other file begins with {@code STEM} and a dot. A companion is removed
 * together with that file.
 */
public final class CompanionName {
    private static final String SUFFIX = ".zones";

    private CompanionName() {}

    /**
     * @param stem the name of the other file up to its first dot
     * @param key tells the companions of one file apart
     */
    public static String of(String stem, String key) {
        return stem + "." + key + SUFFIX;
    }

    /** Whether {@code name} is that of a companion of {@code file}. */
    static boolean isOf(String file, String name) {
        int stem = file.indexOf('.');
        return stem > 0
                && name.endsWith(SUFFIX)
                && !file.endsWith(SUFFIX)
                && name.startsWith(file.substring(0, stem + 1));
    }
}
