package io.zipmap.options;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an option is where nobody says it, which may differ by command. Immutable. */
final class Default {
    private final @Nullable String text;
    private final Map<String, String> others;

    private Default(@Nullable String text, Map<String, String> others) {
        this.text = text;
        this.others = others;
    }

    /** @param text null where the option is then not given at all */
    static Default of(@Nullable String text) {
        return new Default(text, Map.of());
    }

    /** The same but for these commands, or {@link SourceOptions#WORD}. */
    Default but(String other, String... words) {
        Map<String, String> more = new LinkedHashMap<>(others);
        Arrays.stream(words).forEach(word -> more.put(word, other));
        return new Default(text, more);
    }

    /** @param word of a command, or {@link SourceOptions#WORD} */
    Optional<String> in(String word) {
        return Optional.ofNullable(others.get(word)).or(this::elsewhere);
    }

    /** The words for which it is another one. */
    Set<String> others() {
        return others.keySet();
    }

    /** Where no other is said. */
    Optional<String> elsewhere() {
        return Optional.ofNullable(text);
    }

    /** For the option table: {@code `quarantine`; sql, source: `fail`}. */
    String markdown() {
        Map<String, String> words = others.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getValue, Map.Entry::getKey, (a, b) -> a + ", " + b, LinkedHashMap::new));
        StringBuilder shown = new StringBuilder(
                elsewhere().map(standard -> "`" + standard + "`").orElse(""));
        words.forEach((other, where) -> shown.append(shown.isEmpty() ? "" : "; ")
                .append(where)
                .append(": `")
                .append(other)
                .append('`'));
        return shown.toString();
    }
}
