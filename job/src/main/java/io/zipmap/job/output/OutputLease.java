package io.zipmap.job.output;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.scratch.ProcessStatus;
import io.zipmap.scratch.ProcessToken;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right of one run to write an output. Its {@link LeaseFile} names the owning process and changes every few
 * seconds. A lease of this host is dead if its process is dead. A lease of another host is dead if its file does not
 * change for {@link #PATIENCE}; the clocks of two hosts are never compared. An owner that was only stopped for a while
 * can lose its lease in this way, so it checks the lease again before it publishes.
 */
final class OutputLease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutputLease.class);

    private static final Duration BEAT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long POLL_MILLIS = 500;

    private final LeaseFile file;
    private final String owner;
    private final ScheduledExecutorService beats;
    private long beat;

    private OutputLease(LeaseFile file, String owner) {
        this.file = file;
        this.owner = owner;
        this.beats = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "zipmap-lease");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @throws ZipmapException {@code OUTPUT_IN_USE} if another run has the lease */
    static OutputLease take(FileSystem fs, Path output) throws IOException {
        return take(fs, output, PATIENCE);
    }

    /** @param patience time to watch a lease of another host */
    static OutputLease take(FileSystem fs, Path output, Duration patience) throws IOException {
        OutputLease lease =
                new OutputLease(new LeaseFile(fs, output), ProcessToken.current() + " " + UUID.randomUUID());
        boolean taken = false;
        try {
            while (!lease.file.create(lease.text())) {
                lease.removeDead(output, patience);
            }
            // In an object store two processes may both create the file; the last one owns it.
            lease.requireOwned(output);
            lease.beats.scheduleWithFixedDelay(lease::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
            taken = true;
            return lease;
        } finally {
            if (!taken) {
                lease.beats.shutdownNow();
            }
        }
    }

    private String text() {
        return owner + " " + beat;
    }

    private synchronized boolean isOwned() throws IOException {
        return file.read().startsWith(owner + " ");
    }

    /** Deletes the lease file of a dead run, so that it can be created. */
    private void removeDead(Path output, Duration patience) throws IOException {
        String other = file.read();
        String token = other.replaceFirst(" .*", "");
        if (other.isEmpty() && !file.exists()) {
            return;
        }
        boolean known = token.matches(ProcessToken.PATTERN);
        ProcessStatus status = known ? ProcessToken.status(token) : ProcessStatus.ELSEWHERE;
        if (status == ProcessStatus.ALIVE || status == ProcessStatus.ELSEWHERE && changes(other, patience)) {
            throw inUse(output, other);
        }
        if (file.deleteIfUnchanged(other)) {
            LOG.warn("Took over the output from a run that died: {}", output);
        }
    }

    /** Whether the file changes while it is watched. */
    private boolean changes(String text, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Interrupted while watching the lease of an output");
            }
            String now = file.read();
            if (now.isEmpty() && !file.exists()) {
                return false;
            }
            if (!now.equals(text)) {
                return true;
            }
        }
        return false;
    }

    private synchronized void beat() {
        try {
            if (isOwned()) {
                beat++;
                file.overwrite(text());
            }
        } catch (IOException e) {
            LOG.warn("Cannot renew the lease of an output: {}", file, e);
        }
    }

    /** @throws ZipmapException {@code OUTPUT_IN_USE} if another run has taken the lease */
    synchronized void requireOwned(Path output) throws IOException {
        String text = file.read();
        if (!text.startsWith(owner + " ")) {
            throw inUse(output, text);
        }
    }

    private static ZipmapException inUse(Path output, String text) {
        return new ZipmapException(Condition.OUTPUT_IN_USE, "Cannot write where another run writes: " + output)
                .actual("the lease of " + (text.isEmpty() ? "nobody" : text))
                .advice("Wait for the other run, or choose another --output.");
    }

    @Override
    public void close() throws IOException {
        beats.shutdown();
        try {
            // A running beat would create the file again.
            beats.awaitTermination(BEAT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (isOwned()) {
            file.delete();
        }
    }
}
