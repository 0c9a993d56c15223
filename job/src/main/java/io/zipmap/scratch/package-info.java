/**
 * Files in node-local scratch folders, found by name and made once per node. This package knows files, not what is in
 * them.
 *
 * <p>Begin with {@link io.zipmap.scratch.Scratch}: {@code obtain} shows the way of a file. A
 * {@link io.zipmap.scratch.FileExpectation} says which file is wanted. {@link io.zipmap.scratch.FileFinder} looks for
 * it in all folders and verifies it; {@link io.zipmap.scratch.FilePublisher} lets a
 * {@link io.zipmap.scratch.ContentWriter} write a {@link io.zipmap.scratch.PartFile}, seals it and renames it.
 * {@link io.zipmap.scratch.FolderCandidates} says which folder takes a new file. {@link io.zipmap.scratch.FolderLayout}
 * lists the names on disk. {@link io.zipmap.scratch.ScratchScopes} looks at scratch from outside, for the command
 * {@code clean}.
 *
 * <p>{@code Scratch} owns its {@link io.zipmap.scratch.FolderSet}, each {@link io.zipmap.scratch.ScratchFolder} its
 * {@link io.zipmap.scratch.FolderMembership}, and the membership the {@link io.zipmap.scratch.ScratchLease} and the
 * {@link io.zipmap.scratch.FolderLocks}. Closing {@code Scratch} closes them all. The caller closes each
 * {@link io.zipmap.scratch.ScratchFile}. Until then a kept file is pinned by a mark of
 * {@link io.zipmap.scratch.ReaderMarks}.
 *
 * <p>Locks are taken in this order, and a thread takes none that stands before one it holds:
 *
 * <ol>
 *   <li>the lock of a file name ({@link io.zipmap.scratch.FolderLocks#tryLockFile}), while a file is verified, made and
 *       published. A writer may obtain another file then: a companion's writer the file that it describes, never the
 *       reverse;
 *   <li>the lock of an entry of {@link io.zipmap.scratch.VerifiedFiles}, while the file is read. A check may verify the
 *       file's companion then, never the reverse;
 *   <li>the budget lock, which is the folder lock of the first folder, while bytes are counted, kept files are removed
 *       and a part is created ({@link io.zipmap.scratch.ScratchBudget});
 *   <li>the folder lock of another folder ({@link io.zipmap.scratch.FolderLocks#runLocked}), while processes join and
 *       leave, and leases are judged;
 *   <li>the lock of a lease, which its process holds from its join to its end; others only try it.
 * </ol>
 */
@NullMarked
package io.zipmap.scratch;

import org.jspecify.annotations.NullMarked;
