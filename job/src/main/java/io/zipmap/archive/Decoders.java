package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.util.Map;

/** The methods that can be read. */
final class Decoders {
    private static final Map<Integer, Decoder.Factory> FACTORIES =
            Map.of(Methods.STORED, StoredDecoder::new, Methods.DEFLATE, InflateDecoder::new);

    private Decoders() {}

    /** @throws ZipmapException {@code METHOD_UNSUPPORTED} */
    static Decoder.Factory of(int method) throws ZipmapException {
        Decoder.Factory factory = FACTORIES.get(method);
        if (factory == null) {
            throw new ZipmapException(
                            Condition.METHOD_UNSUPPORTED,
                            "Unsupported compression method: " + method + " (" + Methods.name(method) + ")")
                    .expected("stored or deflate")
                    .advice("Rewrite the archive with one of these methods.");
        }
        return factory;
    }
}
