package io.zipmap.cli;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.memory.MemoryTimeline;
import io.zipmap.options.Option;
import io.zipmap.report.ComparedRun;
import io.zipmap.tools.NaiveJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local file by which the naive process tells the next one what its memory was. {@code submit.sh} names it to both.
 * It says that the process died, and is written again twice a second, until {@link #finish} says that the work is done:
 * a process that dies of memory can write nothing. Its owner closes it.
 */
final class NaiveRecord implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NaiveRecord.class);
    private static final String FILE_VARIABLE = "ZIPMAP_NAIVE";
    private static final String TITLE = "Plain Spark: every array is collected on the driver";
    private static final long PERIOD_MILLIS = 500;

    private final SparkContext spark;
    private final Path file;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "zipmap-naive-record");
        thread.setDaemon(true);
        return thread;
    });

    private NaiveRecord(SparkContext spark, Path file) {
        this.spark = spark;
        this.file = file;
    }

    /**
     * Reads the record of the process that ran before, and deletes it.
     *
     * @return the JSON of a {@link ComparedRun}
     * @throws ZipmapException {@code OPTION_INVALID} if there was no such process
     */
    static String take() throws IOException {
        String file = System.getenv(FILE_VARIABLE);
        String json = file == null ? "" : Files.readString(Path.of(file));
        if (file == null || json.isEmpty()) {
            throw new ZipmapException(
                            Condition.OPTION_INVALID,
                            "Cannot compare with a naive process: none has left a record: " + Option.NAIVE.flag())
                    .advice("Start the command by submit.sh, which starts that process too.");
        }
        Files.delete(Path.of(file));
        return json;
    }

    /** Writes the file, and begins to write it again and again. */
    static NaiveRecord start(SparkContext spark) throws IOException {
        NaiveRecord record = new NaiveRecord(spark, Path.of(System.getenv(FILE_VARIABLE)));
        record.write();
        record.timer.scheduleWithFixedDelay(record::writeOrWarn, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return record;
    }

    private void writeOrWarn() {
        try {
            write();
        } catch (IOException e) {
            LOG.warn("Cannot write {}", file, e);
        }
    }

    private void write() throws IOException {
        MemoryTimeline memory = MemoryTimeline.of(spark);
        write(new ComparedRun(
                TITLE,
                memory,
                true,
                NaiveSentence.died(memory, Runtime.getRuntime().maxMemory())));
    }

    /** Says that the work is done. The file is not written again. */
    void finish(NaiveJob done) throws IOException {
        close();
        MemoryTimeline memory = MemoryTimeline.of(spark);
        write(new ComparedRun(TITLE, memory, false, NaiveSentence.held(memory, done.bytes())));
    }

    /** Hadoop's local file system would start a process for each file, and the plugin would measure it. */
    private void write(ComparedRun run) throws IOException {
        Path part = Files.writeString(file.resolveSibling(file.getFileName() + ".part"), run.json());
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Ends the writing. The file stays as it is. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            timer.awaitTermination(PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
