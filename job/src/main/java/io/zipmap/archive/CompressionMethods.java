package io.zipmap.archive;

import java.util.Map;

/** Names of the compression methods (APPNOTE 4.4.5). */
final class CompressionMethods {
    static final int STORED = 0;
    static final int DEFLATE = 8;
    static final int DEFLATE64 = 9;
    static final int BZIP2 = 12;
    static final int LZMA = 14;

    /** The number of zstd before APPNOTE 6.3.8; some writers kept it. */
    static final int ZSTD_DEPRECATED = 20;

    static final int ZSTD = 93;
    static final int XZ = 95;

    /** Marks an entry encrypted with AES; its real method stands in an extra field (APPNOTE appendix E). */
    static final int AES = 99;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(STORED, "stored"),
            Map.entry(1, "shrink"),
            Map.entry(2, "reduce1"),
            Map.entry(3, "reduce2"),
            Map.entry(4, "reduce3"),
            Map.entry(5, "reduce4"),
            Map.entry(6, "implode"),
            Map.entry(7, "tokenize"),
            Map.entry(DEFLATE, "deflate"),
            Map.entry(DEFLATE64, "deflate64"),
            Map.entry(10, "dcl-implode"),
            Map.entry(BZIP2, "bzip2"),
            Map.entry(LZMA, "lzma"),
            Map.entry(16, "cmpsc"),
            Map.entry(18, "terse"),
            Map.entry(19, "lz77"),
            Map.entry(ZSTD_DEPRECATED, "zstd-deprecated"),
            Map.entry(ZSTD, "zstd"),
            Map.entry(94, "mp3"),
            Map.entry(XZ, "xz"),
            Map.entry(96, "jpeg"),
            Map.entry(97, "wavpack"),
            Map.entry(98, "ppmd"),
            Map.entry(AES, "aes"));

    private CompressionMethods() {}

    static String name(int method) {
        return NAMES.getOrDefault(method, "method-" + method);
    }
}
