package io.zipmap.store;

import io.zipmap.mapped.MappedArray;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Looks over a part of an array for its zone map. May be called again, from the start, when the array had to be healed.
 */
@FunctionalInterface
public interface ZoneMaker {
    /** @return exactly the bytes that were announced */
    ByteBuffer zones(MappedArray array) throws IOException;
}
