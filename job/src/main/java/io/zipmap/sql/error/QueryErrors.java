package io.zipmap.sql.error;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.execution.QueryExecutionException;

/** Turns an IOException into the exception that a source of Spark throws. No other class of the data source does it. */
public final class QueryErrors {
    private QueryErrors() {}

    /**
     * Throws the exception of Spark for an error: {@code throw QueryErrors.of(e)}. On the driver, what the caller or an
     * archive did wrong is a {@link ZipmapAnalysisException}; all else, and any error in a task, is a
     * {@link ZipmapExecutionException}.
     *
     * @return never, but the compiler wants a {@code throw}
     */
    public static RuntimeException of(IOException e) {
        if (e instanceof ZipmapException named) {
            Condition.Blame blame = named.condition().blame();
            boolean callers = blame == Condition.Blame.USAGE || blame == Condition.Blame.INPUT;
            throw QueryErrors.<RuntimeException>undeclared(
                    callers && TaskContext.get() == null
                            ? new ZipmapAnalysisException(named)
                            : new ZipmapExecutionException(named));
        }
        if (e instanceof InterruptedIOException || TaskContext.get() != null) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        throw QueryErrors.<RuntimeException>undeclared(new QueryExecutionException(String.valueOf(e.getMessage()), e));
    }

    /**
     * As {@link #of}, for an error while Spark describes a plan that it starts to run. Spark drops an AnalysisException
     * from a description, and would then run the plan.
     */
    public static RuntimeException ofDescription(IOException e) {
        if (e instanceof ZipmapException named) {
            throw QueryErrors.<RuntimeException>undeclared(new ZipmapExecutionException(named));
        }
        return of(e);
    }

    /** A reader whose named errors are those of Spark. An error without a name stays an IOException. */
    public static <T> PartitionReader<T> naming(PartitionReader<T> reader) {
        return new NamingReader<>(reader);
    }

    /** Throws the exception without declaring it, as Spark does: its methods are written in Scala. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> E undeclared(Exception e) throws E {
        throw (E) e;
    }
}
