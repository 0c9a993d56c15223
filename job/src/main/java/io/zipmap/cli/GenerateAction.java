package io.zipmap.cli;

import io.zipmap.tools.SampleJob;
import java.io.IOException;

/** {@code generate}: writes sample archives. */
final class GenerateAction implements CommandAction {
    @Override
    public int run(CommandInvocation invocation) throws IOException {
        SampleJob samples = SampleJob.of(invocation.values());
        try (SparkApplication spark = SparkApplication.open(invocation)) {
            write(invocation, spark, samples);
        }
        return ExitStatus.DONE;
    }

    static void write(CommandInvocation invocation, SparkApplication spark, SampleJob samples) throws IOException {
        long made = samples.writeMissing(spark.session());
        invocation.err().printf("%d archives in %s, %d of them written now%n", samples.count(), samples.folder(), made);
        invocation.err().flush();
    }
}
