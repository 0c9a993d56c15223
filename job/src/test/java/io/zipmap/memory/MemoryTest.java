package io.zipmap.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListenerLogStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {
    private static final int BLOCK = 64 << 20;
    private static final int PAGE = 4096;
    private static final long MIB = 1 << 20;

    private static void touch(ByteBuffer block) {
        for (int at = 0; at < block.capacity(); at += PAGE) {
            block.put(at, (byte) 1);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anonymousMemoryGrowsWithTouchedPages() throws IOException {
        // Frees direct buffers and unused heap now, and not between the two measurements.
        System.gc();
        long before = MemoryProbe.read().anonymous();
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
        touch(block);
        long after = MemoryProbe.read().anonymous();
        Reference.reachabilityFence(block);
        assertThat(before).isGreaterThan(BLOCK / 4);
        assertThat(after - before).isBetween(BLOCK / 2L, 4L * BLOCK);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void pagesOfAMappedFileAreNotCounted(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("mapped");
        Files.write(file, new byte[BLOCK]);
        long before = MemoryProbe.read().anonymous();
        long sum = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer map = channel.map(FileChannel.MapMode.READ_ONLY, 0, BLOCK);
            for (int at = 0; at < BLOCK; at += PAGE) {
                sum += map.get(at) + 1;
            }
            assertThat(MemoryProbe.read().anonymous() - before).isLessThan(BLOCK / 2);
            Reference.reachabilityFence(map);
        }
        assertThat(sum).isEqualTo(BLOCK / PAGE);
    }

    @Test
    void heapIsTheUsedHeap() throws IOException {
        byte[] block = new byte[BLOCK];
        assertThat(MemoryProbe.read().heap())
                .isBetween((long) BLOCK, Runtime.getRuntime().maxMemory());
        Reference.reachabilityFence(block);
    }

    @Test
    void thePeakOfEachProcessIsKept() {
        MemoryListener listener = new MemoryListener();
        listener.onOtherEvent(new MemoryEvent("driver", new MemoryPeak(10, 5)));
        listener.onOtherEvent(new MemoryEvent("executor 1 on a", new MemoryPeak(1, 1)));
        listener.onOtherEvent(new SparkListenerLogStart("4.1.3"));
        listener.onOtherEvent(new MemoryEvent("driver", new MemoryPeak(7, 9)));
        assertThat(listener.peaks()).containsOnlyKeys("driver", "executor 1 on a");
        assertThat(listener.peaks().get("driver").anonymous()).isEqualTo(10);
        assertThat(listener.peaks().get("driver").heap()).isEqualTo(9);
        assertThat(listener.peaks().get("executor 1 on a"))
                .extracting(MemoryPeak::heap)
                .isEqualTo(1L);
    }

    @Test
    void aSamplerReportsGrowthOfAMebibyteUntilItIsStopped() throws InterruptedException {
        AtomicLong anonymous = new AtomicLong(10 * MIB);
        BlockingQueue<MemoryPeak> reports = new LinkedBlockingQueue<>();
        MemorySampler sampler = new MemorySampler(() -> new MemoryPeak(anonymous.get(), 0), reports::add);
        sampler.start();
        assertThat(reports.poll(30, TimeUnit.SECONDS))
                .extracting(MemoryPeak::anonymous)
                .isEqualTo(10 * MIB);
        anonymous.set(11 * MIB - 1);
        assertThat(reports.poll(300, TimeUnit.MILLISECONDS)).isNull();
        anonymous.set(11 * MIB);
        assertThat(reports.poll(30, TimeUnit.SECONDS))
                .extracting(MemoryPeak::anonymous)
                .isEqualTo(11 * MIB);
        sampler.stop();
        anonymous.set(20 * MIB);
        assertThat(reports.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void theEventCarriesProcessAndPeak() {
        MemoryEvent event = new MemoryEvent("driver", new MemoryPeak(3, 4));
        assertThat(entry(event.getProcess(), event.getAnonymous() + event.getHeap()))
                .isEqualTo(entry("driver", 7L));
    }
}
