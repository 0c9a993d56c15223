package io.zipmap.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All files of one scope on this node: counted, and let go, under the lock of the budget. */
final class ScratchUsage {
    private final List<Item> whole = new ArrayList<>();
    private long bytes;

    private record Item(ScratchFolder folder, Path path, FileAttributes inode) {}

    private ScratchUsage() {}

    /**
     * Counts what is there.
     *
     * @param home whose lock is held
     */
    static ScratchUsage count(ScratchFolder home, List<ScratchFolder> folders) throws IOException {
        ScratchUsage stock = new ScratchUsage();
        for (ScratchFolder folder : folders) {
            try {
                if (folder == home) {
                    ScratchSweep.tidy(folder.files());
                } else {
                    folder.tidy();
                }
                for (Path file : ScratchSweep.list(folder.files(), "[!.]*")) {
                    stock.add(folder, file);
                }
            } catch (IOException e) {
                // What lies on a disk that does not even list it can be neither used nor removed.
                folder.suspect();
            }
        }
        return stock;
    }

    private void add(ScratchFolder folder, Path file) throws IOException {
        String name = file.getFileName().toString();
        FileAttributes inode = FileAttributes.readIfExists(file);
        if (PartName.isPart(name)) {
            bytes += PartName.bytes(name);
        } else if (inode != null && inode.isFile()) {
            bytes += inode.size();
            whole.add(new Item(folder, file, inode));
        }
    }

    /** Of whole files, and of parts what they will have. */
    long bytes() {
        return bytes;
    }

    /**
     * Removes files that no process uses at this moment, those first whose last use is longest ago.
     *
     * @param enough bytes after which to stop
     * @return the bytes removed
     */
    long evict(long enough) {
        whole.sort(Comparator.comparing(item -> item.inode().lastModifiedTime()));
        long removed = 0;
        for (Item item : whole) {
            if (removed >= enough) {
                break;
            }
            if (evict(item)) {
                removed += item.inode().size() + evictCompanions(item);
            }
        }
        return removed;
    }

    /** Companions are removed with their file, whichever folder they are in. */
    private long evictCompanions(Item array) {
        String name = array.path().getFileName().toString();
        return whole.stream()
                .filter(item ->
                        CompanionName.isOf(name, item.path().getFileName().toString()))
                .filter(ScratchUsage::evict)
                .mapToLong(item -> item.inode().size())
                .sum();
    }

    /** See {@link ReaderMarks} for why it goes this way. */
    private static boolean evict(Item item) {
        String name = item.path().getFileName().toString();
        try {
            if (item.folder().isUsed(name)) {
                return false;
            }
            Path away = item.folder().away(name);
            Files.move(item.path(), away);
            if (item.folder().isUsed(name)) {
                PartFile.rename(away, item.path());
                return false;
            }
            return Files.deleteIfExists(away);
        } catch (IOException e) {
            // Gone already, or on a disk that takes no change.
            return false;
        }
    }
}
