package io.zipmap.store;

import io.zipmap.IoRunnable;
import io.zipmap.scratch.Scratch;
import io.zipmap.scratch.ScratchSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Opens, shares and closes the scratch of this process. The first task that asks opens it; all others get the same. It
 * is closed at the end of the application or of the process. This is the only mutable static state of zipmap, because a
 * lease lives as long as a process, not as long as a task. Thread-safe.
 */
public final class NodeScratch {
    private static final Map<ScratchSettings, NodeFiles> OPEN = new HashMap<>();
    /** Scratch whose folders were removed by someone else. Tasks may still use it, so it is closed at the end. */
    private static final List<NodeFiles> LOST = new ArrayList<>();

    /** The applications of this process, each with whether it has ended. */
    private static final Map<String, Boolean> ENDED = new HashMap<>();

    private static @Nullable Thread atExit;

    private NodeScratch() {}

    /**
     * The scratch of these settings. It is opened if it is not open, or if its folders were removed. The caller does
     * not close it.
     *
     * @param preparation runs before scratch is opened
     * @throws io.zipmap.ZipmapException as {@link Scratch#open} does
     */
    public static NodeFiles get(ScratchSettings settings, IoRunnable preparation) throws IOException {
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
     * Registers an application of this process. The caller reports its end to {@link #end}.
     *
     * @return whether the application was not registered before
     */
    public static boolean begin(String application) {
        synchronized (OPEN) {
            return ENDED.putIfAbsent(application, false) == null;
        }
    }

    /** Closes the scratch of an application. A task of it that starts later fails in {@link #get}. */
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

    /** Closes all scratch of this process. A later {@link #get} opens it again. */
    public static void closeAll() throws IOException {
        synchronized (OPEN) {
            List<NodeFiles> all = new ArrayList<>(LOST);
            all.addAll(OPEN.values());
            OPEN.clear();
            LOST.clear();
            close(all);
        }
    }

    /** Closes each, then throws the last failure. */
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
            // Spark removes its folders at the same moment. The next start on this node sweeps what is left.
            return;
        }
    }
}
