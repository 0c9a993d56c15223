/** Values: what an array is (dtype, shape, order) and what its .npy header says. Nothing here opens a file. */
@NullMarked
package io.zipmap.array;

import org.jspecify.annotations.NullMarked;
