package io.zipmap.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where this checkout lies: found from the folder that tests run in, by walking up. */
public final class Repository {
    private static final Path ROOT = root();

    private Repository() {}

    /** The folder of the launcher. */
    public static Path file(String name) {
        return ROOT.resolve(name);
    }

    private static Path root() {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("submit.sh"))) {
                return folder;
            }
        }
        throw new IllegalStateException("No submit.sh above " + start);
    }
}
