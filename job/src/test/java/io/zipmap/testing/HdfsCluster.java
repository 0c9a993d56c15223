package io.zipmap.testing;

import io.zipmap.IoRunnable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** JUnit extension with an HDFS cluster: a NameNode and two DataNodes on 127.0.0.1, with blocks of 1 MiB. */
public final class HdfsCluster implements BeforeAllCallback, AfterAllCallback {
    private static final int DATA_NODES = 2;

    private MiniDFSCluster cluster;
    private Path folder;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("zipmap-hdfs");
        Configuration configuration = new Configuration();
        configuration.set("hdfs.minidfs.basedir", folder.toString());
        configuration.setInt("dfs.blocksize", 1 << 20);
        configuration.setInt("dfs.replication", DATA_NODES);
        configure(configuration);
        cluster = new MiniDFSCluster.Builder(configuration)
                .numDataNodes(DATA_NODES)
                .build();
        cluster.waitActive();
    }

    /** Configures a client that retries without delay. */
    public void configure(Configuration configuration) {
        configuration.setInt("dfs.client.retry.window.base", 10);
        configuration.setInt("ipc.client.connect.max.retries", 1);
    }

    public String uri() {
        return cluster.getURI().toString();
    }

    public FileSystem fileSystem() throws IOException {
        return cluster.getFileSystem();
    }

    /** Runs {@code work} while DataNodes are stopped, then restarts them and waits until they are back. */
    public void without(int dataNodes, IoRunnable work) throws IOException {
        MiniDFSCluster.DataNodeProperties[] stopped = new MiniDFSCluster.DataNodeProperties[dataNodes];
        for (int i = 0; i < dataNodes; i++) {
            stopped[i] = cluster.stopDataNode(0);
        }
        try {
            work.run();
        } finally {
            for (MiniDFSCluster.DataNodeProperties node : stopped) {
                cluster.restartDataNode(node);
            }
            cluster.waitActive();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (cluster != null) {
            cluster.shutdown(true);
        }
        FileUtil.fullyDelete(folder.toFile());
    }
}
