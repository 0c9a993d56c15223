"""Opens the rows of tables with the Python module, and compares them with what numpy reads from their archives.

``write FOLDER`` adds archives to those of dtypes.py; ``compare TABLES…`` prints a line for each of the tables.
"""
import os
import sys
import zipfile
from urllib.parse import unquote_to_bytes

import numpy as np

import zipmap
from zipmap import _table


def archive_of(row):
    return os.fsdecode(unquote_to_bytes(row["archive"][len("file://"):]))


def by_numpy(row):
    archive, entry = archive_of(row), row["entry"]
    if not entry:
        return np.load(archive)
    if not entry.endswith(".npy"):
        with zipfile.ZipFile(archive) as raw:
            return np.frombuffer(raw.read(entry), "<f4").reshape(-1, 4)
    with np.load(archive) as arrays:
        return arrays[entry[: -len(".npy")]]


def place_of(row):
    return row["archive"], row.get("entry_index", -1)


def layout(array):
    return "F" if array.flags.f_contiguous and not array.flags.c_contiguous else "C"


def offsets(dtype):
    """Everything that equality of dtypes leaves out."""
    return dtype.fields and {name: (offsets(field[0].base), *field[1:]) for name, field in dtype.fields.items()}


def same(one, other):
    """Whether all bytes are equal, but for the gaps of structures, which numpy does not read."""
    if one.dtype.names:
        return all(same(one[name], other[name]) for name in one.dtype.names)
    return one.tobytes() == other.tobytes()


PLAIN = "|b1 |i1 |u1 <i2 >i2 <u2 >u2 <i4 >i4 <u4 >u4 <i8 >i8 <u8 >u8 <f2 >f2 <f4 >f4 <f8 >f8".split()
SHAPES = (), (3, 0), (4, 6), (2, 3, 4)
ODD_NAMES = "a", ' b,"c"', "new\nline", "carriage\rreturn", "back\\slash", "it's", "ü", "#1%20?"


def write(folder):
    """Plain dtypes in both orders, bare files, and raw entries with odd names."""
    plain = {
        f"{dtype}_{len(shape)}_{np.prod(shape, dtype=int)}_{order}": np.array(
            np.arange(np.prod(shape, dtype=int)).reshape(shape) % 7, dtype, order=order)
        for dtype in PLAIN for shape in SHAPES for order in "CF"
    }
    np.savez(folder + "plain_stored.npz", **plain)
    np.savez_compressed(folder + "plain_deflated.npz", **plain)
    with np.load(folder + "deflated.npz") as arrays:
        for name in arrays:
            np.save(folder + name + ".npy", arrays[name])
    with zipfile.ZipFile(folder + "raw.zip", "w") as raw:
        for name in ODD_NAMES:
            raw.writestr(name + ".dat", np.arange(12, dtype="<f4").tobytes())


if sys.argv[1] == "write":
    write(sys.argv[2] + "/")
    sys.exit()
json_rows = None
for tables in sys.argv[2:]:
    placed = {"maps": 0, "plain": 0}
    try:
        rows = list(_table.rows(tables))
    except zipmap.ZipmapError as e:
        print(os.path.basename(tables), "pyarrow is missing" if "pip install pyarrow" in str(e) else e)
        continue
    # JSON leaves out nulls. The types of the other formats are the same: csv has those that _table gives its texts.
    known = sorted(({k: v for k, v in row.items() if v is not None} for row in rows), key=place_of)
    json_rows = json_rows or known
    assert known == json_rows, os.path.basename(tables)
    for row in rows:
        name = archive_of(row) + "!" + str(row["entry"])
        expected, found = by_numpy(row), zipmap.open(row)
        assert found.dtype == expected.dtype and offsets(found.dtype) == offsets(expected.dtype), (name, found.dtype)
        assert found.dtype.itemsize == expected.dtype.itemsize, name
        assert found.shape == expected.shape and layout(found) == layout(expected), name
        assert same(found, expected), name
        assert not found.flags.writeable, name
        assert isinstance(found, zipmap.MappedArray) == (found.ndim > 0 and found.nbytes > 0), name
        assert zipmap.dtype(row["dtype"]) == found.dtype, name
        placed["maps" if isinstance(found, zipmap.MappedArray) else "plain"] += 1
    print(os.path.basename(tables), *placed.values())
