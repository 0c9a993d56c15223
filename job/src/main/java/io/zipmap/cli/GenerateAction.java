package io.zipmap.cli;

import io.zipmap.tools.SampleArchives;
import java.io.IOException;

/** {@code generate}: sample archives. */
final class GenerateAction implements CommandAction {
    @Override
    public int run(CommandInvocation call) throws IOException {
        SampleArchives samples = SampleArchives.of(call.values());
        try (SparkScope spark = SparkScope.open(call)) {
            write(call, spark, samples);
        }
        return ExitStatus.DONE;
    }

    static void write(CommandInvocation call, SparkScope spark, SampleArchives samples) throws IOException {
        long made = samples.writeMissing(spark.session());
        call.out().printf("%d archives in %s, %d of them written now%n", samples.count(), samples.folder(), made);
        call.out().flush();
    }
}
