package io.zipmap.scratch;

import java.io.IOException;

/** Thrown if the disk of a scratch folder fails or is full, so that the file can be written to another folder. */
final class DiskException extends IOException {
    private static final long serialVersionUID = 1L;

    DiskException(IOException cause) {
        super(cause.getMessage(), cause);
    }

    /** Whether the disk has no bytes, inodes or quota left. Java gives nothing but the C library's words for it. */
    boolean isDiskFull() {
        String message = String.valueOf(getMessage());
        return message.contains("No space left") || message.contains("quota exceeded");
    }
}
