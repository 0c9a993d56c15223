package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.util.Map;

/**
 * The compression methods of zip files (APPNOTE 4.4.5): their numbers, their names, and the decoders of those that can
 * be read.
 */
final class CompressionMethods {
    static final int STORED = 0;
    static final int DEFLATE = 8;
    static final int DEFLATE64 = 9;
    static final int BZIP2 = 12;
    static final int LZMA = 14;

    /** Number of zstd before APPNOTE 6.3.8; some writers still use it. */
    static final int ZSTD_DEPRECATED = 20;

    static final int ZSTD = 93;
    static final int XZ = 95;

    /** Marks an AES-encrypted entry, whose real method is in an extra field (APPNOTE appendix E). */
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

    private static final Map<Integer, Decoder.Factory> DECODERS = Map.of(
            STORED, (in, entry) -> new StoredDecoder(in),
            DEFLATE64, (in, entry) -> new StreamDecoder(in, entry, DecoderStreams::deflate64),
            BZIP2, (in, entry) -> new StreamDecoder(in, entry, DecoderStreams::bzip2),
            LZMA, (in, entry) -> new StreamDecoder(in, entry, DecoderStreams::lzma),
            ZSTD, (in, entry) -> new StreamDecoder(in, entry, DecoderStreams::zstd),
            ZSTD_DEPRECATED, (in, entry) -> new StreamDecoder(in, entry, DecoderStreams::zstd),
            XZ, (in, entry) -> new StreamDecoder(in, entry, DecoderStreams::xz));

    private CompressionMethods() {}

    /** Name of a method; {@code method-N} if the number is not known. */
    static String name(int method) {
        return NAMES.getOrDefault(method, "method-" + method);
    }

    /**
     * The decoder factory of a method.
     *
     * @param inflater which decoder reads deflated entries
     * @throws ZipmapException {@code METHOD_UNSUPPORTED}
     */
    static Decoder.Factory decoder(int method, InflaterKind inflater) throws ZipmapException {
        Decoder.Factory factory = method == DEFLATE ? inflater.factory() : DECODERS.get(method);
        if (factory == null) {
            throw new ZipmapException(
                            Condition.METHOD_UNSUPPORTED,
                            "Unsupported compression method: " + method + " (" + name(method) + ")")
                    .expected("stored, deflate, deflate64, bzip2, lzma, zstd or xz")
                    .advice("Rewrite the archive with one of these methods.");
        }
        return factory;
    }
}
