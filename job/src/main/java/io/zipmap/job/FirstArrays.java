package io.zipmap.job;

import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.job.extract.ExtractSummary;
import io.zipmap.store.ArrayRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Fetches the records of the first arrays of a run, by one job over the tasks that have them. */
final class FirstArrays {
    private FirstArrays() {}

    /** @param most the driver has so many records on its heap at most */
    static List<ArrayRecord> of(ArrayRecords records, int most) {
        int[] counts = new int[records.summaries().size()];
        int left = most;
        for (int task = 0; task < counts.length && left > 0; task++) {
            ExtractSummary summary = records.summaries().get(task);
            counts[task] = (int) Math.min(left, summary.arrays());
            left -= counts[task];
        }
        int[] tasks =
                IntStream.range(0, counts.length).filter(i -> counts[i] > 0).toArray();
        if (tasks.length == 0) {
            return List.of();
        }
        List<ArrayRecord>[] parts = records.rdd()
                .mapPartitionsWithIndex((task, all) -> first(all, counts[task]), true)
                .collectPartitions(tasks);
        return Stream.of(parts).flatMap(List::stream).toList();
    }

    private static Iterator<ArrayRecord> first(Iterator<ArrayRecord> records, int count) {
        List<ArrayRecord> first = new ArrayList<>(count);
        while (first.size() < count && records.hasNext()) {
            first.add(records.next());
        }
        return first.iterator();
    }
}
