package io.zipmap.cli;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the progress of the current stage every ten seconds. For output that is no terminal, without a progress bar. */
final class ProgressLog extends SparkListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressLog.class);
    private static final long PERIOD_SECONDS = 10;

    /** The number of finished tasks of a stage. */
    private record Progress(int stage, String name, int done, int tasks) {}

    private Progress progress = new Progress(-1, "", 0, 0);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "zipmap-progress");
        thread.setDaemon(true);
        return thread;
    });

    ProgressLog() {
        timer.scheduleAtFixedRate(this::log, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
        progress = new Progress(
                event.stageInfo().stageId(),
                event.stageInfo().name(),
                0,
                event.stageInfo().numTasks());
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
        if (progress.stage() == event.stageId() && event.taskInfo().successful()) {
            progress = new Progress(progress.stage(), progress.name(), progress.done() + 1, progress.tasks());
        }
    }

    private synchronized void log() {
        if (progress.done() < progress.tasks()) {
            LOG.info("{}: {} of {} tasks done", progress.name(), progress.done(), progress.tasks());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
