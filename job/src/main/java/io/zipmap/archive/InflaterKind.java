package io.zipmap.archive;

/**
 * Decoder of deflated entries. All kinds decode a valid stream to the same bytes. Some damaged streams are
 * {@code DATA_CORRUPT} with the JDK, and {@code SIZE_MISMATCH} or {@code CRC_MISMATCH} with ISA-L.
 */
public enum InflaterKind {
    /** {@link #NATIVE} for larger entries if this machine has the library; otherwise {@link #JDK}. */
    AUTO,
    /** {@link java.util.zip.Inflater}, on every machine. */
    JDK,
    /** ISA-L, 1.8 times as fast, on Linux x86-64. */
    NATIVE;

    /** Smallest entry for the native decoder: setting it up takes longer than decoding a smaller one. */
    private static final int MIN_NATIVE_BYTES = 1 << 16;

    Decoder.Factory factory() {
        return switch (this) {
            case JDK -> (in, entry) -> new InflateDecoder(in);
            case NATIVE -> IsalDecoder::open;
            case AUTO ->
                (in, entry) ->
                        in.size() >= MIN_NATIVE_BYTES && Isal.unavailable().isEmpty()
                                ? IsalDecoder.open(in, entry)
                                : new InflateDecoder(in);
        };
    }
}
