package io.zipmap.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.TaskContext;

/**
 * The local file system, but in a task each open of a file takes ever more anonymous memory: 32 MiB every 100 ms, 20
 * times. The memory is held until the task is cancelled, at most for 30 s, because samples of it may be late.
 */
public final class GrowingFileSystem extends RawLocalFileSystem {
    private static final String SCHEME = "growing";
    private static final int BLOCK = 32 << 20;
    private static final int PAGE = 4096;
    private static final int BLOCKS = 20;
    private static final int PAUSE_MILLIS = 100;
    private static final int PAUSES = 300;

    /** The property of Spark that registers the scheme {@code growing}. */
    public static final String KEY = "spark.hadoop.fs." + SCHEME + ".impl";

    @Override
    public URI getUri() {
        return URI.create(SCHEME + ":///");
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        if (TaskContext.get() != null) {
            grow(TaskContext.get());
        }
        return super.open(path, bufferSize);
    }

    private static void grow(TaskContext task) throws IOException {
        List<ByteBuffer> held = new ArrayList<>();
        for (int pause = 0; pause < PAUSES; pause++) {
            if (task.isInterrupted()) {
                throw new IOException("The task was cancelled with " + held.size() + " blocks");
            }
            if (held.size() < BLOCKS) {
                held.add(touchedBlock());
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("The task was interrupted", e);
            }
        }
    }

    private static ByteBuffer touchedBlock() {
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
        for (int at = 0; at < BLOCK; at += PAGE) {
            block.put(at, (byte) 1);
        }
        return block;
    }
}
