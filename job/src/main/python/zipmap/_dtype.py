"""Parses the text of a dtype, as zipmap's tables have it, without ``eval``."""
from __future__ import annotations

import ast
import re

import numpy as np

from zipmap._error import ZipmapError

# A .npy header has at most 10 000 characters, unless its reader asks for more.
_MOST_CHARACTERS = 100_000
# Levels of brackets. zipmap reads no header with more.
_MOST_LEVELS = 32

_SCALAR = re.compile(r"[<>|=]?[A-Za-z?][A-Za-z_]{0,15}(?P<size>[0-9]{0,9})(?:\[[0-9]{0,9}[a-zA-Zμ]{1,7}\])?")
_VOID = re.compile(r"\|?V([0-9]{1,9})")
_LITERAL = re.compile(r"""[\s,]+|[\[(]|[\])]|[0-9]{1,18}|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*\"""")

# The kinds of numbers and times that zipmap reads, each with the bytes of its largest one.
_MOST_BYTES = {"b": 1, "i": 8, "u": 8, "f": 8, "c": 16, "M": 8, "m": 8}
# The kinds of texts, each with the bytes of a character.
_CHARACTER_BYTES = {"S": 1, "U": 4}


def dtype(text: str) -> np.dtype:
    """The dtype that a text of the column ``dtype`` names.

    The text is numpy's ``str(dtype)`` of a scalar, as ``float32``, ``>i2`` or ``datetime64[ms]``, which ``numpy.dtype``
    takes too; or the list of fields of a structure as a .npy header has it, as
    ``[('a', '<f4'), ('', '|V4'), ('b', '<i2', (3,))]``, which ``numpy.dtype`` refuses as text. The structure has the
    offsets, gaps, titles and item size that the list states. The same text is in the column ``dtype`` of the table
    ``arrays``, in ``inspect --json`` and in the metadata of SQL columns.

    Raises:
        ZipmapError: ``ZIPMAP_DTYPE_UNSUPPORTED`` if the text names no dtype that zipmap reads. Nothing of the text is
            evaluated.
    """
    if not isinstance(text, str):
        raise _unsupported(text)
    if len(text) > _MOST_CHARACTERS:
        raise _unsupported(text, f"at most {_MOST_CHARACTERS} characters")
    try:
        return _structure(_literal(text), text) if text.lstrip().startswith("[") else _scalar(text, text)
    except (ValueError, TypeError, OverflowError, SyntaxError) as e:
        raise _unsupported(text, actual=str(e)) from None


def _literal(text: str) -> object:
    """The lists, tuples, strings and numbers that a text spells.

    A text that passes holds nothing else and is not deep, which ``ast.literal_eval`` needs to be safe.
    """
    at = level = 0
    while at < len(text):
        token = _LITERAL.match(text, at)
        if token is None:
            raise _unsupported(text, actual=f"{text[at : at + 20]!r} at character {at}")
        level += {"[": 1, "(": 1, "]": -1, ")": -1}.get(token.group(), 0)
        if level > _MOST_LEVELS:
            raise _unsupported(text, f"at most {_MOST_LEVELS} levels of brackets")
        at = token.end()
    return ast.literal_eval(text.strip())


def _scalar(code: object, text: str) -> np.dtype:
    match = _SCALAR.fullmatch(code) if isinstance(code, str) else None
    if match is None:
        raise _unsupported(text, actual=repr(code))
    scalar = np.dtype(match.string)
    if scalar.kind in _CHARACTER_BYTES:
        # numpy 1 does not notice a size beyond its C int.
        known = scalar.itemsize == int(match["size"] or 0) * _CHARACTER_BYTES[scalar.kind]
    else:
        known = scalar.itemsize <= _MOST_BYTES.get(scalar.kind, -1)
    if not known:
        raise _unsupported(text, actual=repr(code))
    return scalar


def _structure(fields: object, text: str) -> np.dtype:
    if not isinstance(fields, list):
        raise _unsupported(text, actual=repr(fields))
    names: list[str] = []
    titles: list[str | None] = []
    formats: list[np.dtype] = []
    offsets: list[int] = []
    offset = 0
    for field in fields:
        if not isinstance(field, tuple) or len(field) not in (2, 3):
            raise _unsupported(text, "a list of fields", repr(field))
        name, code, *shape = field
        title = None
        if isinstance(name, tuple) and len(name) == 2:
            title, name = name
        if not isinstance(name, str) or not (title is None or isinstance(title, str)):
            raise _unsupported(text, "the name of a field", repr(name))
        gap = _VOID.fullmatch(code) if name == "" and isinstance(code, str) and not shape else None
        if gap:
            offset += int(gap.group(1))
            continue
        item = _structure(code, text) if isinstance(code, list) else _scalar(code, text)
        if shape:
            if not isinstance(shape[0], tuple) or not all(isinstance(axis, int) for axis in shape[0]):
                raise _unsupported(text, "the shape of a sub-array", repr(shape[0]))
            item = np.dtype((item, shape[0]))
        names.append(name)
        titles.append(title)
        formats.append(item)
        offsets.append(offset)
        offset += item.itemsize
    if not names:
        raise _unsupported(text, "a structure with fields")
    return np.dtype({"names": names, "formats": formats, "offsets": offsets, "titles": titles, "itemsize": offset})


def _unsupported(text: object, expected: str | None = None, actual: str | None = None) -> ZipmapError:
    shown = repr(text)
    return ZipmapError(
        "ZIPMAP_DTYPE_UNSUPPORTED",
        "Cannot read the text of a dtype: " + (shown if len(shown) <= 200 else shown[:200] + "…"),
        expected=expected or "a scalar as float32 or <f4, or a list of fields as [('a', '<f4'), ('b', '<i2', (3,))]",
        actual=actual and (actual if len(actual) <= 200 else actual[:200] + "…"),
    )
