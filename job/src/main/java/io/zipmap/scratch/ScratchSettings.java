package io.zipmap.scratch;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Where and how one node keeps its scratch; the folders are those of this node, already resolved. Immutable. */
public final class ScratchSettings implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<String> folders;
    private final boolean keep;
    private final String application;
    private final long budgetBytes;
    private final Duration patience;

    private ScratchSettings(
            List<String> folders, boolean keep, String application, long budgetBytes, Duration patience) {
        this.folders = folders;
        this.keep = keep;
        this.application = application;
        this.budgetBytes = budgetBytes;
        this.patience = patience;
    }

    /**
     * Scratch that ends with the application.
     *
     * @param folders at least one
     * @param application Spark's application id: letters, digits, {@code . _ -}
     */
    public static ScratchSettings of(List<String> folders, String application) {
        if (folders.isEmpty()) {
            throw new IllegalArgumentException("Scratch needs a folder");
        }
        if (!application.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,199}")) {
            throw new IllegalArgumentException("Not an application id: " + application);
        }
        return new ScratchSettings(List.copyOf(folders), false, application, 0, PATIENCE);
    }

    /** The cache across applications instead, least recently used out first. */
    public ScratchSettings keep(boolean yes) {
        return new ScratchSettings(folders, yes, application, budgetBytes, patience);
    }

    /** The most bytes that all processes of this scope on the node may keep; 0 for no bound but the disks'. */
    public ScratchSettings budgetBytes(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("A budget of " + bytes + " bytes");
        }
        return new ScratchSettings(folders, keep, application, bytes, patience);
    }

    /**
     * How long to wait for another process that makes the file one needs, before making it oneself. A process that was
     * stopped keeps its locks.
     */
    public ScratchSettings patience(Duration wait) {
        return new ScratchSettings(folders, keep, application, budgetBytes, wait);
    }

    List<String> folders() {
        return folders;
    }

    boolean keep() {
        return keep;
    }

    public String application() {
        return application;
    }

    long budgetBytes() {
        return budgetBytes;
    }

    Duration patience() {
        return patience;
    }

    /** The name of the folder that all files of this scope lie in. */
    String scope() {
        return keep ? ScratchFolder.KEEP : ScratchFolder.APP + application;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScratchSettings that
                && folders.equals(that.folders)
                && keep == that.keep
                && application.equals(that.application)
                && budgetBytes == that.budgetBytes
                && patience.equals(that.patience);
    }

    @Override
    public int hashCode() {
        return Objects.hash(folders, keep, application, budgetBytes, patience);
    }

    @Override
    public String toString() {
        return scope() + " in " + folders + (budgetBytes == 0 ? "" : ", at most " + budgetBytes + " bytes");
    }
}
