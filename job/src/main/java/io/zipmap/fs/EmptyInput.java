package io.zipmap.fs;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** Explains why an input contains no archive: what its folder on a local disk contains instead. */
final class EmptyInput {
    private static final int SHOWN = 3;
    /** Most children that are looked at. */
    private static final int LIMIT = 10_000;

    private static final Pattern PACKED =
            Pattern.compile(".*\\.(tar|tgz|tbz2?|txz|gz|bz2|xz|zst|7z|rar)", Pattern.CASE_INSENSITIVE);

    private final List<String> folders = new ArrayList<>();
    private final List<String> files = new ArrayList<>();

    /** @param folder on a local disk */
    private EmptyInput(Path folder) throws IOException {
        LocalFolder.forEachChild(folder, child -> {
            String name = LocalUri.nameOf(child);
            if (!NamePattern.isHidden(name) && folders.size() + files.size() < LIMIT) {
                (LocalFolder.isFolder(child) ? folders : files).add(name);
            }
        });
        Collections.sort(folders);
        Collections.sort(files);
    }

    /** The error of an input without a closer look. */
    static ZipmapException error(String input) {
        return new ZipmapException(Condition.INPUT_EMPTY, "Cannot find an archive in the input: " + input)
                .advice("A folder means its *.zip, *.npz and *.npy files, FOLDER/** also those of all folders under"
                        + " it; a glob means all files that it matches.");
    }

    /** The error of an input that means the matching files of one local folder. */
    static ZipmapException error(String input, ListingRoot root) throws IOException {
        EmptyInput found = new EmptyInput(LocalUri.pathOf(root.uri()));
        ZipmapException error = error(input).actual(found.toString());
        return root.isPlainFolder() ? found.adviceForFolder(error, input) : found.adviceForGlob(error, root);
    }

    private ZipmapException adviceForFolder(ZipmapException error, String folder) {
        String base = folder.endsWith("/") ? folder : folder + "/";
        List<String> packed =
                files.stream().filter(name -> PACKED.matcher(name).matches()).toList();
        if (!packed.isEmpty()) {
            return error.advice("zipmap reads .zip, .npz and .npy files: unpack " + packed.get(0) + " first.");
        }
        if (!folders.isEmpty()) {
            return error.advice("To read the archives of all folders under it, give '" + base + "**'.");
        }
        return files.isEmpty()
                ? error.advice("Name the folder of the archives.")
                : error.advice("A folder means its *.zip, *.npz and *.npy files. If files of other names are archives,"
                        + " give '" + base + "*'.");
    }

    private ZipmapException adviceForGlob(ZipmapException error, ListingRoot root) {
        return root.depth() == ListingRoot.Depth.GLOB
                ? error.advice("No name in that folder matches the glob " + root.pattern() + ".")
                : error;
    }

    /** What the folder contains. */
    @Override
    public String toString() {
        if (folders.isEmpty() && files.isEmpty()) {
            return "an empty folder";
        }
        List<String> parts = new ArrayList<>();
        add(parts, "folder", folders);
        add(parts, "file", files);
        return String.join(" and ", parts);
    }

    private static void add(List<String> parts, String kind, List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
        String count = names.size() == 1 ? "the " + kind : names.size() + " " + kind + "s,";
        parts.add(count + " " + shown + (names.size() > SHOWN ? ", …" : ""));
    }
}
