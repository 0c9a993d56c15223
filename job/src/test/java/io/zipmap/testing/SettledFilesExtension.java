package io.zipmap.testing;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * JUnit extension that treats new files as settled at once, rather than after a minute. Arrays mapped in place then get
 * zone maps immediately.
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
