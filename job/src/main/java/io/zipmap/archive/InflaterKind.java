package io.zipmap.archive;

/**
 * Who decodes deflated entries. Of a sound stream all give the same bytes; a few damaged ones are refused by the JDK as
 * such, by ISA-L's reader because their size or CRC-32 is not right.
 */
public enum InflaterKind {
    /**
     * {@link #NATIVE} where there is a library for this machine, and for entries that are worth it; else {@link #JDK}.
     */
    AUTO,
    /** {@link java.util.zip.Inflater}: everywhere. */
    JDK,
    /** ISA-L, 1.8 times as fast: Linux on x86-64. */
    NATIVE;

    /** A smaller entry is decoded before a native decoder is set up. */
    private static final int WORTH_BYTES = 1 << 16;

    Decoder.Factory factory() {
        return switch (this) {
            case JDK -> (in, entry) -> new InflateDecoder(in);
            case NATIVE -> (in, entry) -> IsalDecoder.open(in);
            case AUTO ->
                (in, entry) -> in.size() >= WORTH_BYTES && Isal.unavailable().isEmpty()
                        ? IsalDecoder.open(in)
                        : new InflateDecoder(in);
        };
    }
}
