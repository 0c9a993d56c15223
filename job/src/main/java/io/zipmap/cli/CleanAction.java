package io.zipmap.cli;

import io.zipmap.options.Option;
import io.zipmap.plan.ScratchFolders;
import io.zipmap.scratch.ScratchScope;
import io.zipmap.scratch.ScratchScopes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;

/** {@code clean}: what lies in the scratch of this node, and away with what nobody owns. Starts no Spark. */
final class CleanAction implements CommandAction {
    @Override
    public int run(CommandInvocation call) throws IOException {
        boolean kept = call.values().flag(Option.ALL);
        boolean dryRun = call.values().flag(Option.DRY_RUN);
        List<String> folders =
                new ArrayList<>(ScratchFolders.of(call.values().commaSeparated(Option.SCRATCH), new SparkConf(), true));
        folders.addAll(ScratchFolders.former(folders));
        List<ScratchScope> scopes = ScratchScopes.list(folders);
        if (scopes.isEmpty()) {
            call.out().println("No scratch in " + String.join(", ", folders));
        }
        for (ScratchScope scope : scopes) {
            boolean removable = !scope.isInUse() && (kept || !scope.isKept());
            call.out().println(scope + (removable ? remove(scope, dryRun) : ""));
        }
        return ExitStatus.DONE;
    }

    private static String remove(ScratchScope scope, boolean dryRun) throws IOException {
        if (dryRun) {
            return ", would be removed";
        }
        return ScratchScopes.remove(scope) ? ", removed" : ", taken into use meanwhile";
    }
}
