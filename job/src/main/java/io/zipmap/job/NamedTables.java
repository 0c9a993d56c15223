package io.zipmap.job;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableOrView;
import org.apache.spark.sql.catalyst.plans.QueryPlan;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import org.apache.spark.sql.execution.command.ExplainCommand;
import scala.collection.Iterable;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The tables that a parsed query names by one word, in subqueries and in the statement of an EXPLAIN too. A name that a
 * WITH defines is left out where that WITH holds. Names are in lower case.
 */
final class NamedTables {
    private final Set<String> named = new HashSet<>();
    private final Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());

    private NamedTables() {}

    static Set<String> of(LogicalPlan parsed) {
        NamedTables tables = new NamedTables();
        tables.visit(parsed, Set.of());
        return tables.named;
    }

    /** @param defined names that are no tables in this part */
    private void visit(Object part, Set<String> defined) {
        // A plan has its subqueries twice: as such, and among its inner children.
        if (!visited.add(part)) {
            return;
        }
        Set<String> scope = defined;
        if (part instanceof UnresolvedRelation relation) {
            add(relation.multipartIdentifier(), scope);
        } else if (part instanceof UnresolvedTableOrView table) {
            add(table.multipartIdentifier(), scope);
        } else if (part instanceof UnresolvedWith with) {
            scope = define(with, scope);
        } else if (part instanceof ExplainCommand explain) {
            // It does not fail without the table, but prints the error as its result.
            visit(explain.logicalPlan(), scope);
        }
        if (part instanceof TreeNode<?> node) {
            visitAll((Iterable<?>) node.children(), scope);
            visitAll((Iterable<?>) node.innerChildren(), scope);
        }
        if (part instanceof QueryPlan<?> plan) {
            // Some plans have other inner children.
            visitAll((Iterable<?>) plan.subqueries(), scope);
        }
    }

    /**
     * Visits the queries of a WITH, each of which sees the names of those before it, and also its own if it may recur.
     *
     * @return the names that are no tables in the statement of the WITH
     */
    private Set<String> define(UnresolvedWith with, Set<String> outer) {
        Set<String> defined = new HashSet<>(outer);
        for (Object query : CollectionConverters.asJava((Iterable<?>) with.innerChildren())) {
            Set<String> own =
                    query instanceof SubqueryAlias alias ? Set.of(alias.alias().toLowerCase(Locale.ROOT)) : Set.of();
            if (with.allowRecursion()) {
                defined.addAll(own);
            }
            visit(query, defined);
            defined.addAll(own);
        }
        return defined;
    }

    private void visitAll(Iterable<?> parts, Set<String> defined) {
        CollectionConverters.asJava(parts).forEach(part -> visit(part, defined));
    }

    private void add(Seq<String> name, Set<String> defined) {
        String first = name.head().toLowerCase(Locale.ROOT);
        if (name.length() == 1 && !defined.contains(first)) {
            named.add(first);
        }
    }
}
