package io.zipmap.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PythonColumnarInputTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    static Path folder;

    /** The value after a query. The session is active, as it is in a program. */
    private static String afterAQuery(SparkSession session) throws IOException {
        Path archive = folder.resolve("a.npz");
        Zips.deflated(archive, "x.npy", Zips.npy(12, 0, 3, 4));
        SparkSession.setActiveSession(session);
        try {
            assertThat(session.read().format("zipmap").load(archive.toString()).collectAsList())
                    .hasSize(3);
            return session.conf().get(PythonColumnarInput.CONFIGURATION, "true");
        } finally {
            SparkSession.setActiveSession(SPARK.session());
        }
    }

    @Test
    void aQueryTurnsItOffInSpark420OnlyAndUnlessItIsSet() throws IOException {
        SparkSession untouched = SPARK.session().newSession();
        String preset = untouched.conf().get(PythonColumnarInput.CONFIGURATION, "true");
        SparkSession set = SPARK.session().newSession();
        set.conf().set(PythonColumnarInput.CONFIGURATION, true);

        assertThat(afterAQuery(untouched)).isEqualTo(untouched.version().equals("4.2.0") ? "false" : preset);
        assertThat(afterAQuery(set)).isEqualTo("true");
    }
}
