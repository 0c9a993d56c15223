package io.zipmap.options;

import static io.zipmap.options.Command.CLEAN;
import static io.zipmap.options.Command.DEMO;
import static io.zipmap.options.Command.GENERATE;
import static io.zipmap.options.Command.INSPECT;
import static io.zipmap.options.Command.PACK;
import static io.zipmap.options.Command.RUN;
import static io.zipmap.options.Command.SQL_COMMAND;
import static io.zipmap.options.OptionEffect.ARRAYS;
import static io.zipmap.options.OptionEffect.TABLES;
import static io.zipmap.options.OptionTaker.SOURCE;
import static io.zipmap.options.OptionType.BYTES;
import static io.zipmap.options.OptionType.FLAG;
import static io.zipmap.options.OptionType.FOLDERS;
import static io.zipmap.options.OptionType.NUMBER;
import static io.zipmap.options.OptionType.TEXT;
import static io.zipmap.options.OptionType.TEXTS;
import static io.zipmap.options.OptionType.URI;
import static io.zipmap.options.OptionType.URIS;

import io.zipmap.OptionSpelling;
import java.util.List;
import java.util.Optional;

/**
 * An option: its name, type, default, help text, effect and takers. This is the only list of options. The parser of the
 * command line, {@code --help}, the data source and the option table of {@code docs/options.md} are made from it.
 *
 * <p>An option has one name in three spellings: {@code --scratch-budget} on the command line,
 * {@code spark.zipmap.scratchBudget} in Spark's configuration, {@code scratchBudget} on the data source. Help lists the
 * options in the order of their declaration.
 */
public enum Option {
    INPUT(
            "input",
            URIS,
            none(),
            "Archives: a file, a folder (its *.zip, *.npz and *.npy files), a glob, FOLDER/** (its archives and"
                    + " those of all folders under it), or @FILE, a text file with one input per line. May be repeated."
                    + " For queries also the output of a run.",
            INSPECT,
            RUN,
            SQL_COMMAND,
            PACK,
            SOURCE),
    OUTPUT(
            "output",
            URI,
            none(),
            "Folder for the tables arrays, column_stats, array_stats and failures, or for the archives that the"
                    + " command writes.",
            DEMO,
            GENERATE,
            RUN,
            PACK),
    NAIVE(
            "naive",
            FLAG,
            "false",
            "First collect the arrays on a driver with plain Spark, in a process of its own, and compare the memory of"
                    + " both ways on a page. submit.sh starts that process.",
            DEMO),
    REPLACE("replace", FLAG, "false", "Replace each archive by its packed form.", PACK),
    OVERWRITE("overwrite", FLAG, "false", "Replace the output of a former run.", RUN),
    INCREMENTAL(
            "incremental",
            FLAG,
            "false",
            "Process only the archives that are new or changed since the run that wrote --output. The rows"
                    + " of all other archives are taken from its tables.",
            RUN),
    TABLE_FORMAT(
            "tableFormat",
            TEXT,
            "parquet",
            "Format of the tables: parquet, orc, json, csv or another that Spark can write.",
            TABLES,
            RUN,
            SQL_COMMAND),
    ENTRIES(
            "entries",
            TEXT,
            none(),
            "Names of entries, or globs over them, comma-separated. x also matches x.npy. '*' matches every"
                    + " entry. A bare .npy file is matched by its file name. Default: all entries except the files"
                    + " that operating systems add (__MACOSX, ._x, .DS_Store, Thumbs.db, desktop.ini, …).",
            ARRAYS,
            INSPECT,
            RUN,
            SQL_COMMAND,
            SOURCE),
    DUPLICATES(
            "duplicates",
            choice("last", "all"),
            "last",
            "Which entries of one archive are read if several have the same name: last, the last one, as"
                    + " numpy and unzip do; or all. The column entry_index tells them apart.",
            ARRAYS,
            INSPECT,
            RUN,
            SQL_COMMAND,
            SOURCE),
    DTYPE(
            "dtype",
            TEXT,
            none().except("float32", GENERATE),
            "dtype of raw entries, as numpy writes it (float32, <f4, datetime64[ms], S5, …) or as a list of"
                    + " fields ([('a', '<f4'), ('b', '<i2')]). Entries in .npy format state their own dtype.",
            ARRAYS,
            GENERATE,
            INSPECT,
            RUN,
            SQL_COMMAND,
            SOURCE),
    SHAPE(
            "shape",
            TEXT,
            OptionDefault.of("-1").except("2000000,4", GENERATE),
            "Shape of raw entries. One axis may be -1, as in -1,4.",
            ARRAYS,
            GENERATE,
            INSPECT,
            RUN,
            SQL_COMMAND,
            SOURCE),
    ORDER(
            "order",
            choice("C", "F"),
            "C",
            "Order of raw entries: C, the last axis varies fastest; or F, the first axis.",
            ARRAYS,
            GENERATE,
            INSPECT,
            RUN,
            SQL_COMMAND,
            SOURCE),
    BYTE_ORDER(
            "byteOrder",
            choice("little", "big"),
            "little",
            "Byte order of raw entries if their dtype does not state one.",
            ARRAYS,
            INSPECT,
            RUN,
            SQL_COMMAND,
            SOURCE),
    TABLE(
            "table",
            choice("elements", "members", "arrays"),
            "elements",
            "Which table of the archives: elements, a row for each row of each array, whose dtype and row shape are"
                    + " the same; members, a row for each index along the first axis and a column for each array of"
                    + " an archive, as of x and y in numpy.savez(x=…, y=…); or arrays, a row for each array."
                    + " The command sql has all three; there it is the one that --columns is for and that the prompt"
                    + " shows.",
            SQL_COMMAND,
            SOURCE),
    COLUMNS(
            "columns",
            TEXT,
            none(),
            "Names of the table's columns, comma-separated or as a Python list (['a', 'b']). Names that end with"
                    + " ... (a,b,...) name the first columns and leave out the others. In the table members: the"
                    + " members to read.",
            SQL_COMMAND,
            SOURCE),
    PROVENANCE(
            "provenance",
            FLAG,
            "false",
            "Show _archive, _entry and _row as columns of the table. Otherwise they are hidden columns: a"
                    + " query can name them, but not through a view.",
            SQL_COMMAND,
            SOURCE),
    ALLOWED_ROOTS(
            "allowedRoots",
            TEXTS,
            none(),
            "Folders, comma-separated. The data source opens no file outside of them. Only Spark's"
                    + " configuration can set this option.",
            SOURCE),
    RECURSIVE_FILE_LOOKUP(
            "recursiveFileLookup",
            FLAG,
            "false",
            "A folder stands for its archives and those of all folders under it, as FOLDER/** does. The names"
                    + " of its subfolders give no columns.",
            SOURCE),
    PATH_GLOB_FILTER(
            "pathGlobFilter",
            TEXT,
            none(),
            "Glob over file names, as in '*.npz'. Other files are not read. A folder stands for its files of"
                    + " these names, instead of *.zip, *.npz and *.npy.",
            SOURCE),
    MERGE_SCHEMA(
            "mergeSchema",
            FLAG,
            "false",
            "In the table members, columns are the members of all archives, each with the widest of its types."
                    + " A member is NULL in the rows of an archive without it. Otherwise archives of different"
                    + " members are an error.",
            SOURCE),
    BASE_PATH(
            "basePath",
            URI,
            none(),
            "Folder below which partition folders begin, as in date=2024-01-01/cam=a, whose names are columns"
                    + " of the table. All archives must be in it. Default: the input folder, or the folders that a"
                    + " glob matches.",
            SQL_COMMAND,
            SOURCE),
    NANOSECONDS(
            "nanoseconds",
            choice("bigint", "timestamp"),
            "bigint",
            "SQL type of datetime64[ns]: bigint, the number of nanoseconds since 1970; or timestamp,"
                    + " TIMESTAMP_NTZ, rounded down to microseconds.",
            SQL_COMMAND,
            SOURCE),
    IN_PLACE(
            "inPlace",
            choice("auto", "never", "always"),
            "auto",
            "Whether stored entries of local archives are mapped inside the archive instead of extracted:"
                    + " auto, if possible; never; or always, an error if not possible. Local .npy files are always"
                    + " mapped in place.",
            TABLES,
            RUN,
            SQL_COMMAND,
            SOURCE),
    ON_ERROR(
            "onError",
            choice("quarantine", "fail"),
            OptionDefault.of("quarantine").except("fail", SQL_COMMAND, SOURCE),
            "What happens at a bad entry: quarantine goes on without it and adds a row to failures, or in a"
                    + " query logs a warning; fail stops at the first one.",
            RUN,
            SQL_COMMAND,
            PACK,
            SOURCE),
    SCRATCH(
            "scratch",
            FOLDERS,
            none(),
            "Node-local folders for extracted arrays, comma-separated. Default: the local folders of Spark"
                    + " on that node.",
            RUN,
            SQL_COMMAND,
            CLEAN,
            SOURCE),
    SCRATCH_BUDGET(
            "scratchBudget",
            BYTES,
            "0",
            "Limit of the bytes of scratch on one node. 0 means no limit.",
            RUN,
            SQL_COMMAND,
            SOURCE),
    KEEP_SCRATCH(
            "keepScratch",
            FLAG,
            "false",
            "Keep extracted arrays for later applications. Otherwise they are deleted when the application" + " ends.",
            RUN,
            SQL_COMMAND,
            SOURCE),
    VERIFY(
            "verify",
            choice("size", "crc"),
            "size",
            "What is checked of an extracted file before it is read: size; or crc, also its checksum, once"
                    + " in each process. The checksum of a kept file that another process wrote is always checked.",
            RUN,
            SQL_COMMAND,
            SOURCE),
    SLICE_BYTES(
            "sliceBytes",
            BYTES,
            "64m",
            "Most bytes of a slice, the part of an array that one step maps and reads. Bigger arrays are"
                    + " cut into slices and spread over the cores.",
            RUN,
            SQL_COMMAND,
            SOURCE),
    PACK_BYTES(
            "packBytes",
            BYTES,
            "64m",
            "Most bytes of archives that are packed into one extract task. A bigger archive is a task of" + " its own.",
            INSPECT,
            RUN,
            SQL_COMMAND,
            PACK,
            SOURCE),
    QUANTILES(
            "quantiles",
            FLAG,
            "false",
            "Add the approximate quantiles p01, p25, p50, p75 and p99 to column_stats and array_stats.",
            TABLES,
            RUN),
    MAX_COLUMNS(
            "maxColumns",
            NUMBER,
            "300000",
            "Most columns of an array that get rows in column_stats. An array with more columns has rows in"
                    + " array_stats only, and the summary counts it.",
            TABLES,
            RUN),
    AGGREGATE_ON(
            "aggregateOn",
            choice("executors", "driver"),
            "executors",
            "Where the mapped arrays are aggregated: on the executors or on the driver.",
            RUN),
    MAX_ANON_GROWTH(
            "maxAnonGrowth",
            BYTES,
            "0",
            "Most bytes by which RssAnon of a process may grow over its first sample in the extract stage, until"
                    + " the tables are published. At more, the run fails and publishes nothing. 0 means no limit.",
            RUN),
    MAX_ENTRY_BYTES(
            "maxEntryBytes",
            BYTES,
            "1t",
            "Limit of the decoded bytes of one entry.",
            TABLES,
            INSPECT,
            RUN,
            SQL_COMMAND,
            PACK,
            SOURCE),
    MAX_ARCHIVE_BYTES(
            "maxArchiveBytes",
            BYTES,
            "16t",
            "Limit of the decoded bytes of all entries of one archive.",
            TABLES,
            INSPECT,
            RUN,
            SQL_COMMAND,
            PACK,
            SOURCE),
    MAX_ENTRIES(
            "maxEntries",
            NUMBER,
            "1000000",
            "Limit of the number of entries in one archive.",
            TABLES,
            INSPECT,
            RUN,
            SQL_COMMAND,
            PACK,
            SOURCE),
    MAX_HEADER_CHARS(
            "maxHeaderChars",
            NUMBER,
            "10000",
            "Limit of the characters in a .npy header, as max_header_size of numpy.load. Arrays of many"
                    + " fields have long headers.",
            INSPECT,
            RUN,
            SQL_COMMAND,
            SOURCE),
    INFLATER(
            "inflater",
            choice("auto", "jdk", "native"),
            "auto",
            "The decoder of deflated entries: jdk, the JDK's zlib; native, Intel ISA-L, on Linux on x86-64"
                    + " only; or auto, native where it is available.",
            RUN,
            SQL_COMMAND,
            SOURCE),
    REPORT(
            "report",
            URI,
            none(),
            "File for the report of the run, one HTML page. Without it, the report is in _report/index.html of"
                    + " --output, and that of a run that fails in a file beside --output, OUTPUT-report.html.",
            RUN),
    SQL("sql", TEXTS, none(), "Query over the tables. Its result is printed. May be repeated.", RUN),
    SQL_OUTPUT(
            "sqlOutput",
            URI,
            none(),
            "Folder for the results of the queries, in the folders query-1, query-2, … They are printed" + " too.",
            RUN,
            SQL_COMMAND),
    RESULT_FORMAT(
            "resultFormat",
            choice("table", "csv", "json"),
            "table",
            "How results of queries, and the statistics of a run without --output and --sql, are printed:"
                    + " table, the first 100 rows; csv; or json, one object per line, which keeps every character.",
            RUN,
            SQL_COMMAND),
    JSON("json", FLAG, "false", "Print one JSON object per line.", INSPECT),
    COUNT("count", NUMBER, "15", "Number of archives to write.", GENERATE),
    CONTAINER(
            "container",
            choice("raw", "npz"),
            "raw",
            "Content of an archive: an entry of raw bytes, or an entry in .npy format.",
            GENERATE),
    METHOD("method", choice("deflated", "stored"), "deflated", "Compression method of the entries.", GENERATE),
    VALUES(
            "values",
            choice("uniform", "ramp"),
            "uniform",
            "uniform: random values in [0, 1), for integers whole numbers in [0, 100). ramp: the row number"
                    + " modulo 100, which compresses well.",
            GENERATE),
    SEED("seed", NUMBER, "1", "Seed of the random values. The same seed gives the same archives.", GENERATE),
    ALL("all", FLAG, "false", "Also remove kept scratch that is not in use.", CLEAN),
    DRY_RUN("dryRun", FLAG, "false", "Only show what would be removed.", CLEAN),
    PRINT_CONFIG(
            "printConfig",
            FLAG,
            "false",
            "Print the value of each option and its origin, and do nothing else.",
            Command.values()),
    QUIET(
            "quiet",
            FLAG,
            "false",
            "Print results and errors only: no progress, no summary, no advice.",
            Command.values()),
    STACKTRACE("stacktrace", FLAG, "false", "Print the stack trace of an error.", Command.values());

    static final String PROPERTY_PREFIX = "spark.zipmap.";

    private final String optionName;
    private final OptionType type;
    private final OptionDefault standard;
    private final String text;
    private final OptionEffect effect;
    private final List<OptionTaker> takers;

    Option(String optionName, OptionType type, String standard, String text, OptionTaker... takers) {
        this(optionName, type, OptionDefault.of(standard), text, OptionEffect.NONE, takers);
    }

    Option(String optionName, OptionType type, OptionDefault standard, String text, OptionTaker... takers) {
        this(optionName, type, standard, text, OptionEffect.NONE, takers);
    }

    Option(
            String optionName,
            OptionType type,
            String standard,
            String text,
            OptionEffect effect,
            OptionTaker... takers) {
        this(optionName, type, OptionDefault.of(standard), text, effect, takers);
    }

    Option(
            String optionName,
            OptionType type,
            OptionDefault standard,
            String text,
            OptionEffect effect,
            OptionTaker... takers) {
        this.optionName = optionName;
        this.type = type;
        this.standard = standard;
        this.text = text;
        this.effect = effect;
        this.takers = List.of(takers);
    }

    private static OptionType choice(String... words) {
        return OptionType.choice(words);
    }

    private static OptionDefault none() {
        return OptionDefault.none();
    }

    /** The name on the data source: {@code scratchBudget}. */
    public String optionName() {
        return optionName;
    }

    /** The name on the command line: {@code --scratch-budget}. */
    public String flag() {
        return OptionSpelling.COMMAND_LINE.of(optionName);
    }

    /** The option inside the text of a message, in the spelling of its reader. */
    public String mention() {
        return OptionSpelling.mention(optionName);
    }

    /** The option and a value of it inside the text of a message, in the spelling of its reader. */
    public String mention(String value) {
        return OptionSpelling.mention(optionName, value);
    }

    /** The name in Spark's configuration: {@code spark.zipmap.scratchBudget}. */
    public String property() {
        return PROPERTY_PREFIX + optionName;
    }

    public OptionType type() {
        return type;
    }

    boolean isTakenBy(OptionTaker taker) {
        return takers.contains(taker);
    }

    /** Whether the tables of a run depend on it, so that an incremental run must be given the same value. */
    public boolean decidesTables() {
        return effect != OptionEffect.NONE;
    }

    /** Whether it decides which arrays there are and what their layout is, as the table {@code arrays} records them. */
    public boolean decidesArrays() {
        return effect == OptionEffect.ARRAYS;
    }

    /** The general default; empty if the option is then absent. */
    Optional<String> defaultText() {
        return standard.text();
    }

    /** The default for one taker; empty if the option is then absent. */
    public Optional<String> defaultTextFor(OptionTaker taker) {
        return standard.textFor(taker);
    }

    OptionDefault standard() {
        return standard;
    }

    /** The help text. */
    public String text() {
        return text;
    }
}
