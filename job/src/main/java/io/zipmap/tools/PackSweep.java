package io.zipmap.tools;

import io.zipmap.scratch.ProcessStatus;
import io.zipmap.scratch.ProcessToken;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Deletes from a folder the hidden files of {@link PackTarget}s whose process died. */
final class PackSweep implements VoidFunction<String> {
    private static final long serialVersionUID = 1L;

    /** First characters of the names of the hidden files. */
    static final String PREFIX = ".zipmap-pack-";

    /** Age from which a file of another host counts as left by a dead process. */
    private static final Duration OLD = Duration.ofDays(1);

    private final Broadcast<SerializableConfiguration> hadoop;

    PackSweep(Broadcast<SerializableConfiguration> hadoop) {
        this.hadoop = hadoop;
    }

    @Override
    public void call(String folder) throws IOException {
        sweep(hadoop.value().value(), folder);
    }

    /** Sweeps one folder. */
    static void sweep(Configuration configuration, String folder) throws IOException {
        Path path = new Path(URI.create(folder));
        FileSystem fs = path.getFileSystem(configuration);
        try {
            for (FileStatus part : fs.listStatus(path, file -> file.getName().startsWith(PREFIX))) {
                if (isAbandoned(part)) {
                    fs.delete(part.getPath(), false);
                }
            }
        } catch (FileNotFoundException e) {
            // A folder that does not exist needs no sweep.
            return;
        }
    }

    private static boolean isAbandoned(FileStatus part) throws IOException {
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
