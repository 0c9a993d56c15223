"""zipmap.open: rows of the table arrays from anywhere, and each reason to refuse one."""
import getpass
import json
import os
import socket
import sqlite3
from collections import namedtuple
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import zipmap
from zipmap import _record

VALUES = np.arange(12, dtype=">i4").reshape(4, 3)


def row_of(path, array=VALUES, offset=0, order="C", **more):
    """A row as a run writes it, of an array at an offset of a file."""
    return {
        "archive": "s3a://bucket/a.npz", "entry": "x.npy", "host": socket.gethostname(), "path": str(path),
        "offset": offset, "bytes": array.nbytes, "file_bytes": os.stat(path).st_size,
        "dtype": str(array.dtype) if array.dtype.names is None else repr(np.lib.format.dtype_to_descr(array.dtype)),
        "shape": list(array.shape), "order": order, "rows": 4, "columns": 3, "method": "deflated", "crc32": None,
        "version": "etag", "placed": "extracted", "local_reads": 1, "healed_reads": 0, "archive_bytes": 99,
        "entry_index": 0, "removed": False, **more,
    }


@pytest.fixture(params=["app-local-1700000000000", "keep"])
def scratch(request, tmp_path):
    """A scope of scratch, as io.zipmap.scratch makes it."""
    folder = tmp_path / f"zipmap-{getpass.getuser()}" / request.param
    folder.mkdir(parents=True, mode=0o700)
    folder.parent.chmod(0o700)
    folder.chmod(0o700)
    return folder


def extracted(scratch, content: bytes, digest="0" * 40, suffix=".raw") -> Path:
    path = scratch / (digest + suffix)
    path.write_bytes(content)
    path.chmod(0o400)
    return path


@pytest.fixture
def row(scratch):
    return row_of(extracted(scratch, b"head" + VALUES.tobytes()), offset=4)


def in_place(path: Path, **more):
    """A row of the array in a bare .npy file, which stays where it is."""
    status = path.stat()
    return row_of(
        path, offset=status.st_size - VALUES.nbytes, archive="file://" + quote(str(path)), entry=None,
        placed="in_place", archive_bytes=status.st_size, version=f"{status.st_mtime_ns // 10**6}", **more)


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "ü é#1%20?.npy"
    np.save(path, VALUES)
    return path


def refused(condition, row, *words, **options):
    with pytest.raises(zipmap.ZipmapError) as error:
        zipmap.open(row, **options)
    assert error.value.condition == condition, str(error.value)
    for word in words:
        assert str(word) in str(error.value)
    return error.value


# --- rows from anywhere


def pandas_rows(row):
    frame = pytest.importorskip("pandas").DataFrame([row])
    return [frame.iloc[0], next(frame.iterrows())[1], next(frame.itertuples()), next(frame.itertuples(index=False)),
            frame.to_dict("records")[0], pytest.importorskip("pandas").DataFrame([row, {}]).iloc[0]]


def arrow_rows(row):
    table = pytest.importorskip("pyarrow").Table.from_pylist([row])
    batch = table.to_batches()[0]
    scalars = {name: batch[name][0] for name in batch.schema.names}
    return [table.to_pylist()[0], table.to_struct_array()[0], scalars]


def spark_rows(row):
    return [pytest.importorskip("pyspark.sql").Row(**row)]


def sqlite_rows(row):
    texts = {name: json.dumps(value) if name == "shape" else value for name, value in row.items()}
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    names = ", ".join(f'? AS "{name}"' for name in texts)
    return [connection.execute(f"SELECT {names}", list(texts.values())).fetchone()]


def plain_rows(row):
    line = json.dumps(row)
    floats = {name: float(value) if isinstance(value, int) else value for name, value in row.items()}
    texts = {name: "" if value is None else str(value) for name, value in row.items()}
    numpy = {**row, "offset": np.int64(4), "shape": np.array([4, 3]), "path": np.str_(row["path"])}
    shapes = [{**row, "shape": shape} for shape in ((np.int32(4), 3.0), "4,3", "(4, 3)", np.array([4.0, 3.0]))]
    necessary = {name: row[name] for name in ("path", "offset", "dtype", "shape", "order")}
    return [row, line, line.encode(), bytearray(line.encode()), MappingProxyType(row), floats, texts, numpy, necessary,
            namedtuple("R", row)(*row.values()), {**row, "file_bytes": None}, *shapes]


@pytest.mark.parametrize("kind", [plain_rows, pandas_rows, arrow_rows, spark_rows, sqlite_rows])
def test_a_row_of_any_library_opens(row, kind):
    rows = kind(row)
    assert rows
    for each in rows:
        array = zipmap.open(each)
        assert isinstance(array, zipmap.MappedArray)
        assert array.dtype == VALUES.dtype
        assert not array.flags.writeable
        np.testing.assert_array_equal(array, VALUES)


def test_fortran_order_and_structures_open(scratch):
    items = np.zeros((5, 2), np.dtype([("a", "<f4"), ("b", ">i2", (3,))], align=True), order="F")
    items["b"] = np.arange(30).reshape(5, 2, 3)
    array = zipmap.open(row_of(extracted(scratch, items.tobytes("F")), items, order="F"))
    assert array.flags.f_contiguous and not array.flags.c_contiguous
    np.testing.assert_array_equal(array["b"], items["b"])


@pytest.mark.parametrize("shape", [(), (0,), (0, 3), (3, 0, 2)])
def test_no_axis_or_no_element_is_a_plain_array(scratch, shape):
    values = np.full(shape, 7, "<f8")
    array = zipmap.open(row_of(extracted(scratch, values.tobytes()), values))
    assert type(array) is np.ndarray and not array.flags.writeable
    assert array.shape == shape and array.dtype == values.dtype
    np.testing.assert_array_equal(array, values)


def test_an_array_in_place_opens(archive, tmp_path):
    np.testing.assert_array_equal(zipmap.open(in_place(archive)), VALUES)
    # The archive was found through a link; path is the file itself.
    link = tmp_path / "link.npy"
    link.symlink_to(archive)
    np.testing.assert_array_equal(zipmap.open({**in_place(archive), "archive": f"file:{link}"}), VALUES)


def test_a_name_that_is_not_utf8_opens(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.npy"))
    np.save(path, VALUES)
    row = {**in_place(path.rename(tmp_path / "x.npy")), "archive": "file://" + quote(os.fsencode(path))}
    (tmp_path / "x.npy").rename(path)
    np.testing.assert_array_equal(zipmap.open({**row, "path": str(path)}), VALUES)


def test_rows_of_tables_without_the_size_of_the_file_open(row):
    del row["file_bytes"]
    np.testing.assert_array_equal(zipmap.open(row), VALUES)


# --- rows that are none


@pytest.mark.parametrize("column", ["path", "offset", "dtype", "shape", "order"])
@pytest.mark.parametrize("null", ["absent", None, float("nan")])
def test_a_missing_or_null_column_is_named(row, column, null):
    if null == "absent":
        del row[column]
    else:
        row[column] = null
    refused("ZIPMAP_ROW_INVALID", row, column)
    refused("ZIPMAP_ROW_INVALID", json.dumps(row), column)


@pytest.mark.parametrize("column", ["archive_bytes", "version"])
def test_an_array_in_place_needs_the_columns_of_its_archive(archive, column):
    row = in_place(archive)
    del row[column]
    refused("ZIPMAP_ROW_INVALID", row, column)


def test_pandas_null_is_null(row):
    pandas = pytest.importorskip("pandas")
    for null in pandas.NA, pandas.NaT:
        refused("ZIPMAP_ROW_INVALID", {**row, "path": null}, "path is null")
        assert zipmap.open({**row, "host": null, "file_bytes": null}).shape == (4, 3)


@pytest.mark.parametrize("no_row", [
    None, 3, 2.5, object(), ("a", 1), ["path"], "path", "", "[1]", "3", "null", b"\xff", b"{", "{" * 100_000,
    "[" * 100_000, '{"path": 1e999}', np.zeros(3), VALUES, "/data/a.npy", Path("/data/a.npy"),
])
def test_what_is_no_row_is_refused(no_row):
    refused("ZIPMAP_ROW_INVALID", no_row)


@pytest.mark.parametrize("column, value", [
    ("offset", -1), ("offset", 2**63), ("offset", 4.5), ("offset", 1e300), ("offset", "4 "), ("offset", "four"),
    ("offset", True), ("offset", [4]), ("offset", 60), ("offset", 2**63 - 1), ("shape", [4, -3]), ("shape", [4, None]),
    ("shape", "4x3"), ("shape", 12), ("shape", [5, 3]), ("shape", [2**62, 2**62]), ("shape", [1] * 99 + [12]),
    ("shape", {"4": 3}), ("order", "A"), ("order", "c"), ("order", 0), ("bytes", 47), ("path", "a.npy"), ("path", 3),
    ("path", "/tmp/../etc/passwd"), ("path", "/tmp//x"), ("path", "/tmp/\0"), ("file_bytes", "many"),
])
def test_a_value_that_no_run_writes_is_named(row, column, value):
    row[column] = value
    if column == "shape":
        row["bytes"] = None
    refused("ZIPMAP_ROW_INVALID", row, column)


ODD_VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9), st.binary(max_size=9),
        st.sampled_from(["C", "F", "float32", "/dev/null", "/", "file:///", "[]", np.int8(3), np.nan, "1" * 99]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)),
    max_leaves=5,
)
COLUMNS = ["path", "offset", "dtype", "shape", "order", "archive", "entry", "bytes", "file_bytes",
           "archive_bytes", "version"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(st.dictionaries(st.sampled_from(COLUMNS), ODD_VALUES, max_size=4), st.booleans())
def test_odd_values_open_or_are_named_errors(row, odd, trust):
    try:
        assert isinstance(zipmap.open({**row, **odd}, trust), np.ndarray)
    except zipmap.ZipmapError as error:
        assert str(error).startswith("[ZIPMAP_")


def test_a_dtype_that_is_none_is_named(row):
    refused("ZIPMAP_DTYPE_UNSUPPORTED", {**row, "dtype": "object"}, "object")


def test_empty_arrays_of_impossible_shapes_are_refused(row):
    refused("ZIPMAP_ROW_INVALID", {**row, "shape": [2**62, 2**62, 0], "bytes": 0}, "shape")


# --- files that are not as the row says


def test_a_file_that_is_gone_says_why(row, scratch):
    os.remove(row["path"])
    error = refused("ZIPMAP_SCRATCH_MISSING", row, row["path"], "s3a://bucket/a.npz", "x.npy")
    assert ("local-1700000000000 has ended" if scratch.name != "keep" else "--scratch-budget") in str(error)
    assert ("--keep-scratch" if scratch.name != "keep" else "Run again") in str(error)


def test_a_scope_that_is_gone_says_why(row, scratch):
    os.remove(row["path"])
    scratch.rmdir()
    refused("ZIPMAP_SCRATCH_MISSING", row)
    scratch.write_text("a file in the place of a folder")
    refused("ZIPMAP_SCRATCH_MISSING", row)


def test_an_archive_that_is_gone_is_missing(archive):
    row = in_place(archive)
    archive.unlink()
    refused("ZIPMAP_SOURCE_MISSING", row, "Put the archive back")


@pytest.mark.parametrize("size", [0, 4, 51])
def test_a_shorter_file_is_damaged(row, size):
    os.chmod(row["path"], 0o600)
    os.truncate(row["path"], size)
    os.chmod(row["path"], 0o400)
    refused("ZIPMAP_SCRATCH_DAMAGED", row, f"{size} bytes", "52 bytes", "extract the array again")
    del row["file_bytes"]
    refused("ZIPMAP_SCRATCH_DAMAGED", row, f"{size} bytes", "at least 52 bytes")


def test_a_longer_file_is_damaged(row, scratch):
    extracted(scratch, b"other" + VALUES.tobytes(), "2" * 40).rename(row["path"])
    refused("ZIPMAP_SCRATCH_DAMAGED", row, "53 bytes")


def test_a_file_that_somebody_made_writable_is_damaged(row):
    os.chmod(row["path"], 0o600)
    refused("ZIPMAP_SCRATCH_DAMAGED", row, "mode 0400", "mode 0600")
    np.testing.assert_array_equal(zipmap.open(row, trust=True), VALUES)


def test_a_replaced_archive_is_changed(archive):
    row = in_place(archive)
    size, time = row["archive_bytes"], archive.stat().st_mtime_ns
    os.utime(archive, ns=(time, time + 10**9))
    refused("ZIPMAP_SOURCE_CHANGED", row, "written at", "Run again")
    refused("ZIPMAP_SOURCE_CHANGED", row, trust=True)
    np.save(archive, VALUES[:2])
    os.utime(archive, ns=(time, time))
    refused("ZIPMAP_SOURCE_CHANGED", row, f"{size} bytes")
    refused("ZIPMAP_SOURCE_CHANGED", {**row, "version": row["version"] + "#0123abcd"})
    # A file system with ETags tells no time.
    refused("ZIPMAP_SOURCE_CHANGED", {**row, "version": "etag"}, f"{size} bytes")


def test_a_file_that_is_exchanged_while_it_is_opened_is_refused(row, scratch, monkeypatch):
    map_file = _record.map_file

    def exchanged(*arguments, **options):
        extracted(scratch, b"head" + VALUES.tobytes(), "3" * 40).rename(row["path"])
        return map_file(*arguments, **options)

    monkeypatch.setattr(_record, "map_file", exchanged)
    refused("ZIPMAP_SCRATCH_DAMAGED", row, "another one")


def folder(path):
    path.mkdir()


def link(path):
    target = path.with_name("9" * 40 + ".raw")
    target.write_bytes(b"head" + VALUES.tobytes())
    path.symlink_to(target)


def pipe(path):
    os.mkfifo(path, 0o400)


def unix_socket(path):
    # A path of a socket has at most 108 bytes.
    with socket.socket(socket.AF_UNIX) as server:
        here = os.open(path.parent, os.O_RDONLY)
        server.bind(f"/proc/self/fd/{here}/{path.name}")
        os.close(here)


@pytest.mark.parametrize("make, name", [
    (folder, "a folder"), (link, "a symbolic link"), (pipe, "a pipe"), (unix_socket, "a socket"),
])
def test_a_path_that_is_no_file_now_is_refused_and_never_opened(row, archive, make, name):
    os.remove(row["path"])
    make(Path(row["path"]))
    for trust in False, True:
        refused("ZIPMAP_SCRATCH_DAMAGED", row, name, "a regular file", trust=trust)
    placed = in_place(archive)
    archive.unlink()
    make(archive)
    for trust in False, True:
        condition = "ZIPMAP_SOURCE_NOT_A_FILE"
        refused(condition, placed, name, trust=trust)
    refused("ZIPMAP_SOURCE_NOT_A_FILE", {**placed, "path": "/dev/zero", "archive": "file:/dev/zero"}, "a device")


# --- paths that a row may not name


def test_a_path_outside_scratch_and_the_archive_needs_trust(row, archive, tmp_path):
    copy = tmp_path / "copy.raw"
    copy.write_bytes(b"head" + VALUES.tobytes())
    row["path"] = str(copy)
    refused("ZIPMAP_PATH_UNTRUSTED", row, copy, "trust=True")
    np.testing.assert_array_equal(zipmap.open(row, trust=True), VALUES)
    refused("ZIPMAP_SOURCE_CHANGED", {**row, "file_bytes": 51}, trust=True)
    placed = in_place(archive)
    for uri in (
        None, "", "hdfs:///" + archive.name, f"file://elsewhere{archive}", "file:///other.npy", "file://[", "x" * 9999,
    ):
        refused("ZIPMAP_PATH_UNTRUSTED", {**placed, "archive": uri})
        np.testing.assert_array_equal(zipmap.open({**placed, "archive": uri}, trust=True), VALUES)


@pytest.mark.parametrize("path", [
    "/tmp/zipmap-me/app-1/x.raw", "/tmp/zipmap-me/other/" + "0" * 40 + ".raw", "/tmp/me/keep/" + "0" * 40 + ".raw",
    "/tmp/zipmap-me/keep/" + "0" * 40 + ".checked", "/tmp/zipmap-me/keep/sub/" + "0" * 40 + ".raw", "/etc/passwd",
])
def test_names_that_scratch_does_not_have_need_trust(row, path):
    refused("ZIPMAP_PATH_UNTRUSTED", {**row, "path": path}, path)


@pytest.mark.parametrize("folder", ["", "/tmp", "/data/spark-0a/executor-1b", "/with\nline/ends"])
def test_names_in_any_folder_of_scratch_are_known(row, folder):
    for name in "app-application_17_0001", "keep":
        refused("ZIPMAP_SCRATCH_MISSING", {**row, "path": f"{folder}/zipmap-no-one_0.x/{name}/{'a' * 40}.npy"})


@pytest.mark.parametrize("mode", [0o750, 0o702, 0o777])
def test_a_folder_that_others_can_enter_is_no_scratch(row, scratch, mode):
    scratch.chmod(mode)
    refused("ZIPMAP_PATH_UNTRUSTED", row, f"{mode:04o}", "mode 0700")
    np.testing.assert_array_equal(zipmap.open(row, trust=True), VALUES)


def test_a_link_in_the_place_of_a_scope_is_no_scratch(row, scratch):
    scratch.rename(scratch.with_name("moved"))
    scratch.symlink_to(scratch.with_name("moved"))
    refused("ZIPMAP_PATH_UNTRUSTED", row, "a symbolic link")


def test_a_folder_of_another_user_is_no_scratch(row, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    refused("ZIPMAP_PATH_UNTRUSTED", row, f"user {os.getuid()}")


def test_a_file_that_this_user_cannot_read_is_unreadable(archive, monkeypatch):
    real = os.open

    def denied(path, *arguments, **options):
        if path == str(archive):
            raise PermissionError(13, "Permission denied", path)
        return real(path, *arguments, **options)

    row = in_place(archive)
    monkeypatch.setattr(os, "open", denied)
    refused("ZIPMAP_SOURCE_UNREADABLE", row, "Permission denied", "the user")


# --- hosts


OTHER = "198.51.100.77"  # an address for documentation


def test_a_row_of_another_host_says_so_if_its_file_is_not_here(row, archive):
    row["host"] = OTHER
    np.testing.assert_array_equal(zipmap.open(row), VALUES)  # a shared file system has it
    os.remove(row["path"])
    refused("ZIPMAP_FILES_ELSEWHERE", row, f"{OTHER}:{row['path']}", socket.gethostname(), "no such file")
    folder(Path(row["path"]))
    refused("ZIPMAP_FILES_ELSEWHERE", row, "a folder")
    placed = {**in_place(archive), "host": OTHER}
    np.save(archive, VALUES[:2])
    refused("ZIPMAP_FILES_ELSEWHERE", placed, "bytes")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.0.3", "LOCALHOST", socket.gethostname()])
def test_names_of_this_host_blame_no_other_one(row, host):
    os.remove(row["path"])
    refused("ZIPMAP_SCRATCH_MISSING", {**row, "host": host})


def test_an_address_of_an_interface_is_of_this_host():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((OTHER, 9))  # sends nothing
        except OSError:  # no route, so no address but loopback
            probe.connect(("127.0.0.1", 9))
        assert _record._is_this_host(probe.getsockname()[0])
    assert not _record._is_this_host(OTHER)
    for odd in "no-such-host.invalid", "", "a" * 300, "[", "\0", "\udcff", "::ffff:" + OTHER:
        assert not _record._is_this_host(odd)
