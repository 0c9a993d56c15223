package io.zipmap.options;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What to do instead of an option that other file sources of Spark have, and that zipmap has not. */
final class ForeignOptions {
    private static final Map<String, String> ADVICE = advice();

    private ForeignOptions() {}

    private static Map<String, String> advice() {
        Map<String, String> advice = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        add(
                advice,
                "Give onError=quarantine to leave out bad archives and entries with a warning.",
                "ignoreCorruptFiles",
                "badRecordsPath",
                "columnNameOfCorruptRecord",
                "mode");
        add(
                advice,
                "Give onError=quarantine to leave out archives that no longer exist, with a warning.",
                "ignoreMissingFiles");
        add(
                advice,
                "Choose archives by their names: by a glob, by pathGlobFilter, by partition folders, or by path=@FILE,"
                        + " a list of archives that a program wrote.",
                "modifiedAfter",
                "modifiedBefore");
        add(
                advice,
                "Arrays have no text to parse: a .npy header states its dtype, the options dtype and shape describe raw"
                        + " entries, and columns names the columns.",
                "header",
                "inferSchema",
                "samplingRatio",
                "sep",
                "delimiter",
                "quote",
                "escape",
                "charToEscapeQuoteEscaping",
                "comment",
                "encoding",
                "charset",
                "lineSep",
                "multiLine",
                "wholetext",
                "nullValue",
                "nanValue",
                "positiveInf",
                "negativeInf",
                "emptyValue",
                "locale",
                "enforceSchema",
                "ignoreLeadingWhiteSpace",
                "ignoreTrailingWhiteSpace",
                "prefersDecimal",
                "primitivesAsString",
                "rowTag");
        add(
                advice,
                "datetime64 has no text and no time zone: it is TIMESTAMP_NTZ; the option nanoseconds is for"
                        + " datetime64[ns].",
                "dateFormat",
                "timestampFormat",
                "timestampNTZFormat",
                "timeZone",
                "datetimeRebaseMode",
                "int96RebaseMode");
        add(advice, "Each entry states its compression method: leave the option out.", "compression", "codec");
        add(
                advice,
                "zipmap reads no streams: each query lists the archives again.",
                "maxFilesPerTrigger",
                "latestFirst");
        add(
                advice,
                "Give sliceBytes or packBytes: they decide the size of a task.",
                "maxPartitionBytes",
                "openCostInBytes");
        return Collections.unmodifiableMap(advice);
    }

    private static void add(Map<String, String> advice, String text, String... names) {
        List.of(names).forEach(name -> advice.put(name, text));
    }

    /** The advice for an option; empty if no other source has the option. Its name is not case-sensitive. */
    static Optional<String> advice(String name) {
        return Optional.ofNullable(ADVICE.get(name));
    }
}
