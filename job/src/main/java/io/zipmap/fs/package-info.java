/**
 * Hadoop file systems and local disks as byte sources, and the listing of inputs. Who opens a source closes it. File
 * systems are Hadoop's cached ones, and never closed here.
 *
 * <p>Begin with {@link io.zipmap.fs.Sources}.
 */
@NullMarked
package io.zipmap.fs;

import org.jspecify.annotations.NullMarked;
