/** The one table of options: name, type, default and text. The command line, Spark's configuration and the help all come from it. */
@NullMarked
package io.zipmap.options;

import org.jspecify.annotations.NullMarked;
