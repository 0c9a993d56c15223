"""A driver of PySpark on a cluster: PySparkOnClusterIT runs it, and compares what it prints with a run in Java.

Arguments: the master, a file of Spark's settings in JSON, the archives, a folder for many small archives.
"""
from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import numpy as np
import zipmap
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from spark_support import jar, write_elements

MANY = 100


def main(master: str, settings: str, archives: str, many: str) -> None:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(master).appName("zipmap tests of PySpark")
    for name, value in json.loads(Path(settings).read_text()).items():
        builder = builder.config(name, value)
    spark = builder.config("spark.jars", jar()).config("spark.submit.pyFiles", jar()).getOrCreate()
    try:
        rows = zipmap.arrays(spark, archives)
        means = zipmap.map_arrays(
            rows,
            lambda array, row: (row["archive"], row["host"], array.mean(axis=0, dtype=np.float64)),
            "archive string, host string, means array<double>",
        )
        for row in means.collect():
            print(json.dumps({"archive": row["archive"], "host": row["host"], "means": row["means"]}))
        print(json.dumps({"shuffled": failure(zipmap.map_arrays(rows.repartition(12), lambda array, row: 1, "n int"))}))
        write_elements(Path(many) / "all", MANY, rows=10)
        small = zipmap.map_arrays(zipmap.arrays(spark, Path(many) / "all"), lambda array, row: len(array), "n int")
        plan = small._jdf.queryExecution().executedPlan()
        assert small.collect() == [(10,)] * MANY
        print(json.dumps({"sent": plan.metrics().apply("pythonDataSent").value() / MANY}))
    finally:
        spark.stop()


def failure(frame) -> str:
    try:
        return f"no failure: {frame.collect()}"
    except PySparkException as e:
        return str(e)


if __name__ == "__main__":
    main(*sys.argv[1:])
