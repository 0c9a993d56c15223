package io.zipmap.sql.pushdown;

import io.zipmap.plan.ExecutorHosts;
import io.zipmap.sql.catalog.ArraySlice;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.PackedSlices;
import io.zipmap.sql.catalog.SourceSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Cuts the pieces of a scan into the work of tasks: big arrays into slices, small ones packed together. First come the
 * first slices of all arrays, so that cores which begin together extract different arrays instead of waiting for one.
 * An array's slices all prefer one host, the same for every query, so that they find its file there.
 */
public final class PartitionCutter {
    /** What opening an array costs, in bytes that could be read meanwhile. */
    private static final long OPEN_COST = 256 << 10;

    /** Tasks a core, so that a slow one can be balanced by the others. */
    private static final int TASKS_PER_CORE = 4;

    private record Numbered(int slice, ArrayPartition partition) {}

    private final long sliceBytes;
    private final long capacity;
    private final List<String> hosts;
    private final List<Numbered> done = new ArrayList<>();
    private final List<List<ArraySlice>> open = new ArrayList<>();
    private final long[] filled;

    /**
     * @param bytes of all pieces
     * @param hosts to choose from; empty to leave the choice to Spark
     */
    PartitionCutter(long sliceBytes, long packBytes, long bytes, int cores, List<String> hosts) {
        this.sliceBytes = sliceBytes;
        this.capacity = Math.max(1, Math.min(packBytes, bytes / ((long) cores * TASKS_PER_CORE)));
        this.hosts = hosts;
        this.filled = new long[Math.max(1, hosts.size())];
        for (int i = 0; i < filled.length; i++) {
            open.add(new ArrayList<>());
        }
    }

    /** What is selected, for the executors that there are now. */
    public static ArrayPartition[] of(
            Inventory inventory, SourceSettings settings, Selection selection, SelectionSize sums) throws IOException {
        SparkContext spark = SparkSession.active().sparkContext();
        PartitionCutter partitions = new PartitionCutter(
                settings.extract().sliceBytes(),
                settings.extract().packBytes(),
                sums.bytes(),
                spark.defaultParallelism(),
                ExecutorHosts.of(spark));
        selection.pieces(inventory, partitions::add);
        return partitions.toArray();
    }

    void add(ArraySlice piece) throws IOException {
        int host = host(piece.array());
        long sliceRows = ZoneGrid.of(piece.array(), sliceBytes).sliceRows();
        if (piece.rows() > sliceRows) {
            int slice = 0;
            long from = piece.fromRow();
            while (from < piece.toRow()) {
                // Where the grid says, so that one zone map is of one slice.
                long to = Math.min(piece.toRow(), (from / sliceRows + 1) * sliceRows);
                done.add(new Numbered(slice, partition(List.of(piece.part(from, to)), host)));
                slice++;
                from = to;
            }
            return;
        }
        List<ArraySlice> pack = open.get(host);
        long weight = piece.bytes() + OPEN_COST;
        if (!pack.isEmpty() && (filled[host] + weight > capacity || pack.size() == PackedSlices.MAX_SLICES)) {
            turn(host);
        }
        pack.add(piece);
        filled[host] += weight;
    }

    private void turn(int host) throws IOException {
        done.add(new Numbered(0, partition(open.get(host), host)));
        open.get(host).clear();
        filled[host] = 0;
    }

    private ArrayPartition partition(List<ArraySlice> pieces, int host) throws IOException {
        return new ArrayPartition(PackedSlices.pack(pieces), hosts.isEmpty() ? null : hosts.get(host));
    }

    ArrayPartition[] toArray() throws IOException {
        for (int host = 0; host < open.size(); host++) {
            if (!open.get(host).isEmpty()) {
                turn(host);
            }
        }
        return done.stream()
                .sorted(Comparator.comparingInt(Numbered::slice))
                .map(Numbered::partition)
                .toArray(ArrayPartition[]::new);
    }

    /** Rendezvous hashing: when a host comes or goes, only its own arrays move. */
    private int host(FoundArray array) {
        int best = 0;
        long highest = Long.MIN_VALUE;
        for (int i = 0; i < hosts.size(); i++) {
            long score = mix(array.name().hashCode() * 31L + array.entryIndex()
                    ^ (long) hosts.get(i).hashCode() << 32);
            if (score > highest) {
                highest = score;
                best = i;
            }
        }
        return best;
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
