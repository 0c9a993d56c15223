package io.zipmap.plan;

import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.util.Utils;

/** Which folders a node has its scratch in. */
public final class ScratchFolders {
    private ScratchFolders() {}

    /** The folders that were asked for, else those that Spark uses here: YARN's, the Worker's, or spark.local.dir. */
    public static List<String> of(List<String> asked, SparkConf conf) {
        return asked.isEmpty() ? List.of(Utils.getConfiguredLocalDirs(conf)) : asked;
    }
}
