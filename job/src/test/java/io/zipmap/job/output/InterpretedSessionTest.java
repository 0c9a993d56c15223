package io.zipmap.job.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.testing.SparkLocal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import scala.jdk.javaapi.CollectionConverters;

class InterpretedSessionTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    private static final String MODE = "spark.sql.codegen.factoryMode";

    private static boolean isCompiled(Dataset<Row> table) {
        return ((org.apache.spark.sql.classic.Dataset<Row>) table)
                .queryExecution()
                .executedPlan()
                .toString()
                .contains("*(1)");
    }

    private static Set<String> modesOfTasks(Dataset<Row> table) {
        MapFunction<Row, String> mode = row -> SQLConf.get().getConfString(MODE);
        return Set.copyOf(table.map(mode, Encoders.STRING()).collectAsList());
    }

    @Test
    void theCopyInterpretsAndTheSessionCompilesAtTheSameTime() {
        SparkSession session = SPARK.session();
        Map<String, String> before = CollectionConverters.asJava(session.conf().getAll());
        Dataset<Row> table = session.range(3).selectExpr("id + 1 AS n").where("n > 1");
        InterpretedSession one = InterpretedSession.of(session);
        InterpretedSession other = InterpretedSession.of(session);
        for (InterpretedSession copy : List.of(one, other)) {
            Dataset<Row> adopted = copy.adopt(table);
            assertThat(isCompiled(adopted)).isFalse();
            assertThat(modesOfTasks(adopted)).containsExactly("NO_CODEGEN");
            assertThat(adopted.collectAsList()).isEqualTo(table.collectAsList()).hasSize(2);
            assertThat(isCompiled(table)).isTrue();
            assertThat(modesOfTasks(table)).containsExactly("FALLBACK");
        }
        assertThat(CollectionConverters.asJava(session.conf().getAll())).isEqualTo(before);
    }
}
