package io.zipmap.mapped;

/**
 * When a mapped page has no file under it any more, HotSpot goes on with whatever it finds and remembers an
 * InternalError, to be thrown when the thread next enters the VM: by then it may be far from the read, in code that
 * takes it for the end of the process. A return from native code does not count as such an entry, and compiled code can
 * go without one for long.
 */
final class PageFaults {
    /** More arrays than a compiler will allocate inline (C2's MultiArrayExpandLimit is 6). */
    private static final int CALLS_THE_VM = 8;

    private PageFaults() {}

    /**
     * Throws the error of any fault that this thread has met; under a microsecond when there was none.
     *
     * @return what had to be allocated to enter the VM
     */
    @SuppressWarnings("UnusedReturnValue")
    static Object deliver() {
        return new byte[CALLS_THE_VM][0];
    }
}
