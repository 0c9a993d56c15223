"""``python -m zipmap TABLES`` lists the arrays of a run, and whether this host can open them."""
from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import zipmap
from zipmap._error import printable
from zipmap._record import local_path
from zipmap._table import rows

_CAN_BE_OPENED = "yes"
_MOST_CHARACTERS = 60
_CHUNK = 1000

_HEADER = ("name", "dtype", "shape", "order", "bytes", "host", "opens")

_HELP = """\
Each line is one array: its archive and entry, dtype, shape, order, bytes, the host
that has its file, and whether this host can open it: yes, or why not.

TABLES is the folder that was --output of a run, its folder arrays, or a file of that.
json and csv need nothing but numpy; parquet (the format of a run without
--table-format) and orc need pyarrow.

exit status: 0 the arrays are listed; 1 the tables cannot be read; 2 usage"""


def main(arguments: list[str] | None = None) -> int:
    """Runs the command.

    Returns:
        the exit status: 0 done, 1 if the tables cannot be read. A usage error raises SystemExit(2).
    """
    parser = argparse.ArgumentParser(
        prog="python -m zipmap",
        description="Lists the arrays of a run, and whether this host can open them.",
        epilog=_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("tables", metavar="TABLES", help="the output of a run")
    parser.add_argument("--json", action="store_true", help="a JSON object on a line for each array")
    parser.add_argument("--trust", action="store_true", help="open files outside scratch and archives too")
    parser.add_argument("--version", action="version", version=f"zipmap {zipmap.__version__}")
    options = parser.parse_args(arguments)
    for stream in sys.stdout, sys.stderr:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        listed = (_listed(row, options.trust) for row in rows(options.tables))
        _print_json(listed) if options.json else _print_text(listed)
        sys.stdout.flush()
    except zipmap.ZipmapError as e:
        print(e, file=sys.stderr)
        return 1
    except BrokenPipeError:  # head has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _listed(row: dict[str, Any], trust: bool) -> dict[str, Any]:
    """What is printed of a row. ``opens`` is the verdict, and ``message`` its reason."""
    message = None
    condition = None
    try:
        zipmap.open(row, trust)
    except zipmap.ZipmapError as e:
        condition, message = e.condition, str(e)
    return {
        "archive": row.get("archive"),
        "entry": row.get("entry"),
        "dtype": row.get("dtype"),
        "shape": row.get("shape"),
        "order": row.get("order"),
        "bytes": row.get("bytes"),
        "host": row.get("host"),
        "path": row.get("path"),
        "opens": condition is None,
        "condition": condition,
        "message": message,
    }


def _print_json(arrays: Iterable[dict[str, Any]]) -> None:
    for array in arrays:
        print(json.dumps(array, ensure_ascii=True))


def _print_text(arrays: Iterator[dict[str, Any]]) -> None:
    """Prints columns, as wide as the arrays so far need them, and counts on standard error."""
    widths = [len(name) for name in _HEADER]
    verdicts: Counter[str] = Counter()
    lines: list[tuple[str, ...]] = [_HEADER]
    while chunk := list(islice(arrays, _CHUNK)):
        lines += [_cells(array) for array in chunk]
        verdicts.update(line[-1] for line in lines if line is not _HEADER)
        widths = [max([width, *(len(line[i]) for line in lines)]) for i, width in enumerate(widths)]
        _print_lines(lines, widths)
        lines = []
    _print_lines(lines, widths)
    opened = verdicts.pop(_CAN_BE_OPENED, 0)
    reasons = "".join(f", {number} {condition}" for condition, number in sorted(verdicts.items()))
    count = opened + sum(verdicts.values())
    print(f"{count} array{'' if count == 1 else 's'}, {opened} open on this host{reasons}", file=sys.stderr)


def _print_lines(lines: list[tuple[str, ...]], widths: list[int]) -> None:
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip())


def _cells(array: dict[str, Any]) -> tuple[str, ...]:
    archive = str(array["archive"])
    name = local_path(archive) or archive
    if array["entry"] is not None:
        name += f"!{array['entry']}"
    dtype = str(array["dtype"])
    if len(dtype) > _MOST_CHARACTERS:
        dtype = dtype[: _MOST_CHARACTERS - 1] + "…"
    shape = array["shape"]
    if isinstance(shape, list):
        shape = "(" + ", ".join(map(str, shape)) + (",)" if len(shape) == 1 else ")")
    verdict = array["condition"] or _CAN_BE_OPENED
    cells = (name, dtype, shape, array["order"], array["bytes"], array["host"], verdict)
    return tuple(printable(str(cell)) for cell in cells)


if __name__ == "__main__":
    sys.exit(main())
