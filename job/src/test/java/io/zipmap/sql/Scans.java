package io.zipmap.sql;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.SparkPlan;
import scala.jdk.javaapi.CollectionConverters;

/** Runs a query and keeps its rows, its plan and the metrics of its scans. */
public final class Scans {
    public final List<Row> rows;
    public final String explained;
    private final Map<String, Long> metrics = new TreeMap<>();

    private Scans(Dataset<Row> query) {
        rows = query.collectAsList();
        SparkPlan plan = query.queryExecution().executedPlan();
        explained = plan.toString();
        CollectionConverters.asJava(plan.collectLeaves())
                .forEach(leaf -> CollectionConverters.asJava(((SparkPlan) leaf).metrics())
                        .forEach((name, metric) -> metrics.merge(name, metric.value(), Long::sum)));
    }

    /** Runs a query without a shuffle, whose plan is final. */
    public static Scans of(Dataset<Row> query) {
        return new Scans(query);
    }

    public long metric(String name) {
        return metrics.getOrDefault(name, 0L);
    }
}
