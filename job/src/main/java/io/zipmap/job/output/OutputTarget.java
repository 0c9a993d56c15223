package io.zipmap.job.output;

import io.zipmap.ZipmapException;
import io.zipmap.plan.RunGeneration;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The output folder of a run, with the lease that lets this run alone write it. The run opens it before it reads the
 * former tables and closes it after publication. Opening it finishes or removes what dead runs left there.
 */
public final class OutputTarget implements AutoCloseable {
    private final OutputFolder folder;
    private final OutputLease lease;

    private OutputTarget(OutputFolder folder, OutputLease lease) {
        this.folder = folder;
        this.lease = lease;
    }

    /**
     * @param output as the user named it
     * @param replace whether the output of a former run may be replaced
     * @throws ZipmapException {@code OUTPUT_EXISTS}; {@code OUTPUT_IN_USE}; {@code OUTPUT_UNUSABLE} if the folder
     *     contains anything other than an output
     */
    public static OutputTarget open(Configuration configuration, String output, boolean replace) throws IOException {
        try {
            OutputFolder folder = OutputFolder.resolve(output, configuration);
            folder.requireFree(replace);
            folder.fs().mkdirs(folder.path().getParent());
            OutputTarget target = new OutputTarget(folder, OutputLease.take(folder.fs(), folder.path()));
            boolean open = false;
            try {
                folder.requireFree(replace);
                target.recover();
                open = true;
                return target;
            } finally {
                if (!open) {
                    target.close();
                }
            }
        } catch (ZipmapException e) {
            throw e;
        } catch (IOException e) {
            throw OutputFailure.named(output, e);
        }
    }

    /**
     * Checks an output before any work is done, without taking its lease.
     *
     * @throws ZipmapException {@code OUTPUT_EXISTS}; {@code OUTPUT_UNUSABLE}
     */
    public static void requireFree(Configuration configuration, String output, boolean replace) throws IOException {
        try {
            OutputFolder.resolve(output, configuration).requireFree(replace);
        } catch (ZipmapException e) {
            throw e;
        } catch (IOException e) {
            throw OutputFailure.named(output, e);
        }
    }

    /** Finishes a publication that a dead run began, and removes its unfinished files. */
    private void recover() throws IOException {
        OutputSweep sweep = new OutputSweep(fs(), folder());
        sweep.sweepBeside();
        Optional<RunGeneration> generation = RunGeneration.read(fs(), folder());
        if (generation.isPresent() && generation.get().isMoving()) {
            new TableMoves(fs(), folder(), generation.get()).finish();
        }
        sweep.sweepWithin();
    }

    boolean exists() throws IOException {
        return folder.exists();
    }

    /** As {@link OutputFolder#requireFree}. */
    void requireFree(boolean replace) throws IOException {
        folder.requireFree(replace);
    }

    FileSystem fs() {
        return folder.fs();
    }

    public Path folder() {
        return folder.path();
    }

    /** @throws ZipmapException {@code OUTPUT_IN_USE} if another run took the lease from this one */
    void requireLease() throws IOException {
        lease.requireOwned(folder());
    }

    /** Gives the lease back. Closing twice is allowed. */
    @Override
    public void close() throws IOException {
        lease.close();
    }
}
