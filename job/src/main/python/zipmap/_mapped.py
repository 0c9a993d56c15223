"""Maps of files that cross between processes as references."""
from __future__ import annotations

import mmap
import os
import socket
import stat
import sys
import weakref
from typing import Any, Callable

import numpy as np

from zipmap._error import ZipmapError

# A map need not keep its file open; before Python 3.13 it does.
_WITHOUT_DESCRIPTOR: dict[str, Any] = {"trackfd": False} if sys.version_info >= (3, 13) else {}


class _Mapping(mmap.mmap):
    """The mapped bytes of one generation of a file, the whole of it, read-only.

    All maps of that generation in a process share it. It is unmapped when the last of them is dropped.
    """

    path: str
    size: int
    mtime_ns: int
    address: int

    @classmethod
    def of(cls, path: str, check: Callable[[os.stat_result], None]) -> _Mapping:
        """Maps a file, or returns its mapping if this process has one. ``check`` may refuse what lies at the path."""
        try:
            # A pipe must not block.
            descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        except FileNotFoundError:
            raise ZipmapError("ZIPMAP_SOURCE_MISSING", f"Cannot find the file of an array: {path}") from None
        except OSError as e:
            raise ZipmapError(
                "ZIPMAP_SOURCE_UNREADABLE", f"Cannot open the file of an array: {path}", actual=e.strerror
            ) from e
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise ZipmapError(
                    "ZIPMAP_SOURCE_NOT_A_FILE",
                    f"Cannot map what is no file: {path}",
                    expected="a regular file",
                    actual=_kind(status.st_mode),
                )
            check(status)
            generation = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
            mapping = _mappings.get(generation)
            if mapping is None:
                mapping = cls(descriptor, status.st_size, access=mmap.ACCESS_READ, **_WITHOUT_DESCRIPTOR)
                mapping.path = path
                mapping.size = status.st_size
                mapping.mtime_ns = status.st_mtime_ns
                mapping.address = np.frombuffer(mapping, np.uint8).__array_interface__["data"][0]
                _mappings[generation] = mapping
            return mapping
        finally:
            os.close(descriptor)


# Two threads may map a file at once: then it is mapped twice, which costs address space only.
_mappings: weakref.WeakValueDictionary[tuple[int, int, int, int], _Mapping] = weakref.WeakValueDictionary()


class MappedArray(np.memmap):
    """A read-only numpy array over the bytes of a file, which pickles as a reference."""

    def __reduce_ex__(self, protocol: Any) -> Any:
        mapping = _mapping_of(self)
        if mapping is None:
            return self.view(np.ndarray).__reduce_ex__(protocol)
        start = self.__array_interface__["data"][0] - mapping.address
        return _restored, (
            mapping.path, start, self.dtype, self.shape, self.strides, mapping.size, mapping.mtime_ns, socket.gethostname(),
        )


def map_file(
    path: str,
    dtype: np.dtype,
    shape: tuple[int, ...],
    order: str = "C",
    offset: int = 0,
    *,
    check: Callable[[os.stat_result], None] = lambda status: None,
) -> MappedArray | np.ndarray:
    """Maps an array that lies in a file.

    Args:
        path: the file.
        dtype: the type of an element.
        shape: the shape of the array.
        order: ``C`` or ``F``.
        offset: where the array begins in the file, in bytes.
        check: gets the status of the open file and raises what refuses it.

    Returns:
        A read-only map; a read-only plain array, if it has no dimension or no element.
    """
    array = np.ndarray
    needed = offset + int(np.prod(shape, dtype=object)) * dtype.itemsize

    def whole(status: os.stat_result) -> None:
        check(status)
        if status.st_size < needed:
            raise ZipmapError(
                "ZIPMAP_SIZE_MISMATCH",
                f"Cannot map an array that its file is too short for: {path}",
                expected=f"at least {needed} bytes",
                actual=f"{status.st_size} bytes",
            )

    if needed == offset:
        plain = np.empty(shape, dtype, order)
        plain.setflags(write=False)
        return plain
    mapping = _Mapping.of(path, whole)
    array = np.ndarray.__new__(MappedArray, shape, dtype, mapping, offset, None, order)
    array._mmap, array.filename, array.offset, array.mode = mapping, mapping.path, offset, "r"
    if array.ndim == 0:
        plain = np.array(array)
        plain.setflags(write=False)
        return plain
    return array


def memmap(file: Any, dtype: Any = np.uint8, shape: Any = None, offset: int = 0, order: str = "C") -> MappedArray | np.ndarray:
    """Maps a file of one's own, as ``numpy.memmap(file, mode="r")`` does."""
    dtype = np.dtype(dtype)
    path = os.path.abspath(os.fspath(file))
    if shape is None:
        shape = (os.stat(path).st_size - offset) // dtype.itemsize
    shape = (shape,) if isinstance(shape, int) else tuple(shape)
    return map_file(path, dtype, shape, order, offset)


def _mapping_of(array: Any) -> _Mapping | None:
    owner = array
    while owner is not None and not isinstance(owner, _Mapping):
        owner = owner.obj if isinstance(owner, memoryview) else getattr(owner, "base", None)
    return owner


def _restored(path, start, dtype, shape, strides, size, mtime_ns, host):
    def same(status: os.stat_result) -> None:
        if (status.st_size, status.st_mtime_ns) != (size, mtime_ns):
            raise ZipmapError("ZIPMAP_SOURCE_CHANGED", f"Cannot map a file that was replaced: {path}")

    mapping = _Mapping.of(path, same)
    array = np.ndarray.__new__(MappedArray, shape, dtype, mapping, start, strides)
    array._mmap, array.filename, array.offset, array.mode = mapping, mapping.path, start, "r"
    return array


def _kind(mode: int) -> str:
    for is_kind, name in (
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    ):
        if is_kind(mode):
            return name
    return "something else"
