package io.zipmap.tools;

import io.zipmap.plan.TaskWork;
import java.io.IOException;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Writes one sample archive in a task. Returns false if the archive exists already. */
final class SampleTask implements Function<Integer, Boolean> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<SerializableConfiguration> hadoop;
    private final SampleArchives archives;

    SampleTask(Broadcast<SerializableConfiguration> hadoop, SampleArchives archives) {
        this.hadoop = hadoop;
        this.archives = archives;
    }

    @Override
    public Boolean call(Integer number) throws IOException {
        boolean isNew = archives.writeIfMissing(hadoop.value().value(), number);
        TaskWork.add(1, 0, 0);
        return isNew;
    }
}
