package io.zipmap.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the memory limit that can end this process, and the memory that counts against it, from cgroups v1 or v2. A
 * process is in a chain of cgroups; the least limit of the chain decides. Its owner closes it.
 */
final class CgroupProbe implements AutoCloseable {
    private static final int LIMIT_SAMPLES = 60;
    private static final Path SELF = Path.of("proc/self");

    /** The cgroups of the process, its own first. */
    private final List<CgroupFiles> chain;

    private final List<KernelFile> limits = new ArrayList<>();
    private final List<KernelFile> usages = new ArrayList<>();
    private long samples;
    private long least = Long.MAX_VALUE;
    private int tightest = -1;

    /** The files of one cgroup. Immutable. */
    record CgroupFiles(Path limit, Path usage) {}

    private CgroupProbe(List<CgroupFiles> chain) {
        this.chain = chain;
    }

    /**
     * Finds the cgroups of this process.
     *
     * @param root {@code /}, or a folder that stands for it
     */
    static CgroupProbe open(Path root) {
        CgroupProbe probe = new CgroupProbe(read(root));
        probe.openFiles();
        return probe;
    }

    private static List<CgroupFiles> read(Path root) {
        Path cgroup = root.resolve(SELF).resolve("cgroup");
        Path mountinfo = root.resolve(SELF).resolve("mountinfo");
        try {
            return Files.isReadable(cgroup) && Files.isReadable(mountinfo)
                    ? chain(Files.readString(cgroup), Files.readString(mountinfo), root)
                    : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private void openFiles() {
        for (CgroupFiles files : chain) {
            KernelFile limit = KernelFile.open(files.limit);
            KernelFile usage = KernelFile.open(files.usage);
            if (limit != null && usage != null) {
                limits.add(limit);
                usages.add(usage);
            }
        }
    }

    /**
     * The cgroups that hold the process, its own first.
     *
     * @param cgroup text of {@code /proc/self/cgroup}
     * @param mountinfo text of {@code /proc/self/mountinfo}
     */
    static List<CgroupFiles> chain(String cgroup, String mountinfo, Path root) {
        String first = controllerPath(cgroup, "memory");
        Mount mount = first == null ? null : Mount.find(mountinfo, "cgroup", "memory");
        if (first != null && mount != null) {
            return chain(mount, first, root, "memory.limit_in_bytes", "memory.usage_in_bytes");
        }
        String second = controllerPath(cgroup, "");
        mount = second == null ? null : Mount.find(mountinfo, "cgroup2", "");
        return second == null || mount == null ? List.of() : chain(mount, second, root, "memory.max", "memory.current");
    }

    private static List<CgroupFiles> chain(Mount mount, String path, Path root, String limit, String usage) {
        Path top = root.resolve(mount.point.substring(1));
        Path own = top.resolve(mount.relative(path)).normalize();
        List<CgroupFiles> chain = new ArrayList<>();
        for (Path at = own; at != null && at.startsWith(top); at = at.getParent()) {
            chain.add(new CgroupFiles(at.resolve(limit), at.resolve(usage)));
        }
        return chain;
    }

    /** The path of a line {@code ID:CONTROLLERS:PATH}; null if there is none of this controller. */
    private static @Nullable String controllerPath(String cgroup, String controller) {
        return cgroup.lines()
                .map(line -> line.split(":", 3))
                .filter(parts ->
                        parts.length == 3 && List.of(parts[1].split(",", -1)).contains(controller))
                .map(parts -> parts[2])
                .findFirst()
                .orElse(null);
    }

    /**
     * A mounted hierarchy of cgroups. Immutable.
     *
     * @param root the cgroup that is mounted
     * @param point where
     */
    private record Mount(String root, String point) {
        /** The fields of a line are: ids, device, root, point, options, optional fields, -, type, source, options. */
        static @Nullable Mount find(String mountinfo, String type, String option) {
            for (String line : mountinfo.lines().toList()) {
                int dash = line.indexOf(" - ");
                String[] left = line.substring(0, Math.max(dash, 0)).split(" ");
                String[] right =
                        dash < 0 ? new String[0] : line.substring(dash + 3).split(" ");
                if (left.length > 4
                        && right.length > 2
                        && right[0].equals(type)
                        && (option.isEmpty() || List.of(right[2].split(",")).contains(option))) {
                    return new Mount(left[3], left[4]);
                }
            }
            return null;
        }

        /** A cgroup relative to the mount. A container sees its own at the mount, under a path of the host. */
        String relative(String path) {
            boolean isBelow = path.equals(root) || path.startsWith(root + "/");
            String below = root.equals("/") ? path : isBelow ? path.substring(root.length()) : "/";
            return below.startsWith("/..") || below.isEmpty() ? "" : below.substring(1);
        }
    }

    /** Sets limit and usage, and leaves what there is not. A limit that changes shows after some samples. */
    void read(long[] values) {
        if (samples++ % LIMIT_SAMPLES == 0) {
            findTightest();
        }
        if (tightest >= 0) {
            values[MemoryMetric.CGROUP_LIMIT.ordinal()] = least;
        }
        if (!usages.isEmpty()) {
            values[MemoryMetric.CGROUP_USAGE.ordinal()] = bytes(usages.get(Math.max(tightest, 0)));
        }
    }

    /** A cgroup that was removed after the process had left it cannot be read. */
    private static long bytes(KernelFile file) {
        try {
            return file.read().cgroupBytes();
        } catch (IOException e) {
            return MemorySample.ABSENT;
        }
    }

    private void findTightest() {
        least = Long.MAX_VALUE;
        tightest = -1;
        for (int i = 0; i < limits.size(); i++) {
            long limit = bytes(limits.get(i));
            if (limit != MemorySample.ABSENT && limit < least) {
                least = limit;
                tightest = i;
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (KernelFile limit : limits) {
            limit.close();
        }
        for (KernelFile usage : usages) {
            usage.close();
        }
    }
}
