/**
 * The one table of options: name, type, default and text. The command line, Spark's configuration, the data source and
 * the help come from it.
 *
 * <p>Begin with {@link io.zipmap.options.Option}.
 */
@NullMarked
package io.zipmap.options;

import org.jspecify.annotations.NullMarked;
