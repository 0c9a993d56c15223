package io.zipmap.job.output;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.SparkException;

/** Names what goes wrong while an output is written, which Spark and Hadoop throw in many ways. */
public final class OutputFailure {
    /** Of bytes, inodes or quota: the words of the C library and of HDFS are the only sign. */
    private static final Pattern FULL = Pattern.compile("No space left|quota exceeded|QuotaExceeded");

    /** What writes. Spark's own writers do not declare that they throw SparkException. */
    public interface Writing<R> {
        R run() throws IOException, SparkException;
    }

    private OutputFailure() {}

    /**
     * Writes.
     *
     * @param output for people
     * @throws ZipmapException {@code OUTPUT_FULL}, {@code OUTPUT_UNUSABLE}, or the one that a task threw
     */
    public static <R> R naming(String output, Writing<R> writing) throws IOException {
        try {
            return writing.run();
        } catch (ZipmapException | InterruptedIOException | ClosedByInterruptException e) {
            throw e;
        } catch (SparkException | FSError | IOException e) {
            throw named(output, e);
        }
    }

    static IOException named(String output, Throwable e) {
        Optional<Throwable> ours = first(e, ZipmapException.class::isInstance);
        if (ours.isPresent()) {
            return ((ZipmapException) ours.get()).because(e);
        }
        Optional<Throwable> full =
                first(e, one -> FULL.matcher(String.valueOf(one.getMessage())).find());
        if (full.isPresent()) {
            return new ZipmapException(Condition.OUTPUT_FULL, "Cannot write where no space is left: " + output)
                    .advice("Free some space there, or choose another folder.")
                    .because(e);
        }
        Optional<Throwable> failed = first(e, IOException.class::isInstance);
        if (failed.isEmpty()) {
            return new IOException("Cannot write: " + output, e);
        }
        boolean missing = failed.get() instanceof FileNotFoundException || failed.get() instanceof NoSuchFileException;
        ZipmapException unusable = new ZipmapException(Condition.OUTPUT_UNUSABLE, "Cannot write the output: " + output)
                .actual(String.valueOf(failed.get().getMessage()))
                .because(e);
        return missing
                ? unusable.advice("What was written is gone: let no other process write or clean there meanwhile.")
                : unusable;
    }

    /** From what was thrown to what caused it. */
    private static Optional<Throwable> first(Throwable thrown, Predicate<Throwable> wanted) {
        return Stream.iterate(thrown, e -> e != null, Throwable::getCause)
                .filter(wanted)
                .findFirst();
    }
}
