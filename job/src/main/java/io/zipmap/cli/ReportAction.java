package io.zipmap.cli;

import io.zipmap.report.ReportFile;
import java.io.IOException;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/** {@code report}: renders the report of a run again, with the template of this release. Starts no Spark. */
final class ReportAction implements CommandAction {
    @Override
    public int run(CommandInvocation invocation) throws IOException {
        for (String output : invocation.arguments()) {
            ReportFile file =
                    ReportFile.existing(output, () -> SparkHadoopUtil.get().newConfiguration(new SparkConf()));
            file.render();
            invocation.out().println(file);
        }
        return ExitStatus.DONE;
    }
}
