package io.zipmap.scratch;

import java.io.IOException;

/** What a scratch disk did not do, as against what an archive did not give: another folder may. */
final class DiskFailure extends IOException {
    private static final long serialVersionUID = 1L;

    DiskFailure(IOException cause) {
        super(cause.getMessage(), cause);
    }

    /** Of bytes, inodes or quota: the words of the C library, the only sign that Java passes on. */
    boolean isFull() {
        String why = String.valueOf(getMessage());
        return why.contains("No space left") || why.contains("quota exceeded");
    }
}
