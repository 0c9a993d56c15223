package io.zipmap.sql.vector;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.types.UTF8String;

/** Texts that compare with given texts in one way, or all texts that do not. Bytes are compared. Immutable. */
public final class TextSet extends ValueSet {
    private static final long serialVersionUID = 1L;

    /** How a text of the column compares with a given text. */
    public enum Comparison {
        LESS,
        EQUAL,
        STARTS,
        ENDS,
        CONTAINS
    }

    /** Fewer texts are compared one by one faster than a text is hashed. */
    private static final int MANY = 8;

    private final Comparison comparison;
    private final UTF8String[] texts;
    private final boolean negated;

    /** The texts if many of them are compared by EQUAL; else empty. */
    private final Set<UTF8String> hashed;

    private TextSet(Comparison comparison, UTF8String[] texts, boolean negated) {
        this.comparison = comparison;
        this.texts = texts;
        this.negated = negated;
        this.hashed =
                comparison == Comparison.EQUAL && texts.length >= MANY ? Set.copyOf(Arrays.asList(texts)) : Set.of();
    }

    /** The texts that compare in this way with at least one of {@code texts}. */
    public static TextSet of(Comparison comparison, List<UTF8String> texts) {
        return new TextSet(comparison, texts.stream().map(UTF8String::copy).toArray(UTF8String[]::new), false);
    }

    /** All texts that this set has not. */
    public TextSet complement() {
        return new TextSet(comparison, texts, !negated);
    }

    @Override
    public int select(ColumnVector column, int[] rows, int count) {
        int kept = 0;
        for (int j = 0; j < count; j++) {
            UTF8String text = column.getUTF8String(rows[j]);
            rows[kept] = rows[j];
            kept += isLike(text) != negated ? 1 : 0;
        }
        return kept;
    }

    private boolean isLike(UTF8String text) {
        if (!hashed.isEmpty()) {
            return hashed.contains(text);
        }
        for (UTF8String other : texts) {
            if (isLike(text, other)) {
                return true;
            }
        }
        return false;
    }

    private boolean isLike(UTF8String text, UTF8String other) {
        return switch (comparison) {
            case LESS -> text.compareTo(other) < 0;
            case EQUAL -> text.equals(other);
            case STARTS -> text.startsWith(other);
            case ENDS -> text.endsWith(other);
            case CONTAINS -> text.contains(other);
        };
    }
}
