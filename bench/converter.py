#!/usr/bin/env python3
"""The converter that `sql` is measured against: workers convert .npz archives to Parquet with numpy and pyarrow, then
DuckDB runs the query over the Parquet files.

usage: converter.py FOLDER PARQUET_FOLDER WORKERS QUERY   (every *.npz holds one array of two axes; the query reads the
table `elements`, whose columns are c0, c1, …)
prints: the row of the answer
"""
import glob
import os
import sys
from concurrent.futures import ProcessPoolExecutor

import duckdb
import numpy
import pyarrow
import pyarrow.parquet


def convert(task):
    archive, parquet = task
    with numpy.load(archive) as arrays:
        array = arrays[arrays.files[0]]
    columns = {f"c{i}": numpy.ascontiguousarray(array[:, i]) for i in range(array.shape[1])}
    pyarrow.parquet.write_table(pyarrow.table(columns), parquet)


def main():
    folder, parquet_folder, workers, query = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    os.makedirs(parquet_folder)
    archives = sorted(glob.glob(os.path.join(folder, "*.npz")))
    files = [os.path.join(parquet_folder, os.path.basename(archive)[:-4] + ".parquet") for archive in archives]
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(convert, zip(archives, files)))
    duckdb.read_parquet(files).create_view("elements")
    print(*duckdb.sql(query).fetchall()[0])


if __name__ == "__main__":
    main()
