package io.zipmap.job;

import io.zipmap.ZipmapException;
import io.zipmap.job.output.LazyView;
import io.zipmap.plan.ArrayColumns;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.QueryExecutionException;
import org.apache.spark.sql.types.StructType;

/** A view over the data source: one of the tables that it makes of the archives. */
public final class SourceView implements LazyView {
    public static final String ELEMENTS = "elements";
    public static final String MEMBERS = "members";
    public static final String ARRAYS = "arrays";

    /** The name of {@code arrays} beside the table that a run has published. */
    private static final String LIVE_ARRAYS = "live_arrays";

    private static final String SOURCE = "zipmap";

    private final SparkSession session;
    private final ViewSettings settings;
    private final String name;
    private final String table;

    /** Drops an older view of the session. Opens no archive. */
    private SourceView(SparkSession session, ViewSettings settings, String name, String table) {
        this.session = session;
        this.settings = settings;
        this.name = name;
        this.table = table;
        session.catalog().dropTempView(name);
    }

    /** The views over archives. */
    public static List<SourceView> overArchives(SparkSession session, ViewSettings settings) {
        return all(session, settings, ARRAYS);
    }

    /** The views beside the tables of a run, of which one is {@code arrays}. */
    public static List<SourceView> besideTables(SparkSession session, ViewSettings settings) {
        return all(session, settings, LIVE_ARRAYS);
    }

    private static List<SourceView> all(SparkSession session, ViewSettings settings, String arrays) {
        return List.of(
                new SourceView(session, settings, ELEMENTS, ELEMENTS),
                new SourceView(session, settings, MEMBERS, MEMBERS),
                new SourceView(session, settings, arrays, ARRAYS));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public StructType schemaBefore() {
        return name.equals(ARRAYS) ? ArrayColumns.LIVE : new StructType();
    }

    /**
     * Makes the view: the data source lists the arrays and extracts none.
     *
     * @throws ZipmapException as the data source throws it
     */
    @Override
    public void register() throws IOException {
        EncryptionWarning.log(session);
        try {
            load().createOrReplaceTempView(name);
        } catch (AnalysisException | QueryExecutionException e) {
            throw e.getCause() instanceof ZipmapException named ? named : new IOException(e.getMessage(), e);
        }
    }

    /** Declares the exceptions that Spark and the data source throw without declaring them. */
    private Dataset<Row> load() throws AnalysisException, QueryExecutionException {
        return session.read()
                .format(SOURCE)
                .options(settings.options(table))
                .load(settings.inputs().toArray(String[]::new));
    }
}
