"""Arrays over mapped files, which cross between processes as references."""
from __future__ import annotations

import math
import operator
import os
from collections.abc import Sequence
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from zipmap._error import ZipmapError
from zipmap._mapping import Check, Mapping, any_file
from zipmap._unreceived import UnreceivedArray


class MappedArray(np.memmap):
    """A read-only ``numpy.memmap`` that pickles as a reference, not as a copy.

    ``zipmap.open`` and ``zipmap.memmap`` make it. What crosses to another process is path, offset, dtype, shape,
    strides, and the size and time of the file: some 250 bytes. The receiver maps the file again. The same holds for
    every view: slices of any step, transposes, fields, new axes, broadcasts, views of another dtype, and reshapes that
    numpy keeps as views. What is no view of the file (copies, results of arithmetic, what a list of indices picks)
    owns its memory and pickles as numpy does.

    ``copy.copy`` and ``copy.deepcopy`` give another view of the same file, because no one can change it. ``m.copy()``
    and ``numpy.array(m)`` give a copy in memory that can be written to. ``numpy.asarray(m)`` is a view that is no
    MappedArray, and pickles as a copy.

    The size and time of the file are checked when it is mapped, here and by the receiver. A file that is made shorter
    while it is mapped cannot be an error: the system ends a Python process (SIGBUS) that reads a byte which is gone.
    So replace files by renaming a new one over them; a map keeps the old one.

    If a process of ``multiprocessing``, ``concurrent.futures`` or joblib (loky) cannot map the file that it receives,
    it gets an object that raises the ZipmapError at its first use. Any other unpickling raises it at once.

    Attributes:
        filename: the absolute path of the file, or None if it has no name.
        offset: where the array that was mapped begins in the file, in bytes; as with ``numpy.memmap``, the views of
            it have the same.
        mode: ``"r"``.
    """

    def __new__(cls, *args: Any, **kwargs: Any) -> MappedArray:
        raise TypeError("zipmap.open and zipmap.memmap make a MappedArray")

    def __reduce_ex__(self, protocol: Any) -> Any:
        mapping = _mapping_of(self)
        if mapping is None or self.size == 0:
            return self.view(np.ndarray).__reduce_ex__(protocol)
        start = self.__array_interface__["data"][0] - mapping.address
        reach = [(length - 1) * step for length, step in zip(self.shape, self.strides)]
        lowest = start + sum(step for step in reach if step < 0)
        end = start + sum(step for step in reach if step > 0) + self.itemsize
        if lowest < 0 or end > mapping.file_size:  # strides of as_strided that leave the file
            return self.view(np.ndarray).__reduce_ex__(protocol)
        return _view, (mapping, start, self.dtype, self.shape, self.strides)

    def __reduce__(self) -> Any:
        return self.__reduce_ex__(2)

    def __copy__(self) -> Any:
        return self.copy() if _mapping_of(self) is None else self[...]

    def __deepcopy__(self, memo: dict[int, Any] | None) -> Any:
        return self.__copy__()

    def __array_wrap__(self, array: Any, context: Any = None, return_scalar: bool | None = None) -> Any:
        if array is self:
            return array
        # Before numpy 2 there is no third argument, and each result without a dimension becomes a scalar.
        if return_scalar or (return_scalar is None and array.shape == ()):
            return array[()]
        return _plain_unless_mapped(array)

    def __getitem__(self, index: Any) -> Any:
        return _plain_unless_mapped(super().__getitem__(index))

    def copy(self, order: Any = "C") -> np.ndarray:  # type: ignore[override]
        return self.view(np.ndarray).copy(order)

    def flatten(self, order: Any = "C") -> np.ndarray:  # type: ignore[override]
        return self.view(np.ndarray).flatten(order)

    def astype(self, *args: Any, **kwargs: Any) -> Any:
        return _plain_unless_mapped(super().astype(*args, **kwargs))

    def reshape(self, *args: Any, **kwargs: Any) -> Any:
        return _plain_unless_mapped(super().reshape(*args, **kwargs))

    def ravel(self, *args: Any, **kwargs: Any) -> Any:
        return _plain_unless_mapped(super().ravel(*args, **kwargs))


def memmap(
    file: str | bytes | os.PathLike[Any] | IO[Any],
    dtype: npt.DTypeLike = np.uint8,
    shape: int | Sequence[int] | None = None,
    offset: int = 0,
    order: str = "C",
    *,
    mode: str = "r",
) -> MappedArray | np.ndarray:
    """Maps an array of any file, as ``numpy.memmap`` does, so that it crosses between processes as a reference.

    All maps of one file share one mapping. It keeps the file open: two descriptors, one from Python 3.13 on.

    Args:
        file: a path, or an open file object, which may be closed afterwards. The file of a ``tempfile`` object, or one
            that is unlinked while it is mapped, crosses as its open descriptor where multiprocessing or
            concurrent.futures sends it, on Linux; joblib's processes (loky) too, if joblib was imported before. Any
            other pickle of it is refused. It is received once, while its sender runs; a worker that ends waits up to
            ten seconds for that.
        dtype: the type of an element; no Python objects.
        shape: the shape, in which one length may be -1; by default one dimension, to the end of the file.
        offset: where the array begins in the file, in bytes. It need not be aligned.
        order: ``"C"``, the last index changes fastest, or ``"F"``, the first one does.
        mode: ``"r"``; it is here so that calls of ``numpy.memmap`` need no other change.

    Returns:
        A read-only map. An array without a dimension or an element is a plain read-only ``numpy.ndarray``.

    Raises:
        ZipmapError: ZIPMAP_SOURCE_MISSING, ZIPMAP_SOURCE_NOT_A_FILE, ZIPMAP_SOURCE_UNREADABLE: there is no file to map;
            ZIPMAP_SIZE_MISMATCH: the array does not fit the file; ZIPMAP_DTYPE_UNSUPPORTED: elements are Python
            objects; ZIPMAP_OPTION_INVALID: offset, shape, order or mode.
    """
    if mode not in ("r", "readonly"):
        raise ZipmapError("ZIPMAP_OPTION_INVALID", f"Cannot map a file to write to it: mode {mode}", expected="r")
    if offset < 0:
        raise ZipmapError("ZIPMAP_OPTION_INVALID", f"Cannot map an array: offset {offset}", expected="at least 0")
    if order not in ("C", "F"):
        raise ZipmapError("ZIPMAP_OPTION_INVALID", f"Cannot map an array: order {order}", expected="C or F")
    if hasattr(file, "fileno"):
        mapping = Mapping.of_file(file)  # type: ignore[arg-type]
    else:
        mapping = Mapping.of_path(os.path.abspath(os.fsdecode(file)), keep=True)
    return _array(mapping, np.dtype(dtype), shape, order, offset)


def map_file(
    path: str,
    dtype: np.dtype,
    shape: tuple[int, ...],
    order: str = "C",
    offset: int = 0,
    *,
    check: Check = any_file,
) -> MappedArray | np.ndarray:
    """Maps an array of a file that keeps its name.

    Args:
        path: the absolute path.
        dtype: the type of an element.
        shape: the shape.
        order: ``C`` or ``F``.
        offset: where the array begins in the file, in bytes.
        check: gets the status of the open file, and raises what refuses it.

    Returns:
        A read-only map. An array without a dimension or an element is a plain read-only ``numpy.ndarray``.

    Raises:
        ZipmapError: as ``memmap``, and what ``check`` raises.
    """
    return _array(Mapping.of_path(path, check), dtype, shape, order, offset)


def _array(
    mapping: Mapping, dtype: np.dtype, shape: int | Sequence[int] | None, order: str, offset: int
) -> MappedArray | np.ndarray:
    if dtype.hasobject:
        raise ZipmapError("ZIPMAP_DTYPE_UNSUPPORTED", f"Cannot map Python objects: {dtype}")
    lengths = _lengths(shape, mapping.file_size - offset, dtype)
    needed = offset + math.prod(lengths) * dtype.itemsize
    if needed > mapping.file_size:
        raise ZipmapError(
            "ZIPMAP_SIZE_MISMATCH",
            f"Cannot map an array beyond the end of its file: {mapping.shown}",
            expected=f"{needed} bytes",
            actual=f"{mapping.file_size} bytes",
        )
    if needed == offset:
        plain = np.empty(lengths, dtype, order)  # type: ignore[call-overload]
    else:
        array = _over(mapping, lengths, dtype, offset, None, order)
        if array.ndim > 0:
            return array
        plain = np.array(array)
    plain.setflags(write=False)
    return plain


def _lengths(shape: int | Sequence[int] | None, available: int, dtype: np.dtype) -> tuple[int, ...]:
    """The shape with the length that is -1 found from the bytes that the file has."""
    try:
        lengths: tuple[int, ...] = (-1,) if shape is None else (operator.index(shape),)  # type: ignore[arg-type]
    except TypeError:
        lengths = tuple(map(operator.index, shape))  # type: ignore[arg-type]
    unknown = [axis for axis, length in enumerate(lengths) if length < 0]
    if not unknown:
        return lengths
    one = math.prod(length for length in lengths if length >= 0) * dtype.itemsize
    if len(unknown) > 1 or lengths[unknown[0]] != -1 or one == 0:
        raise ZipmapError("ZIPMAP_OPTION_INVALID", f"Cannot find the length of an axis: shape {lengths}")
    if available < 0 or available % one:
        raise ZipmapError(
            "ZIPMAP_SIZE_MISMATCH",
            f"Cannot find the length of an axis: shape {lengths}",
            expected=f"a multiple of {one} bytes",
            actual=f"{available} bytes from the offset to the end of the file",
        )
    return lengths[: unknown[0]] + (available // one,) + lengths[unknown[0] + 1 :]


def _over(
    mapping: Mapping,
    shape: tuple[int, ...],
    dtype: np.dtype,
    start: int,
    strides: tuple[int, ...] | None,
    order: str | None = None,
) -> MappedArray:
    """An array whose first element is the byte ``start`` of the file."""
    array = np.ndarray.__new__(MappedArray, shape, dtype, mapping, start, strides, order)  # type: ignore[arg-type]
    array._mmap = mapping  # type: ignore[attr-defined]
    array.filename = mapping.path
    # Where the lowest byte is: joblib maps plain views of this array from there.
    array.offset = start + sum(min(0, (length - 1) * step) for length, step in zip(array.shape, array.strides))
    array.mode = "r"
    return array


def _view(
    mapping: Mapping | ZipmapError, start: int, dtype: np.dtype, shape: tuple[int, ...], strides: tuple[int, ...]
) -> MappedArray | UnreceivedArray:
    """What the pickle of a map calls."""
    if isinstance(mapping, ZipmapError):
        return UnreceivedArray(mapping)
    return _over(mapping, shape, dtype, start, strides)


def _mapping_of(array: np.ndarray) -> Mapping | None:
    """Returns the mapping that an array's bytes are in, or None if it has other memory.

    What owns the memory decides, because numpy hands attributes and class on to arrays that have other memory.
    """
    owner: Any = array
    while owner is not None and not isinstance(owner, Mapping):
        owner = owner.obj if isinstance(owner, memoryview) else getattr(owner, "base", None)
    return owner


def _plain_unless_mapped(array: Any) -> Any:
    if isinstance(array, MappedArray) and _mapping_of(array) is None:
        return array.view(np.ndarray)
    return array
