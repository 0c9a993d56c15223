"""Reads the values of a row of the table ``arrays``, whatever library has made the row."""
from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from zipmap._error import ZipmapError

_SHAPE = re.compile(r"[\[(]?\s*((?:[0-9]{1,19}\s*,\s*)*(?:[0-9]{1,19})?)\s*[\])]?")

_MOST = 2**63 - 1
_EXACT_FLOATS = 2**53


class RowReader:
    """Reads the typed values of a row by their columns. An odd value is a ZIPMAP_ROW_INVALID."""

    def __init__(self, row: Any) -> None:
        self._columns = _columns(row)

    def require(self, column: str) -> Any:
        """The value of a column, which is not null."""
        if column not in self._columns:
            raise self._error(
                f"Cannot open a row without the column {column}",
                expected=f"the column {column}",
                actual=", ".join(str(name) for name in self._columns),
                advice=f"Select the column {column} too.",
            )
        value = _plain(self._columns[column])
        if value is None:
            raise self._error(
                f"Cannot open a row whose column {column} is null",
                advice="Select rows of arrays that were extracted, or are in place.",
            )
        return value

    def text(self, column: str) -> str:
        value = self.require(column)
        if isinstance(value, bytes):
            value = value.decode("utf-8", "surrogateescape")
        if not isinstance(value, str):
            raise self.invalid(column, repr(value), "a text")
        return str(value)

    def text_or_none(self, column: str) -> str | None:
        value = _plain(self._columns.get(column))
        return None if value is None else self.text(column)

    def number(self, column: str) -> int:
        return self._whole(column, self.require(column))

    def number_or_none(self, column: str) -> int | None:
        value = _plain(self._columns.get(column))
        return None if value is None else self._whole(column, value)

    def _whole(self, column: str, value: Any) -> int:
        whole = None
        if isinstance(value, float) and value.is_integer() and abs(value) <= _EXACT_FLOATS:  # pandas, beside a null
            whole = int(value)
        elif isinstance(value, str) and re.fullmatch(r"[0-9]{1,19}", value):  # csv
            whole = int(value)
        elif hasattr(value, "__index__") and not isinstance(value, bool):
            whole = int(value.__index__())
        if whole is None or not 0 <= whole <= _MOST:
            raise self.invalid(column, repr(value), "a whole number of bytes")
        return whole

    def shape(self, column: str) -> tuple[int, ...]:
        value = self.require(column)
        if isinstance(value, str):
            match = _SHAPE.fullmatch(value.strip())
            if not match:
                raise self.invalid(column, value, "the lengths of all axes, as [2000000,4]")
            value = [axis for axis in re.split(r"\s*,\s*", match[1]) if axis]
        if isinstance(value, np.ndarray):
            value = value.tolist()
        if not isinstance(value, (list, tuple)):
            raise self.invalid(column, repr(value), "the lengths of all axes")
        return tuple(self._whole(column, _plain(axis)) for axis in value)

    def invalid(self, column: str, value: str, expected: str) -> ZipmapError:
        return invalid(column, value, expected, self._shown("archive"), self._shown("entry"))

    def _error(self, problem: str, **parts: Any) -> ZipmapError:
        return ZipmapError(
            "ZIPMAP_ROW_INVALID", problem, archive=self._shown("archive"), entry=self._shown("entry"), **parts
        )

    def _shown(self, column: str) -> str | None:
        value = _plain(self._columns.get(column))
        return value if isinstance(value, str) else None


def invalid(column: str, value: str, expected: str, archive: str | None, entry: str | None) -> ZipmapError:
    """The error of a value that no run has written."""
    return ZipmapError(
        "ZIPMAP_ROW_INVALID",
        f"Cannot open a row with such a value in the column {column}: {value}",
        archive=archive,
        entry=entry,
        expected=expected,
    )


def _columns(row: Any) -> Mapping[str, Any]:
    """The values of a row by their columns."""
    if isinstance(row, (str, bytes, bytearray)):
        try:
            row = json.loads(row)
        except (ValueError, RecursionError) as e:
            raise _no_row("a text that is no line of JSON", str(e)) from None
    elif hasattr(row, "as_py"):  # pyarrow's StructScalar
        row = row.as_py()
    if isinstance(row, Mapping):
        return row
    if hasattr(row, "__fields__"):  # PySpark's Row
        return dict(zip(row.__fields__, row))
    if hasattr(row, "_fields"):  # a named tuple
        return dict(zip(row._fields, row))
    if hasattr(row, "keys") and hasattr(row, "__getitem__"):  # a Series of pandas, sqlite3.Row
        return {name: row[name] for name in row.keys()}
    raise _no_row(type(row).__name__)


def _no_row(actual: str, reason: str | None = None) -> ZipmapError:
    return ZipmapError(
        "ZIPMAP_ROW_INVALID",
        "Cannot open what is no row of the table arrays",
        expected="a row that names its columns: a dict, a Row, a named tuple, a line of JSON",
        actual=actual + (f": {reason}" if reason else ""),
    )


def _plain(value: Any) -> Any:
    """A value as Python has it; None if it is any library's null, or the empty text that csv has in its place."""
    if hasattr(value, "as_py"):
        value = value.as_py()
    if isinstance(value, np.generic):
        value = value.item()
    null = (
        type(value).__name__ in ("NAType", "NaTType")
        or isinstance(value, float) and math.isnan(value)
        or isinstance(value, str) and not value
    )
    return None if null else value
