package io.zipmap.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions that several archive tests share. */
final class ArchiveAssert {
    static final ArchiveLimits LIMITS = ArchiveLimits.DEFAULT;

    private ArchiveAssert() {}

    static Archive open(byte[] bytes) throws IOException {
        return Archive.open(new MemoryByteSource(bytes), LIMITS);
    }

    /** Decodes a whole entry, seven bytes at a time. */
    static byte[] content(Archive archive, ArchiveEntry entry) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[9];
        try (EntryReader reader = archive.read(entry)) {
            for (int n = reader.read(buffer, 1, 7); n >= 0; n = reader.read(buffer, 1, 7)) {
                assertThat(n).isPositive();
                out.write(buffer, 1, n);
                assertThat(out.size()).isLessThanOrEqualTo((int) entry.size());
            }
            assertThat(reader.read(buffer, 0, 1)).as("after the end").isEqualTo(-1);
            assertThat(reader.compressedBytesRead()).isLessThanOrEqualTo(entry.compressedSize());
        }
        return out.toByteArray();
    }

    /** Transfers a whole entry, after {@code read} bytes of it were read. */
    static byte[] transferred(Archive archive, ArchiveEntry entry, int read) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (EntryReader reader = archive.read(entry)) {
            byte[] one = new byte[1];
            while (out.size() < Math.min(read, entry.size())) {
                assertThat(reader.read(one, 0, 1)).isEqualTo(1);
                out.write(one[0]);
            }
            reader.transferTo(Channels.newChannel(out));
            assertThat(reader.read(new byte[1], 0, 1)).as("after the end").isEqualTo(-1);
        }
        return out.toByteArray();
    }

    static List<String> names(Archive archive) {
        return archive.entries().stream().map(ArchiveEntry::name).toList();
    }

    static ZipmapException assertFails(Condition condition, ThrowingCallable call) {
        ZipmapException e = catchThrowableOfType(ZipmapException.class, call);
        assertThat(e).as("no failure, expected " + condition).isNotNull();
        assertThat(e.condition()).as(e.getMessage()).isEqualTo(condition);
        assertThat(e.archive()).isEqualTo("mem:/a.zip");
        return e;
    }

    /** Asserts that opening the archive fails and closes its source. */
    static ZipmapException assertOpenFails(Condition condition, byte[] bytes) {
        MemoryByteSource source = new MemoryByteSource(bytes);
        ZipmapException e = assertFails(condition, () -> Archive.open(source, LIMITS));
        assertThat(source.closed).isTrue();
        return e;
    }

    /** Asserts that the archive opens, reading its first entry fails, and the other entries can be read. */
    static ZipmapException assertFirstEntryFails(Condition condition, byte[] bytes) throws IOException {
        try (Archive archive = open(bytes)) {
            ArchiveEntry first = archive.entries().get(0);
            ZipmapException e = assertFails(condition, () -> content(archive, first));
            assertThat(e.entry()).isEqualTo(first.name());
            assertThat(assertFails(condition, () -> transferred(archive, first, 0)))
                    .hasMessage(e.getMessage());
            for (ArchiveEntry other :
                    archive.entries().subList(1, archive.entries().size())) {
                assertThat(content(archive, other)).hasSize((int) other.size());
            }
            return e;
        }
    }
}
