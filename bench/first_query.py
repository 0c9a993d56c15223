#!/usr/bin/env python3
"""The first answer over .npz archives that nothing has read yet, by what a user of Python has.

usage: first_query.py WAY FOLDER WORK CORES   each *.npz of FOLDER holds one float32 array of shape (rows, 4)
ways:  duckdb   processes convert each archive to a Parquet file in WORK with pyarrow, then DuckDB runs the query
       numpy    processes load each array and compute the parts of the answer
       pyspark  Spark reads archives as binaryFile, its Python workers load them and give the columns as Arrow, and
                Spark runs the query
prints: the row of the answer
"""
import io
import math
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy

QUERY = "SELECT count(*), avg(c0), stddev_pop(c1) FROM elements WHERE c2 > 0.5"
ROWS_OF_BATCH = 100_000


def by_duckdb(archives: list[Path], work: Path, cores: int) -> tuple[Any, ...]:
    """Converts, then queries."""
    import duckdb
    import prepare

    with ProcessPoolExecutor(cores) as pool:
        list(pool.map(partial(prepare.parquet, work), archives))
    duckdb.sql(f"SET threads = {cores}")
    duckdb.read_parquet(f"{work}/*.parquet").create_view("elements")
    return duckdb.sql(QUERY).fetchall()[0]


def parts(archive: Path) -> tuple[int, float, float, float]:
    """Returns the count, the sum of c0, and the mean and the squared deviations of c1, of the rows with c2 > 0.5."""
    with numpy.load(archive) as arrays:
        array = arrays[arrays.files[0]]
    found = array[array[:, 2] > 0.5]
    mean = found[:, 1].mean(dtype="f8")
    return len(found), found[:, 0].sum(dtype="f8"), mean, len(found) * found[:, 1].var(dtype="f8")


def by_numpy(archives: list[Path], _: Path, cores: int) -> tuple[Any, ...]:
    """Merges the parts of all archives."""
    with ProcessPoolExecutor(cores) as pool:
        count, total, mean, deviation = (numpy.array(part) for part in zip(*pool.map(parts, archives)))
    whole = (count * mean).sum() / count.sum()
    deviations = deviation.sum() + (count * (mean - whole) ** 2).sum()
    return int(count.sum()), total.sum() / count.sum(), math.sqrt(deviations / count.sum())


def by_pyspark(archives: list[Path], work: Path, cores: int) -> tuple[Any, ...]:
    """Runs the query in a session of stock settings."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    spark = (SparkSession.builder.master(f"local[{cores}]").config("spark.ui.enabled", "false")
             .config("spark.local.dir", str(work)).config("spark.ui.showConsoleProgress", "false").getOrCreate())

    def columns(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow

        for batch in batches:
            for content in batch.column("content").to_pylist():
                with numpy.load(io.BytesIO(content)) as arrays:
                    array = arrays[arrays.files[0]]
                for start in range(0, len(array), ROWS_OF_BATCH):
                    rows = array[start:start + ROWS_OF_BATCH]
                    yield pyarrow.RecordBatch.from_pydict({f"c{i}": rows[:, i].copy() for i in range(4)})

    files = spark.read.format("binaryFile").load([str(archive) for archive in archives]).select("content")
    files.mapInArrow(columns, "c0 float, c1 float, c2 float, c3 float").createOrReplaceTempView("elements")
    row = spark.sql(QUERY).first()
    spark.stop()
    return tuple(row)


WAYS = {"duckdb": by_duckdb, "numpy": by_numpy, "pyspark": by_pyspark}


def main() -> None:
    """Answers by one way."""
    way, folder, work, cores = sys.argv[1:]
    print(*WAYS[way](sorted(Path(folder).glob("*.npz")), Path(work), int(cores)))


if __name__ == "__main__":
    main()
