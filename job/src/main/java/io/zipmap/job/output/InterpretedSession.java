package io.zipmap.job.output;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/**
 * A copy of a session that interprets its expressions. Generating and compiling code takes longer than it saves up to
 * some 400 000 rows. The session itself keeps its settings, so that its other queries are compiled meanwhile.
 */
final class InterpretedSession {
    private static final Map<String, String> INTERPRETED =
            Map.of("spark.sql.codegen.wholeStage", "false", "spark.sql.codegen.factoryMode", "NO_CODEGEN");

    private final SparkSession copy;

    private InterpretedSession(SparkSession copy) {
        this.copy = copy;
    }

    static InterpretedSession of(org.apache.spark.sql.SparkSession session) {
        SparkSession copy = ((SparkSession) session).cloneSession();
        INTERPRETED.forEach(copy.conf()::set);
        return new InterpretedSession(copy);
    }

    /** The same table, in this session. */
    Dataset<Row> adopt(Dataset<Row> table) {
        return org.apache.spark.sql.classic.Dataset.ofRows(
                copy,
                ((org.apache.spark.sql.classic.Dataset<Row>) table)
                        .queryExecution()
                        .analyzed());
    }
}
