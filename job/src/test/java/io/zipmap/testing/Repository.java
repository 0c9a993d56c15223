package io.zipmap.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds files of this checkout, starting from the working directory of the tests. */
public final class Repository {
    private static final Path ROOT = root();

    private Repository() {}

    /** A file of the checkout. */
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
