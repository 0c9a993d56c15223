package io.zipmap.store;

import io.zipmap.archive.ArchiveLimits;
import io.zipmap.archive.InflaterKind;
import io.zipmap.array.NpyHeader;
import io.zipmap.array.RawLayout;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** How entries become arrays, and how arrays are checked. Immutable. */
public final class ExtractRules implements Serializable {
    private static final long serialVersionUID = 1L;

    private final @Nullable RawLayout raw;
    private final InPlace inPlace;
    private final ArchiveLimits limits;
    private final Verify verify;
    private final InflaterKind inflater;
    private final int maxHeaderChars;

    /** @param raw what raw entries are; null when only .npy entries can be understood */
    public ExtractRules(@Nullable RawLayout raw, InPlace inPlace, ArchiveLimits limits) {
        this(raw, inPlace, limits, Verify.SIZE, InflaterKind.AUTO, NpyHeader.MAX_CHARS);
    }

    private ExtractRules(
            @Nullable RawLayout raw,
            InPlace inPlace,
            ArchiveLimits limits,
            Verify verify,
            InflaterKind inflater,
            int maxHeaderChars) {
        this.raw = raw;
        this.inPlace = inPlace;
        this.limits = limits;
        this.verify = verify;
        this.inflater = inflater;
        this.maxHeaderChars = maxHeaderChars;
    }

    /** With this look at arrays before they are read, {@code SIZE} unless said otherwise. */
    public ExtractRules verify(Verify how) {
        return new ExtractRules(raw, inPlace, limits, how, inflater, maxHeaderChars);
    }

    /** With this inflater, {@code AUTO} unless said otherwise. */
    public ExtractRules inflater(InflaterKind who) {
        return new ExtractRules(raw, inPlace, limits, verify, who, maxHeaderChars);
    }

    /** With this limit of characters in a .npy header, numpy's own unless said otherwise. */
    public ExtractRules maxHeaderChars(int most) {
        return new ExtractRules(raw, inPlace, limits, verify, inflater, most);
    }

    ExtractRules raw(RawLayout known) {
        return new ExtractRules(known, inPlace, limits, verify, inflater, maxHeaderChars);
    }

    public @Nullable RawLayout raw() {
        return raw;
    }

    int maxHeaderChars() {
        return maxHeaderChars;
    }

    InPlace inPlace() {
        return inPlace;
    }

    InflaterKind inflater() {
        return inflater;
    }

    Verify verify() {
        return verify;
    }

    public ArchiveLimits limits() {
        return limits;
    }
}
