package io.zipmap.store;

import io.zipmap.archive.ArchiveLimits;
import io.zipmap.archive.InflaterKind;
import io.zipmap.array.NpyHeader;
import io.zipmap.array.RawLayout;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a store: how it extracts entries, which of them it maps in place, and how it verifies files.
 * Immutable.
 */
public final class ExtractRules implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Whether a stored entry of a local archive is mapped in place. */
    public enum InPlace {
        /** It is mapped in place if possible, else extracted. */
        AUTO,
        /** It is extracted. Only a bare array file on a local disk is still mapped in place. */
        NEVER,
        /** It is mapped in place, and it is an error if that is impossible. */
        ALWAYS
    }

    /** The checks of an array's file before it is mapped. */
    public enum Verify {
        /** The kind, owner, mode and size of the file. This takes a few microseconds. */
        SIZE,
        /** Also the CRC-32, if the archive has one. A process reads a file once, and again if its attributes change. */
        CRC
    }

    private final @Nullable RawLayout raw;
    private final InPlace inPlace;
    private final ArchiveLimits limits;
    private final Verify verify;
    private final InflaterKind inflater;
    private final int maxHeaderChars;

    /** @param raw layout of entries without a .npy header; null to refuse them */
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

    /** A copy with this verification. The default is {@link Verify#SIZE}. */
    public ExtractRules verify(Verify newVerify) {
        return new ExtractRules(raw, inPlace, limits, newVerify, inflater, maxHeaderChars);
    }

    /** A copy with this inflater. The default is {@link InflaterKind#AUTO}. */
    public ExtractRules inflater(InflaterKind newInflater) {
        return new ExtractRules(raw, inPlace, limits, verify, newInflater, maxHeaderChars);
    }

    /** A copy with this limit on the characters of a .npy header. The default is numpy's own limit. */
    public ExtractRules maxHeaderChars(int newMaxHeaderChars) {
        return new ExtractRules(raw, inPlace, limits, verify, inflater, newMaxHeaderChars);
    }

    /** A copy with this layout of entries without a .npy header. */
    ExtractRules raw(RawLayout newRaw) {
        return new ExtractRules(newRaw, inPlace, limits, verify, inflater, maxHeaderChars);
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
