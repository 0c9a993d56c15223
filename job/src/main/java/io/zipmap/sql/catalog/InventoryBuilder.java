package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.fs.Sources;
import io.zipmap.plan.Listing;
import io.zipmap.plan.ListingOnDriver;
import io.zipmap.plan.Plan;
import io.zipmap.plan.Planner;
import io.zipmap.plan.StoreAccess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Builds the inventory of a table from its archives, or refreshes a former one. A few archives are opened on the
 * driver, many by a Spark job.
 */
final class InventoryBuilder {
    /** Archives that the driver opens faster than a job starts. */
    static final int MAX_OPENED_ON_DRIVER = 32;

    /** Archives that the driver lists to compare them with a former inventory. */
    private static final int MAX_LISTED_ON_DRIVER = 100_000;

    /** Headers that a task reads in the time in which it extracts one array of the same archive. */
    private static final int HEADERS_PER_ARRAY = 8;

    private final JavaSparkContext spark;
    private final TableInputs inputs;
    private final int maxListed;

    InventoryBuilder(SparkSession session, TableInputs inputs) {
        this(session, inputs, MAX_LISTED_ON_DRIVER);
    }

    /** @param maxListed of more archives, tasks list those that a former inventory is compared with */
    InventoryBuilder(SparkSession session, TableInputs inputs, int maxListed) {
        this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        this.inputs = inputs;
        this.maxListed = maxListed;
    }

    /** @param former the last inventory, which is returned itself if no archive has changed; null to build the first */
    InventoryRefresh refresh(@Nullable Inventory former) throws IOException {
        if (former == null) {
            Optional<List<ArchiveRef>> few = list(MAX_OPENED_ON_DRIVER);
            return new InventoryRefresh(few.isPresent() ? discoverOnDriver(few.get()) : discoverByJob(null), null);
        }
        Optional<List<ArchiveRef>> listed = Optional.empty();
        try {
            listed = former.versions().size() > maxListed ? listed : list(maxListed);
        } catch (ZipmapException e) {
            boolean none = e.condition() == Condition.INPUT_EMPTY || e.condition() == Condition.INPUT_MISSING;
            throw none ? InventoryUpdate.noneLeft(former, e) : e;
        }
        if (listed.isEmpty()) {
            return new InventoryRefresh(discoverByJob(former), null);
        }
        Sources sources = inputs.access().sources();
        return former.versions().equals(ArchiveVersions.of(listed.get(), sources::local))
                ? new InventoryRefresh(former, null)
                : new InventoryUpdate(spark, inputs, former).update(listed.get());
    }

    /** @return empty if there are more than {@code max} archives */
    private Optional<List<ArchiveRef>> list(int max) throws IOException {
        return ListingOnDriver.list(inputs.configuration(), inputs.settings().listing(), inputs.paths(), max);
    }

    private Inventory discoverOnDriver(List<ArchiveRef> few) throws IOException {
        DiscoverySummary summary =
                ArrayDiscovery.discover(inputs.access().sources(), inputs.settings(), few.iterator());
        return Inventory.of(List.of(summary), inputs.settings());
    }

    private Inventory discoverByJob(@Nullable Inventory former) throws IOException {
        Planner planner = new Planner(spark, inputs.hadoop(), inputs.settings().listing());
        Listing listing = planner.list(inputs.paths());
        boolean planned = false;
        try {
            if (former != null && former.versions().equals(versions(listing))) {
                return former;
            }
            planned = true;
        } finally {
            if (!planned) {
                listing.close();
            }
        }
        try (Plan plan = planner.plan(listing, packBytes())) {
            List<DiscoverySummary> summaries = plan.archives()
                    .mapPartitions(new DiscoveryTask(inputs.access(), inputs.settings()))
                    .collect();
            return Inventory.of(summaries, inputs.settings());
        }
    }

    /** To read headers takes less time than to extract arrays, so a task takes more archives. */
    private long packBytes() {
        long ofExtraction = inputs.settings().extract().packBytes();
        return Math.min(ofExtraction, Long.MAX_VALUE / HEADERS_PER_ARRAY) * HEADERS_PER_ARRAY;
    }

    private ArchiveVersions versions(Listing listing) {
        return ArchiveVersions.concat(listing.archives()
                .mapPartitions(new VersionsTask(inputs.access()))
                .collect());
    }

    /** Summarises the versions of a partition of listed archives. */
    private static final class VersionsTask implements FlatMapFunction<Iterator<ArchiveRef>, ArchiveVersions> {
        private static final long serialVersionUID = 1L;

        private final StoreAccess access;

        VersionsTask(StoreAccess access) {
            this.access = access;
        }

        @Override
        public Iterator<ArchiveVersions> call(Iterator<ArchiveRef> archives) {
            List<ArchiveRef> all = new ArrayList<>();
            archives.forEachRemaining(all::add);
            return List.of(ArchiveVersions.of(all, access.sources()::local)).iterator();
        }
    }
}
