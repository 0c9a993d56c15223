package io.zipmap.cli;

import io.zipmap.job.output.OutputFolder;
import io.zipmap.job.output.OutputTarget;
import io.zipmap.options.Command;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import io.zipmap.plan.InputCheck;
import io.zipmap.report.ReportFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Checks the inputs and outputs of a command before Spark starts, so that a wrong one is reported at once. */
final class StartCheck {
    private StartCheck() {}

    /**
     * Makes the checks that the command makes again when it uses them.
     *
     * @param conf of the application that will start
     */
    static void require(CommandInvocation invocation, SparkConf conf) throws IOException {
        Command command = invocation.command();
        OptionValues values = invocation.values();
        boolean reads = command.options().contains(Option.INPUT);
        List<String> inputs = reads ? values.texts(Option.INPUT) : List.of();
        Optional<String> tables = command == Command.RUN ? values.text(Option.OUTPUT) : Optional.empty();
        Optional<String> results =
                command.options().contains(Option.SQL_OUTPUT) ? values.text(Option.SQL_OUTPUT) : Optional.empty();
        Optional<String> report = command == Command.RUN ? values.text(Option.REPORT) : Optional.empty();
        if (inputs.isEmpty() && tables.isEmpty() && results.isEmpty() && report.isEmpty()) {
            return;
        }
        // The same as that of the session, because Hadoop shares a file system between the two.
        Configuration configuration = SparkHadoopUtil.get().newConfiguration(conf);
        new InputCheck(configuration, command == Command.SQL_COMMAND).require(inputs);
        if (tables.isPresent()) {
            boolean replace = values.flag(Option.OVERWRITE) || values.flag(Option.INCREMENTAL);
            OutputTarget.requireFree(configuration, tables.get(), replace);
        }
        if (report.isPresent()) {
            ReportFile.requireUsable(report.get(), tables, configuration);
        }
        if (results.isPresent()) {
            OutputFolder.requireNew(results.get(), configuration);
        }
    }
}
