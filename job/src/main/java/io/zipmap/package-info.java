/**
 * Errors, and the functional interfaces that may throw an {@code IOException}. Every package may import this one.
 *
 * <p>Begin with {@link io.zipmap.ZipmapException}: the grammar of all messages. {@link io.zipmap.Condition} lists what
 * can go wrong and who must act. {@link io.zipmap.OptionSpelling} shows options as the reader of a message spells them.
 * {@link io.zipmap.ErrorDetails} carries an error to another process. {@link io.zipmap.Credentials} and
 * {@link io.zipmap.Printable} make text safe to show, and {@link io.zipmap.PlainPath} readable.
 * {@link io.zipmap.IoFunction}, {@link io.zipmap.IoConsumer}, {@link io.zipmap.IoSupplier} and
 * {@link io.zipmap.IoRunnable} are the one functional family; declare no other interface that only adds
 * {@code IOException}.
 */
@NullMarked
package io.zipmap;

import org.jspecify.annotations.NullMarked;
