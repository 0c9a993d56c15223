package io.zipmap.cli;

import io.zipmap.tools.PackJob;
import java.io.IOException;

/** {@code pack}: rewrites archives so that their entries can be mapped in place. */
final class PackAction implements CommandAction {
    @Override
    public int run(CommandInvocation invocation) throws IOException {
        PackJob packer = PackJob.of(invocation.values());
        try (SparkApplication spark = SparkApplication.open(invocation)) {
            return packer.run(spark.session(), invocation.err()) == 0 ? ExitStatus.DONE : ExitStatus.DONE_WITH_FAILURES;
        }
    }
}
