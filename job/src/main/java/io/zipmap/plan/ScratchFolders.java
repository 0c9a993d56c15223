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
 * Finds the scratch folders of a node. A standalone Worker makes folders for each application,
 * {@code FOLDER/spark-ID/executor-ID}, and removes them when the application ends. Kept scratch is therefore in
 * {@code FOLDER} itself. A Worker that dies leaves its folders behind, and nobody uses them again.
 */
public final class ScratchFolders {
    private static final String OF_WORKER = "spark-";
    private static final String OF_APPLICATION = "executor-";

    private ScratchFolders() {}

    /**
     * The scratch folders of this node: those of {@code --scratch}, else the local folders of Spark, from YARN, the
     * Worker or {@code spark.local.dir}.
     *
     * @param asked the folders of {@code --scratch}
     * @param keep whether the scratch outlives the application
     */
    public static List<String> ofNode(List<String> asked, SparkConf conf, boolean keep) {
        if (!asked.isEmpty()) {
            return asked;
        }
        List<String> folders = sparkFolders(conf);
        return keep ? folders.stream().map(ScratchFolders::keptFolder).toList() : folders;
    }

    /**
     * The local folders of Spark. {@code org.apache.spark.util.Utils.getConfiguredLocalDirs} does the same, but has
     * another signature in Spark 4.0 than in 4.1.
     */
    private static List<String> sparkFolders(SparkConf conf) {
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

    private static String keptFolder(String folder) {
        Path root = rootOf(Path.of(folder));
        return root == null ? folder : root.toString();
    }

    /** The {@code FOLDER} of a folder that a Worker made; null for any other folder. */
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

    /** The folders that Workers made beside or inside the given folders. Their applications may be dead. */
    public static List<String> ofWorkers(List<String> folders) {
        Set<String> former = new LinkedHashSet<>();
        for (String folder : folders) {
            Path root = Path.of(keptFolder(folder));
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
                // The folder does not exist, or its disk fails. Scratch reports this if it needs the folder.
                return List.of();
            }
        }
        return found;
    }
}
