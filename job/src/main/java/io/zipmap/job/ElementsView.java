package io.zipmap.job;

import io.zipmap.ZipmapException;
import io.zipmap.job.output.LazyView;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.sql.SparkSession;

/** The view {@code elements}: the arrays themselves, a row per row of an array. */
public final class ElementsView implements LazyView {
    private static final String NAME = "elements";
    private static final String SOURCE = "zipmap";

    private final SparkSession session;
    private final ElementsSettings settings;

    /** Forgets an older view of this session, and looks at no archive yet. */
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
     * Makes the view now: looks what arrays there are, and extracts none.
     *
     * @throws ZipmapException as the data source throws it
     */
    @Override
    public void register() throws IOException {
        EncryptionWarning.warn(session);
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
