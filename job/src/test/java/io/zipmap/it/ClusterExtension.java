package io.zipmap.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * One {@link StandaloneCluster} for all tests that want it, whole again before each, and an application on it; the logs
 * of all processes when a test fails. The application ends with the tests of a class, and must leave nothing in
 * scratch.
 */
final class ClusterExtension implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback, TestWatcher {
    private SharedCluster shared;

    StandaloneCluster cluster() {
        return shared.cluster();
    }

    /** The application that tests share, with an executor of two cores on each host. */
    ClusterSession session() throws Exception {
        return shared.session();
    }

    /** Ends the application that tests share, for a test that needs one of its own; scratch is empty then. */
    void endSession() throws Exception {
        shared.endSession();
    }

    /** A dozen archives. */
    GatedArchives archives() {
        return shared.archives();
    }

    /** The tables of a run over {@link #archives} in which nothing went wrong. */
    ResultTables undisturbed() throws Exception {
        return shared.undisturbed();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        shared = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(ClusterExtension.class))
                .computeIfAbsent(SharedCluster.class, key -> start(), SharedCluster.class);
    }

    private static SharedCluster start() {
        try {
            return SharedCluster.start();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot start a cluster", e);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        cluster().ready();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        endSession();
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        try {
            System.err.println(
                    context.getDisplayName() + " failed\n" + cluster().logs());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
