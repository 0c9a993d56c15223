"""Reads the table ``arrays`` that a run has published, without Spark."""
from __future__ import annotations

import csv
import gzip
import json
import os
from collections.abc import Callable, Iterator
from typing import IO, Any

from zipmap._error import ZipmapError
from zipmap._record import local_path

_TABLE = "arrays"
_NUMBERS = (
    "offset",
    "bytes",
    "file_bytes",
    "rows",
    "columns",
    "crc32",
    "local_reads",
    "healed_reads",
    "archive_bytes",
    "entry_index",
)
_EXPECTED = "files of parquet or orc, which need pyarrow, or of json or csv, plain or with gzip"


def rows(tables: str) -> Iterator[dict[str, Any]]:
    """The rows of the table ``arrays``, one after another, as :func:`zipmap.open` takes them.

    Args:
        tables: the local folder that was ``--output`` of a run, its folder ``arrays``, or one file of that; a path or a
            ``file`` URI.

    Raises:
        ZipmapError: ``ZIPMAP_INPUT_MISSING`` if there is no such table, ``ZIPMAP_INPUT_UNREADABLE`` if it is in another
            format than parquet, orc, json and csv, or if it is damaged, or if its format needs pyarrow, which is not
            installed.
    """
    for file in _files(_folder(tables)):
        read = _reader(file)
        try:
            yield from read(file)
        except (OSError, ValueError, csv.Error, EOFError, RecursionError) as e:
            raise _unreadable(file, actual=f"{type(e).__name__}: {e}") from e


def _folder(tables: str) -> str:
    scheme = tables.partition(":")[0]
    path = tables
    if scheme in ("file", "hdfs", "s3", "s3a", "abfs", "abfss", "gs", "wasbs", "viewfs"):
        local = local_path(tables)
        if local is None:
            raise ZipmapError(
                "ZIPMAP_INPUT_UNREADABLE",
                f"Cannot read tables that are not on a local disk: {tables}",
                advice="Copy them, or read them with Spark: zipmap.arrays.",
            )
        path = local
    if not os.path.exists(path):
        raise ZipmapError("ZIPMAP_INPUT_MISSING", f"Cannot find the tables of a run: {tables}")
    inner = os.path.join(path, _TABLE)
    return inner if os.path.isdir(inner) else path


def _files(folder: str) -> list[str]:
    """The data files of a table, sorted."""
    if not os.path.isdir(folder):
        return [folder]
    names = sorted(name for name in os.listdir(folder) if not name.startswith((".", "_")))
    files = [os.path.join(folder, name) for name in names]
    if any(os.path.isdir(file) for file in files):
        raise ZipmapError(
            "ZIPMAP_INPUT_MISSING",
            f"Cannot find the table {_TABLE}: {folder}",
            expected="the folder that was --output of a run",
            actual=", ".join(names[:10]),
        )
    return files


def _reader(file: str) -> Callable[[str], Iterator[dict[str, Any]]]:
    plain = file[: -len(".gz")] if file.endswith(".gz") else file
    reader = {".json": _json_rows, ".csv": _csv_rows}.get(os.path.splitext(plain)[1])
    if reader is None:
        reader = {".parquet": _parquet_rows, ".orc": _orc_rows}.get(os.path.splitext(file)[1])
    if reader is None:
        raise _unreadable(file)
    return reader


def _opened(file: str) -> IO[str]:
    """A text file, whose line ends stay as they are: a value may contain some."""
    if file.endswith(".gz"):
        return gzip.open(file, "rt", encoding="utf-8", newline="")
    return open(file, encoding="utf-8", newline="")


def _json_rows(file: str) -> Iterator[dict[str, Any]]:
    with _opened(file) as lines:
        for line in lines:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise ValueError(f"no row: {line[:100]}")
            yield row


def _csv_rows(file: str) -> Iterator[dict[str, Any]]:
    with _opened(file) as lines:
        for row in csv.DictReader(lines, strict=True):
            if None in row or None in row.values():
                raise ValueError(f"a row with another number of columns than the header: {str(row)[:100]}")
            yield {name: _csv_value(name, text) for name, text in row.items()}


def _csv_value(column: str, text: str) -> Any:
    """The value that csv, which has texts only, has in a column."""
    if not text:
        return None
    if column == "shape":
        return json.loads(text)
    if column == "removed":
        return text == "true"
    return int(text) if column in _NUMBERS else text


def _parquet_rows(file: str) -> Iterator[dict[str, Any]]:
    try:
        from pyarrow import parquet
    except ImportError:
        raise _without_pyarrow(file) from None
    with parquet.ParquetFile(file) as table:
        for batch in table.iter_batches(1024):
            yield from batch.to_pylist()


def _orc_rows(file: str) -> Iterator[dict[str, Any]]:
    try:
        from pyarrow import orc
    except ImportError:
        raise _without_pyarrow(file) from None
    table = orc.ORCFile(file)
    for stripe in range(table.nstripes):
        yield from table.read_stripe(stripe).to_pylist()


def _without_pyarrow(file: str) -> ZipmapError:
    return _unreadable(
        file,
        "pyarrow, which reads parquet and orc",
        "it is not installed",
        "Install it with pip install pyarrow, or publish the tables with --table-format json.",
    )


def _unreadable(
    file: str, expected: str = _EXPECTED, actual: str | None = None, advice: str | None = None
) -> ZipmapError:
    return ZipmapError(
        "ZIPMAP_INPUT_UNREADABLE", f"Cannot read a table: {file}", expected=expected, actual=actual, advice=advice
    )
