"""What the tests in Spark share: archives with their arrays, settings of sessions, queries of any session."""
from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import zipmap


def jar() -> str:
    """The jar that the package came from, or that the build left in this checkout."""
    try:
        return zipmap.jar()
    except zipmap.ZipmapError:
        return str(Path(__file__).resolve().parents[3] / "target" / "zipmap.jar")


def quiet() -> dict[str, str]:
    """Settings that make tiny queries short."""
    return {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.codegen.wholeStage": "false",
        "spark.driver.memory": "512m",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }


def write_shards(folder: Path, shards: int = 3, rows: int = 40) -> dict[str, dict[str, np.ndarray]]:
    """Archives of images ``x`` and labels ``y``, by their names."""
    folder.mkdir()
    random = np.random.default_rng(16)
    written = {}
    for shard in range(shards):
        arrays = {
            "x": random.standard_normal((rows, 3, 5)).astype(np.float32),
            "y": random.integers(0, 4, rows),
        }
        np.savez_compressed(folder / f"shard{shard}.npz", **arrays)
        written[f"shard{shard}.npz"] = arrays
    return written


def write_elements(folder: Path, archives: int, rows: int = 300) -> dict[str, np.ndarray]:
    """Archives of one array (rows, 4) of float32 each, by their names."""
    folder.mkdir()
    random = np.random.default_rng(4)
    written = {}
    for archive in range(archives):
        array = random.standard_normal((rows, 4)).astype(np.float32)
        np.savez_compressed(folder / f"a{archive}.npz", v=array)
        written[f"a{archive}.npz"] = array
    return written


def name_of(archive: str) -> str:
    return archive.rsplit("/", 1)[1]


def answers(spark, elements: str, shards: str) -> list:
    """Three queries, one on each table, whose values are exact."""
    table = spark.read.format("zipmap").load(elements)
    extremes = table.selectExpr("count(*)", "min(c0)", "max(c3)").collect()

    def sums(frames):
        for frame in frames:
            frame["total"] = [float(np.stack(image).sum(dtype=np.float64)) for image in frame["x"]]
            yield frame[["y", "total"]]

    images = spark.read.format("zipmap").option("table", "members").load(shards)
    by_label = images.mapInPandas(sums, "y bigint, total double").orderBy("y", "total").collect()
    means = zipmap.map_arrays(
        zipmap.arrays(spark, [elements, shards]).where("dtype = 'float32'"),
        lambda array, row: (row["archive"], row["entry"], array.mean(axis=0, dtype=np.float64).ravel()),
        "archive string, entry string, mean array<double>",
    )
    tables = (extremes, by_label, sorted(means.collect()))
    return json.loads(json.dumps([[list(row) for row in rows] for rows in tables]))


def through_connect(url: str, elements: str, shards: str) -> None:
    """Prints the answers of a session of Spark Connect that starts without zipmap."""
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.remote(url).getOrCreate()
    spark.addArtifacts(jar())
    spark.addArtifacts(jar(), pyfile=True)
    print(json.dumps(answers(spark, elements, shards)))
    spark.stop()


if __name__ == "__main__":
    through_connect(*sys.argv[1:])
