package io.zipmap.plan;

import io.zipmap.Condition;
import io.zipmap.ErrorDetails;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.fs.Inputs;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One finding of a listing: an archive, or whether an input contains archives, or why it cannot be listed. Entries with
 * equal keys are merged into one. Immutable.
 */
final class ListingEntry implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String INPUT = "input ";

    private final String key;
    private final @Nullable ArchiveRef archive;
    private final @Nullable ErrorDetails error;

    private ListingEntry(String key, @Nullable ArchiveRef archive, @Nullable ErrorDetails error) {
        this.key = key;
        this.archive = archive;
        this.error = error;
    }

    static ListingEntry ofArchive(ArchiveRef archive) {
        return new ListingEntry(archive.uri(), archive, null);
    }

    static ListingEntry ofError(String input, ZipmapException error) {
        return new ListingEntry(INPUT + input, null, error.details());
    }

    /** The input contains an archive. */
    static ListingEntry nonEmpty(String input) {
        return new ListingEntry(INPUT + input, null, null);
    }

    /** One folder of the input contains no archive. This is an error unless another folder does. */
    static ListingEntry empty(String input) {
        return ofError(input, Inputs.emptyUnseen(input));
    }

    /** Merges two entries with equal keys: an error outweighs a finding, which outweighs an empty folder. */
    ListingEntry merge(ListingEntry other) {
        return other.weight() > weight() ? other : this;
    }

    private int weight() {
        if (error == null) {
            return 1;
        }
        return error.condition() == Condition.INPUT_EMPTY ? 0 : 2;
    }

    /** The URI of the archive, or the text of the input. */
    String key() {
        return key;
    }

    Optional<ArchiveRef> archive() {
        return Optional.ofNullable(archive);
    }

    Optional<ErrorDetails> error() {
        return Optional.ofNullable(error);
    }
}
