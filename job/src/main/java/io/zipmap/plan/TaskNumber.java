package io.zipmap.plan;

import org.apache.spark.Partitioner;

/** Sends each archive to the task it was packed into. The key is {@link PlanFunctions.Packed}. */
final class TaskNumber extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int tasks;

    TaskNumber(int tasks) {
        this.tasks = tasks;
    }

    @Override
    public int numPartitions() {
        return tasks;
    }

    @Override
    public int getPartition(Object key) {
        return ((PlanFunctions.Packed) key).task();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TaskNumber && tasks == ((TaskNumber) other).tasks;
    }

    @Override
    public int hashCode() {
        return tasks;
    }
}
