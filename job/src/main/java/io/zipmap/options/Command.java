package io.zipmap.options;

import static io.zipmap.options.Option.*;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The commands and the options each takes. */
public enum Command {
    DEMO(
            "demo",
            "Writes 15 sample archives once, runs the pipeline over them, prints the tables and a query.",
            List.of(OUTPUT)),
    GENERATE(
            "generate",
            "Writes sample archives.",
            List.of(OUTPUT, COUNT, SHAPE, DTYPE, ORDER, CONTAINER, METHOD, VALUES, SEED)),
    INSPECT(
            "inspect",
            "Shows what arrays lie in archives, without extracting them.",
            List.of(
                    INPUT,
                    ENTRIES,
                    DUPLICATES,
                    DTYPE,
                    SHAPE,
                    ORDER,
                    BYTE_ORDER,
                    JSON,
                    PACK_BYTES,
                    MAX_ENTRY_BYTES,
                    MAX_ARCHIVE_BYTES,
                    MAX_ENTRIES,
                    MAX_HEADER_CHARS)),
    RUN(
            "run",
            "Extracts archives, aggregates their arrays, publishes the tables.",
            List.of(
                    INPUT,
                    OUTPUT,
                    OVERWRITE,
                    INCREMENTAL,
                    TABLE_FORMAT,
                    ENTRIES,
                    DUPLICATES,
                    DTYPE,
                    SHAPE,
                    ORDER,
                    BYTE_ORDER,
                    IN_PLACE,
                    ON_ERROR,
                    SCRATCH,
                    SCRATCH_BUDGET,
                    KEEP_SCRATCH,
                    VERIFY,
                    SLICE_BYTES,
                    PACK_BYTES,
                    QUANTILES,
                    MAX_COLUMNS,
                    AGGREGATE_ON,
                    MAX_ENTRY_BYTES,
                    MAX_ARCHIVE_BYTES,
                    MAX_ENTRIES,
                    MAX_HEADER_CHARS,
                    INFLATER,
                    SQL,
                    SQL_OUTPUT,
                    RESULT_FORMAT)),
    SQL_COMMAND(
            "sql",
            "Queries arrays in archives, as the table elements, or the tables of a former run.",
            List.of(
                    INPUT,
                    ENTRIES,
                    DUPLICATES,
                    DTYPE,
                    SHAPE,
                    ORDER,
                    BYTE_ORDER,
                    COLUMNS,
                    PROVENANCE,
                    IN_PLACE,
                    ON_ERROR,
                    SCRATCH,
                    SCRATCH_BUDGET,
                    KEEP_SCRATCH,
                    VERIFY,
                    SLICE_BYTES,
                    PACK_BYTES,
                    MAX_ENTRY_BYTES,
                    MAX_ARCHIVE_BYTES,
                    MAX_ENTRIES,
                    MAX_HEADER_CHARS,
                    INFLATER,
                    TABLE_FORMAT,
                    SQL_OUTPUT,
                    RESULT_FORMAT)),
    PACK(
            "pack",
            "Rewrites archives so that their entries can be mapped in place: stored, and aligned to 64 bytes.",
            List.of(INPUT, OUTPUT, REPLACE, ON_ERROR, PACK_BYTES, MAX_ENTRY_BYTES, MAX_ARCHIVE_BYTES, MAX_ENTRIES)),
    CLEAN("clean", "Shows scratch on this node and removes what nobody owns.", List.of(SCRATCH, ALL, DRY_RUN));

    private static final List<Option> COMMON = List.of(PRINT_CONFIG, STACKTRACE);

    private final String word;
    private final String text;
    private final List<Option> options;

    Command(String word, String text, List<Option> options) {
        this.word = word;
        this.text = text;
        this.options = options;
    }

    public String word() {
        return word;
    }

    public String text() {
        return text;
    }

    /** In the order in which help shows them. */
    public List<Option> options() {
        return Stream.concat(options.stream(), COMMON.stream()).toList();
    }

    /** Defaults that differ from the option's own. */
    public Map<Option, String> defaults() {
        return Option.defaultsOf(word);
    }
}
