package io.zipmap.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Generated queries, of a fixed seed and for every dtype, return the same over arrays as over the same rows in Parquet.
 * Floats are summed as whole numbers or compared to some digits, because a sum depends on the order of its terms.
 */
class ParquetEqualityTest {
    private static final List<String> DTYPES = DtypeTables.numbers().toList();
    private static final int ROWS = 300;
    private static final int COLUMNS = 3;
    private static final int QUERIES_A_DTYPE = 3;

    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    static Path folder;

    private final Random random = new Random(20261122);

    private static SparkSession session;

    /** A session of its own with one task for each shuffle and without adaptive planning. */
    private static SparkSession session() {
        if (session == null) {
            session = SPARK.session().newSession();
            session.conf().set("spark.sql.adaptive.enabled", "false");
            session.conf().set("spark.sql.shuffle.partitions", "1");
        }
        return session;
    }

    @AfterAll
    static void forget() {
        session = null;
    }

    /** Writes an archive of three arrays for each dtype, in C and in Fortran order. Random bytes include NaN. */
    @BeforeAll
    static void write() throws IOException {
        Random bytes = new Random(7);
        for (String dtype : DTYPES) {
            Path file = folder.resolve(DtypeTables.name(dtype) + ".npz");
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
                for (int i = 0; i < 3; i++) {
                    Zips.add(zip, i == 0, "e" + i + ".npy", npy(dtype, i, bytes));
                }
            }
            Dataset<Row> table = DtypeTables.zipmap(session(), file, 512);
            table.createOrReplaceTempView("z_" + DtypeTables.name(dtype));
            DtypeTables.parquet(table, folder.resolve(DtypeTables.name(dtype) + ".parquet"))
                    .createOrReplaceTempView("p_" + DtypeTables.name(dtype));
        }
        session()
                .range(-5, 40)
                .selectExpr("id", "concat('e', id % 4, '.npy') AS name")
                .createOrReplaceTempView("other");
    }

    private static byte[] npy(String dtype, int i, Random random) throws IOException {
        ArrayLayout layout =
                new ArrayLayout(Dtype.parse(dtype), Shape.of(ROWS, COLUMNS), i == 1 ? Order.FORTRAN : Order.C);
        ByteBuffer data = ByteBuffer.allocate((int) layout.bytes());
        random.nextBytes(data.array());
        boolean small = i == 2;
        for (int b = 0; b < data.capacity(); b++) {
            if (dtype.endsWith("b1")) {
                data.put(b, (byte) (data.get(b) & 1));
            } else if (small && dtype.charAt(1) != 'f') {
                int size = layout.dtype().itemSize();
                boolean low = dtype.charAt(0) == '>' ? b % size == size - 1 : b % size == 0;
                data.put(b, low ? (byte) (data.get(b) & 15) : 0);
            }
        }
        return DtypeTables.npy(layout, data);
    }

    @Test
    void generatedQueriesGiveWhatParquetGives() {
        int queries = 0;
        Map<String, List<String>> different = new TreeMap<>();
        for (String dtype : DTYPES) {
            for (int i = 0; i < QUERIES_A_DTYPE; i++) {
                String query = query(queries, kind(dtype));
                List<String> parquet = run(query, "p_" + DtypeTables.name(dtype));
                List<String> zipmap = run(query, "z_" + DtypeTables.name(dtype));
                if (!zipmap.equals(parquet)) {
                    different.put(
                            DtypeTables.name(dtype) + ": " + query, List.of(zipmap.toString(), parquet.toString()));
                }
                queries++;
            }
        }
        assertThat(different).isEmpty();
        assertThat(queries).isGreaterThanOrEqualTo(40);
    }

    private static char kind(String dtype) {
        return dtype.charAt(1);
    }

    private static List<String> run(String query, String table) {
        List<String> rows = new ArrayList<>();
        session().sql(query.replace("TABLE", table)).collectAsList().forEach(row -> rows.add(row.toString()));
        return rows;
    }

    private String query(int n, char kind) {
        String c = "c" + random.nextInt(COLUMNS);
        String other = "c" + random.nextInt(COLUMNS);
        String where =
                condition(c, kind) + (random.nextBoolean() ? "" : (random.nextBoolean() ? " AND " : " OR ") + hidden());
        String number = number(c, kind);
        return switch (n % 10) {
            case 0 ->
                "SELECT count(*), min(" + c + "), max(" + c + "), count(DISTINCT " + c + ") FROM TABLE WHERE " + where;
            case 1 ->
                "SELECT _entry, count(*), sum(" + number + "), min(" + other + "), max(" + c + ") FROM TABLE WHERE "
                        + where + " GROUP BY _entry ORDER BY _entry";
            case 2 ->
                "SELECT " + c + ", " + other + ", _entry, _row FROM TABLE WHERE " + where + " ORDER BY " + c
                        + (random.nextBoolean() ? " DESC" : "") + ", _entry, _row LIMIT " + (1 + random.nextInt(20));
            case 3 ->
                "SELECT o.id, t._entry, t." + c
                        + " FROM TABLE t JOIN other o ON t._row = o.id AND t._entry = o.name WHERE "
                        + where.replace("_row", "t._row") + " ORDER BY o.id, t._entry";
            case 4 ->
                "SELECT " + c + " IS NULL, " + c + " = " + other + ", " + c + " <=> " + other
                        + ", count(*) FROM TABLE WHERE " + where + " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3";
            case 5 ->
                "SELECT sum(" + number + "), avg(_row), count(" + c + ") FROM TABLE WHERE " + where + " AND _row % 7 < "
                        + random.nextInt(7);
            case 6 ->
                "SELECT _row, " + other + ", rank() OVER (PARTITION BY _entry ORDER BY " + c
                        + ", _row) AS r FROM TABLE WHERE " + where + " ORDER BY r, _entry, _row LIMIT 25";
            case 7 ->
                "SELECT min(" + c + "), max(" + other + "), count(" + other + "), count(*) FROM TABLE WHERE "
                        + hidden();
            case 8 ->
                "SELECT _entry, max(" + c + "), min(" + c + "), max(" + other + "), count(*) FROM TABLE WHERE "
                        + hidden() + " GROUP BY _archive, _entry ORDER BY _entry";
            default ->
                "SELECT count(*) FROM TABLE t WHERE EXISTS (SELECT 1 FROM TABLE u WHERE u." + c + " = t." + other
                        + " AND u._entry <> t._entry) AND " + where.replace("_row", "t._row");
        };
    }

    /** An expression whose sum is exact in any order. */
    private static String number(String c, char kind) {
        return switch (kind) {
            case 'b' -> "int(" + c + ")";
            case 'f' -> "CASE WHEN isnan(" + c + ") THEN 1000 ELSE int(signum(" + c + ")) END";
            default -> "CAST(" + c + " AS DECIMAL(38, 0))";
        };
    }

    private String condition(String c, char kind) {
        return switch (kind) {
            case 'b' -> random.nextBoolean() ? c : "NOT " + c;
            case 'f' ->
                switch (random.nextInt(4)) {
                    case 0 -> "isnan(" + c + ")";
                    case 1 -> c + " > " + (random.nextInt(200) - 100) / 10.0;
                    case 2 -> c + " <= 0";
                    default -> "NOT (" + c + " < 1e3)";
                };
            default -> c + (random.nextBoolean() ? " > " : " <= ") + random.nextInt(100);
        };
    }

    private String hidden() {
        return switch (random.nextInt(4)) {
            case 0 -> "_row < " + random.nextInt(ROWS);
            case 1 -> "_entry = 'e" + random.nextInt(3) + ".npy'";
            case 2 -> "_row BETWEEN " + random.nextInt(100) + " AND " + (100 + random.nextInt(200));
            default -> "_entry IN ('e0.npy', 'e2.npy')";
        };
    }
}
