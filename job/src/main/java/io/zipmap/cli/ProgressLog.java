package io.zipmap.cli;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line every ten seconds where there is no terminal for Spark's progress bar. */
final class ProgressLog extends SparkListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressLog.class);
    private static final long PERIOD_SECONDS = 10;

    /** A stage and how far it is. */
    private record Progress(int stage, String name, int done, int tasks) {}

    private final AtomicReference<Progress> progress = new AtomicReference<>(new Progress(-1, "", 0, 0));
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "zipmap-progress");
        thread.setDaemon(true);
        return thread;
    });

    ProgressLog() {
        timer.scheduleAtFixedRate(this::log, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted event) {
        progress.set(new Progress(
                event.stageInfo().stageId(),
                event.stageInfo().name(),
                0,
                event.stageInfo().numTasks()));
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
        progress.updateAndGet(now -> now.stage() == event.stageId() && event.taskInfo().successful()
                ? new Progress(now.stage(), now.name(), now.done() + 1, now.tasks())
                : now);
    }

    private void log() {
        Progress now = progress.get();
        if (now.done() < now.tasks()) {
            LOG.info("{}: {} of {} tasks done", now.name(), now.done(), now.tasks());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
