package io.zipmap.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.archive.ZipBytes.Entry;
import io.zipmap.testing.Errors;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A replaced archive of the same length and time is recognized by the digest of its directory. */
class ZipDirectoryDigestTest {
    private static final byte[] ONE = {1, 2, 3, 4, 5, 6};
    private static final byte[] TWO = {6, 5, 4, 3, 2, 1};

    private static byte[] bytes() {
        return ZipBytes.of(Entry.of("a", ONE, 0), Entry.of("b", TWO, 0)).build();
    }

    private static ArchiveRef ref(byte[] bytes) throws IOException {
        try (Archive archive = ArchiveAssert.open(bytes)) {
            return archive.ref();
        }
    }

    private static Archive open(byte[] bytes, ArchiveRef as) throws IOException {
        MemoryByteSource source = new MemoryByteSource(bytes) {
            @Override
            public ArchiveRef ref() {
                return as;
            }
        };
        return Archive.open(source, ArchiveAssert.LIMITS);
    }

    static Stream<byte[]> others() {
        return Stream.of(
                ZipBytes.of(Entry.of("a", TWO, 0), Entry.of("b", ONE, 0)).build(),
                ZipBytes.of(Entry.of("b", TWO, 0), Entry.of("a", ONE, 0)).build(),
                ZipBytes.of(Entry.of("a", ONE, 0), Entry.of("c", TWO, 0)).build(),
                ZipBytes.of(Entry.of("a", ONE, 0), Entry.of("b", ONE, 0)).build());
    }

    @ParameterizedTest
    @MethodSource("others")
    void anotherDirectoryIsRefusedByName(byte[] other) throws IOException {
        ArchiveRef ref = ref(bytes());
        assertThat(other).hasSameSizeAs(bytes());
        assertThat(ref(other).isSameFile(ref)).isTrue();
        assertThat(ref(other)).isNotEqualTo(ref);
        assertThat(Errors.named(Condition.SOURCE_CHANGED, () -> open(other, ref))
                        .archive())
                .isEqualTo("mem:/a.zip");
        open(bytes(), ref).close();
    }

    @Test
    void aGenerationTextIsParsedBack() throws IOException {
        ArchiveRef ref = ref(bytes());
        assertThat(ref.generation()).startsWith("1#").hasSize(2 + ZipDirectoryDigest.DIGITS);
        assertThat(ArchiveRef.ofGeneration(ref.uri(), ref.length(), ref.generation()))
                .isEqualTo(ref);
        for (String version : new String[] {"1700000000000", "\"an#etag\"", "\"0123456789abcde#\"", ""}) {
            ArchiveRef plain = new ArchiveRef("s3a://b/a.zip", 5, version);
            assertThat(ArchiveRef.ofGeneration("s3a://b/a.zip", 5, plain.generation()))
                    .isEqualTo(plain);
            ArchiveRef known = plain.withContentDigest(ref.contentDigest());
            assertThat(ArchiveRef.ofGeneration("s3a://b/a.zip", 5, known.generation()))
                    .isEqualTo(known);
        }
    }
}
