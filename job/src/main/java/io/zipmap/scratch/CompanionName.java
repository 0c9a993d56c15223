package io.zipmap.scratch;

/**
 * The name of a companion, a small file with facts about another scratch file: {@code STEM.KEY.zones}. The other file's
 * name begins with {@code STEM} and a dot. A companion is removed together with the other file to make room.
 */
public final class CompanionName {
    private static final String SUFFIX = ".zones";

    private CompanionName() {}

    /**
     * The name of a companion.
     *
     * @param stem the name of the other file up to its first dot
     * @param key distinguishes the companions of one file
     */
    public static String of(String stem, String key) {
        return stem + "." + key + SUFFIX;
    }

    /** Whether {@code name} is a companion of the file {@code file}. */
    static boolean isCompanion(String name, String file) {
        int stem = file.indexOf('.');
        return stem > 0
                && name.endsWith(SUFFIX)
                && !file.endsWith(SUFFIX)
                && name.startsWith(file.substring(0, stem + 1));
    }
}
