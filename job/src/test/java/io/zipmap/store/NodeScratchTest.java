package io.zipmap.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.scratch.FileExpectation;
import io.zipmap.scratch.Scratch;
import io.zipmap.scratch.ScratchFile;
import io.zipmap.scratch.ScratchSettings;
import io.zipmap.testing.ChildJvm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeScratchTest {
    @TempDir
    Path folder;

    /** Opens the scratch of this process, obtains one file, and ends without closing it. */
    static final class ProcessWithoutClose {
        private ProcessWithoutClose() {}

        public static void main(String[] args) throws IOException {
            System.out.println(obtain(scratch(settings(Path.of(args[0])))).path());
        }
    }

    private static Scratch scratch(ScratchSettings settings) throws IOException {
        return NodeScratch.get(settings, () -> {}).scratch();
    }

    @Test
    void equalSettingsShareOneScratchInAProcess() throws Exception {
        ScratchSettings settings = settings(folder).budgetBytes(5).patience(Duration.ofMillis(3));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(settings);
        ScratchSettings copy =
                (ScratchSettings) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        Scratch first = scratch(copy);
        assertThat(scratch(settings)).isSameAs(first);
        NodeScratch.closeAll();
        assertThat(folder).isEmptyDirectory();
        assertThat(scratch(copy)).isNotSameAs(first);
        NodeScratch.closeAll();
    }

    @Test
    void foldersThatWereRemovedUnderAProcessAreOpenedAnew() throws Exception {
        Scratch first = scratch(settings(folder));
        obtain(first).close();
        delete(folder.resolve("zipmap-" + System.getProperty("user.name")));
        Scratch second = scratch(settings(folder));
        assertThat(second).isNotSameAs(first).isSameAs(scratch(settings(folder)));
        try (ScratchFile file = obtain(second)) {
            assertThat(file.reused()).isFalse();
        }
        NodeScratch.closeAll();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theExitOfTheProcessClosesItsScratch() throws Exception {
        try (ChildJvm other = ChildJvm.start(":", folder, ProcessWithoutClose.class, folder.toString())) {
            assertThat(other.rest()).singleElement().asString().endsWith("/app-a1/f");
        }
        assertThat(folder).isEmptyDirectory();
    }

    private static ScratchFile obtain(Scratch scratch) throws IOException {
        return scratch.obtain(FileExpectation.of("f", 1000), out -> out.write(ByteBuffer.allocate(1000)));
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static ScratchSettings settings(Path folder) {
        return ScratchSettings.of(List.of(folder.toString()), "a1");
    }
}
