package io.zipmap.cli;

import io.zipmap.tools.ArchivePacker;
import java.io.IOException;

/** {@code pack}: archives whose entries can be mapped in place. */
final class PackAction implements CommandAction {
    @Override
    public int run(CommandInvocation call) throws IOException {
        ArchivePacker packer = ArchivePacker.of(call.values());
        try (SparkScope spark = SparkScope.open(call)) {
            return packer.run(spark.session(), call.out()) == 0 ? ExitStatus.DONE : ExitStatus.DONE_WITH_FAILURES;
        }
    }
}
