package io.zipmap.plan;

import io.zipmap.Condition;
import io.zipmap.ErrorDetails;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What listing found: an archive, or that an input gave some, or why it gave none. Immutable. */
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

    static ListingEntry of(ArchiveRef archive) {
        return new ListingEntry(archive.uri(), archive, null);
    }

    static ListingEntry of(String input, ZipmapException error) {
        return new ListingEntry(INPUT + input, null, error.details());
    }

    /** Something was found: that another folder of this input is empty is no error then. */
    static ListingEntry some(String input) {
        return new ListingEntry(INPUT + input, null, null);
    }

    static ListingEntry nothing(String input) {
        return of(input, empty(input));
    }

    static ZipmapException empty(String input) {
        return new ZipmapException(Condition.INPUT_EMPTY, "Cannot find an archive in the input: " + input)
                .advice("A folder means its *.zip, *.npz and *.npy; a glob means all that it matches.");
    }

    /** Of two with one key the weightier: an input is empty only when all of it is. */
    ListingEntry and(ListingEntry other) {
        return other.weight() > weight() ? other : this;
    }

    private int weight() {
        if (error == null) {
            return 1;
        }
        return error.condition() == Condition.INPUT_EMPTY ? 0 : 2;
    }

    /** The archive's URI, or the words of an input: equal keys speak of the same thing. */
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
