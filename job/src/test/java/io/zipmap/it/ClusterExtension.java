package io.zipmap.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * JUnit extension with one {@link StandaloneCluster} for all test classes, and an application on it. Restarts lost
 * processes before each test, and prints the logs of all processes if a test fails. The application ends with the tests
 * of a class, and must leave nothing in scratch.
 */
final class ClusterExtension implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback, TestWatcher {
    private SharedCluster shared;

    StandaloneCluster cluster() {
        return shared.cluster();
    }

    /** The shared application, with an executor of two cores on each host. */
    ClusterSession session() throws Exception {
        return shared.session();
    }

    /** Ends the shared application and waits until scratch is empty, for a test that needs its own application. */
    void endSession() throws Exception {
        shared.endSession();
    }

    /** A dozen archives. */
    GatedArchives archives() {
        return shared.archives();
    }

    /** The tables of a run over {@link #archives} without faults. */
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
