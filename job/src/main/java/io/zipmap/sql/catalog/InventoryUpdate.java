package io.zipmap.sql.catalog;

import io.zipmap.Condition;
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

/**
 * Makes the inventory of a table whose archives have changed: opens those alone that are new or have another version.
 */
final class InventoryUpdate {
    private static final Logger LOG = LoggerFactory.getLogger(InventoryUpdate.class);

    private final JavaSparkContext spark;
    private final TableInputs open;
    private final Inventory former;

    InventoryUpdate(JavaSparkContext spark, TableInputs open, Inventory former) {
        this.spark = spark;
        this.open = open;
        this.former = former;
    }

    /** The error of a table of which nothing is left. */
    static ZipmapException noneLeft(Inventory former, ZipmapException e) throws IOException {
        String uri =
                former.packedArrays().get(0).unpack().get(0).array().archive().uri();
        return missing(uri).because(e);
    }

    private static ZipmapException missing(String uri) {
        return new ZipmapException(Condition.SOURCE_MISSING, "Cannot find an archive that the table had: " + uri)
                .archive(uri);
    }

    InventoryRefresh survey(List<ArchiveRef> listed) throws IOException {
        Sources sources = open.access().sources();
        Map<String, List<FoundArray>> known = new HashMap<>();
        List<ArchiveRef> fresh = new ArrayList<>();
        Set<String> there = new HashSet<>();
        for (ArchiveRef archive : listed) {
            there.add(archive.uri());
            if (former.versions().has(archive, sources::local)) {
                known.put(archive.uri(), new ArrayList<>());
            } else {
                fresh.add(archive);
            }
        }
        Set<String> gone = new LinkedHashSet<>();
        take(former.packedArrays(), known, uri -> {
            if (!there.contains(uri)) {
                gone.add(uri);
            }
        });
        if (fresh.size() > InventoryBuilder.FEW) {
            surveyByJob(fresh, known);
        }
        Inventory now = Inventory.of(
                List.of(ArrayDiscovery.of(sources, open.settings(), listed.iterator(), known)), open.settings());
        if (gone.isEmpty()) {
            return new InventoryRefresh(now, null);
        }
        ZipmapException error = missing(gone.iterator().next())
                .actual(gone.size() + " of its archives are gone, " + listed.size() + " are there")
                .advice("Ask again to read those that are there.");
        if (open.settings().leavesOutBadArrays()) {
            LOG.warn("Left out, with onError=quarantine: {}", error.getMessage());
            return new InventoryRefresh(now, null);
        }
        return new InventoryRefresh(now, error);
    }

    /** Adds the arrays to those of their archives, and hands on the URIs of all other archives. */
    private static void take(List<PackedSlices> pages, Map<String, List<FoundArray>> known, Consumer<String> others)
            throws IOException {
        for (PackedSlices page : pages) {
            for (ArraySlice piece : page.unpack()) {
                String uri = piece.array().archive().uri();
                List<FoundArray> arrays = known.get(uri);
                if (arrays == null) {
                    others.accept(uri);
                } else {
                    arrays.add(piece.array());
                }
            }
        }
    }

    private void surveyByJob(List<ArchiveRef> fresh, Map<String, List<FoundArray>> known) throws IOException {
        List<DiscoverySummary> parts = spark.parallelize(fresh)
                .mapPartitions(new DiscoveryTask(open.access(), open.settings()))
                .collect();
        fresh.forEach(archive -> known.put(archive.uri(), new ArrayList<>()));
        for (DiscoverySummary part : parts) {
            part.check();
            take(part.packedArrays(), known, uri -> {});
        }
    }
}
