package io.zipmap.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test, or a class of tests, that asks {@link Numpy}. Skipped where there is no numpy; the run ends with the line
 * {@code numpy oracle: N tests ran, M skipped}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NumpyExtension.class)
public @interface NumpyOracle {}
