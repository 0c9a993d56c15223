package io.zipmap.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All files of one scope on this node, and those in use: counted, and let go, under the lock of the budget. */
final class Stock {
    private final List<Path> files = new ArrayList<>();
    private final List<Inode> inodes = new ArrayList<>();
    private final Set<Path> used = new HashSet<>();
    private long bytes;

    private Stock() {}

    /** Files before marks of use: a file is marked before it is there, so no mark is missed. */
    static Stock count(List<ScratchFolder> folders) throws IOException {
        Stock stock = new Stock();
        for (ScratchFolder folder : folders) {
            Sweep.tidy(folder.files());
            for (Path file : Sweep.list(folder.files(), "[!.]*")) {
                stock.add(file);
            }
            for (Path use : Sweep.list(folder.files(), ScratchFolder.USE + "*")) {
                for (Path mark : Sweep.list(use, "*")) {
                    stock.used.add(folder.files().resolve(mark.getFileName()));
                }
            }
        }
        return stock;
    }

    private void add(Path file) throws IOException {
        String name = file.getFileName().toString();
        Inode inode = Inode.at(file);
        if (name.contains(PartFile.MARK)) {
            bytes += PartFile.reserved(name);
        } else if (inode != null && inode.isFile()) {
            bytes += inode.size();
            files.add(file);
            inodes.add(inode);
        }
    }

    /** Of whole files, and of parts what they will have. */
    long bytes() {
        return bytes;
    }

    /**
     * Removes files that no live process uses, those first whose last use is longest ago.
     *
     * @param enough bytes after which to stop
     * @return the bytes removed
     */
    long evict(long enough) throws IOException {
        List<Integer> oldestFirst = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            oldestFirst.add(i);
        }
        oldestFirst.sort(Comparator.comparing(i -> inodes.get(i).modified()));
        long removed = 0;
        for (int i : oldestFirst) {
            if (removed >= enough) {
                break;
            }
            if (!used.contains(files.get(i)) && Files.deleteIfExists(files.get(i))) {
                removed += inodes.get(i).size();
            }
        }
        return removed;
    }
}
