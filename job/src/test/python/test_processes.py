"""Maps that cross between real processes, as arguments and as results, with and without a name."""
import multiprocessing
import os
import pickle
import signal
import tempfile
import time
import warnings
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import cloudpickle
import joblib
import numpy as np
import pytest

import zipmap
from zipmap import MappedArray, ZipmapError, _mapping

METHODS = ("fork", "spawn", "forkserver")
ARRAY = np.arange(60, dtype=">f4").reshape(12, 5)
# The parent's threads make Python 3.12 warn of a fork.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")


@pytest.fixture
def m(tmp_path):
    path = tmp_path / "a.dat"
    path.write_bytes(ARRAY.tobytes())
    return zipmap.memmap(path, ">f4", (12, 5))


def unlinked(kind):
    """A map of ARRAY whose file has no name when the function returns."""
    content = ARRAY.tobytes()
    if kind == "TemporaryFile":
        with tempfile.TemporaryFile() as file:
            file.write(content)
            return zipmap.memmap(file, ">f4", (12, 5))
    if kind == "NamedTemporaryFile":
        with tempfile.NamedTemporaryFile() as file:
            file.write(content)
            return zipmap.memmap(file, dtype=">f4", mode="r", shape=(12, 5))
    descriptor, name = tempfile.mkstemp()
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    array = zipmap.memmap(name, ">f4", (12, 5))
    os.unlink(name)
    return array


KINDS = ("TemporaryFile", "NamedTemporaryFile", "unlinked path")


def view_of(array):
    """What a worker does: checks that its argument is a map, and returns a view of it."""
    assert type(array) is MappedArray and not array.flags.writeable
    return array[::-2, 1:].T


def extracted(kind):
    return view_of(unlinked(kind))


def is_view(array):
    return type(array) is MappedArray and array.dtype == ">f4" and np.array_equal(array, ARRAY[::-2, 1:].T)


@pytest.mark.parametrize("method", METHODS)
def test_an_executor_passes_maps_with_and_without_a_name_to_workers_and_back(m, method):
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(2, mp_context=context) as executor:
        assert all(map(is_view, executor.map(view_of, [m, *map(unlinked, KINDS)])))
        assert all(map(is_view, executor.map(extracted, KINDS * 3)))


def test_a_pool_of_multiprocessing_passes_maps_with_and_without_a_name_to_workers_and_back(m):
    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert all(map(is_view, pool.map(view_of, [m, *map(unlinked, KINDS)])))
        assert all(map(is_view, pool.imap_unordered(extracted, KINDS * 3)))


def put(queue, arrays):
    for array in arrays:
        queue.put(array)


@pytest.mark.parametrize("method", METHODS)
def test_arguments_of_a_process_and_queues_pass_maps_also_from_a_worker_that_ends_at_once(m, method):
    context = multiprocessing.get_context(method)
    queue = context.Queue()
    arrays = [m[::-2, 1:].T, *(unlinked(kind)[::-2, 1:].T for kind in KINDS)]
    process = context.Process(target=put, args=(queue, arrays))
    process.start()
    del arrays
    time.sleep(0.5)  # the worker is at its end, and waits for this process

    received = [queue.get(timeout=60) for _ in range(4)]
    process.join(60)

    assert all(map(is_view, received))
    assert process.exitcode == 0


def test_each_worker_of_one_task_gives_its_map_before_it_ends():
    with multiprocessing.get_context("fork").Pool(2, maxtasksperchild=1) as pool:
        for array in pool.imap_unordered(extracted, ["TemporaryFile"] * 40):
            assert is_view(array)
