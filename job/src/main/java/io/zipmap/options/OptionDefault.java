package io.zipmap.options;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The default value of an option, which may differ by {@link OptionTaker}. Immutable. */
final class OptionDefault {
    private final @Nullable String text;
    private final Map<OptionTaker, String> exceptions;

    private OptionDefault(@Nullable String text, Map<OptionTaker, String> exceptions) {
        this.text = text;
        this.exceptions = exceptions;
    }

    static OptionDefault of(String text) {
        return new OptionDefault(text, Map.of());
    }

    /** No value: an option that nobody gives is absent. */
    static OptionDefault none() {
        return new OptionDefault(null, Map.of());
    }

    /** This default, with another value for the given takers. */
    OptionDefault except(String other, OptionTaker... takers) {
        Map<OptionTaker, String> more = new LinkedHashMap<>(exceptions);
        Arrays.stream(takers).forEach(taker -> more.put(taker, other));
        return new OptionDefault(text, more);
    }

    /** The value for one taker; empty if the option has no default there. */
    Optional<String> textFor(OptionTaker taker) {
        return Optional.ofNullable(exceptions.get(taker)).or(this::text);
    }

    /** The takers that have a value of their own. */
    Set<OptionTaker> exceptions() {
        return exceptions.keySet();
    }

    /** The value for all other takers; empty if the option has no default. */
    Optional<String> text() {
        return Optional.ofNullable(text);
    }

    /** The cell of the option table: {@code `quarantine`; sql, source: `fail`}. */
    String markdown() {
        Map<String, String> takersByText = exceptions.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getValue, one -> one.getKey().word(), (a, b) -> a + ", " + b, LinkedHashMap::new));
        StringBuilder cell =
                new StringBuilder(text().map(standard -> "`" + standard + "`").orElse(""));
        takersByText.forEach((other, takers) -> cell.append(cell.isEmpty() ? "" : "; ")
                .append(takers)
                .append(": `")
                .append(other)
                .append('`'));
        return cell.toString();
    }
}
