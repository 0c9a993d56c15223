package io.zipmap.sql;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns off the columnar input of Python functions in a session of Spark 4.2.0, where a plain function over columns of
 * a columnar source waits for ever: the runner of columnar input still writes the schema of the input before the
 * functions, where the Python worker no longer reads it (SPARK-58241). A value that the user has set stays.
 */
final class PythonColumnarInput {
    static final String CONFIGURATION = "spark.sql.execution.arrow.pythonUDF.columnarInput.enabled";

    private static final String BROKEN = "4.2.0";
    private static final Logger LOG = LoggerFactory.getLogger(PythonColumnarInput.class);

    private PythonColumnarInput() {}

    /** Called when a query plans its scan, which is before Spark chooses the input of the query's functions. */
    static void avoid(SparkSession session) {
        if (session.version().equals(BROKEN) && !SQLConf.get().contains(CONFIGURATION)) {
            session.conf().set(CONFIGURATION, false);
            LOG.debug("Set {} to false: Python functions would wait for ever in Spark {}", CONFIGURATION, BROKEN);
        }
    }
}
