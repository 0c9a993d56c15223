package io.zipmap.job;

import io.zipmap.ZipmapException;
import io.zipmap.job.output.LazyView;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.sql.SparkSession;

/** The view {@code elements} over the data source: one row for each row of an array. */
public final class ElementsView implements LazyView {
    public static final String NAME = "elements";
    private static final String SOURCE = "zipmap";

    private final SparkSession session;
    private final ElementsSettings settings;

    /** Drops an older view of the session. Opens no archive. */
    public ElementsView(SparkSession session, ElementsSettings settings) {
        this.session = session;
        this.settings = settings;
        session.catalog().dropTempView(NAME);
    }

    @Override
    public String name() {
        return NAME;
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
            session.read()
                    .format(SOURCE)
                    .options(settings.options())
                    .load(settings.inputs().toArray(String[]::new))
                    .createOrReplaceTempView(NAME);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
