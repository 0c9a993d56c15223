package io.zipmap.job;

import io.zipmap.Printable;
import java.io.ByteArrayOutputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Console;

/** A format in which the result of a query is printed on standard output. */
enum ResultFormat {
    /** Spark's text table of the first hundred rows. */
    TABLE {
        @Override
        void print(Dataset<Row> result, int width) {
            ByteArrayOutputStream table = new ByteArrayOutputStream();
            Console.withOut(table, () -> {
                result.show(PRINTED_ROWS, false);
                return table;
            });
            // Spark escapes line ends, but no other control characters of terminals.
            List<String> lines = Arrays.asList(
                    table.toString(StandardCharsets.UTF_8).stripTrailing().split("\n"));
            printLines(width == UNCUT ? lines : TableWidth.cut(lines, width));
        }
    },
    /**
     * RFC 4180, with a line of column names. Arrays and structs are Spark's text for them. A null is an empty field; an
     * empty text is quoted. Control characters except tabs and line ends are escaped.
     */
    CSV {
        @Override
        void print(Dataset<Row> result, int width) {
            System.out.println(Printable.ofLines(
                    Arrays.stream(result.columns()).map(ResultFormat::quoted).collect(Collectors.joining(","))));
            StructField[] fields = result.schema().fields();
            Dataset<Row> numbered = result.toDF(
                    IntStream.range(0, fields.length).mapToObj(i -> "c" + i).toArray(String[]::new));
            Stream<Column> texts =
                    IntStream.range(0, fields.length).mapToObj(i -> flat(numbered.col("c" + i), fields[i].dataType()));
            // Spark prints no line for a row of nulls only. So each row gets one more field, which is cut off.
            Column row = functions.struct(
                    Stream.concat(texts, Stream.of(functions.lit(LAST))).toArray(Column[]::new));
            printAll(
                    numbered.select(functions.to_csv(row, CSV_OPTIONS)),
                    line -> Printable.ofLines(line.substring(0, Math.max(0, line.length() - 1 - LAST.length()))));
        }
    },
    /** One JSON object for each row, null fields included. */
    JSON {
        @Override
        void print(Dataset<Row> result, int width) {
            Column whole = functions.struct(functions.col("*"));
            // JSON allows an escape for any character.
            printAll(result.select(functions.to_json(whole, Map.of("ignoreNullFields", "false"))), Printable::of);
        }
    };

    static final int UNCUT = 0;

    static final int PRINTED_ROWS = 100;
    private static final String LAST = "-";
    private static final Map<String, String> CSV_OPTIONS =
            Map.of("escape", "\"", "ignoreLeadingWhiteSpace", "false", "ignoreTrailingWhiteSpace", "false");

    /** @param word a value of the option {@code resultFormat} */
    static ResultFormat of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Prints a result on standard output. */
    final void print(Dataset<Row> result) {
        print(result, UNCUT);
    }

    /**
     * Prints a result on standard output.
     *
     * @param width the columns of the terminal, to which a text table is cut; {@link #UNCUT} to print it whole
     */
    abstract void print(Dataset<Row> result, int width);

    /** Prints the lines of a text table on standard output. */
    static void printLines(List<String> table) {
        table.forEach(line -> Console.out().println(Printable.of(line)));
        Console.out().println();
        Console.out().flush();
    }

    /** Fetches one partition at a time, so that a large result need not fit into the driver. */
    private static void printAll(Dataset<Row> texts, UnaryOperator<String> printed) {
        Iterator<String> lines = texts.as(Encoders.STRING()).toLocalIterator();
        while (lines.hasNext()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new UncheckedIOException(new InterruptedIOException("Interrupted while a result was printed"));
            }
            System.out.println(printed.apply(lines.next()));
        }
    }

    private static Column flat(Column column, DataType type) {
        boolean nested = type instanceof ArrayType || type instanceof MapType || type instanceof StructType;
        return nested ? column.cast("string") : column;
    }

    private static String quoted(String name) {
        return name.matches("[^\",\\r\\n]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
