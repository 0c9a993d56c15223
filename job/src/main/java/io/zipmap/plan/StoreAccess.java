package io.zipmap.plan;

import io.zipmap.ZipmapException;
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
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the {@link ArrayStore} of the node on which a task runs. The driver makes it and each task receives a copy. Its
 * process's scratch is kept in {@link NodeScratch} and released when the application ends. Immutable.
 */
public final class StoreAccess implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ExtractSettings settings;
    private final String application;
    private final Broadcast<SerializableConfiguration> hadoop;

    /** @param spark the application that owns the scratch; the driver releases its scratch when the application ends */
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

    /** The name of this node in Spark's scheduler. Also called by the Python module {@code zipmap._spark}. */
    public static String host() {
        return SparkEnv.get().blockManager().blockManagerId().host();
    }

    public Sources sources() {
        return new Sources(hadoop.value().value());
    }

    /**
     * Opens the store of this node.
     *
     * @throws ZipmapException {@code SCRATCH_UNUSABLE}, {@code SCRATCH_UNSAFE}
     */
    public ArrayStore store() throws IOException {
        return storeWith(sources());
    }

    /** Opens the store with another way to open archives. */
    public ArrayStore storeWith(ArchiveOpener opener) throws IOException {
        List<String> folders =
                ScratchFolders.ofNode(settings.scratch(), SparkEnv.get().conf(), settings.keepScratch());
        ScratchSettings scratch = ScratchSettings.of(folders, application)
                .keep(settings.keepScratch())
                .budgetBytes(settings.scratchBudget());
        NodeFiles files = NodeScratch.get(scratch, () -> ScratchScopes.removeDead(ScratchFolders.ofWorkers(folders)));
        return new ArrayStore(files, opener, settings.rules(), settings.sliceBytes(), host());
    }

    /** Releases the driver's scratch when the application ends. The process may go on, as a notebook's does. */
    private static final class ScratchRelease extends SparkListener {
        private static final Logger LOG = LoggerFactory.getLogger(StoreAccess.class);

        private final String application;

        ScratchRelease(String application) {
            this.application = application;
        }

        @Override
        public void onApplicationEnd(SparkListenerApplicationEnd end) {
            try {
                NodeScratch.end(application);
            } catch (IOException e) {
                LOG.warn("Cannot remove the scratch of this application now: the next start on this node will", e);
            }
        }
    }
}
