package io.zipmap.array;

/** Memory order of an array's elements. In C order the last axis varies fastest, in Fortran order the first. */
public enum Order {
    C,
    FORTRAN;

    /** numpy's letter: {@code C} or {@code F}. */
    public String letter() {
        return this == C ? "C" : "F";
    }
}
