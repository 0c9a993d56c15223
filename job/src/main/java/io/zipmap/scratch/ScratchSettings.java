package io.zipmap.scratch;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** The settings of one node's scratch: folders, scope, budget, and how long to wait for locks. Immutable. */
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
     * Settings for files that are removed when the application ends.
     *
     * @param folders at least one folder of this node
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

    /**
     * Returns a copy in which the files outlive the application, or not. The least recently used kept files are removed
     * to make room.
     */
    public ScratchSettings keep(boolean yes) {
        return new ScratchSettings(folders, yes, application, budgetBytes, patience);
    }

    /**
     * Returns a copy with a limit for the files of all processes of this scope on the node; 0 for no limit but the
     * disks.
     */
    public ScratchSettings budgetBytes(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("A budget of " + bytes + " bytes");
        }
        return new ScratchSettings(folders, keep, application, bytes, patience);
    }

    /**
     * Returns a copy with another limit for the wait for a lock. A process holds the lock of a file while it makes the
     * file, and for longer if it was stopped. After the wait this process makes the file itself.
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

    /** The name of the folder for the files of this scope. */
    String scope() {
        return keep ? FolderLayout.KEEP_SCOPE : FolderLayout.appScope(application);
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
