package io.zipmap.sql;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.InterpretedMutableProjection;
import org.apache.spark.sql.catalyst.expressions.InterpretedUnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.MutableProjection;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.DeclarativeAggregate;
import org.apache.spark.sql.catalyst.expressions.aggregate.Partial$;
import org.apache.spark.sql.catalyst.expressions.aggregate.PartialMerge$;
import org.apache.spark.sql.execution.aggregate.BaseAggregateExec;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Merges a few rows to the one row of an aggregation without groups, by the expressions of Spark's own functions: rows
 * of aggregation buffers to results, or rows of values or buffers to buffers. No code is compiled for so few rows.
 * Immutable.
 */
final class BufferMerge implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<Expression> initial = new ArrayList<>();
    private final List<Expression> merged = new ArrayList<>();
    private final List<Attribute> buffer = new ArrayList<>();
    private final List<Attribute> input = new ArrayList<>();

    /** What the functions give, from the buffers. */
    private final List<Expression> evaluated = new ArrayList<>();

    private final List<Attribute> attributes = new ArrayList<>();

    /** What the aggregation gives, from what the functions give. */
    private final List<Expression> results = new ArrayList<>();

    private final List<Attribute> output = new ArrayList<>();

    private BufferMerge() {}

    /**
     * What a final aggregation computes of rows of buffers: the results.
     *
     * @return empty if it has groups, or something that these expressions do not say
     */
    static Optional<BufferMerge> ofResults(BaseAggregateExec last) {
        BufferMerge merge = new BufferMerge();
        merge.attributes.addAll(list(last.aggregateAttributes()));
        for (NamedExpression result : list(last.resultExpressions())) {
            merge.results.add((Expression) result);
            merge.output.add(result.toAttribute());
        }
        boolean fits = last.groupingExpressions().isEmpty()
                && merge.results.stream().noneMatch(SubqueryExpression::hasSubquery);
        for (AggregateExpression one : list(last.aggregateExpressions())) {
            if (one.aggregateFunction() instanceof DeclarativeAggregate function) {
                merge.add(function, function.mergeExpressions());
                merge.input.addAll(list(function.inputAggBufferAttributes()));
                merge.evaluated.add(function.evaluateExpression());
            } else {
                fits = false;
            }
        }
        return fits ? Optional.of(merge) : Optional.empty();
    }

    /**
     * What a partial aggregation computes of the rows that it reads: a row of buffers.
     *
     * @return empty if it has groups, or something that these expressions do not say
     */
    static Optional<BufferMerge> ofBuffers(BaseAggregateExec partial) {
        BufferMerge merge = new BufferMerge();
        boolean fits = partial.groupingExpressions().isEmpty();
        int ofBuffers = 0;
        for (AggregateExpression one : list(partial.aggregateExpressions())) {
            if (!(one.aggregateFunction() instanceof DeclarativeAggregate function) || one.isDistinct()) {
                fits = false;
            } else if (one.mode().equals(PartialMerge$.MODULE$)) {
                merge.add(function, function.mergeExpressions());
                merge.input.addAll(list(function.inputAggBufferAttributes()));
                ofBuffers++;
            } else {
                merge.add(function, function.updateExpressions());
                fits &= one.mode().equals(Partial$.MODULE$) && one.filter().isEmpty();
            }
        }
        List<Attribute> read = list(partial.children().head().output());
        if (ofBuffers == 0) {
            merge.input.addAll(read);
        }
        fits &= merge.input.size() == read.size();
        merge.evaluated.addAll(merge.buffer);
        merge.attributes.addAll(merge.buffer);
        merge.results.addAll(merge.buffer);
        merge.output.addAll(list(partial.output()));
        return fits && merge.output.size() == merge.buffer.size() ? Optional.of(merge) : Optional.empty();
    }

    private void add(DeclarativeAggregate function, Seq<Expression> steps) {
        initial.addAll(list(function.initialValues()));
        merged.addAll(list(steps));
        buffer.addAll(list(function.aggBufferAttributes()));
    }

    /** The columns of the one row. */
    List<Attribute> output() {
        return List.copyOf(output);
    }

    /** @param rows of buffers, in the order of the functions, or of what a partial aggregation reads */
    InternalRow merge(Iterator<InternalRow> rows) {
        InternalRow values = new GenericInternalRow(buffer.size());
        project(initial, List.of(), values).apply(InternalRow.empty());
        List<Attribute> both = new ArrayList<>(buffer);
        both.addAll(input);
        MutableProjection step = project(merged, both, values);
        JoinedRow joined = new JoinedRow();
        while (rows.hasNext()) {
            step.apply(joined.apply(values, rows.next()));
        }
        InternalRow ofFunctions = new GenericInternalRow(evaluated.size());
        project(evaluated, buffer, ofFunctions).apply(values);
        InternalRow result = new GenericInternalRow(results.size());
        project(results, attributes, result).apply(ofFunctions);
        return unsafe(result);
    }

    private static MutableProjection project(List<Expression> expressions, List<Attribute> of, InternalRow into) {
        MutableProjection projection = new InterpretedMutableProjection(seq(expressions), seq(of));
        projection.initialize(0);
        return projection.target(into);
    }

    /** The row in the form in which Spark hands rows on. */
    private InternalRow unsafe(InternalRow row) {
        List<Expression> columns = new ArrayList<>();
        for (Attribute column : output) {
            columns.add(new BoundReference(columns.size(), column.dataType(), true));
        }
        return InterpretedUnsafeProjection.createProjection(seq(columns)).apply(row);
    }

    private static <T> List<T> list(scala.collection.Seq<T> elements) {
        return CollectionConverters.asJava(elements);
    }

    private static <T> Seq<T> seq(List<T> elements) {
        return CollectionConverters.asScala(elements).toList();
    }
}
