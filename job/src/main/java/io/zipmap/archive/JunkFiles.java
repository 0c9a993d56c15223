package io.zipmap.archive;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Recognizes by name the files that operating systems and network drives create beside the user's files, such as
 * {@code .DS_Store}. Names are compared without case, as on the file systems they come from.
 */
final class JunkFiles {
    private static final Set<String> FILES = Set.of(
            ".ds_store",
            ".localized",
            ".apdisk",
            ".volumeicon.icns",
            "icon\r",
            "thumbs.db",
            "ehthumbs.db",
            "ehthumbs_vista.db",
            "desktop.ini",
            ".directory");

    private static final Set<String> FOLDERS = Set.of(
            "__macosx",
            ".appledouble",
            ".spotlight-v100",
            ".fseventsd",
            ".trashes",
            ".temporaryitems",
            ".documentrevisions-v100",
            "$recycle.bin",
            "system volume information",
            "@eadir");

    /** Prefixes of AppleDouble files, and of files that FUSE and NFS keep while a deleted file is open. */
    private static final List<String> BEGINNINGS = List.of("._", ".fuse_hidden", ".nfs0");

    /** Suffix of the file that WSL creates for the download mark of Windows. */
    private static final String ENDING = ":zone.identifier";

    private JunkFiles() {}

    /** @param name with {@code /} between its parts */
    static boolean contains(String name) {
        int file = name.lastIndexOf('/') + 1;
        String last = name.substring(file).toLowerCase(Locale.ROOT);
        if (FILES.contains(last) || last.endsWith(ENDING)) {
            return true;
        }
        for (String beginning : BEGINNINGS) {
            if (last.startsWith(beginning)) {
                return true;
            }
        }
        for (int from = 0; from < file; from = name.indexOf('/', from) + 1) {
            String folder = name.substring(from, name.indexOf('/', from));
            if (FOLDERS.contains(folder.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }
}
