package io.zipmap.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The names in a folder, for assertions. */
public final class FolderListing {
    private FolderListing() {}

    /** Names of all files and folders, sorted. */
    public static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Names without the checksum files of Hadoop, sorted. */
    public static List<String> namesOfData(Path folder) throws IOException {
        return names(folder).stream().filter(name -> !name.endsWith(".crc")).toList();
    }
}
