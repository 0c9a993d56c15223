/** The errors that every floor of zipmap throws: what went wrong, where, what was expected, what to do. */
@NullMarked
package io.zipmap;

import org.jspecify.annotations.NullMarked;
