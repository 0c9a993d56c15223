package io.zipmap.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import io.zipmap.mapped.MappedArray;
import io.zipmap.testing.ChildJvm;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MemoryProbeTest {
    private static final int BLOCK = 64 << 20;
    private static final int PAGE = 4096;
    private static final long MIB = 1 << 20;
    private static final MemoryProcess SELF = MemoryProcess.ofThisJvm("driver", "host");

    /**
     * Prints how much anonymous memory grows, first by a touched direct buffer, then by the touched pages of a mapped
     * file. It has a process of its own, because a garbage collection of other tests would change the figures.
     */
    static final class GrowthProcess {
        private GrowthProcess() {}

        public static void main(String[] args) throws IOException {
            long before = anonymous();
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
            for (int at = 0; at < BLOCK; at += PAGE) {
                block.put(at, (byte) 1);
            }
            long touched = anonymous();
            long sum = 0;
            try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.READ)) {
                ByteBuffer map = channel.map(FileChannel.MapMode.READ_ONLY, 0, BLOCK);
                for (int at = 0; at < BLOCK; at += PAGE) {
                    sum += map.get(at);
                }
                long mapped = anonymous();
                System.out.println(before + " " + (touched - before) + " " + (mapped - touched) + " " + sum);
                Reference.reachabilityFence(map);
            }
            Reference.reachabilityFence(block);
        }

        private static long anonymous() throws IOException {
            long[] values = MemorySample.absentValues();
            try (ProcessProbe probe = ProcessProbe.open(Path.of("/proc/self"))) {
                probe.read(values, false);
            }
            return values[MemoryMetric.RSS_ANON.ordinal()];
        }
    }

    private static Map<MemoryProcess, MemorySample> samples(Path root) throws IOException {
        Map<MemoryProcess, MemorySample> samples = new HashMap<>();
        try (MemoryProbe probe = MemoryProbe.open(SELF, root)) {
            probe.sample(true, samples::put);
        }
        return samples;
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
    void theJvmTellsItsHeap() throws IOException {
        byte[] block = new byte[BLOCK];
        System.gc();
        MemorySample sample = samples(Path.of("/")).get(SELF);
        assertThat(sample.get(MemoryMetric.HEAP_USED)).isBetween((long) BLOCK, sample.get(MemoryMetric.HEAP_COMMITTED));
        assertThat(sample.get(MemoryMetric.HEAP_COMMITTED))
                .isLessThanOrEqualTo(Runtime.getRuntime().maxMemory());
        assertThat(sample.get(MemoryMetric.HEAP_AFTER_COLLECTION))
                .isBetween((long) BLOCK, sample.get(MemoryMetric.HEAP_COMMITTED));
        Reference.reachabilityFence(block);
    }

    private static ArrayLayout layout() throws IOException {
        return new ArrayLayout(Dtype.parse("<f8"), Shape.of(PAGE), Order.C);
    }

    @Test
    void mapsOfArraysCountUntilTheyAreClosed(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("array"), new byte[8 * PAGE]);
        long before = MappedArray.mappedBytesOfProcess();
        long buffers = samples(Path.of("/")).get(SELF).get(MemoryMetric.MAPPED_BUFFERS);
        try (MappedArray array = MappedArray.open(file, 0, layout(), 8 * PAGE)) {
            array.getDouble(0);
            MemorySample sample = samples(Path.of("/")).get(SELF);
            assertThat(sample.get(MemoryMetric.ARRAY_MAPS)).isEqualTo(before + 8 * PAGE);
            assertThat(sample.get(MemoryMetric.MAPPED_BUFFERS)).isGreaterThanOrEqualTo(buffers + 8 * PAGE);
        }
        assertThat(MappedArray.mappedBytesOfProcess()).isEqualTo(before);
    }

    @Test
    void withoutLinuxOnlyTheJvmIsKnown(@TempDir Path root) throws IOException {
        MemorySample sample = samples(root).get(SELF);
        assertThat(sample.value(MemoryMetric.HEAP_USED)).isPresent();
        for (MemoryMetric kernel : new MemoryMetric[] {
            MemoryMetric.RSS_ANON, MemoryMetric.SWAP, MemoryMetric.PSS, MemoryMetric.MAJOR_FAULTS
        }) {
            assertThat(sample.value(kernel)).as(kernel.label()).isEmpty();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aChildProcessIsAProcessOfItsOwn() throws Exception {
        Process child = new ProcessBuilder("sh", "-c", "sleep 60; :").start();
        try {
            Map<MemoryProcess, MemorySample> samples = new HashMap<>();
            try (MemoryProbe probe = MemoryProbe.open(SELF)) {
                long end = System.nanoTime() + 30_000_000_000L;
                while (System.nanoTime() < end && samples.size() < 3) {
                    probe.sample(false, samples::put);
                    Thread.sleep(20);
                }
            }
            assertThat(samples.keySet().stream().map(MemoryProcess::name))
                    .contains("driver", "sh " + child.pid() + " of driver")
                    .anyMatch(name -> name.matches("sleep \\d+ of driver"));
            MemorySample sample = samples.entrySet().stream()
                    .filter(one -> one.getKey().pid() == child.pid())
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElseThrow();
            assertThat(sample.get(MemoryMetric.RSS_ANON)).isBetween(1L, BLOCK + 0L);
            assertThat(sample.value(MemoryMetric.HEAP_USED)).isEmpty();
        } finally {
            child.descendants().forEach(ProcessHandle::destroyForcibly);
            child.destroyForcibly();
        }
    }

    @Test
    void aNewChildIsFoundSoonAmongManyProcessesAndOneThatHasEndedHasNoMemory(@TempDir Path root) throws Exception {
        for (int pid = 10_000; pid < 12_000; pid++) {
            addProcess(root, pid, 1, "");
        }
        Set<String> names = new HashSet<>();
        try (MemoryProbe probe = MemoryProbe.open(SELF, root)) {
            Thread.sleep(1100);
            probe.sample(false, (process, sample) -> names.add(process.name()));
            addProcess(root, 20_000, SELF.pid(), "RssAnon:\t8 kB\n");
            addProcess(root, 20_001, SELF.pid(), "");
            Thread.sleep(1100);
            probe.sample(false, (process, sample) -> names.add(process.name()));
        }
        assertThat(names).containsExactlyInAnyOrder("driver", "worker 20000 of driver");
    }

    @Test
    void aProcessThatThisJvmHasMadeCountsFromTheStartOfItsOwnProgram(@TempDir Path root) throws Exception {
        addProgram(Files.createDirectories(root.resolve("proc/self")), "/jdk/bin/java", "java Main");
        Map<Long, String> programs = Map.of(7L, "/jdk/bin/java", 8L, "/jdk/lib/jspawnhelper", 9L, "/jdk/bin/java");
        for (Map.Entry<Long, String> program : programs.entrySet()) {
            addProcess(root, program.getKey(), SELF.pid(), "RssAnon:\t8 kB\n");
            String arguments = program.getKey() == 9 ? "java Other" : "java Main";
            addProgram(root.resolve("proc/" + program.getKey()), program.getValue(), arguments);
        }
        Set<Long> pids = new HashSet<>();
        try (MemoryProbe probe = MemoryProbe.open(SELF, root)) {
            Thread.sleep(1100);
            probe.sample(false, (process, sample) -> pids.add(process.pid()));
            assertThat(pids).containsExactlyInAnyOrder(SELF.pid(), 9L);
            Files.delete(root.resolve("proc/7/exe"));
            addProgram(root.resolve("proc/7"), "/bin/chmod", "chmod 600 file");
            Thread.sleep(1100);
            probe.sample(false, (process, sample) -> pids.add(process.pid()));
        }
        assertThat(pids).containsExactlyInAnyOrder(SELF.pid(), 7L, 9L);
    }

    private static void addProgram(Path folder, String program, String arguments) throws IOException {
        Files.createSymbolicLink(folder.resolve("exe"), Path.of(program));
        Files.writeString(folder.resolve("cmdline"), arguments.replace(' ', '\0'));
    }

    private static void addProcess(Path root, long pid, long parent, String status) throws IOException {
        Path folder = Files.createDirectories(root.resolve("proc/" + pid));
        Files.writeString(folder.resolve("stat"), pid + " (worker) S " + parent + " 0 0 0 -1 0 5 0 0 0");
        Files.writeString(folder.resolve("status"), status);
    }
}
