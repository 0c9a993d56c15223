package io.zipmap.cli;

import io.zipmap.job.ScratchFolders;
import io.zipmap.options.Option;
import io.zipmap.store.ScratchScope;
import java.io.IOException;
import org.apache.spark.SparkConf;

/** {@code clean}: what lies in the scratch of this node, and away with what nobody owns. Starts no Spark. */
final class CleanAction implements Action {
    @Override
    public int run(Call call) throws IOException {
        boolean kept = call.values().flag(Option.ALL);
        boolean dryRun = call.values().flag(Option.DRY_RUN);
        for (ScratchScope scope :
                ScratchScope.list(ScratchFolders.of(call.values().commaSeparated(Option.SCRATCH), new SparkConf()))) {
            boolean removable = !scope.owned() && (kept || !scope.kept());
            boolean removed = removable && !dryRun && scope.remove();
            call.out().println(scope + (removed ? ", removed" : removable && dryRun ? ", would be removed" : ""));
        }
        return ExitStatus.DONE;
    }
}
