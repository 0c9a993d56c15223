package io.zipmap.testing;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Files that a test has just written count as settled: what is mapped in place has zone maps at once, not after a
 * minute.
 */
public final class SettledFilesExtension implements BeforeAllCallback, AfterAllCallback {
    private static final String AGE = "zipmap.settledAfterMillis";

    @Override
    public void beforeAll(ExtensionContext context) {
        System.setProperty(AGE, "0");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        System.clearProperty(AGE);
    }
}
