package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.OptionSpelling;
import io.zipmap.PlainPath;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.fs.Sources;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Updates an inventory whose archives have changed: only archives that are new or have another version are opened. */
final class InventoryUpdate {
    private static final Logger LOG = LoggerFactory.getLogger(InventoryUpdate.class);

    private final JavaSparkContext spark;
    private final TableInputs inputs;
    private final Inventory former;

    InventoryUpdate(JavaSparkContext spark, TableInputs inputs, Inventory former) {
        this.spark = spark;
        this.inputs = inputs;
        this.former = former;
    }

    /** The error of a table that has no archive left. */
    static ZipmapException noneLeft(Inventory former, ZipmapException e) throws IOException {
        return missing(former.firstGroup().archive().uri()).because(e);
    }

    private static ZipmapException missing(String uri) {
        return new ZipmapException(
                        Condition.SOURCE_MISSING, "Cannot find an archive that the table had: " + PlainPath.of(uri))
                .archive(uri);
    }

    /** @param listed all archives of the table that exist now */
    InventoryRefresh update(List<ArchiveRef> listed) throws IOException {
        Sources sources = inputs.access().sources();
        Map<String, List<RowGroup>> known = new HashMap<>();
        List<ArchiveRef> changed = new ArrayList<>();
        Set<String> present = new HashSet<>();
        for (ArchiveRef archive : listed) {
            present.add(archive.uri());
            if (former.versions().has(archive, sources::local)) {
                known.put(archive.uri(), new ArrayList<>());
            } else {
                changed.add(archive);
            }
        }
        Set<String> missing = new LinkedHashSet<>();
        addGroups(former.packedGroups(), known, uri -> {
            if (!present.contains(uri)) {
                missing.add(uri);
            }
        });
        List<LeftOutMember> leftOutBefore = former.leftOutOf(known.keySet());
        List<LeftOutMember> leftOutByJob =
                changed.size() > InventoryBuilder.MAX_OPENED_ON_DRIVER ? discoverByJob(changed, known) : List.of();
        Inventory current = Inventory.of(
                List.of(ArrayDiscovery.discoverUnknown(sources, inputs.settings(), listed.iterator(), known)),
                inputs.settings(),
                leftOutBefore,
                leftOutByJob);
        if (missing.isEmpty()) {
            return new InventoryRefresh(current, null);
        }
        ZipmapException error = missing(missing.iterator().next())
                .actual(missing.size() + " archives of the table are missing, " + listed.size() + " exist")
                .advice("Run the query again to read the archives that exist.");
        if (inputs.settings().leavesOutBadArrays()) {
            LOG.warn("Left out, with onError=quarantine: {}", error.message(OptionSpelling.DATA_SOURCE));
            return new InventoryRefresh(current, null);
        }
        return new InventoryRefresh(current, error);
    }

    /**
     * Adds row groups to the lists of their archives.
     *
     * @param others takes the URIs of archives that have no list
     */
    private static void addGroups(
            List<PackedSlices> groups, Map<String, List<RowGroup>> byArchive, Consumer<String> others)
            throws IOException {
        for (PackedSlices packed : groups) {
            for (RowSlice slice : packed.unpack()) {
                String uri = slice.group().archive().uri();
                List<RowGroup> ofArchive = byArchive.get(uri);
                if (ofArchive == null) {
                    others.accept(uri);
                } else {
                    ofArchive.add(slice.group());
                }
            }
        }
    }

    /**
     * Opens the changed archives and adds their row groups to those that are known.
     *
     * @return their members that are no columns
     */
    private List<LeftOutMember> discoverByJob(List<ArchiveRef> changed, Map<String, List<RowGroup>> known)
            throws IOException {
        List<DiscoverySummary> summaries = spark.parallelize(changed)
                .mapPartitions(new DiscoveryTask(inputs.access(), inputs.settings()))
                .collect();
        changed.forEach(archive -> known.put(archive.uri(), new ArrayList<>()));
        List<LeftOutMember> leftOut = new ArrayList<>();
        for (DiscoverySummary summary : summaries) {
            summary.throwIfFailed();
            addGroups(summary.packedGroups(), known, uri -> {});
            leftOut.addAll(summary.leftOut());
        }
        return leftOut;
    }
}
