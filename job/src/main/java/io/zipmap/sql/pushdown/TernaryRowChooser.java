package io.zipmap.sql.pushdown;

import java.io.Serializable;

/**
 * A predicate in SQL's three-valued logic: the rows for which it is true, and those for which it is false. It is
 * unknown for all others. Immutable.
 */
final class TernaryRowChooser implements Combinable<TernaryRowChooser>, Serializable {
    private static final long serialVersionUID = 1L;

    private final RowChooser whenTrue;
    private final RowChooser whenFalse;

    TernaryRowChooser(RowChooser whenTrue, RowChooser whenFalse) {
        this.whenTrue = whenTrue;
        this.whenFalse = whenFalse;
    }

    RowChooser whenTrue() {
        return whenTrue;
    }

    @Override
    public TernaryRowChooser and(TernaryRowChooser other) {
        return new TernaryRowChooser(whenTrue.and(other.whenTrue), whenFalse.or(other.whenFalse));
    }

    @Override
    public TernaryRowChooser or(TernaryRowChooser other) {
        return new TernaryRowChooser(whenTrue.or(other.whenTrue), whenFalse.and(other.whenFalse));
    }

    @Override
    public TernaryRowChooser not() {
        return new TernaryRowChooser(whenFalse, whenTrue);
    }
}
