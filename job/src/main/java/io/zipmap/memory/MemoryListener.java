package io.zipmap.memory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.StageInfo;
import org.jspecify.annotations.Nullable;

/**
 * Records on the driver the samples of all processes and the stages of the application. Its size is bounded: of too
 * many processes, it forgets the one that was silent longest; of too many stages, the oldest. Lives as long as the
 * application. Thread-safe.
 */
final class MemoryListener extends SparkListener {
    static final int MAX_PROCESSES = 1000;
    static final int MAX_STAGES = 1000;

    private final Runnable stageBoundary;
    private final Map<MemoryProcess, ProcessRecorder> processes = new LinkedHashMap<>();
    private final Deque<StageSpan> stages = new ArrayDeque<>();
    private @Nullable MemoryGuard guard;

    /** @param stageBoundary called when a stage begins or ends; must return at once */
    MemoryListener(Runnable stageBoundary) {
        this.stageBoundary = stageBoundary;
    }

    /** The listener of an application; empty if it has no {@link MemoryPlugin}. */
    static Optional<MemoryListener> of(SparkContext spark) {
        return spark.listenerBus().listeners().stream()
                .filter(MemoryListener.class::isInstance)
                .map(MemoryListener.class::cast)
                .findFirst();
    }

    /** Records a sample. Returns the peak of its process if that has grown much, for the event log. */
    synchronized @Nullable MemorySample add(MemoryProcess process, MemorySample sample) {
        ProcessRecorder recorder = processes.get(process);
        if (recorder == null) {
            recorder = new ProcessRecorder(process);
            makeRoom();
            processes.put(process, recorder);
        }
        MemorySample peak = recorder.add(sample);
        if (guard != null) {
            guard.check(process, sample);
        }
        return peak;
    }

    /** Of the processes that are not lost and were measured lately. */
    synchronized AnonymousMemory anonymousMemory() {
        long bytes = 0;
        int count = 0;
        long now = System.nanoTime();
        for (ProcessRecorder one : processes.values()) {
            long anonymous = one.anonymousNow(now);
            if (anonymous != MemorySample.ABSENT) {
                bytes += anonymous;
                count++;
            }
        }
        return new AnonymousMemory(bytes, count);
    }

    private void makeRoom() {
        if (processes.size() >= MAX_PROCESSES) {
            MemoryProcess silent = null;
            long oldest = Long.MAX_VALUE;
            for (ProcessRecorder one : processes.values()) {
                if (one.lastMillis() < oldest) {
                    oldest = one.lastMillis();
                    silent = one.process();
                }
            }
            processes.remove(silent);
        }
    }

    synchronized void guard(@Nullable MemoryGuard watching) {
        guard = watching;
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted event) {
        StageInfo stage = event.stageInfo();
        synchronized (this) {
            if (stages.size() >= MAX_STAGES) {
                stages.removeFirst();
            }
            long start = time(stage.submissionTime());
            stages.addLast(
                    new StageSpan(stage.stageId(), stage.attemptNumber(), stage.name(), start, OptionalLong.empty()));
            if (guard != null) {
                guard.stageSubmitted(stage.name());
            }
        }
        stageBoundary.run();
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted event) {
        StageInfo stage = event.stageInfo();
        synchronized (this) {
            int count = stages.size();
            for (int i = 0; i < count; i++) {
                StageSpan span = stages.removeFirst();
                boolean ended = span.is(stage.stageId(), stage.attemptNumber());
                stages.addLast(ended ? span.ended(time(stage.completionTime())) : span);
            }
        }
        stageBoundary.run();
    }

    private static long time(scala.Option<Object> millis) {
        return millis.isDefined() ? (Long) millis.get() : System.currentTimeMillis();
    }

    @Override
    public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved event) {
        for (ProcessRecorder one : processes.values()) {
            if (one.process().executor().equals(event.executorId())) {
                one.lost(event.reason());
            }
        }
    }

    synchronized MemoryTimeline timeline() {
        return new MemoryTimeline(
                processes.values().stream().map(ProcessRecorder::timeline).toList(),
                stages.stream().toList());
    }
}
