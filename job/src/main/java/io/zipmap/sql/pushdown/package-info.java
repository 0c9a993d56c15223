/**
 * The work that a scan takes over from Spark. Classes are immutable, except
 * {@link io.zipmap.sql.pushdown.PartitionCutter}. Nothing here opens an array: the readers of {@code io.zipmap.sql}
 * open and close the arrays that they pass in.
 *
 * <p>Begin with {@link io.zipmap.sql.pushdown.Selection}: the rows that a scan reads. The {@code *PredicateTranslator}
 * classes turn Spark's predicates into conditions over known columns, row numbers, zone maps and values;
 * {@code TernaryPredicate} and {@code TernaryRowChooser} hold SQL's three-valued logic.
 * {@link io.zipmap.sql.pushdown.PartitionCutter} cuts a selection into {@link io.zipmap.sql.pushdown.ArrayPartition}s,
 * one for each task.
 *
 * <p>{@link io.zipmap.sql.pushdown.ArraySelection} is the same for the table {@code arrays}, by conditions and orders
 * over {@code HeaderColumn}s.
 *
 * <p>In a task, {@link io.zipmap.sql.pushdown.ZoneFilter} and {@link io.zipmap.sql.pushdown.ZoneStats} skip blocks of
 * rows, {@link io.zipmap.sql.pushdown.RowFilter} chooses rows by their values, and
 * {@link io.zipmap.sql.pushdown.PushedAggregation} turns the {@link io.zipmap.sql.pushdown.SliceStats} of a slice, or
 * statistics of its rows by group, into rows. {@link io.zipmap.sql.pushdown.ValueExpression} is a column or arithmetic
 * that filters, aggregates and groups use. {@code ZoneGrid} decides where slices and blocks end. {@code SparkValues}
 * converts statistics into the values of Spark: a pushed MAX becomes NaN there.
 * {@link io.zipmap.sql.pushdown.PushedWork} is what EXPLAIN shows.
 */
@NullMarked
package io.zipmap.sql.pushdown;

import org.jspecify.annotations.NullMarked;
