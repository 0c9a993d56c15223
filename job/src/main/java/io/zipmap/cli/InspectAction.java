package io.zipmap.cli;

import io.zipmap.tools.Inspection;
import java.io.IOException;

/** {@code inspect}: what arrays lie in archives. */
final class InspectAction implements CommandAction {
    @Override
    public int run(CommandInvocation call) throws IOException {
        Inspection inspection = Inspection.of(call.values());
        try (SparkScope spark = SparkScope.open(call)) {
            long failures = inspection.print(spark.session(), call.out());
            return failures == 0 ? ExitStatus.DONE : ExitStatus.DONE_WITH_FAILURES;
        }
    }
}
