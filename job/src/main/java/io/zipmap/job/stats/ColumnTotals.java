package io.zipmap.job.stats;

import io.zipmap.job.extract.SliceRules;
import io.zipmap.stats.ColumnStats;
import io.zipmap.stats.TileStats;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction;
import scala.Tuple2;

/**
 * The statistics of columns over all arrays that have them, by the names of the columns. Only the first
 * {@value #MOST_COLUMNS} names are kept, short names first: so its size is bounded, and a name that is kept in the end
 * was kept from the start.
 */
public final class ColumnTotals implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Most columns of an array, and most columns at all. */
    public static final int MOST_COLUMNS = SliceRules.FIRST_COLUMNS;

    private final TreeMap<String, ColumnTotal> totals = new TreeMap<>();
    private boolean more;

    /** Adds a slice, with its sampled values if it has some. */
    void add(SliceOutcome slice) {
        slice.tile().ifPresent(tile -> add(tile, slice.sampled()));
    }

    private void add(Tuple2<TileKey, TileStats> tile, double[][] sampled) {
        int first = (int) Math.min(MOST_COLUMNS, tile._1().fromColumn());
        int columns = Math.min(tile._2().columns(), MOST_COLUMNS - first);
        more |= columns < tile._2().columns();
        for (int i = 0; i < columns; i++) {
            ColumnStats stats = tile._2().column(i);
            add(ColumnTotal.of(tile._1().column(i), stats, i < sampled.length ? sampled[i] : new double[0]));
        }
    }

    private void add(ColumnTotal column) {
        totals.merge(key(column.name()), column, ColumnTotal::plus);
        if (totals.size() > MOST_COLUMNS) {
            totals.pollLastEntry();
            more = true;
        }
    }

    /** Sorts c2 before c10. */
    private static String key(String name) {
        return (char) name.length() + name;
    }

    void add(ColumnTotals others) {
        others.totals.values().forEach(this::add);
        more |= others.more;
    }

    /** The columns, short names first. */
    public List<ColumnTotal> columns() {
        return List.copyOf(totals.values());
    }

    /** Whether there are other columns too. */
    public boolean more() {
        return more;
    }

    /** These samples with the numbers of others, column by column. */
    ColumnTotals withNumbersOf(ColumnTotals others) {
        ColumnTotals joined = new ColumnTotals();
        joined.more = others.more;
        others.totals.forEach((key, column) -> {
            ColumnTotal mine = totals.get(key);
            joined.totals.put(key, mine == null ? column : column.withSample(mine));
        });
        return joined;
    }

    /** Sums the tiles of one partition on the executor. */
    static final class Task implements FlatMapFunction<Iterator<Tuple2<TileKey, TileStats>>, ColumnTotals> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<ColumnTotals> call(Iterator<Tuple2<TileKey, TileStats>> tiles) {
            ColumnTotals totals = new ColumnTotals();
            tiles.forEachRemaining(tile -> totals.add(tile, new double[0][]));
            return List.of(totals).iterator();
        }
    }
}
