package io.zipmap.cli;

import io.zipmap.tools.PackJob;
import java.io.IOException;
import java.util.OptionalLong;

/** {@code pack}: rewrites archives so that their entries can be mapped in place. */
final class PackAction implements CommandAction {
    @Override
    public int run(CommandInvocation invocation) throws IOException {
        PackJob packer = PackJob.of(invocation.values());
        OptionalLong failures = packer.runInThreads(invocation.err(), invocation.notes(), invocation.progress());
        return ExitStatus.ofFailures(failures.isPresent() ? failures.getAsLong() : packOnSpark(invocation, packer));
    }

    private static long packOnSpark(CommandInvocation invocation, PackJob packer) throws IOException {
        try (SparkApplication spark = SparkApplication.open(invocation)) {
            return packer.run(spark.session(), invocation.err(), invocation.notes(), invocation.progress());
        }
    }
}
