package io.zipmap.plan;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;

/**
 * Which folders a node has its scratch in. A standalone Worker makes folders for each application,
 * {@code FOLDER/spark-ID/executor-ID}, and removes them when the application ends; a cache has to lie in {@code FOLDER}
 * itself, and what was left when a Worker died lies in folders that nobody uses again.
 */
public final class ScratchFolders {
    private static final String OF_WORKER = "spark-";
    private static final String OF_APPLICATION = "executor-";

    private ScratchFolders() {}

    /**
     * The folders that were asked for, else those that Spark uses here: YARN's, the Worker's, or spark.local.dir.
     *
     * @param keep whether what lies there is to outlive the application
     */
    public static List<String> of(List<String> asked, SparkConf conf, boolean keep) {
        if (!asked.isEmpty()) {
            return asked;
        }
        List<String> folders = sparks(conf);
        return keep ? folders.stream().map(ScratchFolders::lasting).toList() : folders;
    }

    /**
     * As {@code org.apache.spark.util.Utils.getConfiguredLocalDirs} finds them, whose signature differs between 4.0 and
     * 4.1, so that one jar could not call it on both.
     */
    private static List<String> sparks(SparkConf conf) {
        String yarn = conf.getenv("CONTAINER_ID") == null ? null : conf.getenv("LOCAL_DIRS");
        if (yarn != null) {
            return List.of(yarn.split(","));
        }
        String worker = conf.getenv("SPARK_EXECUTOR_DIRS");
        if (worker != null) {
            return List.of(worker.split(File.pathSeparator));
        }
        String local = conf.getenv("SPARK_LOCAL_DIRS");
        String folders = local == null ? conf.get("spark.local.dir", System.getProperty("java.io.tmpdir")) : local;
        return List.of(folders.split(","));
    }

    private static String lasting(String folder) {
        Path root = rootOf(Path.of(folder));
        return root == null ? folder : root.toString();
    }

    /** Null when this is no folder that a Worker made for an application. */
    private static @Nullable Path rootOf(Path folder) {
        Path worker = folder.getParent();
        return worker != null && isNamed(folder, OF_APPLICATION) && isNamed(worker, OF_WORKER)
                ? worker.getParent()
                : null;
    }

    private static boolean isNamed(Path folder, String prefix) {
        Path name = folder.getFileName();
        return name != null && name.toString().startsWith(prefix);
    }

    /** Folders that Workers have made beside these or in them, for applications that may be dead with their Worker. */
    public static List<String> former(List<String> folders) {
        Set<String> former = new LinkedHashSet<>();
        for (String folder : folders) {
            Path root = Path.of(lasting(folder));
            for (Path worker : list(root, OF_WORKER)) {
                list(worker, OF_APPLICATION).forEach(application -> former.add(application.toString()));
            }
        }
        folders.forEach(former::remove);
        return List.copyOf(former);
    }

    private static List<Path> list(Path folder, String prefix) {
        List<Path> found = new ArrayList<>();
        if (Files.isReadable(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, prefix + "*")) {
                entries.forEach(found::add);
            } catch (IOException | DirectoryIteratorException e) {
                // No folder, or on a disk that fails: whether scratch can do without it, Scratch.open says.
                return List.of();
            }
        }
        return found;
    }
}
