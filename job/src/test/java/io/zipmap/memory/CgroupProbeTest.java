package io.zipmap.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupProbeTest {
    private static final String V2_MOUNT =
            "29 23 0:26 / /sys/fs/cgroup rw,nosuid,relatime shared:9 - cgroup2 cgroup2 rw,nsdelegate\n";

    private static final String V1_MOUNTS = """
            31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
            32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct
            35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
            41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
            """;

    private static final String V1_HYBRID = """
            5:devices:/
            4:memory:/batch/job
            2:cpu,cpuacct:/
            0::/
            """;

    @TempDir
    Path root;

    @BeforeEach
    void makeProc() throws IOException {
        Files.createDirectories(root.resolve("proc/self"));
    }

    private MemorySample read(String cgroup, String mountinfo) throws IOException {
        Files.writeString(root.resolve("proc/self/cgroup"), cgroup);
        Files.writeString(root.resolve("proc/self/mountinfo"), mountinfo);
        long[] values = MemorySample.absentValues();
        try (CgroupProbe probe = CgroupProbe.open(root)) {
            probe.read(values);
        }
        return MemorySample.of(0, values);
    }

    private void cgroup(String path, String limitFile, String limit, String usageFile, String usage)
            throws IOException {
        Path folder = Files.createDirectories(root.resolve("sys/fs/cgroup").resolve(path));
        Files.writeString(folder.resolve(limitFile), limit + "\n");
        Files.writeString(folder.resolve(usageFile), usage + "\n");
    }

    private void v1(String path, String limit, String usage) throws IOException {
        cgroup("memory/" + path, "memory.limit_in_bytes", limit, "memory.usage_in_bytes", usage);
    }

    private void v2(String path, String limit, String usage) throws IOException {
        cgroup(path, "memory.max", limit, "memory.current", usage);
    }

    @Test
    void theLeastLimitOfNestedCgroupsDecidesInV1() throws IOException {
        v1("", "9223372036854771712", "900");
        v1("batch", "500", "400");
        v1("batch/job", "9223372036854771712", "300");
        MemorySample sample = read(V1_HYBRID, V1_MOUNTS);
        assertThat(sample.value(MemoryMetric.CGROUP_LIMIT)).hasValue(500);
        assertThat(sample.value(MemoryMetric.CGROUP_USAGE)).hasValue(400);
    }

    @Test
    void theLeastLimitOfNestedCgroupsDecidesInV2() throws IOException {
        v2("user.slice", "max", "900");
        v2("user.slice/a.scope", "1000", "400");
        v2("user.slice/a.scope/b", "700", "300");
        MemorySample sample = read("0::/user.slice/a.scope/b\n", V2_MOUNT);
        assertThat(sample.value(MemoryMetric.CGROUP_LIMIT)).hasValue(700);
        assertThat(sample.value(MemoryMetric.CGROUP_USAGE)).hasValue(300);
    }

    @Test
    void withoutALimitThereIsTheUsageOfTheOwnCgroup() throws IOException {
        v2("user.slice", "max", "900");
        v2("user.slice/b", "max", "300");
        MemorySample sample = read("0::/user.slice/b\n", V2_MOUNT);
        assertThat(sample.value(MemoryMetric.CGROUP_LIMIT)).isEmpty();
        assertThat(sample.value(MemoryMetric.CGROUP_USAGE)).hasValue(300);
    }

    @Test
    void aContainerSeesItsCgroupAtTheMountUnderAPathOfTheHost() throws IOException {
        v1("", "268435456", "1000");
        MemorySample sample = read(
                "9:memory:/docker/0123abcd\n",
                "650 640 0:32 /docker/0123abcd /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n");
        assertThat(sample.value(MemoryMetric.CGROUP_LIMIT)).hasValue(268435456);
        sample = read(
                "9:memory:/kubepods/pod1/c\n",
                "650 640 0:32 /docker/other /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n");
        assertThat(sample.value(MemoryMetric.CGROUP_LIMIT)).hasValue(268435456);
    }

    @Test
    void aNamespaceOfItsOwnHidesThePath() throws IOException {
        v2("", "268435456", "1000");
        for (String path : List.of("/", "/../../elsewhere")) {
            MemorySample sample = read("0::" + path + "\n", V2_MOUNT);
            assertThat(sample.value(MemoryMetric.CGROUP_LIMIT)).hasValue(268435456);
            assertThat(sample.value(MemoryMetric.CGROUP_USAGE)).hasValue(1000);
        }
    }

    @Test
    void withoutCgroupsOrWithoutLinuxNothingIsKnown() throws IOException {
        assertThat(read("0::/\n", "").value(MemoryMetric.CGROUP_USAGE)).isEmpty();
        assertThat(read("", V2_MOUNT).value(MemoryMetric.CGROUP_USAGE)).isEmpty();
        assertThat(read("0::/\n", V2_MOUNT).value(MemoryMetric.CGROUP_USAGE)).isEmpty();
        long[] values = MemorySample.absentValues();
        try (CgroupProbe probe = CgroupProbe.open(root.resolve("no-linux"))) {
            probe.read(values);
        }
        assertThat(MemorySample.of(0, values).value(MemoryMetric.CGROUP_USAGE)).isEmpty();
    }

    @Test
    void aCgroupOfALongerNameIsNotBelowTheMount() throws IOException {
        v1("", "268435456", "1000");
        v1("er/c", "5", "5");
        MemorySample sample =
                read("9:memory:/docker/c\n", "650 640 0:32 /dock /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n");
        assertThat(sample.value(MemoryMetric.CGROUP_LIMIT)).hasValue(268435456);
    }

    @Test
    void linesOfAnotherFormAreNoMounts() throws IOException {
        v2("", "268435456", "1000");
        MemorySample sample = read("0::/\n\nx\n", "\n-\n - \n" + V2_MOUNT);
        assertThat(sample.value(MemoryMetric.CGROUP_LIMIT)).hasValue(268435456);
    }

    @Test
    void whatCannotBeReadAnyLongerIsAbsent() throws IOException {
        v2("", "268435456", "1000");
        Files.writeString(root.resolve("proc/self/cgroup"), "0::/\n");
        Files.writeString(root.resolve("proc/self/mountinfo"), V2_MOUNT);
        long[] values = MemorySample.absentValues();
        try (CgroupProbe probe = CgroupProbe.open(root)) {
            // The read of a closed file fails as that of a removed cgroup does.
            probe.close();
            probe.read(values);
        }
        assertThat(values).containsOnly(MemorySample.ABSENT);
    }
}
