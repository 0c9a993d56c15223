package io.zipmap.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.zipmap.testing.ChildJvm;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
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

    /**
     * Prints how much anonymous memory grows, first by a touched direct buffer, then by the touched pages of a mapped
     * file. It has a process of its own, because a garbage collection of other tests would change the figures.
     */
    static final class GrowthProcess {
        private GrowthProcess() {}

        public static void main(String[] args) throws IOException {
            long before = MemoryProbe.read().anonymous();
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
            for (int at = 0; at < BLOCK; at += PAGE) {
                block.put(at, (byte) 1);
            }
            long touched = MemoryProbe.read().anonymous();
            long sum = 0;
            try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.READ)) {
                ByteBuffer map = channel.map(FileChannel.MapMode.READ_ONLY, 0, BLOCK);
                for (int at = 0; at < BLOCK; at += PAGE) {
                    sum += map.get(at);
                }
                long mapped = MemoryProbe.read().anonymous();
                System.out.println(before + " " + (touched - before) + " " + (mapped - touched) + " " + sum);
                Reference.reachabilityFence(map);
            }
            Reference.reachabilityFence(block);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anonymousMemoryGrowsWithTouchedPagesButNotWithThoseOfAMappedFile(@TempDir Path folder) throws Exception {
        byte[] ones = new byte[BLOCK];
        Arrays.fill(ones, (byte) 1);
        Path file = Files.write(folder.resolve("mapped"), ones);
        try (ChildJvm child = ChildJvm.start(":", folder, GrowthProcess.class, file.toString())) {
            String[] figures = child.line().split(" ");
            assertThat(Long.parseLong(figures[0])).isGreaterThan(MIB);
            assertThat(Long.parseLong(figures[1])).isBetween(BLOCK - MIB, BLOCK + BLOCK / 4L);
            assertThat(Long.parseLong(figures[2])).isLessThan(BLOCK / 4);
            assertThat(figures[3]).isEqualTo(Integer.toString(BLOCK / PAGE));
            assertThat(child.exitStatus()).isZero();
        }
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
        listener.onOtherEvent(new SparkListenerLogStart("4.2.0"));
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
