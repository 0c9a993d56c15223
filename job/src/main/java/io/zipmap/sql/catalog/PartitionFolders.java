package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.PlainPath;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.fs.PartitionRoots;
import io.zipmap.options.Option;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;

/**
 * The partition folders above the archives of a listing: the names of their columns, and the distinct values of each
 * column as the folders spell them. It does not grow with the number of archives. Immutable.
 */
final class PartitionFolders implements Serializable {
    private static final long serialVersionUID = 1L;

    static final PartitionFolders NONE = new PartitionFolders();

    /** By the names of the columns; archives in no partition folder have no names. */
    private final LinkedHashMap<ArrayList<String>, Group> groups = new LinkedHashMap<>();

    /** The archives whose partition folders have the same names. */
    private static final class Group implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String archive;
        private final ArrayList<LinkedHashSet<String>> values = new ArrayList<>();

        /** @param archive URI of one of them, for messages */
        Group(String archive, int columns) {
            this.archive = archive;
            for (int i = 0; i < columns; i++) {
                values.add(new LinkedHashSet<>());
            }
        }
    }

    private PartitionFolders() {}

    /**
     * @param roots where the partition folders begin
     * @throws ZipmapException {@code PARTITION_FOLDERS_UNUSABLE} if a folder states no value
     */
    static PartitionFolders of(List<ArchiveRef> archives, PartitionRoots roots) throws IOException {
        if (roots.isEmpty()) {
            return NONE;
        }
        PartitionRoots.Search search = roots.search();
        PartitionFolders folders = new PartitionFolders();
        String last = "";
        for (ArchiveRef archive : archives) {
            // The archives of one folder follow each other, and have the same partition folders.
            String folder = archive.uri().substring(0, archive.uri().lastIndexOf('/') + 1);
            if (!folder.equals(last)) {
                folders.add(archive.uri(), search.partitionsOf(archive.uri()));
                last = folder;
            }
        }
        return folders;
    }

    private void add(String archive, List<String> folders) throws ZipmapException {
        ArrayList<String> names = new ArrayList<>();
        for (String folder : folders) {
            if (folder.endsWith("=")) {
                throw unusable("Cannot read a partition folder without a value: " + folder)
                        .archive(archive)
                        .advice("Spark names the folder of NULL " + ExternalCatalogUtils.DEFAULT_PARTITION_NAME()
                                + ".");
            }
            names.add(name(folder));
        }
        Group group = groups.computeIfAbsent(names, any -> new Group(archive, folders.size()));
        for (int i = 0; i < folders.size(); i++) {
            group.values.get(i).add(value(folders.get(i)));
        }
    }

    /** The name of the column of a partition folder. */
    private static String name(String folder) {
        return ExternalCatalogUtils.unescapePathName(folder.substring(0, folder.indexOf('=')));
    }

    /** The value of a partition folder as the folder spells it. */
    static String value(String folder) {
        return folder.substring(folder.indexOf('=') + 1);
    }

    /**
     * All folders of several listings.
     *
     * @param caseSensitive whether names that differ in case only are different columns
     */
    static PartitionFolders merge(List<PartitionFolders> parts, boolean caseSensitive) {
        PartitionFolders all = new PartitionFolders();
        Map<List<String>, ArrayList<String>> spellings = new LinkedHashMap<>();
        for (PartitionFolders part : parts) {
            part.groups.forEach((names, group) -> {
                List<String> folded = caseSensitive
                        ? names
                        : names.stream()
                                .map(name -> name.toLowerCase(Locale.ROOT))
                                .toList();
                Group merged = all.groups.computeIfAbsent(
                        spellings.computeIfAbsent(folded, any -> names), any -> new Group(group.archive, names.size()));
                for (int i = 0; i < names.size(); i++) {
                    merged.values.get(i).addAll(group.values.get(i));
                }
            });
        }
        return all;
    }

    /**
     * The names of the columns, in the order of the folders; empty if there are no partition folders.
     *
     * @throws ZipmapException {@code PARTITION_FOLDERS_UNUSABLE} if archives have folders of different names
     */
    List<String> names() throws ZipmapException {
        if (groups.isEmpty()) {
            return List.of();
        }
        Iterator<Map.Entry<ArrayList<String>, Group>> all = groups.entrySet().iterator();
        Map.Entry<ArrayList<String>, Group> one = all.next();
        if (all.hasNext()) {
            Map.Entry<ArrayList<String>, Group> other = all.next();
            throw unusable("Cannot make one table of archives whose partition folders differ: "
                            + PlainPath.of(one.getValue().archive) + " and "
                            + PlainPath.of(other.getValue().archive))
                    .expected(shown(one.getKey()))
                    .actual(shown(other.getKey()))
                    .advice("Give archives of the same folders and, if these are partitions, "
                            + Option.BASE_PATH.mention() + "; or read FOLDER/**, which gives no columns for folders.");
        }
        return one.getKey();
    }

    private static String shown(List<String> names) {
        return names.isEmpty() ? "no partition folder" : "the folders " + String.join(", ", names);
    }

    /** The distinct values of a column. */
    Set<String> values(int column) {
        return groups.values().iterator().next().values.get(column);
    }

    private static ZipmapException unusable(String what) {
        return new ZipmapException(Condition.PARTITION_FOLDERS_UNUSABLE, what);
    }
}
