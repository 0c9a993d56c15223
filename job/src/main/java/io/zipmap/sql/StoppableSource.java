package io.zipmap.sql;

import io.zipmap.archive.ArchiveOpener;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.archive.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.TaskContext;

/** A {@link ByteSource} whose reads end when their task is killed, so that a cancelled query stops extracting. */
final class StoppableSource implements ByteSource {
    private final ByteSource source;
    private final TaskContext task;

    private StoppableSource(ByteSource source, TaskContext task) {
        this.source = source;
        this.task = task;
    }

    /** An opener that wraps each archive of {@code opener}. */
    static ArchiveOpener opener(ArchiveOpener opener, TaskContext task) {
        return new ArchiveOpener() {
            @Override
            public ByteSource open(ArchiveRef ref) throws IOException {
                return new StoppableSource(opener.open(ref), task);
            }

            @Override
            public Optional<Path> local(String uri) {
                return opener.local(uri);
            }
        };
    }

    @Override
    public ArchiveRef ref() {
        return source.ref();
    }

    @Override
    public int read(long position, byte[] into, int offset, int count) throws IOException {
        task.killTaskIfInterrupted();
        return source.read(position, into, offset, count);
    }

    @Override
    public int read(long position, ByteBuffer into) throws IOException {
        task.killTaskIfInterrupted();
        return source.read(position, into);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
