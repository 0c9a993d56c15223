package io.zipmap.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.execution.SparkSqlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedTablesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    SELECT * FROM A JOIN b                                                   | a b
                    SELECT * FROM s.a                                                        | ''
                    SELECT (SELECT max(x) FROM a) FROM b WHERE x IN (SELECT x FROM c)        | a b c
                    SELECT * FROM (SELECT * FROM a) AS b                                     | a
                    EXPLAIN SELECT * FROM a                                                  | a
                    CREATE TEMPORARY VIEW v AS SELECT * FROM a WHERE x > (SELECT 1 FROM b)   | a b
                    WITH w AS (SELECT * FROM a) SELECT * FROM w                              | a
                    WITH a AS (SELECT * FROM a) SELECT * FROM a                              | a
                    WITH w AS (SELECT * FROM a), a AS (SELECT 1) SELECT * FROM w, a          | a
                    WITH a AS (SELECT 1), w AS (SELECT * FROM a) SELECT * FROM w             | ''
                    WITH a AS (SELECT 1) SELECT * FROM b WHERE x IN (SELECT x FROM a)        | b
                    SELECT * FROM a, (WITH a AS (SELECT 1) SELECT * FROM a)                  | a
                    WITH RECURSIVE a AS (SELECT 1 UNION ALL SELECT * FROM a) SELECT * FROM a | ''
                    """)
    void aWithHidesANameWhereItHolds(String query, String names) throws ParseException {
        assertThat(NamedTables.of(new SparkSqlParser().parsePlan(query)))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(names.split(" "))
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    /** The time would double with each level if a subquery were visited twice. */
    @Test
    void deepSubqueriesAreVisitedOnce() throws ParseException {
        int levels = 40;
        String query = "SELECT (".repeat(levels) + "SELECT max(x) FROM a" + ")".repeat(levels);
        assertThat(NamedTables.of(new SparkSqlParser().parsePlan(query))).containsExactly("a");
    }
}
