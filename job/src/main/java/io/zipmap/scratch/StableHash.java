package io.zipmap.scratch;

/** Hashes text to the same number in every process: FNV-1a, followed by the last mixing steps of MurmurHash3. */
final class StableHash {
    private StableHash() {}

    static long hash(String text) {
        long hash = 0xcbf2_9ce4_8422_2325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100_0000_01b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51_afd7_ed55_8ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ce_b9fe_1a85_ec53L;
        return hash ^ hash >>> 33;
    }

    /** Hashes text to a number greater than 0 and less than 1. */
    static double unitInterval(String text) {
        return ((hash(text) >>> 12) + 0.5) * 0x1p-52;
    }
}
