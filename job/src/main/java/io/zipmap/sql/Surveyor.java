package io.zipmap.sql;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.fs.Sources;
import io.zipmap.plan.FewArchives;
import io.zipmap.plan.Plan;
import io.zipmap.plan.Planner;
import io.zipmap.plan.StoreAccess;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Finds the arrays of a table: few archives are looked at on the driver, many by a job of Spark. */
final class Surveyor {
    /** Archives that are looked at faster than a job starts. */
    private static final int FEW = 32;

    private final JavaSparkContext spark;
    private final Broadcast<SerializableConfiguration> hadoop;
    private final StoreAccess access;
    private final SourceSettings settings;

    Surveyor(
            JavaSparkContext spark,
            Broadcast<SerializableConfiguration> hadoop,
            StoreAccess access,
            SourceSettings settings) {
        this.spark = spark;
        this.hadoop = hadoop;
        this.access = access;
        this.settings = settings;
    }

    Inventory survey(List<String> inputs) throws IOException {
        Configuration configuration = hadoop.value().value();
        Optional<List<ArchiveRef>> few = FewArchives.of(configuration, inputs, FEW);
        if (few.isPresent()) {
            Sources sources = new Sources(configuration);
            return Inventory.of(List.of(Survey.of(sources, settings, few.get().iterator())), settings);
        }
        try (Plan plan =
                new Planner(spark, hadoop).plan(inputs, settings.extract().packBytes())) {
            return Inventory.of(
                    plan.archives()
                            .mapPartitions(new SurveyTask(access, settings))
                            .collect(),
                    settings);
        }
    }
}
