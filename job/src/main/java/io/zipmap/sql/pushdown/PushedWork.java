package io.zipmap.sql.pushdown;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The predicates, limit and offset that a scan has taken over from Spark. Immutable.
 *
 * @param predicates that the selection and the filter evaluate exactly
 * @param zones predicates by which the scan skips blocks of rows
 * @param filter of the predicates on values that the scan evaluates exactly
 * @param top the rows that Spark needs of those; null for all
 */
public record PushedWork(
        List<Predicate> predicates,
        ZoneFilter zones,
        RowFilter filter,
        @Nullable TopRows top,
        Selection selection) {
    /** User and password in a URI. */
    private static final Pattern CREDENTIALS = Pattern.compile("//[^/@\\s]*@");

    /** The text that EXPLAIN shows, without the credentials of URIs. */
    public String explain() {
        String explained = explain(predicates, zones, selection.limit(), selection.offset());
        return top == null ? explained : explained + ", PushedTopN: " + top;
    }

    /** @param limit {@code Long.MAX_VALUE} for none */
    public static String explain(List<Predicate> predicates, ZoneFilter zones, long limit, long offset) {
        List<String> parts = new ArrayList<>();
        parts.add("PushedFilters: "
                + predicates.stream().map(Predicate::toString).collect(Collectors.joining(", ", "[", "]")));
        if (!zones.isEmpty()) {
            parts.add("ZoneFilters: " + zones);
        }
        if (limit < Long.MAX_VALUE) {
            parts.add("PushedLimit: " + limit);
        }
        if (offset > 0) {
            parts.add("PushedOffset: " + offset);
        }
        return CREDENTIALS.matcher(String.join(", ", parts)).replaceAll("//");
    }
}
