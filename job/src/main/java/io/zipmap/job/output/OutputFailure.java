package io.zipmap.job.output;

import io.zipmap.Condition;
import io.zipmap.IoSupplier;
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

/** Gives a condition to the many exceptions of Spark and Hadoop that mean an output could not be written. */
public final class OutputFailure {
    /** Messages that mean a full disk: no exception class says so. */
    private static final Pattern FULL = Pattern.compile("No space left|quota exceeded|QuotaExceeded");

    private OutputFailure() {}

    /**
     * Runs {@code write} and names its error.
     *
     * @param output for the message
     * @param write may throw {@link SparkException} without declaring it, as Spark's writers do
     * @throws ZipmapException {@code OUTPUT_FULL}, {@code OUTPUT_UNUSABLE}, or the one that a task threw
     */
    public static <R> R naming(String output, IoSupplier<R> write) throws IOException {
        try {
            return declared(write);
        } catch (ZipmapException | InterruptedIOException | ClosedByInterruptException e) {
            throw e;
        } catch (SparkException | FSError | IOException e) {
            throw named(output, e);
        }
    }

    /** Declares SparkException, which Spark throws undeclared, so that the compiler accepts a catch. */
    private static <R> R declared(IoSupplier<R> write) throws IOException, SparkException {
        return write.get();
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
                ? unusable.advice("Files of this run have disappeared:"
                        + " no other process may write to or clean the output during a run.")
                : unusable;
    }

    /** The error of an output that could not even be looked at. */
    static ZipmapException unusable(String output, IOException e) {
        return new ZipmapException(Condition.OUTPUT_UNUSABLE, "Cannot use the output: " + output)
                .actual(String.valueOf(e.getMessage()))
                .because(e);
    }

    /** The first match in the chain of causes, from the exception itself on. */
    private static Optional<Throwable> first(Throwable thrown, Predicate<Throwable> wanted) {
        return Stream.iterate(thrown, e -> e != null, Throwable::getCause)
                .filter(wanted)
                .findFirst();
    }
}
