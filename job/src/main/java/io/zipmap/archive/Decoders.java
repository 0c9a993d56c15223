package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.util.Map;

/** The methods that can be read. */
final class Decoders {
    private static final Map<Integer, Decoder.Factory> FACTORIES = Map.of(
            Methods.STORED, (in, entry) -> new StoredDecoder(in),
            Methods.DEFLATE64, (in, entry) -> new StreamDecoder(in, entry, Libraries::deflate64),
            Methods.BZIP2, (in, entry) -> new StreamDecoder(in, entry, Libraries::bzip2),
            Methods.LZMA, (in, entry) -> new StreamDecoder(in, entry, Libraries::lzma),
            Methods.ZSTD, (in, entry) -> new StreamDecoder(in, entry, Libraries::zstd),
            Methods.ZSTD_DEPRECATED, (in, entry) -> new StreamDecoder(in, entry, Libraries::zstd),
            Methods.XZ, (in, entry) -> new StreamDecoder(in, entry, Libraries::xz));

    private Decoders() {}

    /** @throws ZipmapException {@code METHOD_UNSUPPORTED} */
    static Decoder.Factory of(int method, InflaterKind inflater) throws ZipmapException {
        Decoder.Factory factory = method == Methods.DEFLATE ? inflater.factory() : FACTORIES.get(method);
        if (factory == null) {
            throw new ZipmapException(
                            Condition.METHOD_UNSUPPORTED,
                            "Unsupported compression method: " + method + " (" + Methods.name(method) + ")")
                    .expected("stored, deflate, deflate64, bzip2, lzma, zstd or xz")
                    .advice("Rewrite the archive with one of these methods.");
        }
        return factory;
    }
}
