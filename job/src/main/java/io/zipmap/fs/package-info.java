/**
 * Hadoop file systems and local disks: opening archives, listing inputs, replacing files.
 *
 * <p>Begin with {@link io.zipmap.fs.Sources}: it opens an archive as a {@link io.zipmap.archive.ByteSource}, a
 * {@code LocalSource} or a {@code HadoopSource}. Who opens a source closes it. {@code SourceFailure} translates the
 * failures of file systems into conditions.
 *
 * <p>{@link io.zipmap.fs.Inputs} expands the inputs of the user into archives. An {@code InputLister} does this for one
 * kind of file system: {@code LocalInputLister} with {@code LocalGlob}, {@code LocalTree}, {@code LocalPartitions} and
 * {@code LocalListing}, or {@code HadoopInputLister} with {@code HadoopGlob}. The {@code Local*} classes work on the
 * bytes of file names, whatever the locale. {@code HadoopCall} guards each call of a foreign file system.
 *
 * <p>{@link io.zipmap.fs.AtomicFiles} renames and replaces files for those who write outputs. Hadoop's
 * {@code FileSystem} objects are the cached ones, and are never closed here.
 */
@NullMarked
package io.zipmap.fs;

import org.jspecify.annotations.NullMarked;
