package io.zipmap.job.extract;

import io.zipmap.fs.Sources;
import io.zipmap.plan.StoreAccess;
import io.zipmap.store.ArrayStore;
import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** What a task of the pipeline carries: its settings, and the way to the store of the node it runs on. Immutable. */
public final class TaskNode implements Serializable {
    private static final long serialVersionUID = 1L;

    private final PipelineSettings settings;
    private final StoreAccess access;

    public TaskNode(PipelineSettings settings, SparkContext spark, Broadcast<SerializableConfiguration> hadoop) {
        this.settings = settings;
        this.access = new StoreAccess(settings.extract(), spark, hadoop);
    }

    public PipelineSettings settings() {
        return settings;
    }

    /** The name by which Spark's scheduler knows this node. */
    public static String host() {
        return StoreAccess.host();
    }

    public Sources sources() {
        return access.sources();
    }

    /** @throws io.zipmap.ZipmapException {@code SCRATCH_UNUSABLE}, {@code SCRATCH_UNSAFE} */
    public ArrayStore store() throws IOException {
        return access.store();
    }
}
