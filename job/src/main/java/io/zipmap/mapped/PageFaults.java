package io.zipmap.mapped;

/**
 * Raises the error of a failed read of mapped memory at the place of the read.
 *
 * <p>If the file of a mapped page was truncated, HotSpot continues the read with arbitrary bytes and notes an
 * InternalError. It throws the error when the thread next enters the VM. That may be far from the read, in code that
 * takes the error for the end of the process. Compiled code may run long without entering the VM, and a return from
 * native code does not count.
 */
final class PageFaults {
    /** More arrays than a compiler allocates inline (C2's MultiArrayExpandLimit is 6), so that the VM has to do it. */
    private static final int VM_ALLOCATED_LENGTH = 8;

    private PageFaults() {}

    /**
     * Throws the InternalError of any page fault that this thread has had. Takes less than a microsecond.
     *
     * @return the array whose allocation entered the VM, so that no compiler leaves it out
     */
    @SuppressWarnings("UnusedReturnValue")
    static Object deliver() {
        return new byte[VM_ALLOCATED_LENGTH][0];
    }
}
