package io.zipmap.cli;

import io.zipmap.options.Option;
import io.zipmap.plan.ScratchFolders;
import io.zipmap.scratch.ScratchScope;
import io.zipmap.scratch.ScratchScopes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;

/** {@code clean}: lists the scratch scopes of this node and removes those that no process owns. Starts no Spark. */
final class CleanAction implements CommandAction {
    @Override
    public int run(CommandInvocation invocation) throws IOException {
        boolean kept = invocation.values().flag(Option.ALL);
        boolean dryRun = invocation.values().flag(Option.DRY_RUN);
        List<String> folders = new ArrayList<>(
                ScratchFolders.ofNode(invocation.values().commaSeparated(Option.SCRATCH), new SparkConf(), true));
        folders.addAll(ScratchFolders.ofWorkers(folders));
        List<ScratchScope> scopes = ScratchScopes.list(folders);
        if (scopes.isEmpty()) {
            invocation.out().println("No scratch in " + String.join(", ", folders));
        }
        for (ScratchScope scope : scopes) {
            boolean removable = !scope.isInUse() && (kept || !scope.isKept());
            invocation.out().println(scope + (removable ? remove(scope, dryRun) : ""));
        }
        return ExitStatus.DONE;
    }

    /** Removes a scope, and says so at the end of its line. */
    private static String remove(ScratchScope scope, boolean dryRun) throws IOException {
        if (dryRun) {
            return ", would be removed";
        }
        return ScratchScopes.remove(scope) ? ", removed" : ", taken into use meanwhile";
    }
}
