package io.zipmap.array;

/** How the elements of an array follow each other: C, the last axis fastest; or FORTRAN, the first axis fastest. */
public enum Order {
    C,
    FORTRAN;

    /** numpy's letter: {@code C} or {@code F}. */
    public String letter() {
        return this == C ? "C" : "F";
    }
}
