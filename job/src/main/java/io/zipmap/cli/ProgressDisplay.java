package io.zipmap.cli;

import io.zipmap.plan.Progress;
import io.zipmap.plan.Work;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far the stage of a command has come, again and again while it runs. The thread that shows it begins with
 * the first stage. Thread-safe.
 */
final class ProgressDisplay implements Progress, AutoCloseable {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ProgressOutput output;
    private ProgressSource source = ProgressSource.NONE;
    private @Nullable String stage;
    private Work total = Work.UNKNOWN;
    private Work added = Work.UNKNOWN;
    private long begun;
    private @Nullable Thread thread;
    private boolean closed;

    ProgressDisplay(ProgressOutput output) {
        this.output = output;
    }

    /** Sets what counts the work of the next stages. */
    synchronized void watch(ProgressSource counting) {
        source = counting;
    }

    @Override
    public synchronized void begin(String name, Work work) {
        if (closed) {
            return;
        }
        output.clear();
        output.begin();
        source.begin(name);
        stage = name;
        total = work;
        added = Work.UNKNOWN;
        begun = System.nanoTime();
        if (thread == null) {
            thread = new Thread(this::run, "zipmap-progress");
            thread.setDaemon(true);
            thread.start();
        }
        notifyAll();
    }

    @Override
    public synchronized void add(Work done) {
        added = added.plus(done);
    }

    @Override
    public synchronized void end() {
        stage = null;
        output.clear();
    }

    private synchronized void run() {
        long last = System.nanoTime();
        try {
            while (!closed) {
                long due = Math.max(
                        begun + output.delayMillis() * NANOS_PER_MILLI, last + output.periodMillis() * NANOS_PER_MILLI);
                long wait = (due - System.nanoTime()) / NANOS_PER_MILLI;
                if (stage == null) {
                    wait();
                } else if (wait > 0) {
                    wait(wait);
                } else {
                    output.show(text(stage, (System.nanoTime() - begun) / NANOS_PER_MILLI));
                    // After a slow terminal too, others get the lock in between.
                    last = System.nanoTime();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String text(String name, long millis) {
        StageCounts tasks = source.counts();
        StageCounts counts =
                new StageCounts(tasks.work().plus(added), tasks.tasksDone(), tasks.tasks(), tasks.runningMillis());
        return new ProgressText(name, total, counts, millis, source.memory()).fit(output.width());
    }

    @Override
    public synchronized void close() {
        end();
        closed = true;
        notifyAll();
    }
}
