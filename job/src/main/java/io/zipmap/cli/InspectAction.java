package io.zipmap.cli;

import io.zipmap.tools.InspectJob;
import java.io.IOException;

/** {@code inspect}: lists the arrays of archives without extracting them. */
final class InspectAction implements CommandAction {
    @Override
    public int run(CommandInvocation invocation) throws IOException {
        InspectJob inspection = InspectJob.of(invocation.values());
        try (SparkApplication spark = SparkApplication.open(invocation)) {
            long failures = inspection.print(spark.session(), invocation.out());
            return failures == 0 ? ExitStatus.DONE : ExitStatus.DONE_WITH_FAILURES;
        }
    }
}
