package io.zipmap.cli;

import io.zipmap.Credentials;
import io.zipmap.Printable;
import io.zipmap.ZipmapException;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns once a stage of tasks that failed on a node and succeeded when they were tried again: that node may be sick.
 * The error of a stage that fails ends the command, and is printed there.
 */
final class RetriedTaskLog extends SparkListener {
    private static final Logger LOG = LoggerFactory.getLogger(RetriedTaskLog.class);

    /** The failed attempts of one stage. */
    private record Failures(int count, String host, String reason) {
        Failures plusOne() {
            return new Failures(count + 1, host, reason);
        }
    }

    private final Map<Integer, Failures> failures = new HashMap<>();

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
        if (event.reason() instanceof ExceptionFailure failure) {
            failures.merge(
                    event.stageId(),
                    new Failures(1, event.taskInfo().host(), reason(failure)),
                    (former, one) -> former.plusOne());
        }
    }

    /** In the spelling of the command line, which the exception of the data source does not have. */
    private static String reason(ExceptionFailure failure) {
        ZipmapException named = ErrorPrinter.named(failure.exception().getOrElse(() -> null));
        return named == null ? failure.description() : named.getMessage();
    }

    @Override
    public synchronized void onStageCompleted(SparkListenerStageCompleted event) {
        Failures failed = failures.remove(event.stageInfo().stageId());
        if (failed != null && event.stageInfo().failureReason().isEmpty()) {
            LOG.warn(
                    "{} attempts of tasks failed and were made again, the first on {}: {}",
                    failed.count(),
                    failed.host(),
                    Printable.of(Credentials.hide(failed.reason())));
        }
    }
}
