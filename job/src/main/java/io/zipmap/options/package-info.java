/**
 * The one table of options.
 *
 * <p>Begin with {@link io.zipmap.options.Option}: it declares every option once, with name, type, default, help text
 * and takers. An {@link io.zipmap.options.OptionTaker} is a {@link io.zipmap.options.Command} of the command line, or
 * the data source. An {@link io.zipmap.options.OptionType} checks and parses a text. The parser and the help of the
 * command line, the data source and the table of {@code docs/options.md} are made from these declarations, so a new
 * option is one more constant.
 *
 * <p>{@link io.zipmap.options.OptionValues} are the values of one call. The command line resolves them with
 * {@code OptionValues.resolve}, the data source with {@link io.zipmap.options.SourceOptions}. Each consumer then turns
 * them into one typed settings value. Nothing here is mutable or needs to be closed.
 */
@NullMarked
package io.zipmap.options;

import org.jspecify.annotations.NullMarked;
