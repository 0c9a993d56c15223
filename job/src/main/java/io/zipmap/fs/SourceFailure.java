package io.zipmap.fs;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import org.apache.hadoop.security.AccessControlException;
import org.jspecify.annotations.Nullable;

/** Names what a file system answered with. Bytes that cannot be had now are never taken for bytes that are wrong. */
final class SourceFailure {
    private final ArchiveRef ref;

    SourceFailure(ArchiveRef ref) {
        this.ref = ref;
    }

    /** Looks what is there now. */
    public interface Look {
        ArchiveRef now() throws IOException;
    }

    /** @return the condition that {@code e} means; {@code e} itself when this thread is to stop */
    IOException of(IOException e) {
        if (e instanceof ZipmapException || isStop(e)) {
            return e;
        }
        if (e instanceof FileNotFoundException || e instanceof NoSuchFileException) {
            return new ZipmapException(Condition.SOURCE_MISSING, "Cannot find the archive: " + ref.uri())
                    .archive(ref.uri())
                    .because(e);
        }
        if (e instanceof AccessControlException || e instanceof java.nio.file.AccessDeniedException) {
            return new ZipmapException(Condition.SOURCE_UNREADABLE, "Cannot read the archive: " + ref.uri())
                    .archive(ref.uri())
                    .advice("Give the user that runs the executors the right to read it.")
                    .because(e);
        }
        return failed(String.valueOf(e.getMessage())).because(e);
    }

    /**
     * Names a failure in the midst of reading: a file that was removed or replaced under its reader fails in ways of
     * its file system.
     *
     * @param e null when the file ended before its length
     */
    IOException whileReading(@Nullable IOException e, Look look) {
        if (e != null && isStop(e)) {
            return e;
        }
        IOException named = e == null ? failed("no more bytes before its end") : of(e);
        try {
            requireSame(look.now());
            return named;
        } catch (IOException other) {
            IOException why = of(other);
            boolean says =
                    why instanceof ZipmapException && ((ZipmapException) why).condition() != Condition.SOURCE_FAILED;
            return says ? why : named;
        }
    }

    /** @throws ZipmapException {@code SOURCE_CHANGED} */
    void requireSame(ArchiveRef now) throws ZipmapException {
        if (now.length() != ref.length() || !now.version().equals(ref.version())) {
            throw new ZipmapException(
                            Condition.SOURCE_CHANGED, "Cannot read an archive that was replaced: " + ref.uri())
                    .archive(ref.uri())
                    .expected(
                            ref.isSeen()
                                    ? ref.length() + " bytes, version " + ref.version()
                                    : "what could not be read when it was listed")
                    .actual(now.length() + " bytes, version " + now.version())
                    .advice("Run again to read the new archive.");
        }
    }

    private ZipmapException failed(String actual) {
        return new ZipmapException(Condition.SOURCE_FAILED, "Cannot read the archive now: " + ref.uri())
                .archive(ref.uri())
                .actual(actual)
                .advice("The archive may be sound: look after its file system and run again.");
    }

    /** A task that is cancelled; a timeout is a failure, though Java says it by the same class. */
    static boolean isStop(IOException e) {
        return e instanceof ClosedByInterruptException
                || e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException);
    }
}
