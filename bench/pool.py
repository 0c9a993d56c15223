#!/usr/bin/env python3
"""The memory of a process whose pool returns arrays: numpy's maps, which cross as copies, against zipmap's.

The workers extract one entry of raw float32, of rows of 4, from each archive into a temporary file that is deleted when
it is closed, map it, and return the map; or they open the rows of an output of `run`. The parent keeps all maps, and
computes minimum, maximum, mean and standard deviation of each column. Each way runs in its own process.

usage: pool.py FOLDER [TABLES] [WORKERS=2]
FOLDER has the archives (*.zip), TABLES is the output of
    ./submit.sh run --input FOLDER --dtype float32 --shape=-1,4 --output TABLES --table-format json --keep-scratch
prints: a table. RssAnon is memory of the process's own; RssFile are pages of files that the kernel can drop.
"""
import glob
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.reduction import ForkingPickler
from zipfile import ZipFile

import numpy

try:
    import zipmap
except ModuleNotFoundError:
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../job/src/main/python"))
    import zipmap

MEGABYTE = 1 << 20
WAYS = {
    "numpy.memmap of a temporary file": "extract_with_numpy",
    "zipmap.memmap of a temporary file": "extract_with_zipmap",
    "zipmap.open of a row": "open_row",
}


def extract(archive, memmap):
    with ZipFile(archive) as entries, tempfile.NamedTemporaryFile() as file:
        data = entries.read(entries.namelist()[0])
        file.write(data)
        return memmap(file, dtype="float32", mode="r", shape=(len(data) // 16, 4))


def extract_with_numpy(archive):
    return extract(archive, numpy.memmap)


def extract_with_zipmap(archive):
    return extract(archive, zipmap.memmap)


def open_row(line):
    return zipmap.open(line)


def statistics(array):
    columns = (array[:, c] for c in range(array.shape[1]))
    return [(c.min(), c.max(), c.mean(dtype="f8"), c.std(dtype="f8")) for c in columns]


def memory():
    with open("/proc/self/status") as lines:
        values = dict(line.split(":", 1) for line in lines)
    return [int(values[name].split()[0]) * 1024 / MEGABYTE for name in ("RssAnon", "RssFile")]


def measure(way, folder, tables, workers):
    if way == "open_row":
        tasks = [line for part in glob.glob(f"{tables}/arrays/**/*.json", recursive=True) for line in open(part)]
    else:
        tasks = sorted(glob.glob(f"{folder}/*.zip"))
    if not tasks:
        sys.exit(f"pool.py: {folder} has no *.zip, or {tables} no arrays as JSON")
    start = time.perf_counter()
    with ProcessPoolExecutor(workers) as pool:
        arrays = list(pool.map(globals()[way], tasks))
    received = time.perf_counter() - start
    anonymous, _ = memory()
    means = [[mean for _, _, mean, _ in statistics(array)] for array in arrays]
    total = time.perf_counter() - start
    sizes = [len(ForkingPickler.dumps(array)) for array in (arrays[0], arrays[0][1::2, ::-1])]
    print(len(arrays), received, total, anonymous, *memory(), *sizes, numpy.mean(means), sep="\t")


def main():
    if sys.argv[1] in WAYS.values():
        measure(*sys.argv[1:4], int(sys.argv[4]))
        return
    folder, *others = sys.argv[1:]
    workers = others.pop() if others and others[-1].isdigit() else "2"
    tables = others[0] if others else ""
    print("| the workers return | arrays | RssAnon, received | RssAnon, at the end | RssFile | pickled map"
          " | pickled view | received | all | mean |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for name, way in WAYS.items():
        if way == "open_row" and not tables:
            print(f"{name}: not measured, needs TABLES", file=sys.stderr)
            continue
        command = [sys.executable, __file__, way, folder, tables, workers]
        output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        n, received, total, first, last, file, size, view, mean = output.split("\t")
        print(
            f"| {name} | {n} | {float(first):.0f} MB | {float(last):.0f} MB | {float(file):.0f} MB"
            f" | {int(size):,} bytes | {int(view):,} bytes"
            f" | {float(received):.1f} s | {float(total):.1f} s | {float(mean):.6f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
