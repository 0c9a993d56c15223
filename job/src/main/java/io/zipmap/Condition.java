package io.zipmap;

/** The conditions of a {@link ZipmapException}, each with who must act on it. A published name keeps its meaning. */
public enum Condition {
    NOT_AN_ARCHIVE(Blame.INPUT),
    ARCHIVE_TRUNCATED(Blame.INPUT),
    ARCHIVE_MALFORMED(Blame.INPUT),
    ARCHIVE_SPANNED(Blame.INPUT),
    ENTRIES_OVERLAP(Blame.INPUT),
    ENTRY_NAME_INVALID(Blame.INPUT),
    ENTRY_IS_SYMLINK(Blame.INPUT),
    ENTRY_ENCRYPTED(Blame.INPUT),
    ENTRY_TRUNCATED(Blame.INPUT),
    METHOD_UNSUPPORTED(Blame.INPUT),
    DATA_CORRUPT(Blame.INPUT),
    SIZE_MISMATCH(Blame.INPUT),
    CRC_MISMATCH(Blame.INPUT),
    HEADER_INVALID(Blame.INPUT),
    DTYPE_UNSUPPORTED(Blame.INPUT),
    LAYOUT_REQUIRED(Blame.INPUT),
    SHAPE_MISMATCH(Blame.INPUT),
    IN_PLACE_IMPOSSIBLE(Blame.INPUT),
    LIMIT_ENTRY_BYTES(Blame.INPUT),
    LIMIT_ARCHIVE_BYTES(Blame.INPUT),
    LIMIT_ENTRIES(Blame.INPUT),
    LIMIT_WINDOW_BYTES(Blame.INPUT),
    SOURCE_MISSING(Blame.INPUT),
    SOURCE_NOT_A_FILE(Blame.INPUT),
    SOURCE_UNREADABLE(Blame.INPUT),
    SOURCE_NAME_UNUSABLE(Blame.INPUT),
    SOURCE_CHANGED(Blame.INPUT),
    ROW_TOO_LARGE(Blame.INPUT),
    TIME_OUT_OF_RANGE(Blame.INPUT),
    DTYPE_TOO_LONG(Blame.INPUT),
    NAME_TOO_LONG(Blame.INPUT),
    SOURCE_FAILED(Blame.SOURCE),

    SCRATCH_UNUSABLE(Blame.NODE),
    SCRATCH_FULL(Blame.NODE),
    SCRATCH_UNSAFE(Blame.NODE),
    SCRATCH_DAMAGED(Blame.NODE),
    INFLATER_UNAVAILABLE(Blame.NODE),
    DECODER_MEMORY_FULL(Blame.NODE),
    FILES_ELSEWHERE(Blame.USAGE),

    INPUT_MISSING(Blame.USAGE),
    INPUT_EMPTY(Blame.USAGE),
    ENTRIES_UNMATCHED(Blame.USAGE),
    INPUT_UNREADABLE(Blame.INPUT),
    INPUT_CHANGED(Blame.USAGE),
    INPUT_NOT_ALLOWED(Blame.USAGE),
    ARRAYS_DISAGREE(Blame.USAGE),
    COLUMNS_TOO_MANY(Blame.USAGE),
    ROWS_TOO_MANY(Blame.USAGE),
    COLUMNS_CHANGED(Blame.USAGE),
    COLUMN_NAME_UNUSABLE(Blame.USAGE),
    PARTITION_FOLDERS_UNUSABLE(Blame.USAGE),
    CREDENTIALS_IN_URI(Blame.USAGE),
    OUTPUT_EXISTS(Blame.USAGE),
    OUTPUT_FULL(Blame.USAGE),
    OUTPUT_UNUSABLE(Blame.USAGE),
    OUTPUT_IN_USE(Blame.USAGE),
    WRITE_UNSUPPORTED(Blame.USAGE),
    MEMORY_GREW(Blame.USAGE),
    OPTION_INVALID(Blame.USAGE),
    SQL_FAILED(Blame.USAGE);

    /** Who must act on a condition. */
    public enum Blame {
        /** The archive is at fault. With {@code onError=quarantine} the entry becomes a row of {@code failures}. */
        INPUT,
        /**
         * The archive's file system, or the connection of this node to it, is at fault. The task fails and is retried
         * on another node; an archive that fails on every node is treated as {@link #INPUT}.
         */
        SOURCE,
        /** The node, its disks or its budget are at fault. The task fails and is retried on another node. */
        NODE,
        /** The caller is at fault. The run ends with one sentence. */
        USAGE
    }

    private final Blame blame;

    Condition(Blame blame) {
        this.blame = blame;
    }

    public Blame blame() {
        return blame;
    }

    /** The name in messages and tables, such as {@code ZIPMAP_CRC_MISMATCH}. */
    public String label() {
        return "ZIPMAP_" + name();
    }
}
