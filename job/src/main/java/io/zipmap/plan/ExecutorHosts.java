package io.zipmap.plan;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.storage.BlockManagerId;

/** The hosts of the executors of an application. */
public final class ExecutorHosts {
    private ExecutorHosts() {}

    /** The distinct hosts of the current executors, sorted; empty in local mode, where only the driver exists. */
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
