"""Maps and their views: what they are, and that they pickle as references."""
import copy
import gc
import io
import math
import os
import pickle
import pickletools
import resource
import socket
import sys

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import zipmap
from zipmap import MappedArray, ZipmapError
from zipmap._mapping import _mappings

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)


@pytest.fixture
def cube(tmp_path):
    """A map of (7, 5, 4) float32, behind 6 bytes of something else."""
    return mapped(tmp_path / "cube.dat", np.arange(140, dtype="f4").reshape(7, 5, 4))


def mapped(path, array, order="C", offset=6):
    path.write_bytes(b"x" * offset + array.tobytes(order) + b"tail")
    return zipmap.memmap(path, array.dtype, array.shape, offset, order)


def crossed(array, protocol=pickle.HIGHEST_PROTOCOL):
    return pickle.loads(pickle.dumps(array, protocol))


def is_map(array):
    """Whether an array's bytes are in a mapping of this process, by their address."""
    address = array.__array_interface__["data"][0]
    return any(mapping.address <= address < mapping.address + mapping.file_size for mapping in _mappings.values())


def equal(one, other):
    """Whether two arrays have the same type, shape and bytes, apart from those between the fields of a structure."""
    if one.dtype.names is not None:
        same = all(equal(one[name], other[name]) for name in one.dtype.names)
    else:
        same = np.ascontiguousarray(one).tobytes() == np.ascontiguousarray(other).tobytes()
    return (
        same
        and one.dtype == other.dtype
        and one.dtype.fields == other.dtype.fields
        and one.dtype.isalignedstruct == other.dtype.isalignedstruct
        and one.shape == other.shape
    )


def assert_crosses_as_a_reference(array, largest=600):
    pickled = pickle.dumps(array, pickle.HIGHEST_PROTOCOL)
    other = pickle.loads(pickled)
    assert len(pickled) <= largest
    assert type(other) is MappedArray
    assert is_map(other)
    assert equal(other, array)
    lengths_over_one = [axis for axis, length in enumerate(array.shape) if length > 1]
    assert [other.strides[axis] for axis in lengths_over_one] == [array.strides[axis] for axis in lengths_over_one]
    assert not other.flags.writeable


VIEWS = {
    "itself": lambda a: a,
    "slice": lambda a: a[2:5],
    "slice with holes": lambda a: a[::3, 1::2, ::2],
    "backwards": lambda a: a[::-1, ::-2, ::-1],
    "transpose": lambda a: a.T,
    "axes moved": lambda a: np.moveaxis(a, 0, 1),
    "axis swapped back": lambda a: a.T[:, ::-1].T[1:],
    "reshape": lambda a: a.reshape(35, 4)[3:],
    "reshape of a slice": lambda a: a[1:4].reshape(-1),
    "ravel": lambda a: a.ravel(),
    "new axis": lambda a: a[:, None, 1:2, ..., None],
    "no dimension": lambda a: a[3, 2, 1, ...],
    "last element": lambda a: a[-1, -1, -1, ...],
    "broadcast": lambda a: np.broadcast_to(a[0], (1000, 5, 4), subok=True),
    "windows": lambda a: np.lib.stride_tricks.sliding_window_view(a, 3, axis=0, subok=True),
    "diagonal": lambda a: a.diagonal(axis1=0, axis2=1),
    "dtype view": lambda a: a.view("i4"),
    "dtype view of bytes": lambda a: a.view("u1")[:, :, 1::3],
    "complex": lambda a: a.view("c8").imag,
    "split": lambda a: np.split(a, [2, 4])[1],
    "by way of ndarray": lambda a: a.view(np.ndarray)[1:].view(MappedArray),
    "by way of a buffer": lambda a: np.frombuffer(memoryview(a)[2:], "f4").view(MappedArray),
}


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_crosses_as_a_reference(cube, name):
    assert_crosses_as_a_reference(VIEWS[name](cube))


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_each_protocol_carries_a_reference(cube, protocol):
    view = cube[::-2, 1:].T

    other = crossed(view, protocol)

    assert len(pickle.dumps(view, protocol)) < 600
    assert is_map(other) and equal(other, view)


def test_nothing_goes_out_of_band(cube):
    buffers = []

    pickled = pickle.dumps(cube[1:], 5, buffer_callback=buffers.append)

    assert buffers == []
    assert equal(pickle.loads(pickled, buffers=[]), cube[1:])


def test_cloudpickle_and_numpy_carry_a_reference(cube):
    cloudpickle = pytest.importorskip("cloudpickle")
    for pickled in (cloudpickle.dumps(cube[::2]), cube[::2].dumps()):
        assert len(pickled) < 600
        assert is_map(pickle.loads(pickled)) and equal(pickle.loads(pickled), cube[::2])


def test_joblib_dumps_a_reference_and_hashes_the_values(cube):
    joblib = pytest.importorskip("joblib")
    dumped = io.BytesIO()
    joblib.dump(cube[::2], dumped)

    assert dumped.tell() < 600
    dumped.seek(0)
    assert is_map(joblib.load(dumped))
    assert joblib.hash(cube, coerce_mmap=True) == joblib.hash(np.array(cube), coerce_mmap=True)


def test_views_in_one_pickle_share_the_reference_to_the_file(cube):
    views = [cube[i % 7] for i in range(100)]

    pickled = pickle.dumps(views)

    assert len(pickled) < 600 + 100 * 40
    assert pickled.count(os.fsencode(cube.filename)) == 1
    assert all(is_map(one) and equal(one, other) for one, other in zip(pickle.loads(pickled), views))


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize(
    "result",
    [
        lambda a: a + 1,
        lambda a: -a[::2],
        lambda a: np.sqrt(a),
        lambda a: np.add.reduce(a),
        lambda a: a.mean(axis=0),
        lambda a: a.cumsum(axis=1),
        lambda a: a.copy(),
        lambda a: a.T.copy("F"),
        lambda a: a.astype("f8"),
        lambda a: a.flatten(),
        lambda a: a.T.reshape(-1),
        lambda a: a[:, ::2].ravel(),
        lambda a: a[[1, 3]],
        lambda a: a[a > 3],
        lambda a: a.take([1, 2], axis=0),
        lambda a: a.repeat(2),
        lambda a: a.byteswap(),
        lambda a: np.concatenate([a, a]),
        lambda a: np.roll(a, 1),
        lambda a: np.sort(a[::-1], axis=0),
        lambda a: np.empty_like(a),
        lambda a: np.array(a, subok=True),
        lambda a: a[2:2],
    ],
)
def test_what_is_no_view_pickles_as_numpy_does(cube, result, protocol):
    array = result(cube)

    other = crossed(array, protocol)

    assert not is_map(array) or array.size == 0
    assert type(other) is np.ndarray
    assert equal(other, array)
    assert len(pickle.dumps(array, protocol)) >= array.nbytes


def test_results_are_plain_arrays_and_scalars(cube):
    for array in (cube + 1, cube.copy(), cube[[1]], cube.astype("f8"), cube.T.ravel(), cube.sum(axis=0), np.sqrt(cube)):
        assert type(array) is np.ndarray
    for scalar in (cube.sum(), cube.mean(), cube[1, 2, 3], cube.max(), np.add(cube[0, 0, 0, ...], 1)):
        assert isinstance(scalar, np.floating)


def test_a_result_that_is_no_view_can_be_an_output(cube):
    array = np.empty_like(cube)

    result = np.add(cube, 1, out=array)

    assert result is array
    assert equal(array, np.asarray(cube) + np.float32(1))


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy])
def test_copy_and_deepcopy_give_another_view_and_the_method_copies(cube, copied):
    view = cube[::-2, 1:]

    other = copied(view)

    assert other is not view
    assert np.shares_memory(other, view)
    assert_crosses_as_a_reference(other)
    plain = np.empty_like(cube)
    assert not np.shares_memory(copied(plain), plain)
    view.copy()[:] = 0
    np.array(view)[:] = 0


STRUCTURES = {
    "packed": np.dtype([("a", "u1"), ("b", ">f8"), ("c", "<i2", (2, 3))]),
    "aligned": np.dtype([("a", "u1"), ("b", "f8")], align=True),
    "offsets": np.dtype({"names": ["x", "y"], "formats": ["f4", "i2"], "offsets": [12, 2], "itemsize": 20}),
    "overlapping": np.dtype({"names": ["all", "low"], "formats": ["u4", "u2"], "offsets": [0, 0]}),
    "titles": np.dtype([(("first letter", "a"), "S3"), (("time", "t"), "M8[25us]")]),
    "nested": np.dtype([("p", [("x", ">c16"), ("y", "?")]), ("é\n", "U2"), ("v", "V5")]),
}


@pytest.mark.parametrize("name", STRUCTURES)
def test_structures_cross_with_offsets_titles_and_alignment(tmp_path, name):
    dtype = STRUCTURES[name]
    array = np.frombuffer(bytes(i % 2 for i in range(dtype.itemsize * 12)), dtype).reshape(3, 4)

    m = mapped(tmp_path / "s.dat", array, offset=3)

    assert_crosses_as_a_reference(m[::-1, 1:], 900)
    for field in dtype.names:
        assert_crosses_as_a_reference(m[field][1:])
    assert_crosses_as_a_reference(m[list(dtype.names[:1])], 900)
    assert crossed(m).dtype.fields == dtype.fields


ELEMENTS = st.one_of(
    hnp.boolean_dtypes(),
    hnp.integer_dtypes(endianness="?"),
    hnp.unsigned_integer_dtypes(endianness="?"),
    hnp.floating_dtypes(endianness="?", sizes=(16, 32, 64)),
    hnp.complex_number_dtypes(endianness="?"),
    hnp.datetime64_dtypes(endianness="?"),
    hnp.timedelta64_dtypes(endianness="?"),
    hnp.byte_string_dtypes(endianness="?", min_len=1, max_len=9),
    hnp.unicode_string_dtypes(endianness="?", min_len=1, max_len=5),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_view_of_any_array_crosses_equal_and_is_still_a_map(tmp_path, data):
    dtype = data.draw(st.one_of(ELEMENTS, hnp.array_dtypes(ELEMENTS, max_size=3)))
    shape = data.draw(hnp.array_shapes(max_dims=4, max_side=5))
    order = data.draw(st.sampled_from("CF"))
    offset = data.draw(st.integers(0, 5000))
    count = math.prod(shape) * dtype.itemsize
    data_bytes = np.random.default_rng(count).integers(0, 2, count, "u1").tobytes()
    array = np.ndarray(shape, dtype, data_bytes, order=order)
    m = mapped(tmp_path / "any.dat", array, order, offset)
    assert equal(m, array)
    view = m
    for _ in range(data.draw(st.integers(0, 3))):
        step = data.draw(st.sampled_from(["index", "transpose", "broadcast", "reshape", "field"]))
        if step == "index":
            index = data.draw(hnp.basic_indices(view.shape, allow_newaxis=True, allow_ellipsis=True, max_dims=6))
            index = index if isinstance(index, tuple) else (index,)
            view = view[index if any(i is Ellipsis for i in index) else (*index, ...)]
        elif step == "transpose":
            view = view.transpose(data.draw(st.permutations(range(view.ndim))))
        elif step == "broadcast":
            view = np.broadcast_to(view, (3, *view.shape), subok=True)
        elif step == "reshape":
            flat = view.reshape(-1)
            view = flat if isinstance(flat, MappedArray) else view
        elif view.dtype.names:
            view = view[data.draw(st.sampled_from(view.dtype.names))]
    if not isinstance(view, MappedArray) or view.size == 0:
        assert crossed(view).shape == view.shape
    else:
        assert_crosses_as_a_reference(view, 600 if dtype.names is None else 1500)


def test_views_of_one_file_share_one_mapping(cube):
    views = [crossed(cube[i]) for i in range(7)]

    assert {id(zipmap._mapped._mapping_of(view)) for view in views} == {id(zipmap._mapped._mapping_of(cube))}


def test_a_file_is_unmapped_and_closed_with_its_last_view(tmp_path):
    path = tmp_path / "a.dat"
    gc.collect()
    before = len(os.listdir("/proc/self/fd"))
    m = mapped(path, np.arange(6.0))
    view = crossed(m[3:])
    del m
    assert str(path) in maps()

    del view
    gc.collect()

    assert str(path) not in maps()
    assert len(os.listdir("/proc/self/fd")) == before


def maps():
    with open("/proc/self/maps") as lines:
        return lines.read()


def test_plain_views_that_joblib_maps_again_begin_where_their_bytes_are(cube):
    root = crossed(cube[::-1, 1:])

    lowest = np.lib.array_utils.byte_bounds(root)[0] if hasattr(np.lib, "array_utils") else np.byte_bounds(root)[0]

    assert root.offset == lowest - zipmap._mapped._mapping_of(root).address
    assert root.filename == cube.filename


def test_a_map_is_a_memmap_that_no_one_can_write_to(cube):
    for m in (cube, cube[1:], crossed(cube)):
        assert isinstance(m, np.memmap)
        assert m.mode == "r"
        with pytest.raises(ValueError, match="read-only"):
            m[0] = 1
        with pytest.raises(ValueError, match="WRITEABLE"):
            m.flags.writeable = True
    with pytest.raises(TypeError, match="zipmap.memmap"):
        MappedArray("x")


def test_arrays_without_dimension_or_element_are_plain(tmp_path):
    path = tmp_path / "a.dat"
    path.write_bytes(b"\0\0\x80\x3f")
    empty = tmp_path / "empty.dat"
    empty.write_bytes(b"")

    for array, shape in (
        (zipmap.memmap(path, "f4", ()), ()),
        (zipmap.memmap(path, "f4", (0, 3)), (0, 3)),
        (zipmap.memmap(path, "f4", offset=4), (0,)),
        (zipmap.memmap(empty, "f4"), (0,)),
        (zipmap.memmap(empty, "f4", (2, 0)), (2, 0)),
    ):
        assert type(array) is np.ndarray
        assert array.shape == shape
        assert not array.flags.writeable
    assert zipmap.memmap(path, "f4", ()) == 1


def test_arguments_are_those_of_numpy(tmp_path):
    path = tmp_path / "a.dat"
    array = np.arange(24, dtype=">i2").reshape(6, 4)
    path.write_bytes(array.tobytes())

    assert equal(zipmap.memmap(path, dtype=">i2", shape=(6, 4), mode="r"), array)
    assert equal(zipmap.memmap(str(path), ">i2", (-1, 4)), array)
    assert equal(zipmap.memmap(os.fsencode(path), ">i2", [6, 4]), array)
    assert equal(zipmap.memmap(path, ">i2"), array.ravel())
    assert equal(zipmap.memmap(path, ">i2", 3, offset=8), array.ravel()[4:7])
    assert equal(zipmap.memmap(path, ">i2", (4, 6), order="F"), array.ravel().reshape(4, 6, order="F"))
    assert equal(zipmap.memmap(path, ("i1", 2), 3), np.frombuffer(path.read_bytes()[:6], "i1").reshape(3, 2))
    assert zipmap.memmap(path).dtype == np.uint8
    with pytest.raises(TypeError, match="PathLike"):
        zipmap.memmap(3)
    with open(path, "rb") as file:
        assert equal(zipmap.memmap(file, ">i2", (6, 4)), array)


def test_a_path_that_is_no_unicode_crosses(tmp_path):
    m = mapped(tmp_path / os.fsdecode(b"caf\xe9 \n.dat"), np.arange(3))

    assert_crosses_as_a_reference(m)


def test_an_array_behind_4_gib_crosses(tmp_path):
    path = tmp_path / "sparse.dat"
    with open(path, "wb") as file:
        file.truncate(5 << 30)
        file.seek((5 << 30) - 24)
        file.write(np.arange(3.0).tobytes())

    m = zipmap.memmap(path, "f8", -1, offset=(5 << 30) - 24)

    assert m.tolist() == [0, 1, 2]
    assert_crosses_as_a_reference(m[::-1])
    assert crossed(m[::-1]).tolist() == [2, 1, 0]
    assert crossed(zipmap.memmap(path, "u1")[:: 1 << 30]).tolist() == [0] * 5


def condition(call, *args, **kwargs):
    with pytest.raises(ZipmapError) as caught:
        call(*args, **kwargs)
    return caught.value.condition


def test_what_cannot_be_mapped_is_named(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "a.dat").write_bytes(b"1234567")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")

    assert condition(zipmap.memmap, tmp_path / "none") == "ZIPMAP_SOURCE_MISSING"
    assert condition(zipmap.memmap, tmp_path / "a.dat" / "b") == "ZIPMAP_SOURCE_MISSING"
    assert condition(zipmap.memmap, tmp_path) == "ZIPMAP_SOURCE_NOT_A_FILE"
    assert condition(zipmap.memmap, tmp_path / "pipe") == "ZIPMAP_SOURCE_NOT_A_FILE"
    assert condition(zipmap.memmap, io.BytesIO(b"1234")) == "ZIPMAP_SOURCE_NOT_A_FILE"
    assert condition(zipmap.memmap, tmp_path / "loop") == "ZIPMAP_SOURCE_UNREADABLE"
    with open(tmp_path / "b.dat", "wb") as file:
        file.write(b"1234")
        assert condition(zipmap.memmap, file) == "ZIPMAP_SOURCE_UNREADABLE"


def test_too_many_open_files_are_named(tmp_path):
    path = tmp_path / "a.dat"
    path.write_bytes(b"1234")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
        with pytest.raises(ZipmapError, match="ulimit -n") as caught:
            zipmap.memmap(path)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert caught.value.condition == "ZIPMAP_SOURCE_UNREADABLE"


def test_what_does_not_fit_the_file_is_named(tmp_path):
    path = tmp_path / "a.dat"
    path.write_bytes(b"1234567")

    assert condition(zipmap.memmap, path, "f4", 2) == "ZIPMAP_SIZE_MISMATCH"
    assert condition(zipmap.memmap, path, "f4") == "ZIPMAP_SIZE_MISMATCH"
    assert condition(zipmap.memmap, path, "u1", offset=8) == "ZIPMAP_SIZE_MISMATCH"
    assert condition(zipmap.memmap, path, "u1", 0, offset=8) == "ZIPMAP_SIZE_MISMATCH"
    assert condition(zipmap.memmap, path, "u1", (1 << 40, 1 << 40)) == "ZIPMAP_SIZE_MISMATCH"
    assert condition(zipmap.memmap, path, "O") == "ZIPMAP_DTYPE_UNSUPPORTED"
    assert condition(zipmap.memmap, path, [("a", "u1"), ("b", "O")]) == "ZIPMAP_DTYPE_UNSUPPORTED"
    for wrong in ({"offset": -1}, {"order": "A"}, {"mode": "r+"}):
        assert condition(zipmap.memmap, path, "u1", **wrong) == "ZIPMAP_OPTION_INVALID"
    for shape in ((-1, -1), -2, (0, -1)):
        assert condition(zipmap.memmap, path, "u1", shape) == "ZIPMAP_OPTION_INVALID"


def test_the_receiver_checks_the_file(cube):
    path = cube.filename
    view, pickled = cube[1:], pickle.dumps(cube[1:])
    content, time = open(path, "rb").read(), os.stat(path).st_mtime_ns

    os.utime(path, ns=(time, time + 1_000_000))
    assert condition(pickle.loads, pickled) == "ZIPMAP_SOURCE_CHANGED"
    with open(path, "wb") as file:
        file.write(content + b"more")
    os.utime(path, ns=(time, time))
    assert condition(pickle.loads, pickled) == "ZIPMAP_SOURCE_CHANGED"
    os.unlink(path)
    assert condition(pickle.loads, pickled) == "ZIPMAP_SOURCE_MISSING"
    os.mkdir(path)
    assert condition(pickle.loads, pickled) == "ZIPMAP_SOURCE_NOT_A_FILE"
    os.rmdir(path)
    with open(path, "wb") as file:
        file.write(content)
    os.utime(path, ns=(time, time))
    assert equal(pickle.loads(pickled), np.frombuffer(content[86:-4], "f4").reshape(6, 5, 4))
    assert view.shape == (6, 5, 4)


def test_a_reference_of_another_host_says_so(cube, monkeypatch):
    pickled = pickle.dumps(cube)
    monkeypatch.setattr(socket, "gethostname", lambda: "elsewhere")

    assert is_map(pickle.loads(pickled))
    os.unlink(cube.filename)
    assert condition(pickle.loads, pickled) == "ZIPMAP_FILES_ELSEWHERE"


def test_a_pickle_of_a_map_calls_nothing_but_this_package_and_numpy(tmp_path):
    m = mapped(tmp_path / "s.dat", np.zeros(4, STRUCTURES["nested"]))

    strings = [arg for op, arg, _ in pickletools.genops(pickle.dumps(m, 2)) if op.name == "GLOBAL"]

    assert {name.split(" ")[0].partition(".")[0] for name in strings} <= {"zipmap", "numpy"}
    assert "eval" not in " ".join(strings)


def test_importing_the_package_imports_numpy_only():
    heavy = {"pyspark", "pandas", "pyarrow", "joblib", "cloudpickle"}
    path = os.path.dirname(os.path.dirname(zipmap.__file__))

    code = f"import sys; sys.path.insert(0, {path!r}); import zipmap; print(*(set(sys.modules) & {heavy!r}))"

    assert os.popen(f'"{sys.executable}" -c "{code}"').read().strip() == ""
