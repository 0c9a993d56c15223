"""python -m zipmap TABLES: what lies there, and whether this host can open it."""
import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import zipmap
from zipmap.__main__ import main

SOURCE = Path(zipmap.__file__).parents[1]


@pytest.fixture
def rows(tmp_path):
    """Three arrays: one in place, one whose file is gone, one of a structure whose archive was replaced."""
    made = []
    arrays = {"a.npy": np.arange(6.0).reshape(2, 3), "b.npy": np.arange(3), "c.npy": np.zeros(2, "i4, f8")}
    for name, values in arrays.items():
        path = tmp_path / name
        np.save(path, values)
        status = path.stat()
        made.append({
            "archive": f"file://{path}", "entry": None, "host": "localhost", "path": str(path),
            "offset": status.st_size - values.nbytes, "bytes": values.nbytes, "file_bytes": status.st_size,
            "dtype": values.dtype.name if values.dtype.names is None else str(values.dtype.descr),
            "shape": list(values.shape), "order": "C", "archive_bytes": status.st_size,
            "version": str(status.st_mtime_ns // 10**6), "removed": False,
        })
    (tmp_path / "b.npy").unlink()
    (tmp_path / "c.npy").write_bytes(b"something else")
    return made


def write_json(folder, rows):
    (folder / "part-00000.json").write_text("".join(json.dumps(row) + "\n" for row in rows))


def write_json_gz(folder, rows):
    (folder / "part-00000.json.gz").write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()))


def write_csv(folder, rows):
    def cell(value):
        text = "" if value is None else json.dumps(value) if isinstance(value, list) else str(value)
        return '"' + text.replace('"', '""') + '"' if set(text) & set(',"\n') else text

    for i, part in enumerate((rows[:2], rows[2:])):
        lines = [",".join(part[0]), *(",".join(map(cell, row.values())) for row in part)]
        (folder / f"part-0000{i}.csv").write_text("\n".join(lines) + "\n")


def arrow(rows):
    pyarrow = pytest.importorskip("pyarrow")
    table = pyarrow.Table.from_pylist(rows)
    index = table.schema.get_field_index("entry")
    return table.set_column(index, "entry", pyarrow.array([None] * len(rows), pyarrow.string()))


def write_parquet(folder, rows):
    table = arrow(rows)
    import pyarrow.parquet
    pyarrow.parquet.write_table(table, folder / "part-00000.snappy.parquet")


def write_orc(folder, rows):
    table = arrow(rows)
    import pyarrow.orc
    pyarrow.orc.write_table(table, folder / "part-00000.zstd.orc")


@pytest.fixture
def tables(tmp_path):
    """The output of a run, without the table arrays."""
    folder = tmp_path / "tables"
    for name in "arrays", "column_stats", "_run":
        (folder / name).mkdir(parents=True)
    (folder / "arrays" / "_SUCCESS").touch()
    (folder / "arrays" / ".part-00000.json.crc").touch()
    return folder


FORMATS = [write_json, write_json_gz, write_csv, write_parquet, write_orc]


@pytest.mark.parametrize("write", FORMATS)
def test_lists_what_lies_there_and_why_it_does_not_open(rows, tables, write, capsys, tmp_path):
    write(tables / "arrays", rows)
    assert main([str(tables)]) == 0
    out, err = capsys.readouterr()
    lines = [line.split("  ") for line in out.splitlines()]
    lines = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    assert lines[0] == ["name", "dtype", "shape", "order", "bytes", "host", "opens"]
    assert lines[1] == [str(tmp_path / "a.npy"), "float64", "(2, 3)", "C", "48", "localhost", "yes"]
    assert lines[2][1:3] + lines[2][6:] == ["int64", "(3,)", "ZIPMAP_SOURCE_MISSING"]
    assert lines[3][6:] == ["ZIPMAP_SOURCE_CHANGED"] or lines[3][-1] == "ZIPMAP_SOURCE_CHANGED"
    assert len({line.index("C ") for line in out.splitlines()[1:]}) == 1, "columns are not aligned"
    assert err == "3 arrays, 1 open on this host, 1 ZIPMAP_SOURCE_CHANGED, 1 ZIPMAP_SOURCE_MISSING\n"


@pytest.mark.parametrize("write", FORMATS)
def test_json_has_a_whole_object_for_each_array(rows, tables, write, capsys):
    write(tables / "arrays", rows)
    assert main(["--json", str(tables / "arrays")]) == 0
    out, err = capsys.readouterr()
    found = [json.loads(line) for line in out.splitlines()]
    assert [array["opens"] for array in found] == [True, False, False]
    assert [array["condition"] for array in found] == [None, "ZIPMAP_SOURCE_MISSING", "ZIPMAP_SOURCE_CHANGED"]
    assert "ZIPMAP_SOURCE_MISSING" in found[1]["message"] and found[0]["message"] is None
    assert [array["shape"] for array in found] == [row["shape"] for row in rows]
    assert [array["bytes"] for array in found] == [row["bytes"] for row in rows]
    assert found[2]["dtype"] == rows[2]["dtype"]
    assert not err


def test_takes_a_file_and_a_uri_of_the_tables(rows, tables, capsys):
    write_json(tables / "arrays", rows)
    for name in tables / "arrays" / "part-00000.json", tables.as_uri(), f"file:{tables}":
        assert main([str(name)]) == 0
        assert "float64" in capsys.readouterr().out


def test_a_table_without_rows_has_no_arrays(tables, capsys):
    assert main([str(tables)]) == 0
    assert capsys.readouterr().err == "0 arrays, 0 open on this host\n"


def test_widths_grow_over_many_arrays(rows, tables, capsys):
    write_json(tables / "arrays", rows[:1] * 1000 + [{**rows[0], "dtype": "x" * 100, "host": "\x1b[31m\n"}])
    assert main([str(tables)]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1002
    assert "…" in out.splitlines()[-1] and "\\x1b[31m\\n" in out.splitlines()[-1] and "DTYPE_UNSUPPORTED" in out
    assert err.startswith("1001 arrays, 1000 open")


def refused(capsys, arguments, *words):
    assert main([str(argument) for argument in arguments]) == 1
    out, err = capsys.readouterr()
    for word in words:
        assert str(word) in err
    return err


def test_tables_that_cannot_be_read_are_named(rows, tables, capsys, tmp_path):
    refused(capsys, [tmp_path / "none"], "ZIPMAP_INPUT_MISSING", "none")
    refused(capsys, [tmp_path], "ZIPMAP_INPUT_MISSING", "--output of a run")
    refused(capsys, ["hdfs:///tables"], "ZIPMAP_INPUT_UNREADABLE", "Copy them")
    part = tables / "arrays" / "part-0.json"
    for text in "{", "[1]", "null", '{"a": 1}\n{"a"', "\n", "[" * 100_000:
        part.write_text(text)
        refused(capsys, [tables], "ZIPMAP_INPUT_UNREADABLE", part)
    part.write_bytes(b"\xff\xfe")
    refused(capsys, [tables], "ZIPMAP_INPUT_UNREADABLE", part)
    odd = {"part-0.avro": "parquet or orc", "part-0.json.gz": "", "part-0.csv": "", "part-0.txt": "json or csv"}
    for name, words in odd.items():
        part.unlink()
        part = tables / "arrays" / name
        part.write_bytes(b'a,b\n1,2,"3')
        refused(capsys, [tables], "ZIPMAP_INPUT_UNREADABLE", part, words)
    for name in "part-0.parquet", "part-0.orc":
        pytest.importorskip("pyarrow")
        part.unlink()
        part = tables / "arrays" / name
        part.write_bytes(b"PAR1 nothing PAR1")
        refused(capsys, [tables], "ZIPMAP_INPUT_UNREADABLE", part)


@pytest.mark.parametrize("name", ["part-0.parquet", "part-0.orc"])
def test_says_which_formats_need_pyarrow(tables, name, monkeypatch, capsys):
    (tables / "arrays" / name).touch()
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    refused(capsys, [tables], "pip install pyarrow", "--table-format json")


def test_a_usage_error_has_status_2(capsys):
    for arguments in [], ["a", "b"], ["--no-such-option", "a"]:
        with pytest.raises(SystemExit) as end:
            main(arguments)
        assert end.value.code == 2
        assert "usage: python -m zipmap" in capsys.readouterr().err


def test_help_names_formats_and_statuses(capsys):
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    out = capsys.readouterr().out
    assert "exit status: 0" in out and "pyarrow" in out and "--json" in out


def test_runs_as_a_module_whose_reader_may_leave(rows, tables):
    write_json(tables / "arrays", rows * 5000)
    environment = {
        **os.environ, "PYTHONPATH": str(SOURCE), "PYTHONIOENCODING": "ascii", "PYTHONDONTWRITEBYTECODE": "1",
    }
    with subprocess.Popen([sys.executable, "-m", "zipmap", str(tables)], env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as process:
        assert process.stdout.readline().startswith(b"name")
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
