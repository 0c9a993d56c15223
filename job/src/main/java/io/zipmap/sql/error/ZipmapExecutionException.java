package io.zipmap.sql.error;

import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import java.util.Map;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.execution.QueryExecutionException;

/**
 * An error that ends a running query, as {@code pyspark.errors.QueryExecutionException}. Spark throws an exception with
 * a condition as the task threw it, and not inside a report of the stage. Its condition is the label of our
 * {@link io.zipmap.Condition}.
 */
public final class ZipmapExecutionException extends QueryExecutionException implements SparkThrowable {
    private static final long serialVersionUID = 1L;

    private final String condition;
    private final String state;
    private final Map<String, String> parameters;

    ZipmapExecutionException(ZipmapException error) {
        super(error.message(OptionSpelling.DATA_SOURCE), error);
        this.condition = error.condition().label();
        this.state = SqlState.of(error.condition());
        this.parameters = error.parameters(OptionSpelling.DATA_SOURCE);
    }

    @Override
    public String getCondition() {
        return condition;
    }

    @Override
    public String getSqlState() {
        return state;
    }

    @Override
    public Map<String, String> getMessageParameters() {
        return parameters;
    }

    /** The message, which is no template: Spark looks for one in its own list. */
    public String getDefaultMessageTemplate() {
        return String.valueOf(getMessage());
    }
}
