package io.zipmap.job;

import java.util.HashSet;
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
 * WITH of the query defines is left out. Names are in lower case.
 */
final class NamedTables {
    private final Set<String> named = new HashSet<>();
    private final Set<String> defined = new HashSet<>();

    private NamedTables() {}

    static Set<String> of(LogicalPlan parsed) {
        NamedTables tables = new NamedTables();
        tables.visit(parsed);
        tables.named.removeAll(tables.defined);
        return tables.named;
    }

    private void visit(Object part) {
        if (part instanceof UnresolvedRelation relation) {
            add(relation.multipartIdentifier());
        } else if (part instanceof UnresolvedTableOrView table) {
            add(table.multipartIdentifier());
        } else if (part instanceof UnresolvedWith with) {
            for (Object relation : CollectionConverters.asJava((Iterable<?>) with.innerChildren())) {
                if (relation instanceof SubqueryAlias alias) {
                    defined.add(alias.alias().toLowerCase(Locale.ROOT));
                }
            }
        }
        if (part instanceof ExplainCommand explain) {
            // It does not fail without the table, but prints the error as its result.
            visit(explain.logicalPlan());
        }
        if (part instanceof TreeNode<?> node) {
            visitAll((Iterable<?>) node.children());
            visitAll((Iterable<?>) node.innerChildren());
        }
        if (part instanceof QueryPlan<?> plan) {
            visitAll((Iterable<?>) plan.subqueries());
        }
    }

    private void visitAll(Iterable<?> parts) {
        CollectionConverters.asJava(parts).forEach(this::visit);
    }

    private void add(Seq<String> name) {
        if (name.length() == 1) {
            named.add(name.head().toLowerCase(Locale.ROOT));
        }
    }
}
