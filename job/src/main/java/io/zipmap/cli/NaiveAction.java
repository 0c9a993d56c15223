package io.zipmap.cli;

import io.zipmap.tools.NaiveJob;
import java.io.IOException;

/** The naive half of {@code demo --naive}: collects the arrays on this driver while its memory is recorded. */
final class NaiveAction implements CommandAction {
    @Override
    public int run(CommandInvocation invocation) throws IOException {
        DemoFolder demo = DemoFolder.of(invocation);
        boolean written = GenerateAction.writeInThreads(invocation, demo.samples());
        try (SparkApplication spark = SparkApplication.open(invocation)) {
            if (!written) {
                GenerateAction.write(invocation, spark, demo.samples());
            }
            try (NaiveRecord record = NaiveRecord.start(spark.session().sparkContext())) {
                record.finish(NaiveJob.run(
                        spark.session(), demo.archives(), demo.samples().count(), DemoFolder.COLUMNS));
            }
        }
        return ExitStatus.DONE;
    }
}
