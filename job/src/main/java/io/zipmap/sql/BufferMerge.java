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
import org.apache.spark.sql.execution.aggregate.BaseAggregateExec;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Merges rows of Spark's aggregation buffers to the one row of an aggregate without groups, by the expressions of
 * Spark's own functions. No code is compiled for the few rows. Immutable.
 */
final class BufferMerge implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<Expression> initial = new ArrayList<>();
    private final List<Expression> merged = new ArrayList<>();
    private final List<Expression> evaluated = new ArrayList<>();
    private final List<Attribute> buffer = new ArrayList<>();
    private final List<Attribute> input = new ArrayList<>();
    private final List<Attribute> attributes;
    private final List<Expression> results = new ArrayList<>();
    private final List<Attribute> output = new ArrayList<>();

    private BufferMerge(List<Attribute> attributes, List<NamedExpression> results) {
        this.attributes = List.copyOf(attributes);
        for (NamedExpression result : results) {
            this.results.add((Expression) result);
            this.output.add(result.toAttribute());
        }
    }

    /** What a final aggregation computes; empty if it has groups, or something that these expressions do not say. */
    static Optional<BufferMerge> of(BaseAggregateExec last) {
        BufferMerge merge = new BufferMerge(
                CollectionConverters.asJava(last.aggregateAttributes()),
                CollectionConverters.asJava(last.resultExpressions()));
        boolean fits = last.groupingExpressions().isEmpty()
                && merge.results.stream().noneMatch(SubqueryExpression::hasSubquery);
        for (AggregateExpression one : CollectionConverters.asJava(last.aggregateExpressions())) {
            if (one.aggregateFunction() instanceof DeclarativeAggregate function) {
                merge.add(function);
            } else {
                fits = false;
            }
        }
        return fits ? Optional.of(merge) : Optional.empty();
    }

    private void add(DeclarativeAggregate function) {
        initial.addAll(CollectionConverters.asJava(function.initialValues()));
        merged.addAll(CollectionConverters.asJava(function.mergeExpressions()));
        evaluated.add(function.evaluateExpression());
        buffer.addAll(CollectionConverters.asJava(function.aggBufferAttributes()));
        input.addAll(CollectionConverters.asJava(function.inputAggBufferAttributes()));
    }

    /** The columns of the one row. */
    List<Attribute> output() {
        return List.copyOf(output);
    }

    /** @param buffers rows of buffers, in the order of the functions */
    InternalRow merge(Iterator<InternalRow> buffers) {
        InternalRow values = new GenericInternalRow(buffer.size());
        project(initial, List.of(), values).apply(InternalRow.empty());
        List<Attribute> both = new ArrayList<>(buffer);
        both.addAll(input);
        MutableProjection step = project(merged, both, values);
        JoinedRow joined = new JoinedRow();
        while (buffers.hasNext()) {
            step.apply(joined.apply(values, buffers.next()));
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

    private static <T> Seq<T> seq(List<T> elements) {
        return CollectionConverters.asScala(elements).toList();
    }
}
