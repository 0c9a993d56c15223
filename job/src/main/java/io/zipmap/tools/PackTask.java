package io.zipmap.tools;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.plan.TaskWork;
import java.io.IOException;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Packs one archive in a task. Spark may run a task again. */
final class PackTask implements Function<ArchiveRef, PackOutcome> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<SerializableConfiguration> hadoop;
    private final ArchivePacker packer;

    PackTask(Broadcast<SerializableConfiguration> hadoop, ArchivePacker packer) {
        this.hadoop = hadoop;
        this.packer = packer;
    }

    @Override
    public PackOutcome call(ArchiveRef archive) throws IOException {
        PackOutcome outcome = packer.pack(hadoop.value().value(), archive);
        TaskWork.add(1, 0, archive.length());
        return outcome;
    }
}
