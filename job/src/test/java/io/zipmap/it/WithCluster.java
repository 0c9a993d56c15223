package io.zipmap.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** One {@link StandaloneCluster} for all tests that want it, whole again before each; its logs when a test fails. */
final class WithCluster implements BeforeAllCallback, BeforeEachCallback, TestWatcher {
    private StandaloneCluster cluster;
    private Undisturbed undisturbed;

    StandaloneCluster cluster() {
        return cluster;
    }

    /** The archives that tests run over, and what their tables are when nothing is disturbed. */
    Undisturbed undisturbed() {
        return undisturbed;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ExtensionContext.Store store = context.getRoot().getStore(ExtensionContext.Namespace.create(WithCluster.class));
        cluster = store.computeIfAbsent(
                StandaloneCluster.class, key -> made(StandaloneCluster::start), StandaloneCluster.class);
        undisturbed = store.computeIfAbsent(
                Undisturbed.class, key -> made(() -> Undisturbed.run(cluster)), Undisturbed.class);
    }

    private static <T> T made(Callable<T> start) {
        try {
            return start.call();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot start a cluster", e);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        cluster.ready();
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        try {
            System.err.println(context.getDisplayName() + " failed\n" + cluster.logs());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
