package io.zipmap.tools;

import io.zipmap.scratch.ProcessStatus;
import io.zipmap.scratch.ProcessToken;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Removes from a folder what processes that died left of the archives that they packed. */
final class PackSweep implements VoidFunction<String> {
    private static final long serialVersionUID = 1L;

    static final String PREFIX = ".zipmap-pack-";

    /** After which a part counts as left by a process that cannot be seen from here. */
    private static final Duration OLD = Duration.ofDays(1);

    private final Broadcast<SerializableConfiguration> hadoop;

    PackSweep(Broadcast<SerializableConfiguration> hadoop) {
        this.hadoop = hadoop;
    }

    @Override
    public void call(String folder) throws IOException {
        Path path = new Path(URI.create(folder));
        FileSystem fs = path.getFileSystem(hadoop.value().value());
        try {
            for (FileStatus part : fs.listStatus(path, file -> file.getName().startsWith(PREFIX))) {
                if (isLeft(part)) {
                    fs.delete(part.getPath(), false);
                }
            }
        } catch (FileNotFoundException e) {
            // There is nothing to sweep in a folder that does not exist yet.
            return;
        }
    }

    private static boolean isLeft(FileStatus part) throws IOException {
        String name = part.getPath().getName().substring(PREFIX.length());
        int random = name.length() - "-".length() - 36;
        if (!part.isFile() || random < 0) {
            return false;
        }
        ProcessStatus owner = ProcessToken.status(name.substring(0, random));
        return owner == ProcessStatus.DEAD
                || owner == ProcessStatus.ELSEWHERE
                        && System.currentTimeMillis() - part.getModificationTime() > OLD.toMillis();
    }
}
