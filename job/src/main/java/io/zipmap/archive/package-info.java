/**
 * Reads archives: the zip directory, its entries, decoding and checking, by positioned reads of a
 * {@link io.zipmap.archive.ByteSource}. Who opens an {@link io.zipmap.archive.Archive} closes it; it closes its source.
 *
 * <p>Begin with {@link io.zipmap.archive.Archive}.
 */
@NullMarked
package io.zipmap.archive;

import org.jspecify.annotations.NullMarked;
