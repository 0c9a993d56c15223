package io.zipmap.plan;

import io.zipmap.IoFunction;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.fs.HadoopPaths;
import io.zipmap.fs.ListingRules;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads of the driver's process, which do the work of a command where a Spark application would not do it sooner. To
 * start Spark takes seconds, as long as the headers of some thousand archives. Immutable.
 */
public final class DriverThreads {
    private static final Logger LOG = LoggerFactory.getLogger(DriverThreads.class);

    /** Most archives if all paths are local and Spark would be this process only: it has no more cores. */
    static final int MAX_LOCAL_ARCHIVES = 10_000;

    /** Most archives otherwise. Listing and opening more of them on a remote file system is work for a cluster. */
    static final int MAX_ARCHIVES = 500;

    /** Threads per core if archives are remote: most of the time they wait for an answer. */
    private static final int REMOTE_THREADS_PER_CORE = 4;

    /** Results that may wait for an earlier one, per thread. They bound the memory. */
    private static final int AHEAD = 4;

    private static final Pattern LOCAL_MASTER = Pattern.compile("local(?:\\[(\\d+|\\*)(?:,\\d+)?])?");
    private static final String HADOOP = "spark.hadoop.";

    private final Configuration configuration;
    private final boolean localPaths;
    private final int threads;
    private final int limit;

    private DriverThreads(Configuration configuration, boolean localPaths, Matcher master) {
        boolean localMaster = master.matches();
        int cores = localMaster ? cores(master) : Runtime.getRuntime().availableProcessors();
        this.configuration = configuration;
        this.localPaths = localPaths;
        this.threads = localPaths ? cores : cores * REMOTE_THREADS_PER_CORE;
        this.limit = localMaster && localPaths ? MAX_LOCAL_ARCHIVES : MAX_ARCHIVES;
    }

    private static int cores(Matcher master) {
        String cores = master.group(1);
        if (cores == null) {
            return 1;
        }
        return cores.equals("*") ? Runtime.getRuntime().availableProcessors() : Math.max(1, Integer.parseInt(cores));
    }

    /**
     * For work that only reads.
     *
     * @param inputs as the user gave them
     * @return empty if a Spark application must do the work: local paths on a cluster are those of its executors
     */
    public static Optional<DriverThreads> forReading(List<String> inputs) throws IOException {
        Configuration plain = plainConfiguration();
        boolean local = areLocal(inputs, plain);
        return of(inputs, plain, local, !local);
    }

    /**
     * For work that also writes.
     *
     * @param paths inputs and outputs, as the user gave them
     * @return empty if a Spark application must do the work: all of it under a cluster's master
     */
    public static Optional<DriverThreads> forWriting(List<String> paths) throws IOException {
        Configuration plain = plainConfiguration();
        return of(paths, plain, areLocal(paths, plain), false);
    }

    private static Optional<DriverThreads> of(
            List<String> paths, Configuration plain, boolean local, boolean anyMaster) {
        Matcher master = LOCAL_MASTER.matcher(System.getProperty("spark.master", "local[*]"));
        // A driver inside a cluster must start Spark, or the cluster manager takes it for failed.
        boolean inCluster =
                System.getProperty("spark.submit.deployMode", "client").equals("cluster");
        if (inCluster || !anyMaster && !master.matches()) {
            return Optional.empty();
        }
        return Optional.of(new DriverThreads(local ? plain : sparksConfiguration(), local, master));
    }

    /** Hadoop's configuration for local paths. Spark's own is the same for them, but takes long to load. */
    private static Configuration plainConfiguration() {
        Configuration configuration = new Configuration();
        for (String key : System.getProperties().stringPropertyNames()) {
            if (key.startsWith(HADOOP)) {
                configuration.set(key.substring(HADOOP.length()), System.getProperty(key));
            }
        }
        return configuration;
    }

    /** Hadoop's configuration as a Spark application has it. */
    private static Configuration sparksConfiguration() {
        return SparkHadoopUtil.get().newConfiguration(new SparkConf());
    }

    private static boolean areLocal(List<String> paths, Configuration configuration) throws ZipmapException {
        for (String path : paths) {
            // The lines of a list may name any file system.
            if (path.startsWith(Planner.LIST) || !HadoopPaths.isLocal(path, configuration)) {
                return false;
            }
        }
        return true;
    }

    /** Hadoop's configuration, with the options of the user. */
    public Configuration configuration() {
        return configuration;
    }

    /**
     * Lists all archives of the inputs.
     *
     * @return every archive once, sorted by URI; empty if there are so many that Spark should do the work
     * @throws ZipmapException as {@link Planner#plan}
     */
    public Optional<List<ArchiveRef>> list(List<String> inputs) throws IOException {
        return ListingOnDriver.listWithLists(configuration, ListingRules.PLAIN, inputs, limit);
    }

    /**
     * Does the work for each item, in threads. The first error ends it: no further item begins, and those that have
     * begun end before this returns.
     *
     * @param stage the name of the work, for the progress
     * @param results receives each result, in the order of the items and in this thread
     */
    public <T, R> void forEach(
            Progress progress, String stage, List<T> items, IoFunction<T, R> work, Consumer<R> results)
            throws IOException {
        IoFunction<T, R> asUser = localPaths ? work : asCurrentUser(work);
        int size = Math.max(1, Math.min(threads, items.size()));
        ThreadPoolExecutor pool = new ThreadPoolExecutor(size, size, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        progress.begin(stage, Work.ofArchives(items.size()));
        try {
            Deque<Future<R>> ahead = new ArrayDeque<>();
            Iterator<T> rest = items.iterator();
            while (rest.hasNext() || !ahead.isEmpty()) {
                while (rest.hasNext() && ahead.size() < threads * AHEAD) {
                    T item = rest.next();
                    ahead.add(pool.submit(() -> asUser.apply(item)));
                }
                R result = await(ahead.remove());
                progress.add(Work.ofArchives(1));
                results.accept(result);
            }
        } finally {
            stop(pool);
            progress.end();
        }
    }

    /** Remote file systems are opened by user, which a thread does not inherit on every Java. */
    private static <T, R> IoFunction<T, R> asCurrentUser(IoFunction<T, R> work) throws IOException {
        UserGroupInformation user = UserGroupInformation.getCurrentUser();
        return item -> {
            try {
                return user.doAs((PrivilegedExceptionAction<R>) () -> work.apply(item));
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        };
    }

    private static void stop(ThreadPoolExecutor pool) throws IOException {
        pool.getQueue().clear();
        pool.shutdown();
        try {
            while (!pool.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.info("Waiting for the archives that are being processed");
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException stopped = new InterruptedIOException("Interrupted");
        stopped.initCause(e);
        return stopped;
    }

    private static <R> R await(Future<R> result) throws IOException {
        try {
            return result.get();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw thrown(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    private static IOException thrown(Throwable cause) {
        if (cause instanceof IOException) {
            return (IOException) cause;
        }
        if (cause instanceof RuntimeException) {
            throw (RuntimeException) cause;
        }
        throw (Error) cause;
    }
}
