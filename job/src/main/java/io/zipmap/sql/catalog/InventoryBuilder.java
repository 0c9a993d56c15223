package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.fs.Sources;
import io.zipmap.plan.ListingOnDriver;
import io.zipmap.plan.Plan;
import io.zipmap.plan.Planner;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Finds the arrays of a table: few archives are looked at on the driver, many by a job of Spark. */
final class InventoryBuilder {
    /** Archives that are looked at faster than a job starts. */
    static final int FEW = 32;

    /** Archives that are listed again on the driver. */
    private static final int MOST = 100_000;

    private final JavaSparkContext spark;
    private final TableInputs open;

    InventoryBuilder(SparkSession session, TableInputs open) {
        this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        this.open = open;
    }

    /** @param former what the last look found: the same inventory is handed on when nothing has changed since */
    InventoryRefresh survey(@Nullable Inventory former) throws IOException {
        if (former == null) {
            Optional<List<ArchiveRef>> few = list(FEW);
            return new InventoryRefresh(few.isPresent() ? survey(few.get()) : surveyByJob(null), null);
        }
        Optional<List<ArchiveRef>> listed = Optional.empty();
        try {
            listed = former.versions().size() > MOST ? listed : list(MOST);
        } catch (ZipmapException e) {
            boolean none = e.condition() == Condition.INPUT_EMPTY || e.condition() == Condition.INPUT_MISSING;
            throw none ? InventoryUpdate.noneLeft(former, e) : e;
        }
        if (listed.isEmpty()) {
            return new InventoryRefresh(surveyByJob(former), null);
        }
        Sources sources = open.access().sources();
        return former.versions().equals(ArchiveVersions.of(listed.get(), sources::local))
                ? new InventoryRefresh(former, null)
                : new InventoryUpdate(spark, open, former).survey(listed.get());
    }

    private Optional<List<ArchiveRef>> list(int most) throws IOException {
        return ListingOnDriver.of(open.configuration(), open.inputs(), most);
    }

    private Inventory survey(List<ArchiveRef> few) throws IOException {
        DiscoverySummary part = ArrayDiscovery.of(open.access().sources(), open.settings(), few.iterator());
        return Inventory.of(List.of(part), open.settings());
    }

    private Inventory surveyByJob(@Nullable Inventory former) throws IOException {
        try (Plan plan = new Planner(spark, open.hadoop())
                .plan(open.inputs(), open.settings().extract().packBytes())) {
            if (former != null && former.versions().equals(versions(plan))) {
                return former;
            }
            List<DiscoverySummary> parts = plan.archives()
                    .mapPartitions(new DiscoveryTask(open.access(), open.settings()))
                    .collect();
            return Inventory.of(parts, open.settings());
        }
    }

    private ArchiveVersions versions(Plan plan) {
        return ArchiveVersions.all(plan.archives()
                .mapPartitions(new ArchiveVersionsTask(open.access()))
                .collect());
    }
}
