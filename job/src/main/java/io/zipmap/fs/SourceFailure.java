package io.zipmap.fs;

import io.zipmap.Condition;
import io.zipmap.IoSupplier;
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

/**
 * Translates the failures of a file system into conditions, for one archive. A file system that fails now is never
 * reported as a damaged archive. Immutable.
 */
final class SourceFailure {
    private final ArchiveRef ref;

    SourceFailure(ArchiveRef ref) {
        this.ref = ref;
    }

    /** @return {@code e} with its condition; {@code e} itself if it has one, or if this thread is to stop */
    IOException translate(IOException e) {
        if (e instanceof ZipmapException || isStop(e)) {
            return e;
        }
        if (e instanceof FileNotFoundException || e instanceof NoSuchFileException) {
            return new ZipmapException(Condition.SOURCE_MISSING, "Cannot find the archive: " + ref.plainPath())
                    .archive(ref.uri())
                    .because(e);
        }
        if (e instanceof AccessControlException || e instanceof java.nio.file.AccessDeniedException) {
            return new ZipmapException(Condition.SOURCE_UNREADABLE, "Cannot read the archive: " + ref.plainPath())
                    .archive(ref.uri())
                    .advice("Give the user that runs the executors the right to read it.")
                    .because(e);
        }
        return failed(String.valueOf(e.getMessage())).because(e);
    }

    /**
     * Translates a failure while the archive is read. The archive is looked up again, because a file that was removed
     * or replaced during a read fails in ways that depend on the file system.
     *
     * @param e null if the file ended before its length
     * @param current looks up the generation that the archive has now
     */
    IOException translateWhileReading(@Nullable IOException e, IoSupplier<ArchiveRef> current) {
        if (e != null && isStop(e)) {
            return e;
        }
        IOException translated = e == null ? failed("the file ended before its length") : translate(e);
        try {
            requireSame(current.get());
            return translated;
        } catch (IOException other) {
            IOException reason = translate(other);
            boolean isClear = reason instanceof ZipmapException
                    && ((ZipmapException) reason).condition() != Condition.SOURCE_FAILED;
            return isClear ? reason : translated;
        }
    }

    /** @throws ZipmapException {@code SOURCE_CHANGED} if {@code now} is another generation */
    void requireSame(ArchiveRef now) throws ZipmapException {
        if (now.length() != ref.length() || !now.version().equals(ref.version())) {
            throw new ZipmapException(
                            Condition.SOURCE_CHANGED, "Cannot read an archive that was replaced: " + ref.plainPath())
                    .archive(ref.uri())
                    .expected(
                            ref.hasKnownLength()
                                    ? ref.length() + " bytes, version " + ref.version()
                                    : "a file that could not be looked up when it was listed")
                    .actual(now.length() + " bytes, version " + now.version())
                    .advice("Run again to read the new archive.");
        }
    }

    private ZipmapException failed(String actual) {
        return new ZipmapException(Condition.SOURCE_FAILED, "Cannot read the archive now: " + ref.plainPath())
                .archive(ref.uri())
                .actual(actual)
                .advice("The archive may be sound: check its file system and run again.");
    }

    /** Whether the task is cancelled. A timeout has the same class in Java, but is a failure. */
    static boolean isStop(IOException e) {
        return e instanceof ClosedByInterruptException
                || e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException);
    }
}
