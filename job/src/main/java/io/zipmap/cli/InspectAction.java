package io.zipmap.cli;

import io.zipmap.tools.Inspection;
import java.io.IOException;

/** {@code inspect}: what arrays lie in archives. */
final class InspectAction implements Action {
    @Override
    public int run(Call call) throws IOException {
        Inspection inspection = Inspection.of(call.values());
        try (SparkCall spark = SparkCall.open(call)) {
            long failures = inspection.print(spark.session(), call.out());
            return failures == 0 ? ExitStatus.DONE : ExitStatus.DONE_WITH_FAILURES;
        }
    }
}
