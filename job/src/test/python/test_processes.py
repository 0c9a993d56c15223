"""Maps that cross between real processes, as arguments and as results, with and without a name."""
import faulthandler
import gc
import multiprocessing
import os
import pickle
import resource
import signal
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.reduction import ForkingPickler

import numpy as np
import pytest

import zipmap
from zipmap import MappedArray, ZipmapError

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
        for array in pool.imap_unordered(extracted, ["TemporaryFile"] * 12):
            assert is_view(array)


def sent(array):
    """What a worker's pickle holds, and who must answer."""
    return bytes(ForkingPickler.dumps(array)), os.getpid()


def sent_by_worker(kind):
    return sent(extracted(kind))


def ended(process):
    """Waits until a process has no file open."""
    while True:
        try:
            if not os.listdir(f"/proc/{process}/fd"):
                return
        except OSError:
            return
        time.sleep(0.01)


def test_a_worker_that_was_killed_before_its_map_was_received_is_named():
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as executor:
        pickled, worker = executor.submit(sent_by_worker, "TemporaryFile").result()
        os.kill(worker, signal.SIGKILL)
        ended(worker)

        with pytest.raises(ZipmapError, match=f"process {worker} holds it open") as caught:
            pickle.loads(pickled).sum()
    assert caught.value.condition == "ZIPMAP_SOURCE_MISSING"


def test_a_worker_holds_an_unlinked_file_until_it_was_received():
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as executor:
        pickled, worker = executor.submit(sent_by_worker, "TemporaryFile").result()
        executor.submit(extracted, "TemporaryFile").result()
        held = descriptors(worker)

        assert is_view(pickle.loads(pickled))
        executor.submit(extracted, "TemporaryFile").result()

        assert held - descriptors(worker) == (1 if trackfd_is_there else 2)
        with pytest.raises(ZipmapError) as caught:
            len(pickle.loads(pickled))
        assert caught.value.condition == "ZIPMAP_SOURCE_MISSING"


def sent_and_written_to(content):
    with tempfile.TemporaryFile() as file:
        file.write(ARRAY.tobytes())
        pickled, _ = sent(zipmap.memmap(file, ">f4", (12, 5)))
        file.write(content)
    return pickled


def test_a_file_that_is_written_to_after_its_map_was_sent_is_refused():
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as executor:
        pickled = executor.submit(sent_and_written_to, b"more").result()

        with pytest.raises(ZipmapError) as caught:
            np.asarray(pickle.loads(pickled))
    assert caught.value.condition == "ZIPMAP_SOURCE_CHANGED"


def test_the_parent_keeps_no_descriptor_of_maps_that_it_dropped():
    with multiprocessing.get_context("fork").Pool(2) as pool:
        arrays = pool.map(extracted, KINDS * 5)
        gc.collect()
        before = descriptors(os.getpid())
        assert len({id(zipmap._mapped._mapping_of(array)) for array in arrays}) == 15

        del arrays
        gc.collect()

        assert before - descriptors(os.getpid()) == 15 * (1 if trackfd_is_there else 2)


def descriptors(process):
    return len(os.listdir(f"/proc/{process}/fd"))


trackfd_is_there = sys.version_info >= (3, 13)


@pytest.mark.parametrize("kind", KINDS)
def test_any_other_pickle_of_a_file_without_a_name_is_refused_by_name(kind):
    array = unlinked(kind)

    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(ZipmapError, match="multiprocessing or concurrent.futures") as caught:
            pickle.dumps(array[1:], protocol)
        assert caught.value.condition == "ZIPMAP_SOURCE_WITHOUT_NAME"
    assert pickle.loads(pickle.dumps(array + 1)).tolist() == (ARRAY + 1).tolist()


def test_a_file_with_a_name_crosses_in_any_pickle_until_the_name_goes():
    with tempfile.NamedTemporaryFile() as file:
        file.write(ARRAY.tobytes())
        m = zipmap.memmap(file, ">f4", (12, 5))
        assert is_view(pickle.loads(pickle.dumps(m[::-2, 1:].T)))
        pickled, _ = sent(m[::-2, 1:].T)

    assert is_view(pickle.loads(pickled))
    with pytest.raises(ZipmapError):
        pickle.dumps(m)


def test_a_map_of_a_file_that_was_renamed_over_keeps_the_old_one_and_crosses_with_it(m):
    with open(m.filename + ".new", "wb") as file:
        file.write(bytes(240))
    os.rename(m.filename + ".new", m.filename)

    pickled, _ = sent(m[::-2, 1:].T)

    assert is_view(pickle.loads(pickled))


def returned(what):
    """A map of a file that is as it was, that was replaced, or that no one can receive."""
    if what == "lost":
        zipmap._mapping._offers.add = lambda *_: zipmap._offer.Offer(os.getpid(), 1_000_000, 0, 1_000_000, 0)
        return unlinked("TemporaryFile")
    descriptor, name = tempfile.mkstemp()
    with os.fdopen(descriptor, "wb") as file:
        file.write(ARRAY.tobytes())
    array = zipmap._mapped.map_file(name, np.dtype(">f4"), (12, 5))
    if what == "replaced":
        os.truncate(name, 0)
    return array


@pytest.mark.parametrize("pool_of", [multiprocessing.get_context("fork").Pool, ProcessPoolExecutor])
def test_a_pool_gives_what_raises_at_its_first_use_in_place_of_a_map_that_it_cannot_receive(pool_of):
    with pool_of(1) as pool:
        replaced, found, lost = pool.map(returned, ["replaced", "found", "lost"])

        assert found.shape == (12, 5)
        assert "ZIPMAP_SOURCE_MISSING" in repr(lost) and "ZIPMAP_SOURCE_CHANGED" in repr(replaced)
        for use in (np.asarray, np.sum, len, iter, lambda a: a + 1, lambda a: 1 - a, lambda a: a[0], lambda a: a.shape,
                    lambda a: a == a, lambda a: np.concatenate([a, a]), lambda a: pickle.loads(pickle.dumps(a)).mean()):
            with pytest.raises(ZipmapError) as caught:
                use(replaced)
            assert caught.value.condition == "ZIPMAP_SOURCE_CHANGED"
        with pytest.raises(ZipmapError, match="ZIPMAP_SOURCE_CHANGED"):
            list(pool.map(np.mean, [replaced]))


def test_an_error_of_a_worker_arrives_with_its_parts():
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as executor:
        with pytest.raises(ZipmapError) as caught:
            executor.submit(zipmap.memmap, "/no/such/file").result(60)
    assert caught.value.condition == "ZIPMAP_SOURCE_MISSING"


@pytest.mark.parametrize("backend", ["loky", "multiprocessing", "threading"])
def test_joblib_passes_maps_to_workers_and_back_whatever_their_size(tmp_path, backend):
    joblib = pytest.importorskip("joblib")
    path = tmp_path / "a.dat"
    path.write_bytes(bytes(4 << 20))
    large = zipmap.memmap(path, "f4", (-1, 4))

    with joblib.Parallel(2, backend=backend, max_nbytes="1M") as parallel:
        results = parallel(joblib.delayed(half)(large) for _ in range(3))
        if backend != "multiprocessing":  # its pickler takes no reducer of others
            assert all(map(is_view, parallel(joblib.delayed(extracted)(kind) for kind in KINDS)))
            assert all(map(is_view, parallel(joblib.delayed(view_of)(unlinked(kind)) for kind in KINDS)))
        if backend == "loky":
            (replaced,) = parallel([joblib.delayed(returned)("replaced")])
            assert "ZIPMAP_SOURCE_CHANGED" in repr(replaced)

    for result in results:
        assert type(result) is MappedArray
        assert result.filename == str(path)
        assert len(pickle.dumps(result)) < 600


def half(array):
    assert type(array) is MappedArray
    return array[: len(array) // 2]


def test_the_anonymous_memory_of_a_parent_stays_flat(tmp_path):
    path = tmp_path / "large.dat"
    with open(path, "wb") as file:
        file.truncate(64 << 20)
    before = anonymous()

    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork")) as executor:
        arrays = list(executor.map(large_map, [path] * 8))

    assert sum(array.nbytes for array in arrays) == 8 * (64 << 20)
    assert anonymous() - before < 16 << 20


def large_map(path):
    return zipmap.memmap(path, "f8", (-1, 16))


def anonymous():
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("RssAnon"))


def test_a_file_that_is_truncated_while_it_is_mapped_ends_the_process_that_reads_it_and_no_other(m):
    reader = multiprocessing.get_context("fork").Process(target=truncate_and_read, args=(m,))
    reader.start()
    reader.join(60)

    assert reader.exitcode == -signal.SIGBUS
    with pytest.raises(ZipmapError) as caught:
        pickle.loads(pickle.dumps(m))
    assert caught.value.condition == "ZIPMAP_SOURCE_CHANGED"


def truncate_and_read(array):
    faulthandler.disable()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.truncate(array.filename, 0)
    array.sum()


def test_a_system_without_proc_passes_files_by_their_names_only(monkeypatch):
    monkeypatch.setattr(zipmap._offer.Offers, "possible", staticmethod(lambda: False))

    with tempfile.NamedTemporaryFile() as file:
        file.write(ARRAY.tobytes())
        assert file.name in str(sent(zipmap.memmap(file, ">f4", (12, 5)))[0])
    with pytest.raises(ZipmapError) as caught:
        sent(unlinked("TemporaryFile"))
    assert caught.value.condition == "ZIPMAP_SOURCE_WITHOUT_NAME"
