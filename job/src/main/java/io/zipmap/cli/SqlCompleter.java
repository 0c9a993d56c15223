package io.zipmap.cli;

import io.zipmap.job.SourceView;
import io.zipmap.sql.TableText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes names of tables, of their columns, and words of SQL. */
final class SqlCompleter implements Completer {
    private static final List<String> WORDS = List.of(
            "AND",
            "AS",
            "ASC",
            "BETWEEN",
            "BY",
            "CASE",
            "DESC",
            "DESCRIBE",
            "DISTINCT",
            "ELSE",
            "END",
            "EXPLAIN",
            "FROM",
            "GROUP",
            "HAVING",
            "IN",
            "IS",
            "JOIN",
            "LIMIT",
            "NOT",
            "NULL",
            "ON",
            "OR",
            "ORDER",
            "OVER",
            "PARTITION",
            "SELECT",
            "SHOW",
            "TABLES",
            "THEN",
            "UNION",
            "USING",
            "WHEN",
            "WHERE",
            "WITH");

    private static final Pattern AFTER_FROM = Pattern.compile("\\b(FROM|JOIN)\\s+$", Pattern.CASE_INSENSITIVE);

    /** Before Spark has started, the views over archives. */
    private volatile Supplier<Map<String, List<String>>> tables = () ->
            Map.of(SourceView.ELEMENTS, TableText.HIDDEN, SourceView.MEMBERS, List.of(), SourceView.ARRAYS, List.of());

    /** @param columns names of columns by table, asked for with each completion */
    void setColumns(Supplier<Map<String, List<String>>> columns) {
        tables = columns;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        Map<String, List<String>> columns = tables.get();
        Map<String, String> kinds = new TreeMap<>();
        columns.forEach((table, names) -> kinds.put(quoted(table), "tables"));
        if (!isAfterFrom(line)) {
            WORDS.forEach(word -> kinds.put(word, "SQL"));
            columns.values().forEach(names -> names.forEach(name -> kinds.put(quoted(name), "columns")));
        }
        // JLine itself also takes what contains the typed letters: SELECT for ele.
        String typed = line.word().substring(0, line.wordCursor()).toLowerCase(Locale.ROOT);
        kinds.keySet()
                .removeIf(
                        name -> !name.replace("`", "").toLowerCase(Locale.ROOT).startsWith(typed));
        kinds.forEach((name, kind) -> candidates.add(new Candidate(name, name, kind, null, null, null, true)));
    }

    /** Whether the name at the cursor is that of a table. */
    private static boolean isAfterFrom(ParsedLine line) {
        String before = line.line().substring(0, line.cursor() - line.wordCursor());
        return AFTER_FROM.matcher(before).find();
    }

    private static String quoted(String name) {
        return name.matches("[A-Za-z_]\\w*") ? name : '`' + name.replace("`", "``") + '`';
    }

    /** The part of a line that is completed: the name at the cursor, without the blank or bracket before it. */
    record NameAtCursor(String line, int cursor) implements CompletingParsedLine {
        @Override
        public String word() {
            int end = cursor;
            while (end < line.length() && isPartOfName(line.charAt(end))) {
                end++;
            }
            return line.substring(cursor - wordCursor(), end);
        }

        @Override
        public int wordCursor() {
            int start = cursor;
            while (start > 0 && isPartOfName(line.charAt(start - 1))) {
                start--;
            }
            return cursor - start;
        }

        private static boolean isPartOfName(char c) {
            return Character.isLetterOrDigit(c) || c == '_';
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word());
        }

        /** Candidates are quoted already. */
        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor();
        }

        @Override
        public int rawWordLength() {
            return word().length();
        }
    }
}
