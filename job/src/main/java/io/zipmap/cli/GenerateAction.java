package io.zipmap.cli;

import io.zipmap.tools.SampleJob;
import java.io.IOException;
import java.util.OptionalLong;

/** {@code generate}: writes sample archives. */
final class GenerateAction implements CommandAction {
    @Override
    public int run(CommandInvocation invocation) throws IOException {
        SampleJob samples = SampleJob.of(invocation.values());
        if (!writeInThreads(invocation, samples)) {
            try (SparkApplication spark = SparkApplication.open(invocation)) {
                write(invocation, spark, samples);
            }
        }
        return ExitStatus.DONE;
    }

    /** @return false if a Spark application must write the samples */
    static boolean writeInThreads(CommandInvocation invocation, SampleJob samples) throws IOException {
        OptionalLong made = samples.writeMissingInThreads(invocation.progress());
        made.ifPresent(count -> print(invocation, samples, count));
        return made.isPresent();
    }

    static void write(CommandInvocation invocation, SparkApplication spark, SampleJob samples) throws IOException {
        print(invocation, samples, samples.writeMissing(spark.session(), invocation.progress()));
    }

    private static void print(CommandInvocation invocation, SampleJob samples, long made) {
        invocation
                .notes()
                .printf("%d archives in %s, %d of them written now%n", samples.count(), samples.folder(), made);
        invocation.notes().flush();
    }
}
