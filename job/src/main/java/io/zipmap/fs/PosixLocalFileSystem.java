package io.zipmap.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system, but sets permissions by a system call. Where Hadoop's native library is missing, and
 * Spark does not ship it, Hadoop starts a process {@code chmod} for each file and folder that it makes: forty for the
 * tables of a run.
 */
public final class PosixLocalFileSystem extends LocalFileSystem {
    private static final String CLASS = "fs.file.impl";
    private static final String MODE = "unix:mode";
    private static final int SET_IDS = 06000;
    private static final String UNCACHED = "fs.file.impl.disable.cache";

    /** Hadoop creates it by reflection. */
    public PosixLocalFileSystem() {
        super(new Raw());
    }

    /**
     * The options with which Spark writes to local folders through this class. Empty if the configuration names a
     * class, or if this system has no such permissions.
     */
    public static Map<String, String> options(Configuration configuration) {
        boolean isUsual =
                configuration.get(CLASS, LocalFileSystem.class.getName()).equals(LocalFileSystem.class.getName());
        boolean hasModes = java.nio.file.Path.of("")
                .getFileSystem()
                .supportedFileAttributeViews()
                .contains("unix");
        return isUsual && hasModes ? Map.of(CLASS, PosixLocalFileSystem.class.getName(), UNCACHED, "true") : Map.of();
    }

    private static final class Raw extends RawLocalFileSystem {
        @Override
        public void setPermission(Path path, FsPermission permission) throws IOException {
            if (permission.getStickyBit()) {
                super.setPermission(path, permission);
            } else {
                java.nio.file.Path file = pathToFile(path).toPath();
                Files.setAttribute(file, MODE, permission.toShort() | inheritedBits(file));
            }
        }

        /** A folder keeps what {@code chmod} leaves it: the bits that give its files the group of the folder. */
        private static int inheritedBits(java.nio.file.Path file) throws IOException {
            return Files.isDirectory(file) ? (Integer) Files.getAttribute(file, MODE) & SET_IDS : 0;
        }
    }
}
