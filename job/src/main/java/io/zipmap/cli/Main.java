package io.zipmap.cli;

import java.io.IOException;

/** Entry point of {@code spark-submit}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int status = new CommandTree(Main::dispatch).execute(args);
        if (status != ExitStatus.DONE || !inCluster()) {
            System.exit(status);
        }
    }

    /** YARN's application master takes an application that exits by itself, even with 0, for one that failed. */
    private static boolean inCluster() {
        return System.getProperty("spark.submit.deployMode", "client").equals("cluster");
    }

    /** A switch, so that the classes of a command, and Spark with them, are loaded only when it runs. */
    static int dispatch(CommandInvocation call) throws IOException {
        return switch (call.command()) {
            case DEMO -> new DemoAction().run(call);
            case GENERATE -> new GenerateAction().run(call);
            case INSPECT -> new InspectAction().run(call);
            case PACK -> new PackAction().run(call);
            case RUN -> new RunAction().run(call);
            case SQL_COMMAND -> new SqlAction().run(call);
            case CLEAN -> new CleanAction().run(call);
        };
    }
}
