package io.zipmap.cli;

import io.zipmap.plan.Work;

/**
 * What the tasks of one stage of a command have done. Immutable.
 *
 * @param work the archives, arrays and bytes, as {@link io.zipmap.plan.TaskWork} counts them; instead of arrays, the
 *     plan stage has the archives that it finds, and the publish stage the rows that it writes
 * @param tasksDone of the stages of Spark that run now
 * @param tasks of these stages
 * @param runningMillis since the first of these stages began
 */
record StageCounts(Work work, int tasksDone, int tasks, long runningMillis) {
    static final StageCounts NONE = new StageCounts(Work.UNKNOWN, 0, 0, 0);
}
