#!/usr/bin/env python3
"""The fixed Python program that zipmap is measured against: workers unzip with zipfile, write a file each and return
its path; workers map the files with numpy and give min, max, mean and standard deviation of each column.

usage: peer.py FOLDER COLUMNS WORKERS   (every *.zip holds one raw float32 entry)
prints: extract SECONDS, map SECONDS, RssAnon of this process in MiB
"""
import glob
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from zipfile import ZipFile

import numpy


def extract(archive: str) -> str:
    """Writes the only entry of an archive into a temporary file, and returns its path."""
    with ZipFile(archive) as zip_file:
        data = zip_file.read(zip_file.namelist()[0])
    handle, name = tempfile.mkstemp()
    with os.fdopen(handle, "wb") as out:
        out.write(data)
    return name


def statistics(task: tuple[str, int]) -> list[tuple[float, float, float, float]]:
    """Maps a file as float32 of shape (-1, columns), and returns four statistics of each column."""
    name, columns = task
    array = numpy.memmap(name, dtype="float32", mode="r").reshape(-1, columns)
    return [
        (column.min(), column.max(), column.mean(dtype="f8"), column.std(dtype="f8"))
        for column in (array[:, i] for i in range(columns))
    ]


def anonymous() -> int:
    """Returns the RssAnon of this process, in MiB."""
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("RssAnon"))


def main() -> None:
    """Times both stages. The start of the interpreter is in neither."""
    folder, columns, workers = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    archives = sorted(glob.glob(os.path.join(folder, "*.zip")))
    start = time.monotonic()
    with ProcessPoolExecutor(workers) as pool:
        files = list(pool.map(extract, archives))
    extracted = time.monotonic()
    try:
        with ProcessPoolExecutor(workers) as pool:
            list(pool.map(statistics, [(name, columns) for name in files]))
        print(f"extract {extracted - start:.2f}, map {time.monotonic() - extracted:.2f}, RssAnon {anonymous()}")
    finally:
        for name in files:
            os.unlink(name)


if __name__ == "__main__":
    main()
