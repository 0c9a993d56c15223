package io.zipmap.options;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Refuses unknown option names, and suggests the nearest known name. No setting is ignored silently. */
public final class UnknownOptions {
    private static final int MIN_ABBREVIATION = 3;

    private UnknownOptions() {}

    /**
     * Refuses keys that start with {@code spark.zipmap.} and name no option.
     *
     * @param keys all keys of Spark's configuration
     * @throws ZipmapException {@code OPTION_INVALID}, with the nearest option
     */
    public static void refuse(Iterable<String> keys) throws ZipmapException {
        for (String key : keys) {
            if (key.startsWith(Option.PROPERTY_PREFIX)
                    && Arrays.stream(Option.values())
                            .noneMatch(option -> option.property().equals(key))) {
                throw new ZipmapException(Condition.OPTION_INVALID, "Unknown option: " + key)
                        .advice("Did you mean " + nearestProperty(key) + "?");
            }
        }
    }

    private static String nearestProperty(String key) {
        return nearest(Arrays.stream(Option.values()).map(Option::property), key);
    }

    /** The known word with the smallest edit distance to {@code wrong}, ignoring case. */
    static String nearest(Stream<String> known, String wrong) {
        String lower = wrong.toLowerCase(Locale.ROOT);
        return known.min(Comparator.comparingInt(word -> distance(word.toLowerCase(Locale.ROOT), lower)))
                .orElseThrow();
    }

    /** The known word that {@code wrong} abbreviates or misspells; empty if none is near. */
    public static Optional<String> similar(Stream<String> known, String wrong) {
        List<String> words = known.toList();
        Optional<String> longer = words.stream()
                .filter(word -> wrong.length() >= MIN_ABBREVIATION && word.startsWith(wrong))
                .findFirst();
        if (longer.isPresent()) {
            return longer;
        }
        String nearest = nearest(words.stream(), wrong);
        int bound = Math.max(2, wrong.length() / 3);
        return distance(nearest.toLowerCase(Locale.ROOT), wrong.toLowerCase(Locale.ROOT)) <= bound
                ? Optional.of(nearest)
                : Optional.empty();
    }

    /** Levenshtein distance: the number of inserted, deleted and replaced characters. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
