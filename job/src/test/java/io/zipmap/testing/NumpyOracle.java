package io.zipmap.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test, or a class of tests, that needs {@link Numpy}. Skipped if numpy is not installed. The whole run ends
 * with the line {@code numpy oracle: N tests ran, M skipped}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NumpyExtension.class)
public @interface NumpyOracle {}
