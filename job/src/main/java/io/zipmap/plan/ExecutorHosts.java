package io.zipmap.plan;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.storage.BlockManagerId;

/** The hosts that work can be sent to. */
public final class ExecutorHosts {
    private ExecutorHosts() {}

    /** Hosts of the executors there are now, sorted; none in local mode, where the driver is the only one. */
    public static List<String> of(SparkContext context) {
        BlockManagerId driver = context.env().blockManager().blockManagerId();
        return Stream.of(context.statusTracker().getExecutorInfos())
                .filter(executor ->
                        executor.port() != driver.port() || !executor.host().equals(driver.host()))
                .map(SparkExecutorInfo::host)
                .distinct()
                .sorted()
                .toList();
    }
}
