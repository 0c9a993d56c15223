package io.zipmap.plan;

import io.zipmap.archive.ArchiveOpener;
import io.zipmap.fs.Sources;
import io.zipmap.scratch.ScratchScopes;
import io.zipmap.scratch.ScratchSettings;
import io.zipmap.store.ArrayStore;
import io.zipmap.store.NodeFiles;
import io.zipmap.store.NodeScratch;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** What a task carries to find the store of the node it runs on. Immutable. */
public final class StoreAccess implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ExtractSettings settings;
    private final String application;
    private final Broadcast<SerializableConfiguration> hadoop;

    /** @param spark the application that owns scratch; what this process has of it is given back when it stops */
    public StoreAccess(ExtractSettings settings, SparkContext spark, Broadcast<SerializableConfiguration> hadoop) {
        this.settings = settings;
        this.application = spark.applicationId();
        this.hadoop = hadoop;
        if (NodeScratch.begin(application)) {
            spark.addSparkListener(new ScratchRelease(application));
        }
    }

    public ExtractSettings settings() {
        return settings;
    }

    /** The name by which Spark's scheduler knows this node. */
    public static String host() {
        return SparkEnv.get().blockManager().blockManagerId().host();
    }

    public Sources sources() {
        return new Sources(hadoop.value().value());
    }

    /** @throws io.zipmap.ZipmapException {@code SCRATCH_UNUSABLE}, {@code SCRATCH_UNSAFE} */
    public ArrayStore store() throws IOException {
        return store(sources());
    }

    /** A store that opens archives in a way of the caller's own. */
    public ArrayStore store(ArchiveOpener opener) throws IOException {
        List<String> folders =
                ScratchFolders.of(settings.scratch(), SparkEnv.get().conf(), settings.keepScratch());
        ScratchSettings scratch = ScratchSettings.of(folders, application)
                .keep(settings.keepScratch())
                .budgetBytes(settings.scratchBudget());
        NodeFiles files = NodeScratch.get(scratch, () -> ScratchScopes.removeDead(ScratchFolders.former(folders)));
        return new ArrayStore(files, opener, settings.rules(), settings.sliceBytes(), host());
    }
}
