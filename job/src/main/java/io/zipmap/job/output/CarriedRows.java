package io.zipmap.job.output;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.zipmap.plan.ArrayColumns;
import io.zipmap.plan.RunOutput;
import java.io.IOException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The rows that an incremental run takes over from the tables of the former run. */
public final class CarriedRows {
    private final SparkSession session;
    private final RunOutput former;
    private final ArchiveComparison comparison;

    CarriedRows(SparkSession session, RunOutput former, ArchiveComparison comparison) {
        this.session = session;
        this.former = former;
        this.comparison = comparison;
    }

    /**
     * Adds the rows of one table whose archives are unchanged. The table {@code arrays} keeps the rows of removed
     * archives too, with the column {@code removed} set. A table that an older release did not write has none; a column
     * that it did not write is null.
     */
    public Dataset<Row> addTo(String table, Dataset<Row> rows) throws IOException {
        return former.tables().has(table) ? rows.unionByName(of(table), true) : rows;
    }

    /** The number of rows of the table {@code failures} that are added. */
    public long failures() throws IOException {
        return of(RunOutput.FAILURES).count();
    }

    private Dataset<Row> of(String table) throws IOException {
        Dataset<Row> rows = Tables.read(session, former, table, Tables.DEFAULT_FORMAT);
        Dataset<Row> changes = comparison.changes();
        if (!table.equals(RunOutput.ARRAYS)) {
            return rows.join(changes.where(ArchiveComparison.isUnchanged()), ArchiveComparison.using(), "left_semi");
        }
        Column change = coalesce(col(ArchiveComparison.CHANGE), lit(ArchiveChange.REMOVED.word()));
        return rows.join(changes, ArchiveComparison.using(), "left_outer")
                .where(not(change.isin(ArchiveChange.processedWords())))
                .withColumn(ArrayColumns.REMOVED, change.equalTo(ArchiveChange.REMOVED.word()))
                .drop(ArchiveComparison.CHANGE);
    }
}
