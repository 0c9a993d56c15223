/**
 * Archives: the zip directory, its entries, decoding and checking, all by positioned reads of a
 * {@link io.zipmap.archive.ByteSource}.
 *
 * <p>Begin with {@link io.zipmap.archive.Archive}. It reads the directory ({@code Zip*} classes, named after the
 * structures of APPNOTE.TXT), and lists each file as an {@link io.zipmap.archive.ArchiveEntry}. An
 * {@link io.zipmap.archive.EntryReader} decodes one entry and checks size and CRC-32; {@code CompressionMethods}
 * chooses its {@code Decoder}. {@link io.zipmap.archive.ArchiveRef} identifies an archive across processes.
 *
 * <p>The caller closes an {@code EntryReader}, then its {@code Archive}, which closes the source. Nothing here is
 * thread-safe, except that all decoders of a process share one {@code DecoderMemory}.
 */
@NullMarked
package io.zipmap.archive;

import org.jspecify.annotations.NullMarked;
