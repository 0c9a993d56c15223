/**
 * Joins archives, scratch and mapped files: makes records from entries, and mapped arrays from records.
 *
 * <p>Begin with {@link io.zipmap.store.ArrayStore}, the entry to all of it. The {@link io.zipmap.store.ArrayRecord} is
 * the value that crosses between processes. {@code ArchiveAccess} opens an archive and notices a replaced one.
 * {@code ArrayExtractor} makes a record from an entry: {@code InPlaceArrays} decides whether the entry is mapped in
 * place, else {@code ArrayStart} reads its header and copies it into scratch. {@code ArrayVerifier} checks a file
 * before it is mapped. {@code HealingArray} is the one loop that maps, reads, heals and reads again. It serves
 * {@code ArrayStore.read} for one record, and {@link io.zipmap.store.HeldArray} for a query. A query also uses
 * {@code RecordLookup}, which knows earlier records of the node, and {@code ZoneFiles}, which keeps zone maps.
 *
 * <p>{@link io.zipmap.store.NodeScratch} owns the scratch of the process and closes it. A store needs no closing. The
 * caller closes an archive and a held array; a held array closes its map and gives its scratch file free.
 */
@NullMarked
package io.zipmap.store;

import org.jspecify.annotations.NullMarked;
