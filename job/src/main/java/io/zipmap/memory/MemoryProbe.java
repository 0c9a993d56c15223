package io.zipmap.memory;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Reads the memory that this process uses now. */
final class MemoryProbe {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ANONYMOUS = "RssAnon:";

    private MemoryProbe() {}

    static MemoryPeak read() throws IOException {
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        if (!Files.exists(STATUS)) {
            return new MemoryPeak(0, heap);
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            long anonymous = lines.filter(line -> line.startsWith(ANONYMOUS))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
            return new MemoryPeak(anonymous, heap);
        }
    }
}
