"""Opens the array that a row of the table ``arrays`` locates."""
from __future__ import annotations

import math
import os
import re
import socket
import stat
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

import numpy as np

from zipmap._dtype import dtype as parse_dtype
from zipmap._error import ZipmapError
from zipmap._mapped import MappedArray, map_file
from zipmap._mapping import kind_of
from zipmap._row import RowReader, invalid

# A file of scratch, in its scope, as io.zipmap.scratch.FolderLayout and io.zipmap.store.ArrayFileNames name it.
_SCRATCH = re.compile(
    r"(?:/.*)?/zipmap-[A-Za-z0-9._-]+/(?:app-(?P<application>[^/]+)|keep)/[0-9a-f]{40}\.(?:npy|raw)", re.DOTALL
)
_GENERATION = re.compile(r"(?P<millis>-?[0-9]{1,18})(?:#[0-9a-f]+)?")

_PRIVATE_FOLDER = "a folder of this user with mode 0700"


def open(row: Any, trust: bool = False) -> MappedArray | np.ndarray:
    """Maps the array of one row of the table ``arrays``, of this host.

    Args:
        row: a row of the table that ``run --output`` published, or of the data source with the option ``table``
            ``arrays``: a Row of PySpark, a dict, a row of pandas (``itertuples``, ``iterrows``) or of pyarrow (a dict
            of scalars, a StructScalar), a row of sqlite3, or a line of the table in JSON. It needs ``path``,
            ``offset``, ``dtype``, ``shape`` and ``order``; for an array in place also ``archive``, ``archive_bytes``
            and ``version``. ``host``, ``bytes`` and ``file_bytes`` are compared, if the row has them.
        trust: whether to open a file that is neither in the scratch of this user nor the archive that the row names.

    Returns:
        A read-only map with the shape, dtype and order of the row; a read-only plain array if it has no axis or no
        element. It pickles as a reference.

    Raises:
        ZipmapError: with ``condition``

            - ``ZIPMAP_ROW_INVALID``: no row, a column that is missing or null, or a value that no run has written;
            - ``ZIPMAP_DTYPE_UNSUPPORTED``: ``dtype`` is no dtype that zipmap reads;
            - ``ZIPMAP_PATH_UNTRUSTED``: a path outside scratch and other than the archive's own, without ``trust``;
            - ``ZIPMAP_FILES_ELSEWHERE``: the row is of another host, and this one does not have the file;
            - ``ZIPMAP_SCRATCH_MISSING``: scratch no longer has the file;
            - ``ZIPMAP_SCRATCH_DAMAGED``: the file is shorter, was replaced, or is no file now;
            - ``ZIPMAP_SOURCE_MISSING``, ``ZIPMAP_SOURCE_CHANGED``, ``ZIPMAP_SOURCE_NOT_A_FILE``,
              ``ZIPMAP_SOURCE_UNREADABLE``: the same of an archive that is mapped in place.

    The file is checked when it is opened, and the checks are of the file that is mapped. If another program truncates
    it later, an access to the lost part ends the process with SIGBUS, which Python cannot catch. Files in scratch are
    read-only for their owner too.

    A file at the right place that is as the row says is opened, whatever the host is called: a shared file system and a
    container have it under other names. Only an array that is not here is blamed on its host.
    """
    record = _Record.of(row)
    place = record.place()
    if place == "elsewhere" and not trust:
        raise record.untrusted()
    descriptor = record.open_file(private=place == "scratch" and not trust)
    try:
        status = os.fstat(descriptor)
        record.require_file(status, sealed=place == "scratch" and not trust)

        def same(opened: os.stat_result) -> None:
            if (opened.st_dev, opened.st_ino, opened.st_size) != (status.st_dev, status.st_ino, status.st_size):
                raise record.changed("the file that was checked", "another one")

        try:
            return map_file(record.path, record.dtype, record.shape, record.order, record.offset, check=same)
        except (ValueError, OverflowError) as e:
            raise record.invalid("shape", str(record.shape), str(e)) from None
    finally:
        os.close(descriptor)


@dataclass(frozen=True)
class _Record:
    """What a row says about one array and its file."""

    path: str
    offset: int
    dtype: np.dtype
    shape: tuple[int, ...]
    order: str
    host: str | None
    archive: str | None
    entry: str | None
    file_bytes: int | None
    archive_bytes: int | None
    version: str | None

    @staticmethod
    def of(row: Any) -> _Record:
        reader = RowReader(row)
        path = reader.text("path")
        if not os.path.isabs(path) or os.path.normpath(path) != path or "\0" in path:
            raise reader.invalid("path", path, "an absolute path without . and ..")
        order = reader.text("order")
        if order not in ("C", "F"):
            raise reader.invalid("order", order, "C or F")
        record = _Record(
            path=path,
            offset=reader.number("offset"),
            dtype=parse_dtype(reader.text("dtype")),
            shape=reader.shape("shape"),
            order=order,
            host=reader.text_or_none("host"),
            archive=reader.text_or_none("archive"),
            entry=reader.text_or_none("entry"),
            file_bytes=reader.number_or_none("file_bytes"),
            archive_bytes=reader.number_or_none("archive_bytes"),
            version=reader.text_or_none("version"),
        )
        stated = reader.number_or_none("bytes")
        if stated is not None and stated != record.bytes:
            raise reader.invalid("bytes", str(stated), f"{record.bytes}, as dtype and shape need them")
        if record.place() == "archive":
            for column in ("archive_bytes", "version"):
                reader.require(column)
        return record

    @property
    def bytes(self) -> int:
        return math.prod(self.shape) * self.dtype.itemsize

    def place(self) -> str:
        """Where the path is: ``scratch`` by its name, the ``archive`` that the row names, or ``elsewhere``."""
        if _SCRATCH.fullmatch(self.path):
            return "scratch"
        archive = None if self.archive is None else local_path(self.archive)
        # zipmap maps the file that a link to an archive leads to.
        return "archive" if archive and self.path in (archive, os.path.realpath(archive)) else "elsewhere"

    def open_file(self, private: bool) -> int:
        """Opens the file itself, never what a link leads to. The caller closes the descriptor.

        Args:
            private: whether the folder must be one that only this user can write to.
        """
        flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
        folder, name = os.path.split(self.path)
        try:
            # Opening a device may act on it. What takes its place after this line is refused when it is open.
            kind = os.lstat(self.path)
            if not stat.S_ISREG(kind.st_mode):
                raise self.no_file(_description(kind))
            if not private:
                return os.open(self.path, flags)
            descriptor = os.open(folder, flags | os.O_DIRECTORY)
            try:
                status = os.fstat(descriptor)
                if status.st_uid != os.geteuid() or status.st_mode & 0o077:
                    raise self.untrusted(f"{_PRIVATE_FOLDER}: {folder}", _description(status))
                return os.open(name, flags, dir_fd=descriptor)
            finally:
                os.close(descriptor)
        except (FileNotFoundError, NotADirectoryError):
            if private and os.path.islink(folder):
                raise self.untrusted(f"{_PRIVATE_FOLDER}: {folder}", "a symbolic link") from None
            raise self.missing() from None
        except OSError as e:
            raise self.unreadable(e) from None

    def require_file(self, status: os.stat_result, sealed: bool) -> None:
        """Checks that an open file still is the one that the row describes.

        Args:
            sealed: whether it must be of this user with mode 0400, as zipmap leaves a file in scratch.
        """
        if not stat.S_ISREG(status.st_mode):
            raise self.no_file(_description(status))
        if sealed and (status.st_uid != os.geteuid() or stat.S_IMODE(status.st_mode) != 0o400):
            raise self.changed("a file of this user with mode 0400", _description(status))
        archive = self.place() == "archive"
        size = self.archive_bytes if archive else self.file_bytes
        if size is not None and status.st_size != size:
            raise self.changed(f"{size} bytes", f"{status.st_size} bytes")
        if self.offset + self.bytes > status.st_size:
            if size is not None:
                raise self.invalid(
                    "offset or shape", f"{self.offset}, {list(self.shape)}", f"an array within {size} bytes"
                )
            raise self.changed(f"at least {self.offset + self.bytes} bytes", f"{status.st_size} bytes")
        generation = _GENERATION.fullmatch(self.version or "") if archive else None
        if generation and status.st_mtime_ns // 10**6 != int(generation["millis"]):
            raise self.changed(
                f"written at {generation['millis']} ms", f"written at {status.st_mtime_ns // 10**6} ms"
            )

    def changed(self, expected: str, actual: str) -> ZipmapError:
        self._require_host(actual)
        if self.place() == "scratch":
            return self._error(
                "ZIPMAP_SCRATCH_DAMAGED",
                f"Cannot map an extracted array that was changed: {self.path}",
                expected=expected,
                actual=actual,
                advice="Delete the file and extract the array again: run again, or query the table arrays.",
            )
        return self._error(
            "ZIPMAP_SOURCE_CHANGED",
            f"Cannot map an array in a file that was replaced: {self.path}",
            expected=expected,
            actual=actual,
            advice="Run again to read the new file.",
        )

    def missing(self) -> ZipmapError:
        self._require_host("no such file on this host")
        scratch = _SCRATCH.fullmatch(self.path)
        if not scratch:
            return self._error(
                "ZIPMAP_SOURCE_MISSING",
                f"Cannot find the file of an array: {self.path}",
                advice="Put the archive back, or run again.",
            )
        if scratch["application"] is None:
            return self._error(
                "ZIPMAP_SCRATCH_MISSING",
                f"Cannot find an extracted array in kept scratch: {self.path}",
                actual="it was removed, to make room within --scratch-budget or by clean",
                advice="Run again, or query the table arrays, which extracts the array again.",
            )
        return self._error(
            "ZIPMAP_SCRATCH_MISSING",
            f"Cannot find an extracted array: {self.path}",
            actual=f"the application {scratch['application']} has ended, and its scratch with it",
            advice="Open rows inside the application that extracted them, or extract with --keep-scratch"
            " (option keepScratch).",
        )

    def unreadable(self, error: OSError) -> ZipmapError:
        self._require_host(str(error.strerror))
        return self._error(
            "ZIPMAP_SOURCE_UNREADABLE",
            f"Cannot open the file of an array: {self.path}",
            actual=error.strerror,
            advice="Open it as the user that the executors run as." if isinstance(error, PermissionError) else None,
        )

    def no_file(self, actual: str) -> ZipmapError:
        self._require_host(actual)
        condition = "ZIPMAP_SCRATCH_DAMAGED" if self.place() == "scratch" else "ZIPMAP_SOURCE_NOT_A_FILE"
        return self._error(
            condition,
            f"Cannot map what is no file: {self.path}",
            expected="a regular file",
            actual=actual,
            advice="Find out who put it there, and run again.",
        )

    def untrusted(self, expected: str | None = None, actual: str | None = None) -> ZipmapError:
        return self._error(
            "ZIPMAP_PATH_UNTRUSTED",
            f"Cannot trust the path of a row: {self.path}",
            expected=expected or "a file in the scratch of this user, or the archive that the row names",
            actual=actual,
            advice="If the row comes from a table that only you can write, pass trust=True."
            + ("" if self.archive else " An array in place needs the column archive."),
        )

    def invalid(self, column: str, value: str, expected: str) -> ZipmapError:
        return invalid(column, value, expected, self.archive, self.entry)

    def _require_host(self, actual: str) -> None:
        """Blames the host for a file that is not there, if the row is of another one."""
        if self.host is not None and not _is_this_host(self.host):
            raise self._error(
                "ZIPMAP_FILES_ELSEWHERE",
                f"Cannot map a file of another host: {self.host}:{self.path}",
                expected=f"the host {self.host}",
                actual=f"{socket.gethostname()}: {actual}",
                advice="Open the row on its host, as zipmap.map_arrays does, or query the table arrays here.",
            ) from None

    def _error(self, condition: str, problem: str, **parts: Any) -> ZipmapError:
        return ZipmapError(condition, problem, archive=self.archive, entry=self.entry, **parts)


def local_path(uri: str) -> str | None:
    """The path of a ``file`` URI, whose escapes may be of any bytes; None for other URIs."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme != "file" or parts.netloc not in ("", "localhost") or parts.query or parts.fragment:
        return None
    return os.fsdecode(unquote_to_bytes(parts.path))


def _is_this_host(host: str) -> bool:
    """Whether a name or an address is of this machine. Loopback addresses are of every machine."""
    name = host.strip("[]")
    if name.casefold() in (socket.gethostname().casefold(), "localhost"):
        return True
    try:
        addresses = socket.getaddrinfo(name, 0, type=socket.SOCK_DGRAM)
    except (OSError, UnicodeError):
        return False
    for family, kind, protocol, _, address in addresses:
        try:
            with socket.socket(family, kind, protocol) as own:
                own.bind(address)  # only an address of this machine can be bound
                return True
        except OSError:
            continue
    return False


def _description(status: os.stat_result) -> str:
    return f"{kind_of(status.st_mode)} of user {status.st_uid} with mode {stat.S_IMODE(status.st_mode):04o}"
