/**
 * The command line: parsing, commands, printing, exit statuses. Help and usage errors load no class of Spark.
 *
 * <p>Begin with {@link io.zipmap.cli.Main}.
 */
@NullMarked
package io.zipmap.cli;

import org.jspecify.annotations.NullMarked;
