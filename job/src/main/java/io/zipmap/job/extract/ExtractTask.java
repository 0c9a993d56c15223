package io.zipmap.job.extract;

import io.zipmap.archive.ArchiveRef;
import java.io.IOException;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.TaskCompletionListener;

/** The extract stage: archive in, a record or a failure out for each entry, one at a time. */
public final class ExtractTask implements FlatMapFunction<Iterator<ArchiveRef>, EntryOutcome> {
    private static final long serialVersionUID = 1L;

    private final TaskNode node;

    public ExtractTask(TaskNode node) {
        this.node = node;
    }

    @Override
    public Iterator<EntryOutcome> call(Iterator<ArchiveRef> archives) throws IOException {
        ExtractIterator outcomes = new ExtractIterator(archives, node.store(), node.settings());
        TaskCompletionListener close = context -> outcomes.close();
        TaskContext.get().addTaskCompletionListener(close);
        return outcomes;
    }
}
