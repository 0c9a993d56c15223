package io.zipmap.job.output;

import org.apache.spark.sql.SparkSession;

/**
 * The view {@code total_stats}: the statistics of each column over all arrays that have it, merged from the view
 * {@code column_stats}. The total mean is the mean of the means, weighted by the counts of valid values. The total
 * variance is the variance within the arrays plus the variance of their means. Both are computed relative to one of the
 * means, so that values far from 0 do not cancel.
 */
public final class TotalStatsView implements LazyView {
    static final String NAME = "total_stats";

    /** {@code docs/how-it-works.md} quotes it. */
    static final String SQL = String.join(
            "\n",
            "WITH near AS (",
            "  SELECT column, sum(valid_count) AS total,",
            "         coalesce(min(if(abs(mean) < double('Infinity'), mean, NULL)), 0) AS near_mean",
            "  FROM column_stats WHERE valid_count > 0 GROUP BY column),",
            "centre AS (",
            "  SELECT column, total, near_mean + sum((mean - near_mean) * (valid_count / total)) AS total_mean",
            "  FROM column_stats JOIN near USING (column) WHERE valid_count > 0 GROUP BY column, total, near_mean)",
            "SELECT column, count(*) AS arrays, sum(count) AS count, sum(nan_count) AS nan_count,",
            "       sum(valid_count) AS valid_count, min(min) AS min, max(max) AS max, sum(sum) AS sum,",
            "       any_value(total_mean) AS mean,",
            "       sqrt(sum((stddev * stddev + power(mean - total_mean, 2)) * (valid_count / total))) AS stddev,",
            "       min(exact_min) AS exact_min, max(exact_max) AS exact_max, try_sum(exact_sum) AS exact_sum",
            "FROM column_stats LEFT JOIN centre USING (column)",
            "GROUP BY column");

    private final SparkSession session;

    /** Drops an older view of the session. */
    public TotalStatsView(SparkSession session) {
        this.session = session;
        session.catalog().dropTempView(NAME);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Makes the view from the current view {@code column_stats}. */
    @Override
    public void register() {
        session.sql(SQL).createOrReplaceTempView(NAME);
    }
}
