/** Reading archives: the zip central directory, its entries, decoding and checking, by positioned reads of a ByteSource. */
@NullMarked
package io.zipmap.archive;

import org.jspecify.annotations.NullMarked;
