package io.zipmap.fs;

import io.zipmap.Condition;
import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a listing takes besides what the inputs say: the options {@code recursiveFileLookup} and {@code pathGlobFilter}
 * of Spark's file sources. Immutable.
 */
public final class ListingRules implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The rules without these options. */
    public static final ListingRules PLAIN = new ListingRules(false, null);

    private final boolean recursive;
    private final @Nullable String nameGlob;

    private ListingRules(boolean recursive, @Nullable String nameGlob) {
        this.recursive = recursive;
        this.nameGlob = nameGlob;
    }

    /**
     * @param recursive whether an input folder stands for its archives and those of all folders under it
     * @param nameGlob the glob that all file names must match; null for none
     * @throws ZipmapException {@code OPTION_INVALID} if the glob is wrong
     */
    public static ListingRules of(boolean recursive, @Nullable String nameGlob) throws ZipmapException {
        try {
            if (nameGlob != null) {
                NamePattern.of(nameGlob);
            }
        } catch (IOException e) {
            throw new ZipmapException(
                            Condition.OPTION_INVALID,
                            "Invalid value of " + OptionSpelling.mention("pathGlobFilter") + ": " + nameGlob)
                    .expected("a glob of file names, as in *.npz")
                    .because(e);
        }
        return new ListingRules(recursive, nameGlob);
    }

    public boolean isRecursive() {
        return recursive;
    }

    /** The pattern of the files that a folder stands for. */
    String folderPattern() {
        return nameGlob == null ? NamePattern.ARCHIVES : nameGlob;
    }

    /** The glob that all file names must match; null for none. */
    @Nullable
    String nameGlob() {
        return nameGlob;
    }
}
