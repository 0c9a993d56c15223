package io.zipmap.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * A Spark session that runs the statements of its arguments, then those of standard input, one a line, until the input
 * ends. It answers each by one line of JSON: the seconds and the rows. A statement after the word {@code noop} is
 * written to Spark's sink of that name: all its rows are computed, and none is kept. The function {@code halved} is a
 * Java UDF. An error ends the process.
 */
public final class QueryServer {
    private static final String NOOP = "noop ";
    private static final double NANOS = 1e9;

    private QueryServer() {}

    public static void main(String[] args) throws IOException {
        SparkSession session = SparkSession.builder().appName("bench").getOrCreate();
        session.sparkContext().setLogLevel("ERROR");
        session.udf().register("halved", (UDF1<Float, Float>) value -> value / 2, DataTypes.FloatType);
        BufferedReader statements = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("{\"version\": " + quoted("Spark " + session.version()) + "}");
        for (String statement : args) {
            System.out.println(answer(session, statement));
        }
        for (String next = statements.readLine(); next != null; next = statements.readLine()) {
            System.out.println(answer(session, next));
        }
        session.stop();
    }

    private static String answer(SparkSession session, String statement) {
        long start = System.nanoTime();
        List<Row> rows = run(session, statement);
        double seconds = (System.nanoTime() - start) / NANOS;
        return "{\"seconds\": " + seconds + ", \"rows\": " + json(rows) + "}";
    }

    private static List<Row> run(SparkSession session, String statement) {
        if (statement.startsWith(NOOP)) {
            session.sql(statement.substring(NOOP.length()))
                    .write()
                    .format("noop")
                    .mode("overwrite")
                    .save();
            return List.of();
        }
        return session.sql(statement).collectAsList();
    }

    private static String json(List<Row> rows) {
        List<String> all = new ArrayList<>();
        for (Row row : rows) {
            StringJoiner values = new StringJoiner(", ", "[", "]");
            for (int i = 0; i < row.length(); i++) {
                Object value = row.get(i);
                values.add(value instanceof Number || value == null ? String.valueOf(value) : quoted(value.toString()));
            }
            all.add(values.toString());
        }
        return all.toString();
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\' || c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
