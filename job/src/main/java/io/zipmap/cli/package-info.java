/** The command line: parsing, commands, printing, exit statuses. Help and usage errors never load a class of Spark. */
@NullMarked
package io.zipmap.cli;

import org.jspecify.annotations.NullMarked;
