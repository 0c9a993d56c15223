package io.zipmap.tools;

import io.zipmap.PlainPath;
import io.zipmap.Printable;
import io.zipmap.ZipmapException;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import io.zipmap.store.ArrayStart;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What {@code inspect} shows for an entry or a failure, as a line of text or a JSON object. Immutable. */
final class InspectRow implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String archive;
    private final @Nullable String entry;
    private final @Nullable Integer entryIndex;
    private final @Nullable ArrayLayout layout;
    private final @Nullable String method;
    private final @Nullable Long size;
    private final @Nullable Long compressed;
    private final @Nullable Long following;
    private final @Nullable String condition;
    private final @Nullable String message;

    private InspectRow(
            ArchiveRef archive,
            @Nullable ArchiveEntry entry,
            @Nullable ArrayStart start,
            @Nullable ZipmapException failure) {
        ArchiveEntry sound = failure == null ? entry : null;
        this.archive = PlainPath.of(archive.uri());
        this.entry = entry == null ? null : entry.name();
        this.entryIndex = entry == null ? null : Integer.valueOf(entry.index());
        this.layout = start == null ? null : start.layout();
        this.method = sound == null ? null : sound.methodName();
        this.size = sound == null ? null : Long.valueOf(sound.size());
        this.compressed = sound == null ? null : Long.valueOf(sound.compressedSize());
        this.following = start == null ? null : Long.valueOf(start.following());
        this.condition = failure == null ? null : failure.condition().label();
        this.message = failure == null ? null : failure.getMessage();
    }

    static InspectRow ofArray(Archive archive, ArchiveEntry entry, ArrayStart start) {
        return new InspectRow(archive.ref(), entry, start, null);
    }

    /** The row of an entry that a later one of the same name supersedes. It is not opened. */
    static InspectRow ofSuperseded(Archive archive, ArchiveEntry entry) {
        return new InspectRow(archive.ref(), entry, null, null);
    }

    /**
     * The row of a failure.
     *
     * @param entry null if the archive itself failed
     */
    static InspectRow ofFailure(ArchiveRef archive, @Nullable ArchiveEntry entry, ZipmapException failure) {
        return new InspectRow(archive, entry, null, failure);
    }

    boolean isFailure() {
        return condition != null;
    }

    private boolean isSuperseded() {
        return layout == null && !isFailure();
    }

    String toText() {
        return message == null ? describe() : message;
    }

    private String describe() {
        String array = layout == null
                ? "superseded by a later entry of the same name"
                : layout.dtype() + " " + layout.shape() + " " + layout.order().letter();
        String rest = following == null || following == 0
                ? ""
                : "; " + following + " bytes follow the array, which np.load ignores too";
        return Printable.of(archive + (entry == null ? "" : "!" + entry)) + ": " + array + ", " + method + ", "
                + compressed + " of " + size + " bytes" + rest;
    }

    String toJson() {
        return new JsonObject()
                .text("archive", archive)
                .text("entry", entry)
                .value("entry_index", entryIndex)
                .text("dtype", layout == null ? null : layout.dtype().toString())
                .array("shape", layout == null ? null : layout.shape().toArray())
                .text("order", layout == null ? null : layout.order().letter())
                .text("method", method)
                .value("size", size)
                .value("compressed", compressed)
                .value("superseded", isFailure() ? null : isSuperseded())
                .value("following", following)
                .text("condition", condition)
                .text("message", message)
                .toString();
    }
}
