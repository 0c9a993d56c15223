"""Writes arrays of every dtype into the folder argv[1], and prints what numpy says of them: a line an array, a column, a row."""
import math
import struct
import sys

import numpy as np

rng = np.random.default_rng(11)
FOLDER = sys.argv[1] + "/"
MICROS = {"us": 1, "ms": 10**3, "s": 10**6, "m": 60 * 10**6, "h": 3600 * 10**6, "D": 86400 * 10**6, "W": 7 * 86400 * 10**6}
TEXTS = ["", "a", "abc", "a\0b", "é", "日本", "😀!", "x y", "`q'\""]


def draw(dtype, shape):
    """Random values of any dtype, with NaN, NaT and texts of every kind among them."""
    dtype = np.dtype(dtype)
    a = np.zeros(shape, dtype)
    if dtype.names:
        for name in dtype.names:
            a[name] = draw(dtype.fields[name][0].base, a[name].shape)
        return a
    n = math.prod(a.shape)
    if dtype.kind == "b":
        flat = rng.integers(0, 2, n)
    elif dtype.kind in "iu":
        i = np.iinfo(dtype)
        flat = rng.integers(i.min, i.max, n, dtype=dtype.newbyteorder("="), endpoint=True)
    elif dtype.kind == "f":
        flat = rng.standard_normal(n) * 100 + 3
        flat[1::7] = np.nan
    elif dtype.kind == "c":
        flat = draw("f8", n) + 1j * rng.standard_normal(n)
    elif dtype.kind in "mM":
        unit = np.datetime_data(dtype)[0]
        generic = unit == "generic"
        most = {"W": 10**4, "D": 10**5, "h": 10**6, "m": 10**8, "Y": 10**3, "M": 10**4, "ns": 2**63 - 1}.get(unit, 2**40)
        flat = rng.integers(-most, most, n)
        if generic and dtype.kind == "M":
            flat[:] = np.iinfo("i8").min
        flat[2::5] = np.iinfo("i8").min
        flat = flat.view("%s8[%s]" % (dtype.kind, "%d%s" % np.datetime_data(dtype)[::-1]) if not generic else dtype.kind + "8")
    elif dtype.kind == "S":
        flat = np.array([TEXTS[i % len(TEXTS)].encode() if i % 11 < 9 else b"\xff\xc3\x28" for i in range(n)], "S")
    else:
        flat = np.array([TEXTS[i % len(TEXTS)] for i in range(n)], "U")
    a[...] = flat.reshape(a.shape).astype(dtype)
    return a


PACKED = [("a", "i1"), ("b", "<i4"), ("c", "<f8")]
MIXED = [("t", ">M8[ms]"), ("z", "<c8"), ("s", "S3"), ("u", ">U2"), ("q", "<u8"), ("h", ">f2"), ("ok", "?"), ("d", "<m8[s]")]
NESTED = [("id", "<u2"), ("pos", [("x", ">f4"), ("y", [("lo", "<i2"), ("hi", "<f8")])]), ("tail", "u1")]
ARRAYS = [("k", "i1"), ("m", "<f4", (2, 3)), ("p", [("x", "<i2"), ("q", ">f8", (2,))], (3,)), ("n", "<M8[D]", (2,)), ("s", "S2", (2,))]
OFFSETS = {"names": ["x", "y"], "formats": ["<f4", ">i2"], "offsets": [3, 9], "itemsize": 13}
TITLES = [(("the 'title'", "n"), "<f4"), (("ü", "m"), "<i2")]
NAMES = [("a.b", "<i4"), ("c[0]", "<f4"), ("it's", "<i2"), ('say "x"', "i1"), ("back`tick", "u1"), ("new\nline", "<f8"), ("größe", "<i8"), (" ", "i1"), ("select", "?")]
EMPTY = [("none", "<f4", (0,)), ("some", "<i4"), ("gone", "S0")]
JAPANESE = [("値", "<f4"), ("名前", "<U3")]

CASES = {
    "c8_1d": ("<c8", (37,), "C"), "c16_1d": ("<c16", (9,), "C"), "c8b_2d_f": (">c8", (6, 3), "F"), "c16b_2d": (">c16", (6, 3), "C"),
    "c16_3d": ("<c16", (4, 2, 3), "C"), "c8_3d_f": ("<c8", (4, 2, 3), "F"), "c8_0d": ("<c8", (), "C"), "c16_empty": ("<c16", (0, 3), "C"),
    "M8s_1d": ("<M8[s]", (23,), "C"), "M8ms_2d_f": (">M8[ms]", (7, 3), "F"), "M8us_3d": ("<M8[us]", (3, 2, 4), "C"),
    "M8_25us": ("<M8[25us]", (12,), "C"), "M8m_1d": ("<M8[m]", (12,), "C"), "M8h_1d": (">M8[h]", (12,), "C"), "M8D_2d": ("<M8[D]", (12, 2), "C"),
    "M8W_1d": ("<M8[W]", (12,), "C"), "M8ns_1d": ("<M8[ns]", (12,), "C"), "M8ps_1d": ("<M8[ps]", (12,), "C"), "M8as_1d": ("<M8[as]", (12,), "C"),
    "M8Y_1d": ("<M8[Y]", (12,), "C"), "M8_3M": ("<M8[3M]", (12,), "C"), "M8_1d": ("<M8", (4,), "C"), "M8s_0d": ("<M8[s]", (), "C"),
    "M8s_empty": ("<M8[s]", (0,), "C"), "m8s_1d": ("<m8[s]", (23,), "C"), "m8ns_2d_f": (">m8[ns]", (7, 3), "F"), "m8_25us": ("<m8[25us]", (12,), "C"),
    "m8D_3d_f": ("<m8[D]", (3, 2, 2), "F"), "m8Y_1d": ("<m8[Y]", (12,), "C"), "m8_1d": ("<m8", (12,), "C"),
    "S5_1d": ("S5", (40,), "C"), "S3_2d": ("S3", (12, 5), "C"), "S7_2d_f": ("S7", (12, 5), "F"), "S1_0d": ("S1", (), "C"), "S4_3d": ("S4", (3, 2, 4), "C"),
    "S2_empty": ("S2", (0,), "C"), "U3_1d": ("<U3", (40,), "C"), "U3b_2d_f": (">U3", (12, 5), "F"), "U1_3d_f": ("<U1", (3, 2, 4), "F"), "U2_0d": (">U2", (), "C"),
    "packed_1d": (PACKED, (50,), "C"), "aligned_1d": (np.dtype(PACKED, align=True), (50,), "C"), "offsets_1d": (np.dtype(OFFSETS), (50,), "C"),
    "titles_1d": (TITLES, (9,), "C"), "mixed_1d": (MIXED, (50,), "C"), "mixed_2d": (MIXED, (9, 2), "C"), "mixed_2d_f": (MIXED, (9, 2), "F"),
    "nested_1d": (NESTED, (50,), "C"), "nested_aligned_2d_f": (np.dtype(NESTED, align=True), (9, 3), "F"), "nested_0d": (NESTED, (), "C"),
    "nested_empty": (NESTED, (0,), "C"), "nested_3d": (NESTED, (4, 2, 3), "C"), "arrays_1d": (ARRAYS, (30,), "C"), "arrays_0d": (ARRAYS, (), "C"),
    "arrays_2d": (ARRAYS, (6, 2), "C"), "arrays_2d_f": (ARRAYS, (6, 2), "F"), "arrays_3d_f": (ARRAYS, (5, 2, 3), "F"), "arrays_empty_2d": (ARRAYS, (0, 2), "C"),
    "names_1d": (NAMES, (9,), "C"), "names_2d": (NAMES, (4, 2), "C"), "empty_parts": (EMPTY, (9,), "C"), "japanese_1d": (JAPANESE, (9,), "C"),
    "long_1d": (PACKED, (3001,), "C"), "long_2d_f": (PACKED, (700, 2), "F"), "long_c8": ("<c8", (2500, 2), "C"), "long_m8": ("<m8[s]", (2500,), "C"),
}


def number(x):
    return "nan" if math.isnan(x) else struct.pack(">d", float(x)).hex()


def cell(v):
    """What SQL shall show of one value, as text."""
    if v.ndim:
        return "[" + " ".join(cell(np.asarray(v[i])) for i in range(len(v))) + "]"
    if v.dtype.names:
        return "{" + " ".join(cell(np.asarray(v[name])) for name in v.dtype.names) + "}"
    kind = v.dtype.kind
    if kind == "c":
        return "{" + number(v.real) + " " + number(v.imag) + "}"
    if kind == "f":
        return number(v)
    if kind in "mM":
        unit, count = np.datetime_data(v.dtype)
        return "null" if np.isnat(v) else str(int(v.astype("i8")) * count * MICROS[unit] if unit in MICROS else int(v.astype("i8")))
    if kind == "S":
        return "'" + v[()].decode("utf-8", "replace").encode().hex()
    if kind == "U":
        return "'" + str(v[()]).encode().hex()
    return str(int(v))


def tell(entry, column, v):
    """One column of column_stats, which an array without elements has none of."""
    rows = len(v)
    if not rows:
        return
    gone = np.isnan(v) if v.dtype.kind == "f" else np.isnat(v) if v.dtype.kind in "mM" else np.zeros(rows, bool)
    whole = v.dtype.kind != "f"
    v = (v.astype("i8") if v.dtype.kind in "mM" else v)[~gone]
    start = ["C", entry + " " + column.encode().hex(), rows, int(gone.sum())]
    if not len(v):
        print(*start, "none", sep="\t")
        return
    f = v.astype("f8")
    total = sum(int(x) for x in v.tolist()) if whole else math.fsum(f)
    mean = total / len(v)
    deviation = math.sqrt(math.fsum((float(x) - mean) ** 2 for x in v.tolist()) / len(v))
    exact = [int(v.min()), int(v.max()), total] if whole else [""] * 3
    print(*start, number(f.min()), number(f.max()), number(float(total)), number(mean), number(deviation), *exact, sep="\t")


def columns(entry, name, v):
    if v.ndim > 1:
        for i in range(v.shape[1]):
            columns(entry, "%s[%d]" % (name, i), v[:, i])
    elif v.dtype.names:
        for field in v.dtype.names:
            special = any(c in field for c in ".[]`")
            columns(entry, (name + "." if name else "") + ("`" + field.replace("`", "``") + "`" if special else field), v[field])
    elif v.dtype.kind == "c":
        columns(entry, name + ".re", v.real)
        columns(entry, name + ".im", v.imag)
    elif v.dtype.kind not in "SU":
        tell(entry, name, v)


arrays = {}
for name, (dtype, shape, order) in CASES.items():
    arrays[name] = np.array(draw(dtype, shape), order=order)
    assert arrays[name].dtype == np.dtype(dtype), name
names = list(arrays)
np.savez(FOLDER + "stored.npz", **{n: arrays[n] for n in names[::2]})
np.savez_compressed(FOLDER + "deflated.npz", **{n: arrays[n] for n in names[1::2]})
for name, a in arrays.items():
    entry = name + ".npy"
    layout = "F" if a.flags.f_contiguous and not a.flags.c_contiguous else "C"
    print("A", entry, repr(np.lib.format.dtype_to_descr(a.dtype)).encode().hex(), ",".join(map(str, a.shape)), layout, sep="\t")
    rows = a.reshape(a.shape or (1,))
    if rows.ndim == 1:
        columns(entry, "" if a.dtype.names else "value", rows)
    for c in range(rows.shape[1] if rows.ndim > 1 else 0):
        columns(entry, "c%d" % c, rows[:, c])
    for r in range(len(rows)):
        row = np.asarray(rows[r])
        parts = [cell(np.asarray(row[f])) for f in a.dtype.names] if a.ndim < 2 and a.dtype.names else [cell(row)] if a.ndim < 2 else [cell(np.asarray(c)) for c in row]
        print("V", entry, r, " ".join(parts), sep="\t")
