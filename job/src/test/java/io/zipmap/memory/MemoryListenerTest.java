package io.zipmap.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.junit.jupiter.api.Test;

class MemoryListenerTest {
    private final MemoryListener listener = new MemoryListener(() -> {});

    @Test
    void aLostExecutorKeepsItsTimeline() {
        MemoryProcess one = MemoryProcess.ofThisJvm("1", "a");
        MemoryProcess two = MemoryProcess.ofThisJvm("2", "b");
        listener.add(one, ProcessRecorderTest.sample(0, 10));
        listener.add(one.child(77, "python3"), ProcessRecorderTest.sample(0, 3));
        listener.add(two, ProcessRecorderTest.sample(0, 20));
        listener.onExecutorRemoved(new SparkListenerExecutorRemoved(5, "1", "Command exited with code 137"));
        MemoryTimeline timeline = listener.timeline();
        assertThat(timeline.processes())
                .extracting(process -> process.process().name())
                .containsExactly("executor 1 on a", "python3 77 of executor 1 on a", "executor 2 on b");
        assertThat(timeline.processes().get(0).loss()).hasValue("Command exited with code 137");
        assertThat(timeline.processes().get(1).loss()).isPresent();
        assertThat(timeline.processes().get(2).loss()).isEmpty();
        assertThat(timeline.processes().get(0).points()).hasSize(1);
        assertThat(timeline.peaks())
                .containsOnlyKeys("executor 1 on a", "python3 77 of executor 1 on a", "executor 2 on b");
    }

    @Test
    void ofTooManyProcessesTheMostSilentIsForgotten() {
        MemoryProcess executor = MemoryProcess.ofThisJvm("1", "a");
        for (int i = 0; i < MemoryListener.MAX_PROCESSES; i++) {
            listener.add(executor.child(i + 1, "python3"), ProcessRecorderTest.sample(i == 3 ? 1 : 100 + i, 1));
        }
        listener.add(executor, ProcessRecorderTest.sample(5000, 1));
        assertThat(listener.timeline().peaks())
                .hasSize(MemoryListener.MAX_PROCESSES)
                .containsKeys("executor 1 on a", "python3 1 of executor 1 on a")
                .doesNotContainKey("python3 4 of executor 1 on a");
    }
}
