package io.zipmap.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips tests without numpy, and counts; JUnit closes the count when the whole run ends. */
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
