#!/usr/bin/env python3
"""Writes data of the benchmark with numpy and pyarrow.

usage: prepare.py members OUTPUT ARCHIVES ROWS   archives of the arrays k, int16 from 0 to 99, and c0, float32
       prepare.py parquet OUTPUT ARCHIVES_FOLDER a Parquet file for each .npz: a column for each array, or for each
                                                 column of its only array if that has two axes
       prepare.py npy OUTPUT ARCHIVES_FOLDER     a .npy for each .npz of one array
"""
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy


def members(output: Path, archives: int, rows: int) -> None:
    """Writes archives of two arrays of shape (rows,)."""
    for i in range(archives):
        random = numpy.random.default_rng(i)
        numpy.savez_compressed(output / f"members_{i}.npz", k=random.integers(0, 100, rows, "int16"),
                               c0=random.random(rows, "float32"))


def parquet(output: Path, archive: Path) -> None:
    """Converts one archive to Parquet, with the defaults of pyarrow."""
    import pyarrow
    import pyarrow.parquet

    with numpy.load(archive) as arrays:
        columns = {name: arrays[name] for name in arrays.files}
    only = next(iter(columns.values()))
    if only.ndim == 2:
        columns = {f"c{i}": numpy.ascontiguousarray(only[:, i]) for i in range(only.shape[1])}
    pyarrow.parquet.write_table(pyarrow.table(columns), output / f"{archive.stem}.parquet")


def npy(output: Path, archive: Path) -> None:
    """Writes the only array of an archive."""
    with numpy.load(archive) as arrays:
        numpy.save(output / f"{archive.stem}.npy", arrays[arrays.files[0]])


def main() -> None:
    """Runs one of the above. Archives are converted by a process for each core."""
    kind, output, *words = sys.argv[1:]
    if kind == "members":
        members(Path(output), int(words[0]), int(words[1]))
        return
    convert = partial({"parquet": parquet, "npy": npy}[kind], Path(output))
    with ProcessPoolExecutor() as pool:
        list(pool.map(convert, sorted(Path(words[0]).glob("*.npz"))))


if __name__ == "__main__":
    main()
