package io.zipmap.tools;

import static io.zipmap.testing.FolderListing.names;
import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.options.Option;
import io.zipmap.plan.Progress;
import io.zipmap.testing.Errors;
import io.zipmap.testing.Run;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.TestOptions;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PackJobTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    Path folder;

    private Path input;
    private Path output;

    @BeforeEach
    void write() throws IOException {
        input = Files.createDirectories(folder.resolve("in"));
        output = folder.resolve("out");
        Zips.deflated(input.resolve("a.zip"), "x.npy", Zips.npy(6, 10, 2, 3));
        Zips.deflated(input.resolve("b.npz"), "größe.npy", Zips.npy(4, 0, 4));
    }

    private static SparkSession session() {
        return SPARK.session();
    }

    private static String pack(Object... said) throws IOException {
        StringWriter out = new StringWriter();
        long failed = PackJob.of(TestOptions.of(said).values())
                .runInThreads(new PrintWriter(out), new PrintWriter(out), Progress.NONE)
                .getAsLong();
        assertThat(out.toString()).contains(failed + " failed");
        return out.toString();
    }

    private static String packOnSpark(Object... said) throws IOException {
        StringWriter out = new StringWriter();
        PackJob.of(TestOptions.of(said).values())
                .run(session(), new PrintWriter(out), new PrintWriter(out), Progress.NONE);
        return out.toString();
    }

    @Test
    void packedArchivesAreMappedInPlaceAndGiveTheSameNumbers() throws IOException {
        byte[] original = Files.readAllBytes(input.resolve("a.zip"));
        assertThat(pack(Option.INPUT, input, Option.OUTPUT, output)).contains("2 archives packed, 0 left");
        assertThat(names(output)).containsExactly("a.zip", "b.npz");
        assertThat(input.resolve("a.zip")).hasBinaryContent(original);
        Run before = Run.of(session(), Option.INPUT, input);
        Run after = Run.of(session(), Option.INPUT, output, Option.IN_PLACE, "always");
        assertThat(after.failures).isEmpty();
        assertThat(after.arrays).hasSize(2).allMatch(row -> row.<Long>getAs("offset") % 64 == 0);
        assertThat(after.statsByColumn().keySet())
                .isEqualTo(before.statsByColumn().keySet());
        for (String column : after.statsByColumn().keySet()) {
            Row one = before.statsByColumn().get(column);
            assertThat(after.statsByColumn().get(column).<Double>getAs("sum")).isEqualTo(one.<Double>getAs("sum"));
        }
        assertThat(pack(Option.INPUT, input, Option.OUTPUT, output)).contains("0 archives packed, 2 left");
    }

    @Test
    void replaceKeepsThePermissionsAndLeavesPackedArchives() throws IOException {
        Path file = input.resolve("a.zip");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(pack(Option.INPUT, input, Option.REPLACE, "true")).contains("2 archives packed, 0 left");
        assertThat(names(input)).containsExactly("a.zip", "b.npz");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        byte[] packed = Files.readAllBytes(file);
        assertThat(pack(Option.INPUT, input, Option.REPLACE, "true")).contains("0 archives packed, 2 left");
        assertThat(file).hasBinaryContent(packed);
    }

    @Test
    void aDamagedArchiveIsReportedAndLeftUnchanged() throws IOException {
        Path bad = Zips.deflated(input.resolve("bad\u001b.zip"), "x.npy", Zips.npy(60, 10, 60));
        Zips.corrupt(bad);
        byte[] original = Files.readAllBytes(bad);
        for (String said : List.of(
                pack(Option.INPUT, input, Option.OUTPUT, output),
                packOnSpark(Option.INPUT, input, Option.REPLACE, "true"))) {
            assertThat(said)
                    .contains("[ZIPMAP_")
                    .contains("2 archives packed, 0 left as they are, 1 failed")
                    .doesNotContain("\u001b");
        }
        assertThat(bad).hasBinaryContent(original);
        assertThat(names(output)).containsExactly("a.zip", "b.npz");
        assertThat(names(input)).containsExactly("a.zip", "b.npz", "bad\u001b.zip");
    }

    @Test
    void anotherFileOfTheSameNameIsNotOverwritten() throws IOException {
        Files.createDirectories(output);
        Zips.stored(output.resolve("a.zip"), "x.npy", Zips.npy(6, 11, 2, 3));
        byte[] other = Files.readAllBytes(output.resolve("a.zip"));
        assertThat(pack(Option.INPUT, input, Option.OUTPUT, output))
                .contains("[ZIPMAP_OUTPUT_EXISTS]")
                .contains("1 archives packed, 0 left as they are, 1 failed");
        assertThat(output.resolve("a.zip")).hasBinaryContent(other);
        Errors.named(
                Condition.OUTPUT_EXISTS,
                () -> pack(Option.INPUT, input, Option.OUTPUT, output, Option.ON_ERROR, "fail"));
    }

    @Test
    void namesMayContainAColon() throws IOException {
        Path odd = Files.createDirectories(folder.resolve("x_10:00"));
        Files.copy(input.resolve("a.zip"), odd.resolve("run_2024-01-01T10:00:00.zip"));
        assertThat(pack(Option.INPUT, odd, Option.OUTPUT, folder.resolve("y_10:00")))
                .contains("1 archives packed");
        assertThat(names(folder.resolve("y_10:00"))).containsExactly("run_2024-01-01T10:00:00.zip");
        assertThat(pack(Option.INPUT, odd, Option.REPLACE, "true")).contains("1 archives packed");
        assertThat(pack(Option.INPUT, odd, Option.REPLACE, "true")).contains("1 left as they are");
        assertThat(names(odd)).containsExactly("run_2024-01-01T10:00:00.zip");
    }

    @Test
    void aLinkIsKeptAndItsTargetIsReplaced() throws IOException {
        Path linked = Files.createDirectories(folder.resolve("linked"));
        Path file = Files.move(input.resolve("a.zip"), folder.resolve("real.zip"));
        Path near = Files.createSymbolicLink(linked.resolve("near.zip"), Path.of("../real.zip"));
        Path far = Files.createSymbolicLink(linked.resolve("far.zip"), near);
        byte[] original = Files.readAllBytes(file);
        pack(Option.INPUT, linked, Option.REPLACE, "true");
        assertThat(near).isSymbolicLink();
        assertThat(far).isSymbolicLink();
        assertThat(Files.readAllBytes(file)).isNotEqualTo(original);
        assertThat(names(folder)).containsExactly("in", "linked", "real.zip");
        assertThat(pack(Option.INPUT, file, Option.REPLACE, "true")).contains("0 archives packed, 1 left");
    }

    /** As gzip does, because the other names would keep the old bytes. */
    @Test
    void aFileWithTwoHardLinksIsRefused() throws IOException {
        Path file = input.resolve("a.zip");
        Files.createLink(folder.resolve("other name"), file);
        byte[] original = Files.readAllBytes(file);
        assertThat(pack(Option.INPUT, file, Option.REPLACE, "true"))
                .contains("[ZIPMAP_OUTPUT_UNUSABLE]")
                .contains("1 failed");
        assertThat(file).hasBinaryContent(original);
        assertThat(pack(Option.INPUT, file, Option.OUTPUT, output)).contains("1 archives packed");
    }

    @Test
    void modesOfOwnerGroupAndOthersAreKept() throws IOException {
        for (String mode : List.of("r--------", "rwxr-x--x", "rw-rw-rw-")) {
            Path file = Zips.deflated(input.resolve(mode + ".zip"), "x.npy", Zips.npy(6, 10, 2, 3));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        }
        pack(Option.INPUT, input, Option.REPLACE, "true");
        for (String mode : List.of("r--------", "rwxr-x--x", "rw-rw-rw-")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(input.resolve(mode + ".zip"))))
                    .isEqualTo(mode);
        }
    }

    @Test
    void theLongestNameIsPacked() throws IOException {
        Path file = Files.move(input.resolve("a.zip"), input.resolve("n".repeat(251) + ".zip"));
        assertThat(pack(Option.INPUT, file, Option.REPLACE, "true")).contains("1 archives packed");
        assertThat(pack(Option.INPUT, file, Option.OUTPUT, output)).contains("1 archives packed");
    }

    @Test
    void partsOfAKilledProcessAreSweptAndThoseOfALiveOneAreNot() throws IOException {
        String alive = PackTarget.partName();
        String dead = alive.replaceFirst("-\\d+-([0-9a-f]{8}-)", "-999999999-$1");
        String elsewhere = alive.replaceFirst(PackSweep.PREFIX + "[0-9a-f]{8}", PackSweep.PREFIX + "00000000");
        String old = elsewhere.replaceFirst(".$", "x");
        for (String name : List.of(alive, dead, elsewhere, old)) {
            Files.writeString(input.resolve(name), "half an archive");
        }
        Files.setLastModifiedTime(
                input.resolve(old), FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        pack(Option.INPUT, input, Option.REPLACE, "true");
        assertThat(names(input)).containsExactlyInAnyOrder("a.zip", "b.npz", alive, elsewhere);
    }

    @Test
    void bareArraysAreLeftUnchanged() throws IOException {
        Path bare = Files.write(folder.resolve("c.npy"), Zips.npy(3, 0, 3));
        assertThat(pack(Option.INPUT, bare, Option.REPLACE, "true")).contains("0 archives packed, 1 left");
    }

    @Test
    void eitherOutputOrReplaceIsRequired() {
        Errors.named(Condition.OPTION_INVALID, () -> pack(Option.INPUT, input));
        Errors.named(
                Condition.OPTION_INVALID,
                () -> pack(Option.INPUT, input, Option.OUTPUT, output, Option.REPLACE, "true"));
        Errors.named(Condition.OPTION_INVALID, () -> pack(Option.REPLACE, "true"));
    }

    @Test
    void aFailureIsALineAndTheOtherArchivesArePacked() throws IOException {
        Files.createSymbolicLink(input.resolve("dead.npz"), Path.of("gone.npz"));
        Files.createSymbolicLink(input.resolve("zero.npz"), Path.of("/dev/zero"));
        assertThat(pack(Option.INPUT, input, Option.OUTPUT, output))
                .contains("ZIPMAP_SOURCE_MISSING", "dead.npz", "ZIPMAP_SOURCE_NOT_A_FILE", "zero.npz")
                .contains("2 archives packed, 0 left as they are, 2 failed");
        assertThat(names(output)).containsExactly("a.zip", "b.npz");
    }

    @Test
    void aDanglingLinkIsALineAndTheOtherArchivesAreReplaced() throws IOException {
        Files.createSymbolicLink(input.resolve("dead.npz"), Path.of("gone.npz"));
        Files.createSymbolicLink(input.resolve("loop.npz"), Path.of("loop.npz"));
        Files.createSymbolicLink(input.resolve("under.npz"), Path.of("a.zip/x"));
        assertThat(pack(Option.INPUT, input, Option.REPLACE, true))
                .contains("dead.npz", "loop.npz", "under.npz")
                .contains("2 archives packed, 0 left as they are, 3 failed");
        assertThat(names(input)).containsExactly("a.zip", "b.npz", "dead.npz", "loop.npz", "under.npz");
    }

    /** Hadoop would write another name, and two archives could become one. */
    @Test
    void aNameThatHadoopCannotWriteIsRefused() throws Exception {
        String rename = "mv \"$1/a.zip\" \"$1/$(printf 'caf\\351.zip')\"";
        assertThat(new ProcessBuilder("sh", "-c", rename, "sh", input.toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(pack(Option.INPUT, input, Option.OUTPUT, output))
                .contains(
                        "ZIPMAP_SOURCE_NAME_UNUSABLE", "caf%E9.zip", "1 archives packed, 0 left as they are, 1 failed");
        assertThat(names(output)).containsExactly("b.npz");
        assertThat(pack(Option.INPUT, input, Option.REPLACE, "true")).contains("ZIPMAP_SOURCE_NAME_UNUSABLE");
        assertThat(names(input)).hasSize(2);
    }
}
