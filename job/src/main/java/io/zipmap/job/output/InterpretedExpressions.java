package io.zipmap.job.output;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The time in which a session interprets its expressions, from {@link #in} to {@link #close}. Generating and compiling
 * code takes longer than interpreting some thousand rows. Not thread-safe.
 */
final class InterpretedExpressions implements AutoCloseable {
    private static final Map<String, String> INTERPRETED =
            Map.of("spark.sql.codegen.wholeStage", "false", "spark.sql.codegen.factoryMode", "NO_CODEGEN");

    private final SparkSession session;
    private final Map<String, String> before;

    private InterpretedExpressions(SparkSession session) {
        this.session = session;
        this.before = CollectionConverters.asJava(session.conf().getAll());
    }

    /** Begins the time. The caller closes what is returned. */
    static InterpretedExpressions in(SparkSession session) {
        InterpretedExpressions time = new InterpretedExpressions(session);
        INTERPRETED.forEach(session.conf()::set);
        return time;
    }

    /** Gives the session the settings that it had before. */
    @Override
    public void close() {
        for (String key : INTERPRETED.keySet()) {
            if (before.containsKey(key)) {
                session.conf().set(key, before.get(key));
            } else {
                session.conf().unset(key);
            }
        }
    }
}
