package io.zipmap.sql.vector;

/** What is computed of one or two numbers. */
public enum Operation {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    /** Of doubles. */
    DIVIDE("/"),
    /** Of integers; it has the sign of the dividend. */
    REMAINDER("%"),
    ABSOLUTE("ABS"),
    /** Of a double; of a negative one it is NaN. */
    SQUARE_ROOT("SQRT"),
    /** From double to bigint. */
    FLOOR("FLOOR"),
    /** From double to bigint. */
    CEIL("CEIL"),
    CAST("CAST"),
    /** From bigint, float or double to integers of fewer values. A value that has none is an error, as in ANSI mode. */
    NARROW("CAST");

    private final String text;

    Operation(String text) {
        this.text = text;
    }

    /** The name in Spark's expressions. */
    public String text() {
        return text;
    }

    /** Whether it changes the type of one number. */
    public boolean isCast() {
        return this == CAST || this == NARROW;
    }

    /** Whether the text stands between two operands. */
    public boolean isInfix() {
        return ordinal() <= REMAINDER.ordinal();
    }
}
