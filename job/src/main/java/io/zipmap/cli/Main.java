package io.zipmap.cli;

import java.io.IOException;

/** Entry point of {@code spark-submit}: runs the command line and ends the process with its exit status. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int status = execute(Main::dispatch, args);
        if (status != ExitStatus.DONE || !inCluster()) {
            System.exit(status);
        }
    }

    /**
     * Runs the command line in this process.
     *
     * @return the exit status
     */
    static int execute(CommandAction dispatch, String... args) {
        ProgressOutput progress = ProgressOutput.ofProcess();
        Interruption interruption = Interruption.ofProcess(System.err);
        try {
            return new CommandTree(dispatch, progress, interruption).execute(args);
        } finally {
            interruption.ruleOut();
        }
    }

    /**
     * Whether the driver runs inside the cluster. YARN's application master treats a call of {@code System.exit} as a
     * failure, even with 0.
     */
    private static boolean inCluster() {
        return System.getProperty("spark.submit.deployMode", "client").equals("cluster");
    }

    /** Runs the action of a command. Creates only that action, so that only its classes are loaded, and Spark's. */
    static int dispatch(CommandInvocation invocation) throws IOException {
        return switch (invocation.command()) {
            case DEMO -> new DemoAction().run(invocation);
            case GENERATE -> new GenerateAction().run(invocation);
            case INSPECT -> new InspectAction().run(invocation);
            case PACK -> new PackAction().run(invocation);
            case RUN -> new RunAction().run(invocation);
            case SQL_COMMAND -> new SqlAction().run(invocation);
            case REPORT -> new ReportAction().run(invocation);
            case CLEAN -> new CleanAction().run(invocation);
        };
    }
}
