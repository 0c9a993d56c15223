package io.zipmap.store;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scratch that all tasks of this process share, opened when the first one asks. The one static holder of the product: a
 * lease has to live as long as the process, not as a task.
 */
public final class NodeScratch {
    private static final Map<ScratchSettings, Scratch> OPEN = new HashMap<>();
    private static @Nullable Thread atExit;

    private NodeScratch() {}

    /** Something to do before this process opens scratch. */
    public interface Preparation {
        void run() throws IOException;
    }

    /** The scratch of these settings; fails as {@link Scratch#open} does. */
    public static Scratch get(ScratchSettings settings) throws IOException {
        return get(settings, () -> {});
    }

    /** The scratch of these settings; whoever is the first to ask prepares it. */
    public static Scratch get(ScratchSettings settings, Preparation preparation) throws IOException {
        synchronized (OPEN) {
            Scratch scratch = OPEN.get(settings);
            if (scratch == null) {
                preparation.run();
                scratch = Scratch.open(settings);
                OPEN.put(settings, scratch);
                closeAtExit();
            }
            return scratch;
        }
    }

    private static void closeAtExit() {
        if (atExit == null) {
            atExit = new Thread(NodeScratch::closeQuietly, "zipmap-scratch-close");
            Runtime.getRuntime().addShutdownHook(atExit);
        }
    }

    /** Closes all that is open; who asks again opens anew. Each is closed, and the first failure thrown. */
    public static void closeAll() throws IOException {
        IOException failure = null;
        synchronized (OPEN) {
            for (Scratch scratch : OPEN.values()) {
                try {
                    scratch.close();
                } catch (IOException e) {
                    failure = failure == null ? e : failure;
                }
            }
            OPEN.clear();
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
