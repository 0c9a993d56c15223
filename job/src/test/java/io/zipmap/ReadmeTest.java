package io.zipmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.testing.Document;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The Java and the SQL of the README, run as they are over two small archives in place of those in {@code /data}. */
class ReadmeTest {
    private static final String FRAME = """
            package io.zipmap;
            %s
            import org.apache.spark.sql.SparkSession;
            public final class ReadmeJava {
                public static void run(SparkSession spark) throws Exception {
            %s
                }
            }
            """;

    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    Path folder;

    @BeforeEach
    void writeArchives() throws IOException {
        for (int i = 0; i < 2; i++) {
            Zips.deflated(folder.resolve("file_" + i + ".zip"), "x", Zips.floats(400, i));
        }
    }

    private static List<String> blocks(String language) throws IOException {
        List<String> blocks = Document.read("README.md").blocks(language);
        assertThat(blocks).isNotEmpty();
        return blocks;
    }

    private String here(String text) {
        return text.replace("/data/", folder + "/");
    }

    @Test
    void itsSqlRuns() throws IOException {
        for (String block : blocks("sql")) {
            for (String statement : here(block).split(";\\s*")) {
                boolean query = statement.startsWith("SELECT");
                assertThat(SPARK.session().sql(statement).collectAsList().isEmpty())
                        .isNotEqualTo(query);
            }
        }
        SPARK.session().catalog().dropTempView("elements");
    }

    /** The class is defined by the loader of the tests, where Spark's tasks find its lambda. */
    @Test
    void itsJavaCompilesAndRuns() throws Exception {
        Map<Boolean, String> lines = blocks("java").stream()
                .flatMap(String::lines)
                .collect(Collectors.partitioningBy(line -> line.startsWith("import "), Collectors.joining("\n")));
        String java = String.format(FRAME, lines.get(true), here(lines.get(false)));
        Path source = Files.writeString(folder.resolve("ReadmeJava.java"), java);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-d",
                        folder.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString());
        assertThat(status).isZero();
        MethodHandles.lookup()
                .defineClass(Files.readAllBytes(folder.resolve("io/zipmap/ReadmeJava.class")))
                .getMethod("run", SparkSession.class)
                .invoke(null, SPARK.session());
    }
}
