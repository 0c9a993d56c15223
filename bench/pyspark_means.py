#!/usr/bin/env python3
"""Column means in Python workers: rows of elements through Arrow, against arrays that the workers map.

    python bench/pyspark_means.py JAR FOLDER [ROUNDS]

JAR is job/target/zipmap.jar. FOLDER has zips of raw float32 (n, 4), as `./submit.sh generate` writes them; without any
it is filled with 15 archives of 2 000 000 rows. The Python that runs this needs pyspark, pyarrow and numpy. Both ways
run in turn, in one session with two cores, after a first round that extracts the arrays. Medians are printed.
"""
import os
import statistics
import sys
import time
import zipfile
from pathlib import Path

JAR, FOLDER = os.path.abspath(sys.argv[1]), Path(sys.argv[2]).resolve()
ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 5
COLUMNS = 4
LONG_ROWS = 512

sys.path.insert(0, JAR)
os.environ["PYSPARK_PYTHON"] = sys.executable

import numpy as np  # noqa: E402
import zipmap  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

SCHEMA = "n bigint, " + ", ".join(f"c{c} double" for c in range(COLUMNS))


def generate():
    FOLDER.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(0)
    for archive in range(15):
        with zipfile.ZipFile(FOLDER / f"file_{archive}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
            file.writestr(f"file_{archive}.dat", random.random((2_000_000, COLUMNS), np.float32).tobytes())


def main():
    if not any(FOLDER.glob("*.zip")):
        generate()
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.jars", JAR)
        .config("spark.submit.pyFiles", JAR)
        .config("spark.driver.memory", "2g")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    layout = {"dtype": "float32", "shape": f"-1,{COLUMNS}"}

    def of_elements(batches):
        import numpy as np
        import pyarrow

        count, sums = 0, np.zeros(COLUMNS)
        for batch in batches:
            count += batch.num_rows
            sums += [column.to_numpy().sum(dtype=np.float64) for column in batch.columns]
        values = [pyarrow.array([value]) for value in (count, *sums)]
        yield pyarrow.RecordBatch.from_arrays(values, ["n", *batch.schema.names])

    def of_array(array, row):
        import numpy as np

        # numpy adds long rows faster than short ones: 2048 columns, then the columns that stand for the same one.
        whole = len(array) // LONG_ROWS * LONG_ROWS
        sums = array[:whole].reshape(-1, LONG_ROWS * COLUMNS).sum(axis=0, dtype=np.float64).reshape(-1, COLUMNS)
        return (len(array), *(sums.sum(axis=0) + array[whole:].sum(axis=0, dtype=np.float64)))

    def elements():
        return spark.read.format("zipmap").options(**layout).load(str(FOLDER)).mapInArrow(of_elements, SCHEMA)

    def arrays():
        return zipmap.map_arrays(zipmap.arrays(spark, FOLDER, **layout), of_array, SCHEMA)

    def means(table):
        started = time.perf_counter()
        parts = np.array(table().collect(), float)
        seconds = time.perf_counter() - started
        return parts[:, 1:].sum(axis=0) / parts[:, 0].sum(), seconds

    seconds = {"mapInArrow over elements": [], "map_arrays": []}
    for turn in range(ROUNDS + 1):
        mapped, fast = means(arrays)
        copied, slow = means(elements)
        np.testing.assert_allclose(mapped, copied, rtol=1e-12)
        if turn > 0:
            seconds["mapInArrow over elements"].append(slow)
            seconds["map_arrays"].append(fast)
    for way, times in seconds.items():
        print(f"{way:28} {statistics.median(times):7.2f} s   of {' '.join(f'{one:.2f}' for one in sorted(times))}")
    slow, fast = (statistics.median(times) for times in seconds.values())
    print(f"{slow / fast:.1f} times as fast")
    spark.stop()


if __name__ == "__main__":
    main()
