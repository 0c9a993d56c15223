package io.zipmap.scratch;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The name of a scratch file while it is written, {@code NAME.part-LEASE-BYTES-UNIQUE}: it tells which process writes
 * the file and how many bytes the file will have.
 */
final class PartName {
    private static final String MARK = ".part-";
    /** Matches the names of all parts in a folder listing. */
    static final String GLOB = "*" + MARK + "*";

    private PartName() {}

    /** A new path for a part of {@code target}, in the same folder. */
    static Path of(Path target, long bytes, String lease) {
        // Creation refuses a name that exists, so the number needs no secure source.
        String unique = Integer.toHexString(ThreadLocalRandom.current().nextInt());
        return target.resolveSibling(target.getFileName() + MARK + lease + "-" + bytes + "-" + unique);
    }

    static boolean isPart(String name) {
        return name.contains(MARK);
    }

    /** The identifier of the lease whose process writes this part. */
    static String lease(String partName) {
        return field(partName, 0);
    }

    /** The bytes that the file will have; 0 if the name does not say it. */
    static long bytes(String partName) {
        String bytes = field(partName, 1);
        return bytes.matches("\\d{1,18}") ? Long.parseLong(bytes) : 0;
    }

    private static String field(String partName, int i) {
        String tail = partName.substring(partName.indexOf(MARK) + MARK.length());
        List<String> fields = List.of(tail.split("-", -1));
        return i < fields.size() ? fields.get(i) : "";
    }
}
