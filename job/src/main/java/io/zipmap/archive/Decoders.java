package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.util.Map;

/** The methods that can be read. */
final class Decoders {
    private static final Map<Integer, Decoder.Factory> FACTORIES = Map.of(
            CompressionMethods.STORED, (in, entry) -> new StoredDecoder(in),
            CompressionMethods.DEFLATE64, (in, entry) -> new StreamDecoder(in, entry, DecoderStreams::deflate64),
            CompressionMethods.BZIP2, (in, entry) -> new StreamDecoder(in, entry, DecoderStreams::bzip2),
            CompressionMethods.LZMA, (in, entry) -> new StreamDecoder(in, entry, DecoderStreams::lzma),
            CompressionMethods.ZSTD, (in, entry) -> new StreamDecoder(in, entry, DecoderStreams::zstd),
            CompressionMethods.ZSTD_DEPRECATED, (in, entry) -> new StreamDecoder(in, entry, DecoderStreams::zstd),
            CompressionMethods.XZ, (in, entry) -> new StreamDecoder(in, entry, DecoderStreams::xz));

    private Decoders() {}

    /** @throws ZipmapException {@code METHOD_UNSUPPORTED} */
    static Decoder.Factory of(int method, InflaterKind inflater) throws ZipmapException {
        Decoder.Factory factory = method == CompressionMethods.DEFLATE ? inflater.factory() : FACTORIES.get(method);
        if (factory == null) {
            throw new ZipmapException(
                            Condition.METHOD_UNSUPPORTED,
                            "Unsupported compression method: " + method + " (" + CompressionMethods.name(method) + ")")
                    .expected("stored, deflate, deflate64, bzip2, lzma, zstd or xz")
                    .advice("Rewrite the archive with one of these methods.");
        }
        return factory;
    }
}
