package io.zipmap.plan;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.array.ListParser;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.GlobFilter;

/** The options that select entries, parsed and checked on the driver. {@link EntryChoice} applies them. Immutable. */
public final class EntryRules implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Tells a Python list from a glob that starts with a set of characters. */
    private static final Pattern PYTHON_LIST = Pattern.compile("\\s*[\\[(]\\s*['\"]");

    private final String[] globs;
    private final boolean duplicates;

    private EntryRules(List<String> globs, boolean duplicates) {
        this.globs = globs.toArray(String[]::new);
        this.duplicates = duplicates;
    }

    /** @throws ZipmapException {@code OPTION_INVALID} */
    public static EntryRules of(OptionValues values) throws ZipmapException {
        boolean all = values.word(Option.DUPLICATES).equals("all");
        return new EntryRules(
                values.text(Option.ENTRIES).isPresent() ? parseGlobs(values.required(Option.ENTRIES)) : List.of(), all);
    }

    private static List<String> parseGlobs(String text) throws ZipmapException {
        List<String> globs = PYTHON_LIST.matcher(text).lookingAt() ? ListParser.parse(text) : splitAtCommas(text);
        if (globs.isEmpty()) {
            throw invalid(text);
        }
        for (String glob : globs) {
            try {
                new GlobFilter(glob);
            } catch (IOException e) {
                throw invalid(text).actual(String.valueOf(e.getMessage())).because(e);
            }
        }
        return globs;
    }

    private static ZipmapException invalid(String text) {
        return new ZipmapException(
                        Condition.OPTION_INVALID, "Invalid value of " + Option.ENTRIES.mention() + ": " + text)
                .expected("names or globs, comma-separated, as in x,y or *.npy");
    }

    /** Splits at commas, except in braces or brackets and after a backslash. */
    private static List<String> splitAtCommas(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? ',' : text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth = Math.max(0, depth - 1);
            } else if (c == ',' && (depth == 0 || i == text.length())) {
                String part = text.substring(from, i).trim();
                if (!part.isEmpty()) {
                    parts.add(part);
                }
                from = i + 1;
            }
        }
        return parts;
    }

    /** The globs over entry names; empty if the user gave none. */
    List<String> globs() {
        return List.of(globs);
    }

    /** Whether all entries of one name are chosen, instead of only the last. */
    boolean duplicates() {
        return duplicates;
    }

    /**
     * Checks that the globs of the user match an entry.
     *
     * @param found the tally of all inputs
     * @throws ZipmapException {@code ENTRIES_UNMATCHED}
     */
    public void requireMatch(EntryTally found) throws ZipmapException {
        if (globs.length > 0 && found.taken() == 0 && found.unmatched() > 0) {
            throw new ZipmapException(
                            Condition.ENTRIES_UNMATCHED,
                            "Cannot find an entry that matches " + Option.ENTRIES.mention() + ": "
                                    + String.join(",", globs))
                    .actual(found.names())
                    .advice("Name entries as in the archives, with or without .npy, or a bare .npy file by its name.");
        }
    }
}
