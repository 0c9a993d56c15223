package io.zipmap.sql.pushdown;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.expressions.filter.Predicate;

/** What a scan has taken over from Spark, and how EXPLAIN shows it. Immutable. */
public record PushedWork(List<Predicate> predicates, ZoneFilter zones, Selection selection) {
    /** User and password in a URI. */
    private static final Pattern SECRET = Pattern.compile("//[^/@\\s]*@");

    public String text() {
        List<String> parts = new ArrayList<>();
        parts.add("PushedFilters: "
                + predicates.stream().map(Predicate::toString).collect(Collectors.joining(", ", "[", "]")));
        if (!zones.isEmpty()) {
            parts.add("ZoneFilters: " + zones);
        }
        if (selection.limit() < Long.MAX_VALUE) {
            parts.add("PushedLimit: " + selection.limit());
        }
        if (selection.offset() > 0) {
            parts.add("PushedOffset: " + selection.offset());
        }
        return SECRET.matcher(String.join(", ", parts)).replaceAll("//");
    }
}
