package io.zipmap.job;

import io.zipmap.testing.SparkLocal;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.RegisterExtension;

class RunWithJavaTest extends RunContract {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @Override
    SparkSession session() {
        return SPARK.session();
    }
}
