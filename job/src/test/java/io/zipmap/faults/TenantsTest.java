package io.zipmap.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.scratch.Scratch;
import io.zipmap.scratch.ScratchSettings;
import io.zipmap.store.ArrayRecord;
import io.zipmap.testing.Errors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scratch in a folder that other users of the node can write to, and what they try there. */
@Tag("faults-root")
class TenantsTest {
    @TempDir
    Path folder;

    private Path shared;

    /** Creates a folder like /tmp: all users can write to it, and each one can remove only files of their own. */
    @BeforeEach
    void share() throws Exception {
        shared = Files.createDirectory(folder.resolve("shared"));
        Shell.run("chmod 755 \"$1\" && chmod 1777 \"$2\"", folder, shared);
    }

    private ScratchSettings settings() {
        return ScratchSettings.of(List.of(shared.toString()), "a1");
    }

    private Path root() {
        return shared.resolve("zipmap-" + System.getProperty("user.name"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anotherUserCannotReadTruncateReplaceOrList(boolean keep) throws Exception {
        try (Scratch scratch = Scratch.open(settings().keep(keep))) {
            OneNode node = OneNode.of(scratch);
            ArrayRecord record = node.extract(OneNode.archive(folder.resolve("in"), 1));
            Path file = Path.of(record.path());
            for (String attempt : List.of(
                    "cat \"$1\"",
                    "truncate -s 0 \"$1\"",
                    "echo x >> \"$1\"",
                    "rm -f \"$1\"",
                    "mv \"$1\" \"$2/mine\"",
                    "ln \"$1\" \"$2/mine\"",
                    "chmod 777 \"$1\"",
                    "ls \"$(dirname \"$1\")\"",
                    "ls \"$3\"",
                    "mv \"$3\" \"$2/mine\"",
                    "rmdir \"$3\"",
                    "touch \"$3/planted\"")) {
                assertThat(Shell.asOther(attempt, file, shared, root()))
                        .as(attempt)
                        .isFalse();
            }
            assertThat(Shell.asOther("touch \"$1/theirs\" && mv \"$1/theirs\" \"$1/mine\" && rm \"$1/mine\"", shared))
                    .as("what the other user is allowed to do")
                    .isTrue();
            OneNode.assertSound(file, 1);
            assertThat(node.sum(record)).isEqualTo(OneNode.expected(1));
            assertThat(node.healed).isEmpty();
        }
        Shell.run("rm -rf \"$1\"", root());
        assertThat(shared).isEmptyDirectory();
    }

    private enum Plant {
        A_FOLDER("mkdir -m 0700 \"$1\""),
        AN_OPEN_FOLDER("mkdir -m 0777 \"$1\""),
        A_SYMLINK("mkdir -m 0777 \"$1.theirs\" && ln -s \"$1.theirs\" \"$1\""),
        A_FILE("touch \"$1\""),
        A_HARD_LINK("touch \"$1.theirs\" && ln \"$1.theirs\" \"$1\""),
        A_FIFO("mkfifo \"$1\"");

        private final String script;

        Plant(String script) {
            this.script = script;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAnotherUserPlantedInTheFoldersPlaceIsRefusedByName(Plant plant) throws Exception {
        assertThat(Shell.asOther(plant.script, root())).isTrue();
        assertThat(Errors.named(
                        Condition.SCRATCH_UNSAFE, () -> Scratch.open(settings()).close()))
                .hasMessageContaining(root().toString())
                .hasMessageContaining("of user " + Shell.OTHER_USER);
        assertThat(Shell.asOther("rm -r \"$1\"*", root())).isTrue();
        assertThat(shared).as("no file of this user").isEmptyDirectory();
    }

    /** The planted file has the right name, size and mode. Both a rename and a hard link put it there. */
    @ParameterizedTest
    @ValueSource(strings = {"mv \"$2\" \"$1\"", "ln \"$2\" \"$1\""})
    void aRightSizedFileOfAnotherUserIsRefusedByNameAndNeverRead(String plant) throws Exception {
        Path theirs = shared.resolve("theirs");
        assertThat(Shell.asOther("head -c " + OneNode.FILE_BYTES + " /dev/zero > \"$1\" && chmod 400 \"$1\"", theirs))
                .isTrue();
        try (Scratch scratch = Scratch.open(settings())) {
            OneNode node = OneNode.of(scratch);
            Path archive = OneNode.archive(folder.resolve("in"), 1);
            ArrayRecord record = node.extract(archive);
            Shell.run("rm \"$1\" && " + plant, record.path(), theirs);
            assertThat(Errors.named(Condition.SCRATCH_UNSAFE, () -> node.extract(archive)))
                    .hasMessageContaining(record.path())
                    .hasMessageContaining("user " + Shell.OTHER_USER);
            assertThat(node.sum(record)).as("the file is made again").isEqualTo(OneNode.expected(1));
            OneNode.assertSound(Path.of(record.path()), 1);
            assertThat(node.extract(archive).path()).isEqualTo(record.path());
        }
        Shell.run("rm -f \"$1\"", theirs);
        assertThat(shared).isEmptyDirectory();
    }

    /** In a folder without the sticky bit another user can rename our root, and put another one in its place. */
    @Test
    void aTreeThatAnotherUserPutInThePlaceOfOursIsRefusedByName() throws Exception {
        Shell.run("chmod 0777 \"$1\"", shared);
        try (Scratch scratch = Scratch.open(settings())) {
            OneNode node = OneNode.of(scratch);
            Path archive = OneNode.archive(folder.resolve("in"), 1);
            ArrayRecord record = node.extract(archive);
            assertThat(Shell.asOther(
                            "mv \"$1\" \"$1.ours\" && mkdir -p -m 0700 \"$(dirname \"$2\")\" && head -c "
                                    + OneNode.FILE_BYTES + " /dev/zero > \"$2\" && chmod 400 \"$2\"",
                            root(),
                            record.path()))
                    .isTrue();
            assertThat(Errors.named(Condition.SCRATCH_UNSAFE, () -> node.sum(record)))
                    .hasMessageContaining(Path.of(record.path()).getParent().toString())
                    .hasMessageContaining("user " + Shell.OTHER_USER);
            Errors.named(Condition.SCRATCH_UNSAFE, () -> node.extract(OneNode.archive(folder.resolve("in"), 2)));
            Shell.run("rm -r \"$1\" && mv \"$1.ours\" \"$1\"", root());
            assertThat(node.sum(record)).isEqualTo(OneNode.expected(1));
        }
        assertThat(shared).isEmptyDirectory();
    }

    @Test
    void foldersAreOfTheirOwnerAlone() throws IOException {
        try (Scratch scratch = Scratch.open(settings())) {
            ArrayRecord record = OneNode.of(scratch).extract(OneNode.archive(folder.resolve("in"), 1));
            for (Path path = Path.of(record.path()).getParent();
                    !path.equals(shared.toRealPath());
                    path = path.getParent()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .isEqualTo("rwx------");
            }
        }
    }
}
