"""The mapped bytes of a file, and how they cross to another process."""
from __future__ import annotations

import errno
import io
import mmap
import os
import socket
import stat
import sys
from contextlib import contextmanager
from multiprocessing.reduction import ForkingPickler
from typing import IO, Any, Callable, Iterator
from weakref import WeakValueDictionary

import numpy as np

from zipmap._error import ZipmapError
from zipmap._offer import Offer, Offers

# A mapping need not keep a descriptor of its file; before Python 3.13 it always does.
_WITHOUT_DESCRIPTOR: dict[str, Any] = {"trackfd": False} if sys.version_info >= (3, 13) else {}

_UNNAMED = "a temporary file without a name"

_OPEN = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK  # a pipe must not block

Check = Callable[[os.stat_result], None]


def any_file(status: os.stat_result) -> None:
    """The check that refuses nothing."""


class Mapping(mmap.mmap):
    """The bytes of a file as they were when it was opened, the whole file, read-only.

    All arrays over one generation of a file share it in a process: it costs one range of addresses, however many views
    came from other processes. It is unmapped when the last of them is dropped.

    It pickles as a reference: path, size and time of the file. A file that has lost its name, or will lose it when its
    temporary file object is closed, crosses by its open descriptor, where multiprocessing sends it.

    Attributes:
        path: the absolute path under which the file was opened, or None if it never had one.
        file_size: the bytes of the file.
        mtime_ns: the time of the file's last change.
        address: where the first byte is in memory.
    """

    path: str | None
    file_size: int
    mtime_ns: int
    address: int
    _inode: tuple[int, int]
    _descriptor: int | None
    _temporary: bool

    @classmethod
    def of_path(cls, path: str, check: Check = any_file, *, keep: bool = False) -> Mapping:
        """Maps the file at a path.

        Args:
            path: an absolute path.
            check: gets the status of the open file, and raises what refuses it.
            keep: keep the file open, so that it also crosses after it was unlinked.
        """
        with _opened(path) as descriptor:
            return cls._of(descriptor, path, check, keep=keep, temporary=False)

    @classmethod
    def of_file(cls, file: IO[Any]) -> Mapping:
        """Maps the file of a file object, which may be closed then."""
        name = getattr(file, "name", None)
        path = os.path.abspath(os.fsdecode(name)) if isinstance(name, (str, bytes)) else None
        try:
            descriptor = file.fileno()
        except io.UnsupportedOperation:
            raise ZipmapError(
                "ZIPMAP_SOURCE_NOT_A_FILE",
                f"Cannot map what is no file: {path or type(file).__name__}",
                expected="a path, or a file object with a descriptor",
            ) from None
        file.flush()
        # The name goes when such an object is closed.
        temporary = type(file).__module__ == "tempfile"
        return cls._of(descriptor, path, any_file, keep=True, temporary=temporary)

    @classmethod
    def _of(cls, descriptor: int, path: str | None, check: Check, *, keep: bool, temporary: bool) -> Mapping:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise ZipmapError(
                "ZIPMAP_SOURCE_NOT_A_FILE",
                f"Cannot map what is no file: {path or _UNNAMED}",
                expected="a regular file",
                actual=kind_of(status.st_mode),
            )
        check(status)
        key = (path, *_generation(status))
        mapping = _mappings.get(key)
        if mapping is None:
            try:
                # An empty file cannot be mapped: a byte that no array sees stands for it.
                source = (descriptor, status.st_size) if status.st_size > 0 else (-1, 1)
                mapping = cls(*source, access=mmap.ACCESS_READ, **_WITHOUT_DESCRIPTOR)
            except OSError as e:
                raise _unreadable(f"Cannot map a file: {path or _UNNAMED}", e) from e
            mapping.path = path
            mapping.file_size = status.st_size
            mapping.mtime_ns = status.st_mtime_ns
            mapping.address = np.frombuffer(mapping, np.uint8).__array_interface__["data"][0]
            mapping._inode = (status.st_dev, status.st_ino)
            mapping._descriptor = None
            mapping._temporary = False
            _mappings[key] = mapping
        mapping._temporary |= temporary
        if keep and mapping._descriptor is None:
            try:
                mapping._descriptor = os.dup(descriptor)
                _offers.prepare()
            except OSError as e:
                raise _unreadable(f"Cannot keep a mapped file open: {path or _UNNAMED}", e) from e
        _register_with_loky()
        return mapping

    @property
    def shown(self) -> str:
        """The name in messages."""
        return self.path or _UNNAMED

    def __del__(self) -> None:
        descriptor = getattr(self, "_descriptor", None)
        if descriptor is not None:
            os.close(descriptor)

    def __reduce_ex__(self, protocol: Any) -> tuple:
        """Only a path can cross by any pickle.

        Raises:
            ZipmapError: ZIPMAP_SOURCE_WITHOUT_NAME, if the file has no name now.
        """
        if self._descriptor is not None and not self._is_named():
            raise ZipmapError(
                "ZIPMAP_SOURCE_WITHOUT_NAME",
                f"Cannot pickle a map of a file that has no name now: {self.shown}",
                advice="Send it by multiprocessing or concurrent.futures, which pass the open file, or give the file"
                " a name until the receiver has opened it.",
            )
        return _mapping_of_path, (self.path, self.file_size, self.mtime_ns, socket.gethostname())

    def reduce_to_process(self) -> tuple:
        """As ``__reduce_ex__``, for a pickle that a process of this host reads once and soon.

        What it makes there is this mapping, or the error why the file cannot be mapped.
        """
        if self._descriptor is None or (self._is_named() and not self._temporary) or not Offers.possible():
            return _received, self.__reduce_ex__(2)
        offer = _offers.add(self._descriptor, self)
        reference = (tuple(offer), self.path, *self._inode, self.file_size, self.mtime_ns)
        return _received, (_mapping_of_offer, reference)

    def _is_named(self) -> bool:
        if self.path is None:
            return False
        try:
            status = os.stat(self.path)
        except OSError:
            return False
        return (status.st_dev, status.st_ino) == self._inode


# Two threads may map a file at once: then it is mapped twice, which costs addresses only.
_mappings: WeakValueDictionary[tuple, Mapping] = WeakValueDictionary()
_offers = Offers()
ForkingPickler.register(Mapping, Mapping.reduce_to_process)


def _register_with_loky() -> None:
    """joblib's processes have a pickler of their own, which takes reducers once joblib has been imported."""
    for name in ("joblib.externals.loky.backend.reduction", "loky.backend.reduction"):
        reduction = sys.modules.get(name)
        if reduction is not None:
            reduction.register(Mapping, Mapping.reduce_to_process)


def _received(receive: Callable[..., Mapping], reference: tuple) -> Mapping | ZipmapError:
    """What a process gets for a mapping: an error while it receives a pickle would leave its pool without a result."""
    try:
        return receive(*reference)
    except ZipmapError as e:
        return e.with_traceback(None)


def _mapping_of_path(path: str, size: int, mtime_ns: int, host: str) -> Mapping:
    """Maps the file of a reference.

    Raises:
        ZipmapError: ZIPMAP_SOURCE_MISSING, ZIPMAP_SOURCE_CHANGED, ZIPMAP_SOURCE_NOT_A_FILE, ZIPMAP_SOURCE_UNREADABLE;
            ZIPMAP_FILES_ELSEWHERE in place of any of these, if the reference was made on another host.
    """

    def unchanged(status: os.stat_result) -> None:
        if (status.st_size, status.st_mtime_ns) != (size, mtime_ns):
            raise ZipmapError(
                "ZIPMAP_SOURCE_CHANGED",
                f"Cannot map a file that was replaced after the map was pickled: {path}",
                expected=_shown(size, mtime_ns),
                actual=_shown(status.st_size, status.st_mtime_ns),
                advice="Map the file again.",
            )

    try:
        return Mapping.of_path(path, unchanged)
    except ZipmapError as e:
        here = socket.gethostname()
        if host == here:
            raise
        raise ZipmapError(
            "ZIPMAP_FILES_ELSEWHERE",
            f"Cannot map a file of another host: {path}",
            expected=host,
            actual=here,
            advice="Map it on its host, or keep the files where all hosts see them.",
        ) from e


def _mapping_of_offer(
    parts: tuple[int, int, int, int, int], path: str | None, device: int, inode: int, size: int, mtime_ns: int
) -> Mapping:
    """Maps a file without a name that another process offers.

    Raises:
        ZipmapError: ZIPMAP_SOURCE_MISSING, ZIPMAP_SOURCE_CHANGED
    """
    offer = Offer(*parts)
    generation = (device, inode, size, mtime_ns)
    shown = path or _UNNAMED
    mapping = _mappings.get((path, *generation))
    if mapping is None:
        missing = ZipmapError(
            "ZIPMAP_SOURCE_MISSING",
            f"Cannot find a file without a name: {shown}",
            expected=f"process {offer.process} holds it open",
            actual="the process has ended, or the map was received before",
            advice="A map of an unlinked file is received once, while its sender runs.",
        )

        def same(status: os.stat_result) -> None:
            if (status.st_dev, status.st_ino) != generation[:2]:
                raise missing
            if _generation(status) != generation:
                raise ZipmapError(
                    "ZIPMAP_SOURCE_CHANGED",
                    f"Cannot map a file that was written to after the map was sent: {shown}",
                    expected=_shown(size, mtime_ns),
                    actual=_shown(status.st_size, status.st_mtime_ns),
                )

        try:
            descriptor = offer.open()
        except OSError as e:
            if e.errno in (errno.EMFILE, errno.ENFILE):
                raise _unreadable(f"Cannot open a file to map: {shown}", e) from e
            raise missing from e
        try:
            mapping = Mapping._of(descriptor, path, same, keep=True, temporary=True)
        finally:
            os.close(descriptor)
            offer.answer()
    else:
        offer.answer()
    return mapping


@contextmanager
def _opened(path: str) -> Iterator[int]:
    try:
        descriptor = os.open(path, _OPEN)
    except (FileNotFoundError, NotADirectoryError):
        raise ZipmapError("ZIPMAP_SOURCE_MISSING", f"Cannot find a file to map: {path}") from None
    except OSError as e:
        raise _unreadable(f"Cannot open a file to map: {path}", e) from e
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _unreadable(problem: str, error: OSError) -> ZipmapError:
    advice = None
    if error.errno == errno.EMFILE:
        advice = "A mapped file takes a descriptor before Python 3.13: drop maps, or raise the limit by ulimit -n."
    return ZipmapError("ZIPMAP_SOURCE_UNREADABLE", problem, actual=error.strerror, advice=advice)


def _generation(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _shown(size: int, mtime_ns: int) -> str:
    return f"{size} bytes of time {np.datetime64(mtime_ns, 'ns')}"


def kind_of(mode: int) -> str:
    """What a file is, in words."""
    for is_kind, name in (
        (stat.S_ISREG, "a file"),
        (stat.S_ISLNK, "a symbolic link"),
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    ):
        if is_kind(mode):
            return name
    return "something else"
