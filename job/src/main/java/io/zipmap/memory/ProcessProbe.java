package io.zipmap.memory;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads what the kernel tells of the memory of one process. Its owner closes it. */
final class ProcessProbe implements AutoCloseable {
    /** Its folder in {@code /proc}. */
    private final Path folder;

    private final @Nullable KernelFile status;
    private final @Nullable KernelFile stat;

    private ProcessProbe(Path folder, @Nullable KernelFile status, @Nullable KernelFile stat) {
        this.folder = folder;
        this.status = status;
        this.stat = stat;
    }

    /** @param folder the folder of the process in {@code /proc}; need not exist */
    static ProcessProbe open(Path folder) {
        return new ProcessProbe(
                folder, KernelFile.open(folder.resolve("status")), KernelFile.open(folder.resolve("stat")));
    }

    /**
     * Sets what is known, and leaves all else.
     *
     * @param pss whether to read PSS, for which the kernel walks over all pages of the process
     * @throws IOException if the process has ended
     */
    void read(long[] values, boolean pss) throws IOException {
        if (status != null) {
            status.read().readStatus(values);
        }
        if (stat != null) {
            stat.read().readStat(values);
        }
        if (pss) {
            readPss(values);
        }
    }

    private void readPss(long[] values) throws IOException {
        try (KernelFile rollup = KernelFile.open(folder.resolve("smaps_rollup"))) {
            if (rollup != null) {
                rollup.read().readSmapsRollup(values);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (status != null) {
            status.close();
        }
        if (stat != null) {
            stat.close();
        }
    }
}
