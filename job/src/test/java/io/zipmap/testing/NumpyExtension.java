package io.zipmap.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips tests if numpy is not installed, and counts them. JUnit closes the counter at the end of the whole run. */
final class NumpyExtension implements BeforeEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) {
        Count count = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(NumpyExtension.class))
                .computeIfAbsent(Count.class, key -> new Count(), Count.class);
        (Numpy.available() ? count.ran : count.skipped).incrementAndGet();
        assumeTrue(Numpy.available(), "python3 with numpy is not here");
    }

    private static final class Count implements AutoCloseable {
        private final AtomicInteger ran = new AtomicInteger();
        private final AtomicInteger skipped = new AtomicInteger();

        @Override
        public void close() {
            System.out.println("numpy oracle: " + ran + " tests ran, " + skipped + " skipped");
        }
    }
}
