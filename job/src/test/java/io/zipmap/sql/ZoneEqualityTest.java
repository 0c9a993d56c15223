package io.zipmap.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import io.zipmap.testing.SettledFilesExtension;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Skipping blocks loses no row: generated predicates, of a fixed seed, for every dtype and its extreme values, keep the
 * same rows of arrays as of Parquet without pushed filters.
 */
@ExtendWith(SettledFilesExtension.class)
class ZoneEqualityTest {
    /** The size of a slice whose blocks have four rows. */
    private static final int SLICE_BYTES = 4096;

    private static final int ROWS = 700;
    private static final int COLUMNS = 3;
    private static final int PREDICATES = 7;

    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java().keepingPlans();

    @TempDir
    static Path folder;

    @ParameterizedTest
    @MethodSource("io.zipmap.sql.DtypeTables#numbers")
    void predicatesKeepTheRowsThatSparkKeeps(String dtype) throws IOException {
        Dataset<Row> table = DtypeTables.zipmap(SPARK.session(), write(dtype), SLICE_BYTES);
        List<String> predicates = predicates(dtype);
        List<Row> all = DtypeTables.parquet(table, folder.resolve(DtypeTables.name(dtype) + ".parquet"))
                .selectExpr(Stream.concat(Stream.of("concat(_entry, ' ', _row)"), predicates.stream())
                        .toArray(String[]::new))
                .collectAsList();
        Map<String, String> different = new TreeMap<>();
        long skipped = 0;
        for (int i = 0; i < predicates.size(); i++) {
            int column = i + 1;
            Set<String> expected = all.stream()
                    .filter(row -> Boolean.TRUE.equals(row.get(column)))
                    .map(row -> row.getString(0))
                    .collect(Collectors.toSet());
            Scans scan = Scans.of(table.where(predicates.get(i)).select("_entry", "_row"));
            Set<String> found = scan.rows.stream()
                    .map(row -> row.getString(0) + " " + row.get(1))
                    .collect(Collectors.toSet());
            if (!found.equals(expected) || scan.rows.size() != found.size()) {
                different.put(predicates.get(i), scan.rows.size() + " rows, not " + expected.size());
            }
            skipped += scan.metric("blocksSkipped");
        }
        assertThat(different).isEmpty();
        assertThat(skipped).isGreaterThan(ROWS / 5);
    }

    /** Writes three arrays: one mapped in place, one extracted, and one extracted in Fortran order. */
    private static Path write(String dtype) throws IOException {
        Path file = folder.resolve(DtypeTables.name(dtype) + ".npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < 3; i++) {
                Zips.add(zip, i == 0, "e" + i + ".npy", npy(dtype, i == 2 ? Order.FORTRAN : Order.C));
            }
        }
        return file;
    }

    /**
     * Writes all bit patterns in order into the first column, so that a block has neighbouring values, runs of extreme
     * values into the second, and random values into the third.
     */
    private static byte[] npy(String dtype, Order order) throws IOException {
        ArrayLayout layout = new ArrayLayout(Dtype.parse(dtype), Shape.of(ROWS, COLUMNS), order);
        ByteBuffer data =
                ByteBuffer.allocate((int) layout.bytes()).order(layout.dtype().byteOrder());
        Random random = new Random(5);
        List<Long> edges = edges(dtype);
        int bits = dtype.endsWith("b1") ? 1 : layout.dtype().itemSize() * 8;
        for (int row = 0; row < ROWS; row++) {
            long step = bits == 64 ? -1L >>> 1 : (1L << bits - 1) - 1;
            long ramp = (long) (step * (2.0 * row / (ROWS - 1)));
            long edge = edges.get(row / 6 % edges.size());
            long other = edges.get(random.nextInt(edges.size()));
            put(data, layout, row, 0, bits == 1 ? row * 2 / ROWS : 2.0 * row < ROWS ? ramp : ramp + (row % 2));
            put(data, layout, row, 1, row / 100 % 2 == 0 ? edge : random.nextInt(3) == 0 ? other : edge);
            put(data, layout, row, 2, bits == 1 ? random.nextInt(2) : random.nextLong());
        }
        return DtypeTables.npy(layout, data);
    }

    private static void put(ByteBuffer data, ArrayLayout layout, int row, int column, long bits) {
        int size = layout.dtype().itemSize();
        int at = (int) layout.position(row, column) * size;
        switch (size) {
            case 1 -> data.put(at, (byte) bits);
            case 2 -> data.putShort(at, (short) bits);
            case 4 -> data.putInt(at, (int) bits);
            default -> data.putLong(at, bits);
        }
    }

    private static List<Long> edges(String dtype) {
        return switch (dtype.substring(1)) {
            case "b1" -> List.of(0L, 1L);
            case "f2" -> List.of(0L, 0x8000L, 0x7c00L, 0xfc00L, 0x7e00L, 0x3c00L, 0xbc00L, 1L, 0x7bffL, 0xfe01L);
            case "f4" ->
                List.of(0f, -0f, 1f, -1f, Float.NaN, Float.MAX_VALUE, Float.MIN_VALUE, 0.1f, 1 / 0f, -1 / 0f).stream()
                        .map(value -> (long) Float.floatToRawIntBits(value))
                        .toList();
            case "f8" ->
                List.of(0d, -0d, 1d, -1d, Double.NaN, Double.MAX_VALUE, Double.MIN_VALUE, 0.1, 1 / 0d, -1 / 0d).stream()
                        .map(Double::doubleToRawLongBits)
                        .toList();
            default -> {
                int bits = (dtype.charAt(2) - '0') * 8;
                yield List.of(0L, 1L, -1L, 1L << bits - 1, (1L << bits - 1) - 1, 5L);
            }
        };
    }

    private static List<String> literals(String dtype) {
        int bits = (dtype.charAt(2) - '0') * 8;
        return switch (dtype.charAt(1)) {
            case 'b' -> List.of("true", "false");
            case 'f' ->
                List.of(
                        "0",
                        "-0.0D",
                        "0.1",
                        "1e0",
                        "-1.0D",
                        "float('NaN')",
                        "double('NaN')",
                        "float('Infinity')",
                        "double('-Infinity')",
                        "1.17549435E-38D",
                        "65504.0D",
                        "CAST(0.1 AS FLOAT)");
            case 'i' ->
                List.of(
                        "0",
                        "-1",
                        "5",
                        "2.5",
                        "-" + (bits == 64 ? "9223372036854775807L - 1" : "" + (1L << bits - 1)),
                        "" + ((1L << bits - 1) - 1),
                        "" + (1L << bits - 2),
                        "300");
            default ->
                List.of(
                        "0",
                        "1",
                        "-1",
                        "5",
                        "2.5",
                        bits == 64 ? "18446744073709551615" : "" + ((1L << bits) - 1),
                        bits == 64 ? "9223372036854775808" : "" + (1L << bits - 1),
                        "77");
        };
    }

    private static List<String> predicates(String dtype) {
        Random random = new Random(dtype.hashCode());
        List<String> literals = literals(dtype);
        List<String> predicates = new ArrayList<>();
        for (int i = 0; i < PREDICATES; i++) {
            predicates.add(i % 2 == 0 ? leaf(random, literals) : tree(random, literals));
        }
        return predicates;
    }

    private static String tree(Random random, List<String> literals) {
        String one = leaf(random, literals);
        String other = random.nextInt(3) == 0 ? tree(random, literals) : leaf(random, literals);
        String both = "(" + one + (random.nextBoolean() ? " AND " : " OR ") + other + ")";
        return random.nextInt(4) == 0 ? "NOT " + both : both;
    }

    private static String leaf(Random random, List<String> literals) {
        String column = "c" + random.nextInt(COLUMNS);
        String literal = literals.get(random.nextInt(literals.size()));
        String operator = List.of("=", "<", "<=", ">", ">=", "<>", "<=>").get(random.nextInt(7));
        return switch (random.nextInt(10)) {
            case 0 -> literal + " " + operator + " " + column;
            case 1 -> "NOT (" + column + " " + operator + " " + literal + ")";
            case 2 ->
                column
                        + IntStream.range(0, 1 + random.nextInt(3))
                                .mapToObj(i -> literals.get(random.nextInt(literals.size())))
                                .collect(Collectors.joining(", ", " IN (", ")"));
            case 3 -> column + " BETWEEN " + literal + " AND " + literals.get(random.nextInt(literals.size()));
            case 4 -> column + " " + operator + " c" + random.nextInt(COLUMNS);
            case 5 -> column + " NOT IN (" + literal + ", " + literals.get(random.nextInt(literals.size())) + ")";
            default -> column + " " + operator + " " + literal;
        };
    }
}
