package io.zipmap.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A mounted file system for one test, unmounted by {@link #close} or at the exit of the JVM. Needs root. */
final class Mount implements AutoCloseable {
    private final Path path;
    private final Thread atExit;

    private Mount(Path path) {
        this.path = path;
        this.atExit = new Thread(this::unmount, "unmount");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** @param options of tmpfs: {@code size=64k}, {@code nr_inodes=20} */
    static Mount tmpfs(Path path, String options) throws IOException, InterruptedException {
        Files.createDirectories(path);
        Mount mount = new Mount(path);
        Shell.run("mount -t tmpfs -o \"$1\" tmpfs \"$2\"", options, path);
        return mount;
    }

    /** Makes a folder with all its content read-only for every file that is opened from now on. */
    static Mount readOnly(Path folder) throws IOException, InterruptedException {
        Mount mount = new Mount(folder);
        Shell.run("mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\"", folder);
        return mount;
    }

    Path path() {
        return path;
    }

    private void unmount() {
        try {
            Shell.run("umount \"$1\" || umount -l \"$1\"", path);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("Still mounted: " + path, e);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        unmount();
    }
}
