package io.zipmap.sql.pushdown;

/** A condition that AND, OR and NOT combine with others of its type. */
interface Combinable<C extends Combinable<C>> {
    C and(C other);

    C or(C other);

    C not();
}
