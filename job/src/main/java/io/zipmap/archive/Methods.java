package io.zipmap.archive;

import java.util.Map;

/** Names of the compression methods (APPNOTE 4.4.5). */
final class Methods {
    static final int STORED = 0;
    static final int DEFLATE = 8;

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
            Map.entry(9, "deflate64"),
            Map.entry(10, "dcl-implode"),
            Map.entry(12, "bzip2"),
            Map.entry(14, "lzma"),
            Map.entry(16, "cmpsc"),
            Map.entry(18, "terse"),
            Map.entry(19, "lz77"),
            Map.entry(20, "zstd-deprecated"),
            Map.entry(93, "zstd"),
            Map.entry(94, "mp3"),
            Map.entry(95, "xz"),
            Map.entry(96, "jpeg"),
            Map.entry(97, "wavpack"),
            Map.entry(98, "ppmd"),
            Map.entry(AES, "aes"));

    private Methods() {}

    static String name(int method) {
        return NAMES.getOrDefault(method, "method-" + method);
    }
}
