package io.zipmap.store;

/** What is looked at before an array that lies on this node is read. */
public enum Verify {
    /** Kind, owner, mode and size of its file: a few microseconds. */
    SIZE,
    /**
     * Its CRC-32 too, where the archive has one: each process reads a file once, and again when it was touched since.
     */
    CRC
}
