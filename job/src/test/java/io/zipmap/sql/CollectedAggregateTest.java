package io.zipmap.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.SparkPlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Aggregates without groups take one job, and equal those of Spark over the same rows in Parquet. */
class CollectedAggregateTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.kryo().keepingPlans();

    private static final AtomicInteger GROUPS = new AtomicInteger();

    @TempDir
    static Path folder;

    private static SparkSession session;
    private static SparkSession plain;

    @BeforeAll
    static void register() throws IOException {
        SparkSession shared = SPARK.session();
        session = SPARK.sessionWith(new ZipmapExtensions());
        plain = shared.newSession();
        // With an adaptive plan, Spark's own aggregate takes two jobs.
        for (SparkSession one : List.of(session, plain)) {
            one.conf().set("spark.sql.adaptive.enabled", true);
            one.conf().set("spark.sql.shuffle.partitions", 1);
        }
        Path archives = Files.createDirectory(folder.resolve("archives"));
        for (int i = 0; i < 3; i++) {
            Zips.deflated(archives.resolve("a" + i + ".zip"), "x.dat", Zips.floats(400, i * 1000));
        }
        plain.conf().set("spark.sql.codegen.wholeStage", false);
        Dataset<Row> rows = table(session, archives, 1600, 1600);
        rows.createOrReplaceTempView("z_rows");
        table(plain, archives, 1600, 1600).createOrReplaceTempView("z_rows");
        table(session, archives, 160, 1 << 23).createOrReplaceTempView("z_slices");
        DtypeTables.parquet(rows, folder.resolve("rows.parquet")).createOrReplaceTempView("p_rows");
    }

    /** With small {@code packBytes}, a partition for each slice. */
    private static Dataset<Row> table(SparkSession of, Path from, int sliceBytes, int packBytes) {
        return of.read()
                .format("zipmap")
                .option("dtype", "float32")
                .option("shape", "-1,4")
                .option("packBytes", packBytes)
                .option("sliceBytes", sliceBytes)
                .load(from.toString());
    }

    @AfterAll
    static void forget() {
        session.catalog().dropTempView("z_rows");
        session.catalog().dropTempView("z_slices");
        session.catalog().dropTempView("p_rows");
        plain.catalog().dropTempView("z_rows");
        session = null;
        plain = null;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*), avg(c0) FROM TABLE WHERE c2 > 150",
                "SELECT count(*), avg(c0), max(c1), min(c2), sum(c0) FROM TABLE WHERE c2 > 1e9",
                "SELECT sum(c0) + 1 AS s, 2 * max(c1) FROM TABLE",
                "SELECT round(stddev(c0), 9), avg(c1), count(c2) FROM TABLE",
                "SELECT sum(c0) FROM TABLE WHERE c1 > c0 AND c0 % c1 < 100",
                "SELECT sum(c0) FILTER (WHERE c1 > 1000), bool_or(c0 > 5), corr(c0, c1) FROM TABLE",
                "SELECT round(stddev(nullif(c0, 5)), 6), sum(nullif(c0, c0)), count(nullif(c1, 6)) FROM TABLE",
                "SELECT max(CAST(c0 AS STRING)), count_if(c0 > 3), any_value(c0) > -1 FROM TABLE",
                "SELECT sum(CAST(c0 AS DECIMAL(12, 2))), avg(CAST(c1 AS DECIMAL(12, 2))) FROM TABLE"
            })
    void oneJobAnswers(String query) throws TimeoutException {
        List<Row> expected = session.sql(query.replace("TABLE", "p_rows")).collectAsList();
        Dataset<Row> asked = session.sql(query.replace("TABLE", "z_rows"));
        assertThat(jobs(asked::collectAsList)).isEqualTo(1);
        Dataset<Row> askedOfSpark = plain.sql(query.replace("TABLE", "z_rows"));
        assertThat(jobs(askedOfSpark::collectAsList)).isEqualTo(2);
        assertThat(asked.collectAsList()).isEqualTo(expected);
        assertThat(asked.queryExecution().executedPlan().toString()).contains("CollectedAggregate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT round(stddev(c0), 6), round(var_pop(c1), 3), avg(c2), count(*) FROM TABLE",
                "SELECT round(stddev(c0), 6), max(c1), count(c2), sum(c3) FROM TABLE WHERE c2 > 150",
                "SELECT stddev(c0), var_pop(c1), sum(c1), count(*) FROM TABLE WHERE c2 > 1e9"
            })
    void eachTaskMergesItsSlicesToOneRowForTheDriver(String query) {
        List<Row> expected = session.sql(query.replace("TABLE", "p_rows")).collectAsList();
        Dataset<Row> asked = session.sql(query.replace("TABLE", "z_slices"));
        assertThat(asked.collectAsList()).isEqualTo(expected);
        SparkPlan partial = collected(asked).children().head();
        SparkPlan scan = partial.collectLeaves().head();
        int tasks = scan.execute().getNumPartitions();
        assertThat(tasks).isBetween(2, 6);
        assertThat(scan.execute().count()).isGreaterThanOrEqualTo(3 * tasks);
        assertThat(partial.executeCollect()).hasSize(tasks);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*), avg(c0) FROM z_slices WHERE c2 > 150",
                "SELECT sum(c0), max(c1), min(c2), count(c3) FROM z_slices WHERE c2 > 1e9",
                "SELECT min(c0), max(c3), count(*), sum(c0 * c1) FROM z_slices",
                "SELECT sum(c0) + 1, 2 * max(c1) FROM z_slices",
                "SELECT var_pop(c0) > 100, avg(c1), count(*) FROM z_slices WHERE c2 > 150"
            })
    void rowsOfSlicesAreMergedAsBySparksOwnPartialAggregation(String query) {
        CollectedAggregate asked = collected(session.sql(query));
        SparkPlan partial = asked.children().head();
        SliceMerge merge = SliceMerge.of(partial).orElseThrow();
        assertThat(merge.tasks()).isEqualTo(partial.execute().getNumPartitions());
        assertThat(merge.run()).containsExactlyInAnyOrder(partial.executeCollect());
        long before = outputRows(partial.collectLeaves().head());
        asked.executeCollect();
        assertThat(outputRows(partial.collectLeaves().head()) - before)
                .isGreaterThanOrEqualTo(merge.tasks())
                .isEqualTo(before / 2);
    }

    private static long outputRows(SparkPlan plan) {
        return plan.metrics().apply("numOutputRows").value();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT corr(c0, c1) FROM z_rows",
                "SELECT sum(c0) FILTER (WHERE c1 > 1000), count(*) FROM z_rows",
                "SELECT sum(CAST(c0 AS DECIMAL(12, 2))) FROM z_rows"
            })
    void rowsOfArraysAreMergedBySparksOwnPartialAggregation(String query) {
        assertThat(SliceMerge.of(collected(session.sql(query)).children().head()))
                .isEmpty();
    }

    @Test
    void anAggregateThatIsRunAgainSeesChangedArchives() throws IOException {
        Path changing = Files.createDirectory(folder.resolve("merged"));
        Zips.deflated(changing.resolve("a.zip"), "x.dat", Zips.floats(400, 0));
        Dataset<Row> query = table(session, changing, 1600, 1600).selectExpr("count(*)", "sum(c0)");
        Row before = query.collectAsList().get(0);
        assertThat(SliceMerge.of(collected(query).children().head())).isPresent();
        Zips.deflated(changing.resolve("b.zip"), "x.dat", Zips.floats(400, 0));
        Row after = query.collectAsList().get(0);
        assertThat(after.getLong(0)).isEqualTo(2 * before.getLong(0));
        assertThat(after.getDouble(1)).isEqualTo(2 * before.getDouble(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*), avg(c0) FROM z_rows WHERE c2 > 150",
                "SELECT sum(c0) FROM z_rows WHERE c1 > c0 AND c0 % c1 < 100",
                "SELECT count(*), var_pop(c0) > 100 FROM z_slices"
            })
    void aTaskMergesMoreRowsThanTheDriverTakes(String query) throws TimeoutException {
        Dataset<Row> asked = session.sql(query);
        InternalRow expected = collected(asked).withMostRows(6).executeCollect()[0];
        CollectedAggregate few = collected(asked).withMostRows(1);
        assertThat(few.executeCollect()).containsExactly(expected);
        assertThat(few.isShuffled()).isFalse();
        assertThat(stages(few::executeCollect)).isEqualTo(2);
        assertThat(stages(collected(asked)::executeCollect)).isEqualTo(1);
    }

    private static CollectedAggregate collected(Dataset<Row> query) {
        SparkPlan plan = query.queryExecution().executedPlan();
        return (CollectedAggregate) plan;
    }

    @Test
    void eachWayToTakeTheRowGivesIt() {
        String query = "SELECT sum(c0), stddev(c1) > 5 AS wide FROM TABLE WHERE c2 > 150";
        List<Row> expected = session.sql(query.replace("TABLE", "p_rows")).collectAsList();
        Dataset<Row> asked = session.sql(query.replace("TABLE", "z_rows"));
        assertThat(asked.takeAsList(2)).isEqualTo(expected);
        assertThat(asked.takeAsList(0)).isEmpty();
        assertThat((Object[]) asked.tail(2)).containsExactly(expected.toArray());
        List<Row> iterated = new ArrayList<>();
        asked.toLocalIterator().forEachRemaining(iterated::add);
        assertThat(iterated).isEqualTo(expected);
        assertThat(asked.toJavaRDD().collect()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"to_csv(struct(*))", "to_json(struct(*))"})
    void aResultThatIsFetchedByPartitionsIsNotShuffled(String text) throws TimeoutException {
        String query = "SELECT count(*), avg(c0) AS mean, round(stddev(c1), 6) FROM TABLE WHERE c2 > 150";
        List<Row> expected =
                session.sql(query.replace("TABLE", "p_rows")).selectExpr(text).collectAsList();
        Dataset<Row> asked = session.sql(query.replace("TABLE", "z_rows")).selectExpr(text);
        List<Row> iterated = new ArrayList<>();
        assertThat(stages(() -> {
                    asked.toLocalIterator().forEachRemaining(iterated::add);
                    return iterated;
                }))
                .isEqualTo(1);
        assertThat(iterated).isEqualTo(expected);
    }

    private static int jobs(Supplier<?> query) throws TimeoutException {
        return jobIds(query).length;
    }

    private static int stages(Supplier<?> query) throws TimeoutException {
        return IntStream.of(jobIds(query))
                .map(id -> session.sparkContext()
                        .statusTracker()
                        .getJobInfo(id)
                        .get()
                        .stageIds()
                        .length)
                .sum();
    }

    private static int[] jobIds(Supplier<?> query) throws TimeoutException {
        SparkContext context = session.sparkContext();
        String group = "collected-" + GROUPS.incrementAndGet();
        context.setJobGroup(group, group, false);
        try {
            query.get();
            context.listenerBus().waitUntilEmpty(30_000);
            return context.statusTracker().getJobIdsForGroup(group);
        } finally {
            context.clearJobGroup();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT c0 FROM TABLE WHERE c0 > (SELECT avg(c0) * 1.9 FROM TABLE) ORDER BY c0",
                "SELECT avg(c0) + (SELECT max(c1) FROM TABLE) FROM TABLE",
                "SELECT s FROM (SELECT sum(c0) AS s FROM TABLE UNION ALL SELECT max(c1) FROM TABLE) ORDER BY s",
                "SELECT a.s, b.t FROM (SELECT sum(c0) AS s FROM TABLE) a CROSS JOIN (SELECT min(c1) AS t FROM TABLE) b",
                "SELECT a.s, b.t FROM (SELECT round(stddev(c0), 6) AS s FROM TABLE) a CROSS JOIN "
                        + "(SELECT var_pop(c1) AS t FROM TABLE WHERE c0 > 1e9) b",
                "SELECT s + t FROM (SELECT sum(c0) AS s, max(c1) AS t FROM TABLE HAVING s > 5)",
                "SELECT explode(sequence(1, n)) FROM (SELECT int(count(*) / 100) AS n FROM TABLE WHERE c0 > 0)"
            })
    void partsOfLargerPlansAgree(String query) {
        List<Row> expected = session.sql(query.replace("TABLE", "p_rows")).collectAsList();
        assertThat(session.sql(query.replace("TABLE", "z_rows")).collectAsList())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(DISTINCT c0), sum(c1) FROM TABLE",
                "SELECT percentile_approx(c0, 0.5), sum(c1) FROM TABLE",
                "SELECT int(c0 / 1000) AS k, avg(c1) FROM TABLE GROUP BY 1 ORDER BY 1"
            })
    void otherAggregatesStayWithSpark(String query) {
        List<Row> expected = session.sql(query.replace("TABLE", "p_rows")).collectAsList();
        Dataset<Row> asked = session.sql(query.replace("TABLE", "z_rows"));
        assertThat(asked.collectAsList()).isEqualTo(expected);
        assertThat(asked.queryExecution().executedPlan().toString()).doesNotContain("CollectedAggregate");
    }

    @Test
    void anOverflowOfTheSumIsSparksError() {
        String query = "SELECT sum(9223372036854775000 + CAST(c0 % 2 AS BIGINT)) FROM z_rows WHERE c0 % 400 < 1";
        assertThatThrownBy(() -> session.sql(query).collectAsList()).hasMessageContaining("ARITHMETIC_OVERFLOW");
    }

    @Test
    void aPlanThatIsRunAgainSeesChangedArchives() throws IOException {
        Path changing = Files.createDirectory(folder.resolve("changing"));
        Zips.deflated(changing.resolve("a.zip"), "x.dat", Zips.floats(400, 0));
        Dataset<Row> query =
                table(session, changing, 1600, 1600).selectExpr("count(*) FILTER (WHERE c0 >= 0)", "sum(c0)");
        Row before = query.collectAsList().get(0);
        Zips.deflated(changing.resolve("b.zip"), "x.dat", Zips.floats(400, 0));
        Row after = query.collectAsList().get(0);
        assertThat(after.getLong(0)).isEqualTo(2 * before.getLong(0));
        assertThat(after.getDouble(1)).isEqualTo(2 * before.getDouble(1));
    }

    @Test
    void aTaskThatMergesManyRowsSeesChangedArchives() throws IOException {
        Path changing = Files.createDirectory(folder.resolve("many"));
        Zips.deflated(changing.resolve("a.zip"), "x.dat", Zips.floats(400, 0));
        Zips.deflated(changing.resolve("b.zip"), "x.dat", Zips.floats(400, 0));
        Dataset<Row> query = table(session, changing, 1600, 1600).selectExpr("count(*) FILTER (WHERE c0 >= 0)");
        CollectedAggregate few = collected(query).withMostRows(1);
        assertThat(few.executeCollect()[0].getLong(0)).isEqualTo(200);
        Zips.deflated(changing.resolve("c.zip"), "x.dat", Zips.floats(400, 0));
        assertThat(query.collectAsList().get(0).getLong(0)).isEqualTo(300);
        assertThat(few.executeCollect()[0].getLong(0)).isEqualTo(300);
    }

    @Test
    void aPlanWhoseShuffleSparkKeepsIsNotRunOverChangedArchives() throws IOException {
        Path changing = Files.createDirectory(folder.resolve("shuffled"));
        Zips.deflated(changing.resolve("a.zip"), "x.dat", Zips.floats(400, 0));
        Dataset<Row> query = table(session, changing, 1600, 1600).selectExpr("sum(c0)");
        collected(query).execute().count();
        Zips.deflated(changing.resolve("b.zip"), "x.dat", Zips.floats(400, 0));
        assertThatThrownBy(query::collectAsList).hasMessageContaining("ZIPMAP_SOURCE_CHANGED");
    }
}
