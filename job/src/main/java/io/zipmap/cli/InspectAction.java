package io.zipmap.cli;

import io.zipmap.tools.InspectJob;
import java.io.IOException;
import java.util.OptionalLong;

/** {@code inspect}: lists the arrays of archives without extracting them. */
final class InspectAction implements CommandAction {
    @Override
    public int run(CommandInvocation invocation) throws IOException {
        InspectJob inspection = InspectJob.of(invocation.values());
        OptionalLong failures = inspection.printInThreads(invocation.out(), invocation.progress());
        return ExitStatus.ofFailures(
                failures.isPresent() ? failures.getAsLong() : printOnSpark(invocation, inspection));
    }

    private static long printOnSpark(CommandInvocation invocation, InspectJob inspection) throws IOException {
        try (SparkApplication spark = SparkApplication.open(invocation)) {
            return inspection.print(spark.session(), invocation.out(), invocation.progress());
        }
    }
}
