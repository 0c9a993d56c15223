/**
 * Where archives lie: Hadoop file systems and local disks as byte sources, and the listing of inputs. A source is owned by
 * whoever opens it; file systems are Hadoop's cached ones and never closed here.
 */
@NullMarked
package io.zipmap.fs;

import org.jspecify.annotations.NullMarked;
