package io.zipmap.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PosixLocalFileSystemTest {
    private static final String MODE = "unix:mode";

    @TempDir
    java.nio.file.Path folder;

    private final Configuration configuration = new Configuration();

    @Test
    void setsThePermissionsThatHadoopsOwnSets() throws IOException {
        for (String umask : new String[] {"022", "027", "077"}) {
            configuration.set(FsPermission.UMASK_LABEL, umask);
            Map<String, String> expected = permissions(new LocalFileSystem(), folder.resolve("hadoop" + umask));
            assertThat(permissions(new PosixLocalFileSystem(), folder.resolve("zipmap" + umask)))
                    .isEqualTo(expected)
                    .hasSize(5);
        }
    }

    /** Makes files and folders, and returns the permissions of all that is then there. */
    private Map<String, String> permissions(LocalFileSystem fs, java.nio.file.Path root) throws IOException {
        fs.initialize(URI.create("file:///"), configuration);
        Files.createDirectory(root);
        // A folder whose group all files in it get.
        Files.setAttribute(root, MODE, 02755);
        fs.mkdirs(new Path(root + "/a b/c:d"));
        fs.create(new Path(root + "/a b/file")).close();
        fs.setPermission(new Path(root + "/a b/file"), FsPermission.valueOf("-rwxr-x--t"));
        Map<String, String> permissions = new TreeMap<>();
        try (Stream<java.nio.file.Path> all = Files.walk(root)) {
            for (java.nio.file.Path one : all.toList()) {
                permissions.put(root.relativize(one).toString(), Integer.toOctalString((Integer)
                        Files.getAttribute(one, MODE)));
            }
        }
        return permissions;
    }

    @Test
    void isWhatAWriterWithItsOptionsUses() throws IOException {
        PosixLocalFileSystem.options(configuration).forEach(configuration::set);
        try (FileSystem fs = new Path(folder.toString()).getFileSystem(configuration)) {
            assertThat(fs).isInstanceOf(PosixLocalFileSystem.class);
        }
    }

    @Test
    void givesWayToAFileSystemThatTheUserConfigured() {
        configuration.set("fs.file.impl", RawLocalFileSystem.class.getName());
        assertThat(PosixLocalFileSystem.options(configuration)).isEmpty();
    }
}
