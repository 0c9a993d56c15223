package io.zipmap.store;

import io.zipmap.scratch.Scratch;
import io.zipmap.scratch.ScratchSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scratch that all tasks of this process share, opened when the first one asks. The one static holder of the
 * product: a lease has to live as long as the process, not as a task.
 */
public final class NodeScratch {
    private static final Map<ScratchSettings, NodeFiles> OPEN = new HashMap<>();
    /** Whose folders were removed under them; tasks may still hold them. */
    private static final List<NodeFiles> LOST = new ArrayList<>();

    /** Applications of this process, and whether they have ended. */
    private static final Map<String, Boolean> ENDED = new HashMap<>();

    private static @Nullable Thread atExit;

    private NodeScratch() {}

    /** Something to do before this process opens scratch. */
    public interface Preparation {
        void run() throws IOException;
    }

    /**
     * The scratch of these settings, opened anew when its folders have been removed; fails as {@link Scratch#open}
     * does.
     */
    public static NodeFiles get(ScratchSettings settings) throws IOException {
        return get(settings, () -> {});
    }

    /** The same; prepared by whoever opens it. */
    public static NodeFiles get(ScratchSettings settings, Preparation preparation) throws IOException {
        synchronized (OPEN) {
            if (ENDED.getOrDefault(settings.application(), false)) {
                throw new IllegalStateException("Cannot open scratch of an application that has ended");
            }
            NodeFiles files = OPEN.get(settings);
            if (files != null && !files.scratch().foldersExist()) {
                LOST.add(files);
                OPEN.remove(settings);
                files = null;
            }
            if (files == null) {
                preparation.run();
                files = new NodeFiles(Scratch.open(settings));
                OPEN.put(settings, files);
                closeAtExit();
            }
            return files;
        }
    }

    /**
     * Says that an application of this process begins, whose end will be told to {@link #end}.
     *
     * @return whether nobody has said so before
     */
    public static boolean begin(String application) {
        synchronized (OPEN) {
            return ENDED.putIfAbsent(application, false) == null;
        }
    }

    /** Closes all that an application has open here; a task that starts later finds no scratch. */
    public static void end(String application) throws IOException {
        synchronized (OPEN) {
            ENDED.put(application, true);
            List<NodeFiles> ended = new ArrayList<>();
            OPEN.entrySet()
                    .removeIf(open -> open.getKey().application().equals(application) && ended.add(open.getValue()));
            close(ended);
        }
    }

    private static void closeAtExit() {
        if (atExit == null) {
            atExit = new Thread(NodeScratch::closeQuietly, "zipmap-scratch-close");
            Runtime.getRuntime().addShutdownHook(atExit);
        }
    }

    /** Closes all that is open; who asks again opens anew. */
    public static void closeAll() throws IOException {
        synchronized (OPEN) {
            List<NodeFiles> all = new ArrayList<>(LOST);
            all.addAll(OPEN.values());
            OPEN.clear();
            LOST.clear();
            close(all);
        }
    }

    /** Each is closed, and the last failure thrown. */
    private static void close(List<NodeFiles> all) throws IOException {
        IOException failure = null;
        for (NodeFiles files : all) {
            try {
                files.scratch().close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static void closeQuietly() {
        try {
            closeAll();
        } catch (IOException e) {
            // Spark removes its folders at the same moment; what is left, the next start on this node sweeps.
            return;
        }
    }
}
