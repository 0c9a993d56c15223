package io.zipmap.sql.error;

import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import java.util.Map;
import org.apache.spark.QueryContext;
import org.apache.spark.sql.AnalysisException;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * An error that Spark reports before a query runs, as {@code pyspark.errors.AnalysisException}. Its condition is the
 * label of our {@link io.zipmap.Condition}.
 */
public final class ZipmapAnalysisException extends AnalysisException {
    private static final long serialVersionUID = 1L;

    private final String state;

    /** Calls the constructor that Spark 4.0 to 4.3 have: others look for the condition in Spark's own list. */
    ZipmapAnalysisException(ZipmapException error) {
        super(
                error.message(OptionSpelling.DATA_SOURCE),
                Option.empty(),
                Option.empty(),
                Option.apply(error),
                Option.apply(error.condition().label()),
                immutable(error.parameters(OptionSpelling.DATA_SOURCE)),
                new QueryContext[0]);
        this.state = SqlState.of(error.condition());
    }

    private static scala.collection.immutable.Map<String, String> immutable(Map<String, String> parameters) {
        return scala.collection.immutable.Map.from(CollectionConverters.asScala(parameters));
    }

    @Override
    public String getSqlState() {
        return state;
    }

    /** The message, which is no template: Spark looks for one in its own list. */
    public String getDefaultMessageTemplate() {
        return String.valueOf(getMessage());
    }
}
