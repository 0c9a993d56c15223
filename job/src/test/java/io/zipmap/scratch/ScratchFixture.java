package io.zipmap.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** A scratch folder for one test, its settings and names, and writers of ten bytes. */
abstract class ScratchFixture {
    static final ContentWriter TEN_BYTES = out -> out.write(ByteBuffer.wrap("0123456789".getBytes()));
    static final ContentWriter NEVER_CALLED = out -> {
        throw new AssertionError("made again");
    };

    @TempDir
    Path folder;

    /** Settings for files that end with the application, in one folder. */
    ScratchSettings app(String application) {
        return ScratchSettings.of(List.of(folder.toString()), application);
    }

    ScratchSettings twoFolders(String application) {
        return ScratchSettings.of(
                List.of(folder.resolve("one").toString(), folder.resolve("two").toString()), application);
    }

    /** The expectation of a file with ten bytes. */
    static FileExpectation tenBytes(String name) {
        return FileExpectation.of(name, 10);
    }

    Path root() {
        return folder.resolve(PrivateAccess.userFolderName());
    }

    Path scope(String name) {
        return root().resolve(name);
    }

    /** The names of a scope's scratch files, parts included, sorted. */
    List<String> fileNames(String scope) throws IOException {
        try (Stream<Path> found = Files.list(scope(scope))) {
            return found.map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    static Consumer<Throwable> hasCondition(Condition condition) {
        return e -> assertThat(((ZipmapException) e).condition()).isEqualTo(condition);
    }

    static int run(String... command) throws Exception {
        return new ProcessBuilder(command).start().waitFor();
    }
}
