package io.zipmap.job;

import io.zipmap.fs.Sources;
import io.zipmap.store.ArrayStore;
import io.zipmap.store.NodeScratch;
import io.zipmap.store.Scratch;
import io.zipmap.store.ScratchScope;
import io.zipmap.store.ScratchSettings;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** What a task carries to find the store of the node it runs on. Immutable. */
final class Node implements Serializable {
    private static final long serialVersionUID = 1L;

    private final PipelineSettings settings;
    private final String application;
    private final Broadcast<SerializableConfiguration> hadoop;

    Node(PipelineSettings settings, String application, Broadcast<SerializableConfiguration> hadoop) {
        this.settings = settings;
        this.application = application;
        this.hadoop = hadoop;
    }

    PipelineSettings settings() {
        return settings;
    }

    /** The name by which Spark's scheduler knows this node. */
    static String host() {
        return SparkEnv.get().blockManager().blockManagerId().host();
    }

    Sources sources() {
        return new Sources(hadoop.value().value());
    }

    /** @throws io.zipmap.ZipmapException {@code SCRATCH_UNUSABLE}, {@code SCRATCH_UNSAFE} */
    ArrayStore store() throws IOException {
        List<String> folders =
                ScratchFolders.of(settings.scratch(), SparkEnv.get().conf(), settings.keepScratch());
        ScratchSettings scratch = ScratchSettings.of(folders, application)
                .keep(settings.keepScratch())
                .budgetBytes(settings.scratchBudget());
        Scratch open = NodeScratch.get(scratch, () -> ScratchScope.removeDead(ScratchFolders.former(folders)));
        return new ArrayStore(open, sources(), settings.rules(), settings.sliceBytes(), host());
    }
}
