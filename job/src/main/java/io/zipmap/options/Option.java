package io.zipmap.options;

import static io.zipmap.options.OptionType.BYTES;
import static io.zipmap.options.OptionType.FLAG;
import static io.zipmap.options.OptionType.FOLDERS;
import static io.zipmap.options.OptionType.NUMBER;
import static io.zipmap.options.OptionType.TEXT;
import static io.zipmap.options.OptionType.TEXTS;
import static io.zipmap.options.OptionType.URI;
import static io.zipmap.options.OptionType.URIS;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every option, declared once. An option has one name in three spellings: {@code --scratch-budget} on the command line,
 * {@code spark.zipmap.scratchBudget} in Spark's configuration, {@code scratchBudget} on the data source.
 */
public enum Option {
    INPUT(
            "input",
            URIS,
            null,
            "Archives: a file, a folder (its *.zip, *.npz and *.npy), a glob (FOLDER/** is all that lies under it), or @FILE with one of these a line. May be repeated. For queries also the output of a run."),
    OUTPUT(
            "output",
            URI,
            null,
            "Folder for the tables arrays, column_stats and failures; for the archives that a command writes."),
    OVERWRITE("overwrite", FLAG, "false", "Replace the output of a former run."),
    INCREMENTAL(
            "incremental",
            FLAG,
            "false",
            "Do only the archives that are new or changed since the run that wrote --output, and take the rows of the others from its tables."),
    TABLE_FORMAT(
            "tableFormat",
            TEXT,
            "parquet",
            "Format of the tables: parquet, orc, json, csv or another that Spark can write."),
    ENTRIES(
            "entries",
            TEXT,
            null,
            "Names of entries, or globs over them, comma-separated: x takes x.npy too, '*' everything, a bare .npy file goes by its name. Default: all but what operating systems leave (__MACOSX, ._x, .DS_Store, Thumbs.db, desktop.ini, …)."),
    DUPLICATES(
            "duplicates",
            choice("last", "all"),
            "last",
            "Entries of one archive with the same name: last takes the last, as numpy and unzip do, all takes each, told apart by entry_index."),
    DTYPE(
            "dtype",
            TEXT,
            "dtype of raw entries, in numpy's words (float32, <f4, datetime64[ms], S5, …) or as a list of fields ([('a', '<f4'), ('b', '<i2')]). Entries in .npy format say it themselves.",
            Default.of(null).but("float32", "generate")),
    SHAPE(
            "shape",
            TEXT,
            "Shape of raw entries; one axis may be -1, as in -1,4.",
            Default.of("-1").but("2000000,4", "generate")),
    ORDER("order", choice("C", "F"), "C", "Order of raw entries: C, the last axis fastest, or F, the first."),
    BYTE_ORDER(
            "byteOrder", choice("little", "big"), "little", "Byte order of raw entries whose dtype does not say one."),
    COLUMNS(
            "columns",
            TEXT,
            null,
            "Names of the table's columns, comma-separated or as a list of Python (['a', 'b']). Fewer names than columns take the first ones and leave the others out."),
    PROVENANCE(
            "provenance",
            FLAG,
            "false",
            "Show _archive, _entry and _row as columns of the table. Hidden, they are there too, but not behind a view."),
    ALLOWED_ROOTS(
            "allowedRoots",
            TEXTS,
            null,
            "Folders, comma-separated, outside of which the data source opens nothing. Only Spark's configuration can say it."),
    IN_PLACE(
            "inPlace",
            choice("auto", "never", "always"),
            "auto",
            "Map stored entries of local archives where they lie: auto, never, or always (else an error). Local .npy files always are."),
    ON_ERROR(
            "onError",
            choice("quarantine", "fail"),
            "Bad entries: quarantine goes on without them, with a row in failures, or in a query with a warning; fail stops at the first.",
            Default.of("quarantine").but("fail", "sql", SourceOptions.WORD)),
    SCRATCH(
            "scratch",
            FOLDERS,
            null,
            "Node-local folders for extracted arrays, comma-separated. Default: the folders Spark itself uses on that node."),
    SCRATCH_BUDGET("scratchBudget", BYTES, "0", "Most bytes of scratch a node may hold; 0 is no limit."),
    KEEP_SCRATCH(
            "keepScratch",
            FLAG,
            "false",
            "Keep extracted arrays for later applications instead of deleting them at the end."),
    VERIFY(
            "verify",
            choice("size", "crc"),
            "size",
            "What is checked of an extracted file before it is read: size, or crc, its checksum too, once a process."
                    + " A kept file of another process is checked so in any case."),
    SLICE_BYTES(
            "sliceBytes",
            BYTES,
            "64m",
            "Bytes of an array that one step maps and reads; bigger arrays are cut and spread over the cores."),
    PACK_BYTES(
            "packBytes",
            BYTES,
            "64m",
            "Most bytes of archives that are packed into one extract task; a bigger archive is a task of its own."),
    QUANTILES("quantiles", FLAG, "false", "Add approximate p01 p25 p50 p75 p99 to column_stats."),
    MAX_COLUMNS(
            "maxColumns",
            NUMBER,
            "300000",
            "Most columns of an array that get statistics; an array of more has no rows in column_stats, and is counted in the summary."),
    AGGREGATE_ON("aggregateOn", choice("executors", "driver"), "executors", "Where the mapped arrays are aggregated."),
    MAX_ENTRY_BYTES("maxEntryBytes", BYTES, "1t", "Limit of one decoded entry."),
    MAX_ARCHIVE_BYTES("maxArchiveBytes", BYTES, "16t", "Limit of all decoded entries of one archive."),
    MAX_ENTRIES("maxEntries", NUMBER, "1000000", "Limit of entries in one archive."),
    MAX_HEADER_CHARS(
            "maxHeaderChars",
            NUMBER,
            "10000",
            "Limit of characters in a .npy header, as max_header_size of numpy.load: arrays of many fields have long ones."),
    INFLATER(
            "inflater",
            choice("auto", "jdk", "native"),
            "auto",
            "What decodes deflated entries: native, ISA-L, on Linux on x86-64; jdk, the JDK's zlib; auto, native where it can be had."),
    SQL("sql", TEXTS, null, "Query over the tables; printed. May be repeated."),
    SQL_OUTPUT(
            "sqlOutput",
            URI,
            null,
            "Folder into which the results of the queries are written too, as query-1, query-2, …"),
    RESULT_FORMAT(
            "resultFormat",
            choice("table", "csv", "json"),
            "table",
            "How results of queries are printed: table (the first 100 rows), csv, or json, an object a line, which keeps every character."),
    JSON("json", FLAG, "false", "Print one JSON object a line."),
    COUNT("count", NUMBER, "15", "How many archives to write."),
    CONTAINER("container", choice("raw", "npz"), "raw", "What an archive holds: raw bytes or a .npy member."),
    METHOD("method", choice("deflated", "stored"), "deflated", "How entries are written."),
    VALUES(
            "values",
            choice("uniform", "ramp"),
            "uniform",
            "uniform: random in [0, 1), whole numbers in [0, 100) for integers; ramp: the row number modulo 100, which compresses well."),
    SEED("seed", NUMBER, "1", "Seed of the random values; the same seed gives the same archives."),
    REPLACE("replace", FLAG, "false", "Put each packed archive in the place of the original."),
    ALL("all", FLAG, "false", "Remove kept scratch too, unless it is in use."),
    DRY_RUN("dryRun", FLAG, "false", "Only show what would be removed."),
    PRINT_CONFIG("printConfig", FLAG, "false", "Show every option's value and where it comes from, then end."),
    STACKTRACE("stacktrace", FLAG, "false", "Show the stack trace of an error.");

    static final String PROPERTY_PREFIX = "spark.zipmap.";

    private final String optionName;
    private final OptionType type;
    private final Default standard;
    private final String text;

    Option(String optionName, OptionType type, @Nullable String standard, String text) {
        this(optionName, type, text, Default.of(standard));
    }

    Option(String optionName, OptionType type, String text, Default standard) {
        this.optionName = optionName;
        this.type = type;
        this.standard = standard;
        this.text = text;
    }

    private static OptionType choice(String... words) {
        return OptionType.choice(words);
    }

    /** {@code scratchBudget}. */
    public String optionName() {
        return optionName;
    }

    /** {@code --scratch-budget}. */
    public String flag() {
        return "--" + optionName.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** {@code spark.zipmap.scratchBudget}. */
    public String property() {
        return PROPERTY_PREFIX + optionName;
    }

    public OptionType type() {
        return type;
    }

    /** Where no command says another. */
    public Optional<String> defaultText() {
        return standard.elsewhere();
    }

    /** @param word of a command, or {@link SourceOptions#WORD} */
    public Optional<String> defaultText(String word) {
        return standard.in(word);
    }

    Default standard() {
        return standard;
    }

    /** The defaults that differ there, by option. */
    static Map<Option, String> defaultsOf(String word) {
        Map<Option, String> defaults = new EnumMap<>(Option.class);
        for (Option option : values()) {
            if (option.standard.others().contains(word)) {
                option.standard.in(word).ifPresent(text -> defaults.put(option, text));
            }
        }
        return Collections.unmodifiableMap(defaults);
    }

    /** What it does, for people. */
    public String text() {
        return text;
    }
}
