package io.zipmap.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.archive.ArchiveRef;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskPackingTest {
    private final Random random = new Random(42);

    @Test
    void packingFillsTasksInOrderAndNeverOverfillsWhatFits() {
        for (int i = 0; i < 1_000; i++) {
            long capacity = 1L << random.nextInt(1, 30);
            TaskPacking packing = new TaskPacking(capacity, Integer.MAX_VALUE);
            Map<Integer, Long> weights = new LinkedHashMap<>();
            Map<Integer, Integer> archives = new LinkedHashMap<>();
            int last = 0;
            int count = random.nextInt(40);
            for (int n = 0; n < count; n++) {
                ArchiveRef archive = new ArchiveRef("file:/" + n, random.nextLong(1 << 22), "1");
                int task = packing.addArchive(archive);
                assertThat(task).isBetween(last, last + 1);
                last = task;
                weights.merge(task, TaskPacking.weight(archive), Long::sum);
                archives.merge(task, 1, Integer::sum);
            }
            assertThat(packing.tasks()).isEqualTo(weights.size());
            Set<Integer> overfull = new HashSet<>(weights.keySet());
            overfull.removeIf(task -> weights.get(task) <= capacity);
            assertThat(overfull).allMatch(task -> archives.get(task) == 1);
        }
    }

    @Test
    void aTaskTakesPackBytesOrLessIfCoresWouldIdle() {
        assertThat(TaskPacking.capacity(64 << 20, 1L << 40, 2)).isEqualTo(64 << 20);
        assertThat(TaskPacking.capacity(64 << 20, 80 << 20, 2)).isEqualTo(10 << 20);
        assertThat(TaskPacking.capacity(0, 0, 2)).isEqualTo(1);
    }

    @Test
    void aTaskTakesNoMoreItemsThanAllowed() {
        TaskPacking packing = new TaskPacking(Long.MAX_VALUE, 3);
        for (int item = 0; item < 10; item++) {
            assertThat(packing.add(7)).isEqualTo(item / 3);
        }
        assertThat(packing.tasks()).isEqualTo(4);
    }
}
