package io.zipmap.sql.pushdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.filter.Predicate;

/**
 * Translates a tree of Spark's predicates into one {@code P}. This class walks the tree; a subclass knows which columns
 * and literals its predicates compare, and how. An empty result means that Spark has to evaluate the predicate itself.
 *
 * @param <C> a column
 * @param <V> the value of a literal
 * @param <P> the translated predicate
 */
abstract class PredicateTranslator<C, V, P extends Combinable<P>> {
    private final int mostInOperands;

    /** @param mostInOperands an IN with more operands, its column included, is not translated */
    PredicateTranslator(int mostInOperands) {
        this.mostInOperands = mostInOperands;
    }

    final Optional<P> translate(Predicate predicate) {
        Expression[] children = predicate.children();
        return switch (predicate.name()) {
            case "ALWAYS_TRUE" -> constant(true);
            case "ALWAYS_FALSE" -> constant(false);
            case "AND" -> and(child(children[0]), child(children[1]));
            case "OR" -> child(children[0]).flatMap(one -> child(children[1]).map(one::or));
            case "NOT" -> child(children[0]).map(Combinable::not);
            case "IS_NULL" -> column(children[0]).flatMap(this::isNull);
            case "IS_NOT_NULL" -> column(children[0]).flatMap(this::isNull).map(Combinable::not);
            case "IN" -> in(children);
            default -> children.length == 2 ? comparison(predicate.name(), children[0], children[1]) : Optional.empty();
        };
    }

    private Optional<P> child(Expression expression) {
        return expression instanceof Predicate predicate ? translate(predicate) : Optional.empty();
    }

    private Optional<P> in(Expression[] children) {
        Optional<C> column = children.length > mostInOperands ? Optional.empty() : column(children[0]);
        if (column.isEmpty()) {
            return Optional.empty();
        }
        List<V> values = new ArrayList<>();
        for (int i = 1; i < children.length; i++) {
            literal(column.get(), children[i]).ifPresent(values::add);
        }
        return values.size() == children.length - 1 ? in(column.get(), values) : Optional.empty();
    }

    /** AND of two translated predicates; by default both are needed. */
    Optional<P> and(Optional<P> left, Optional<P> right) {
        return left.flatMap(one -> right.map(one::and));
    }

    /** A comparison of a column on the left with a literal on the right. */
    Optional<P> comparison(String operator, Expression left, Expression right) {
        return column(left)
                .flatMap(column -> literal(column, right).flatMap(value -> compare(column, operator, value)));
    }

    Optional<P> constant(boolean value) {
        return Optional.empty();
    }

    Optional<P> isNull(C column) {
        return Optional.empty();
    }

    /** The operator that means the same after its sides are exchanged; empty if there is none. */
    static String mirrored(String operator) {
        return switch (operator) {
            case "<" -> ">";
            case "<=" -> ">=";
            case ">" -> "<";
            case ">=" -> "<=";
            case "=", "<>", "<=>" -> operator;
            default -> "";
        };
    }

    abstract Optional<C> column(Expression expression);

    /** @return empty also for null, and for a literal that cannot be compared with the column */
    abstract Optional<V> literal(C column, Expression expression);

    /** @param operator the name that Spark gives it, for example {@code <=} or {@code STARTS_WITH} */
    abstract Optional<P> compare(C column, String operator, V value);

    abstract Optional<P> in(C column, List<V> values);
}
