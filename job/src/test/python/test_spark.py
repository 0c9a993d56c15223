"""The data source and the package in real sessions of PySpark: one of this process, and one of Spark Connect."""
from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import zipmap
from spark_support import answers, jar, name_of, quiet, through_connect, write_elements, write_shards

pyspark = pytest.importorskip("pyspark")
pytest.importorskip("pyarrow")
pytest.importorskip("pandas")

from pyspark.sql import SparkSession  # noqa: E402
from pyspark.sql import functions as F  # noqa: E402

MANY = 100
KINDS = "? i1 u1 <i2 >i2 <u4 >i8 <u8 <f2 >f4 <f8 <c8 >c16 <U3 S5 <M8[s] >m8[ms]".split()


@pytest.fixture(scope="module")
def spark():
    if not os.path.isfile(jar()):
        pytest.skip(f"no jar was built: {jar()}")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master("local[2]").appName("zipmap tests of PySpark")
    for name, value in quiet().items():
        builder = builder.config(name, value)
    session = (
        builder.config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
        .config("spark.jars", jar())
        .config("spark.submit.pyFiles", jar())
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def elements(tmp_path_factory):
    folder = tmp_path_factory.mktemp("elements") / "all"
    return folder, write_elements(folder, 3)


@pytest.fixture(scope="module")
def shards(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shards") / "all"
    return folder, write_shards(folder)


def read(spark, folder, **options):
    return spark.read.format("zipmap").options(**options).load(str(folder))


def rows_of(arrays):
    """The rows of all arrays in an order of their own."""
    together = np.concatenate(list(arrays))
    return together[np.lexsort(together.T)]


def test_pandas_gets_the_elements(spark, elements):
    folder, written = elements
    frame = read(spark, folder).toPandas()
    assert list(frame.columns) == ["c0", "c1", "c2", "c3"]
    assert (frame.dtypes == np.float32).all()
    np.testing.assert_array_equal(rows_of([frame.to_numpy()]), rows_of(written.values()))


def test_functions_of_partitions_see_the_elements(spark, elements):
    folder, written = elements
    table = read(spark, folder)

    def by_pandas(frames):
        for frame in frames:
            yield frame.sum().to_frame().T.astype(float)

    def by_arrow(batches):
        import pyarrow

        for batch in batches:
            columns = [[float(np.sum(column.to_numpy(), dtype=np.float64))] for column in batch.columns]
            yield pyarrow.RecordBatch.from_arrays([pyarrow.array(column) for column in columns], batch.schema.names)

    def by_rows(rows):
        yield tuple(np.sum([list(row) for row in rows], axis=0, dtype=np.float64))

    schema = "c0 double, c1 double, c2 double, c3 double"
    expected = np.sum(list(written.values()), axis=(0, 1), dtype=np.float64)
    for parts in (
        table.mapInPandas(by_pandas, schema).collect(),
        table.mapInArrow(by_arrow, schema).collect(),
        table.rdd.mapPartitions(by_rows).collect(),
    ):
        np.testing.assert_allclose(np.sum(parts, axis=0), expected, rtol=1e-4)


def test_functions_of_columns_take_arrays_of_members(spark, shards):
    folder, written = shards
    images = read(spark, folder, table="members")

    @F.udf("array<array<float>>")
    def doubled(image):
        return [[2 * value for value in line] for line in image]

    @F.pandas_udf("double")
    def brightest(images):
        return images.map(lambda image: float(np.max(np.stack(image))))

    plain = images.select("y", doubled("x").alias("x"), "_archive").collect()
    vectorised = images.select("y", brightest("x").alias("max"), "_archive").collect()
    for name, arrays in written.items():
        mine = [row for row in plain if name_of(row["_archive"]) == name]
        np.testing.assert_array_equal([row["y"] for row in mine], arrays["y"])
        np.testing.assert_array_equal(np.array([row["x"] for row in mine], np.float32), 2 * arrays["x"])
        maxima = [row["max"] for row in vectorised if name_of(row["_archive"]) == name]
        np.testing.assert_array_equal(maxima, arrays["x"].max(axis=(1, 2)))


def test_tasks_map_arrays_of_every_dtype_and_order(spark, tmp_path):
    random = np.random.default_rng(1)
    written = {}
    for position, kind in enumerate(KINDS):
        raw = random.integers(0, 2 if kind == "?" else 100, (4, 3))
        array = raw.astype("i8").astype(kind) if np.dtype(kind).kind in "mM" else raw.astype(kind)
        written[f"c{position}"] = array
        written[f"f{position}"] = np.asfortranarray(array)
    written["structure"] = np.array([(1, (2.5, 3)), (4, (5.5, 6))], [("a", "<i2"), ("b", [("x", ">f8"), ("y", "u1")])])
    written["empty"] = np.empty((0, 3))
    written["number"] = np.array(7.5)
    np.savez(tmp_path / "stored.npz", **written)
    np.savez_compressed(tmp_path / "deflated.npz", **written)
    result = zipmap.map_arrays(
        zipmap.arrays(spark, tmp_path),
        lambda a, row: (row["entry"], row["placed"], a.tobytes("A"), a.flags.f_contiguous, str(a.dtype)),
        "entry string, placed string, bytes binary, fortran boolean, dtype string",
    ).collect()
    assert len(result) == 2 * len(written)
    assert {row["placed"] for row in result} >= {"extracted", "in_place"}
    for row in result:
        array = written[row["entry"].removesuffix(".npy")]
        assert row["bytes"] == array.tobytes("A"), row["entry"]
        assert (row["fortran"], row["dtype"]) == (array.flags.f_contiguous, str(array.dtype)), row["entry"]


def test_rows_open_in_an_rdd_and_on_a_driver_of_the_same_host(spark, elements):
    folder, written = elements
    rows = zipmap.arrays(spark, folder)
    left_out = set(read(spark, folder, table="arrays").columns) - set(rows.columns)
    assert left_out == {"rows", "columns", "method", "crc32"}
    sums = dict(rows.rdd.map(lambda row: (row["archive"], float(zipmap.open(row).sum(dtype=np.float64)))).collect())
    assert {name_of(archive): total for archive, total in sums.items()} == {
        name: float(array.sum(dtype=np.float64)) for name, array in written.items()
    }
    for row in rows.collect():
        array = zipmap.open(row)
        assert isinstance(array, zipmap.MappedArray)
        np.testing.assert_array_equal(array, written[name_of(row["archive"])])
    mapped = rows.rdd.map(lambda row: zipmap.open(row)[::2]).collect()
    assert all(isinstance(array, zipmap.MappedArray) for array in mapped)
    np.testing.assert_array_equal(rows_of(mapped), rows_of(array[::2] for array in written.values()))


def test_a_function_returns_a_tuple_a_dict_a_value_or_yields_them(spark, elements):
    folder, written = elements
    rows = zipmap.arrays(spark, str(folder)).withColumn("label", F.expr("named_struct('id', 5)"))

    def every(array, row):
        for number in (0, 1):
            yield row["label"]["id"], {"first": array[number, 0]}

    assert zipmap.map_arrays(rows, lambda array, row: array.shape[0], "n bigint").distinct().collect() == [(300,)]
    table = zipmap.map_arrays(
        rows, lambda array, row: {"b": array[:2, :2], "a": np.float32(1.5)}, "a float, b array<array<float>>"
    )
    assert sorted(table.collect()) == sorted((1.5, array[:2, :2].tolist()) for array in written.values())
    yielded = zipmap.map_arrays(rows, every, "id int, s struct<first: float>").collect()
    assert sorted(row["s"]["first"] for row in yielded) == sorted(a[i, 0] for a in written.values() for i in (0, 1))
    assert {row["id"] for row in yielded} == {5}
    nothing = zipmap.map_arrays(rows, lambda array, row: iter(()), "n bigint")
    assert nothing.count() == 0


def failure(frame) -> str:
    with pytest.raises(pyspark.errors.PySparkException) as error:
        frame.collect()
    return str(error.value)


def test_values_that_do_not_fit_the_schema_fail(spark, elements):
    rows = zipmap.arrays(spark, str(elements[0]))
    assert "Cannot make a row of ['a', 'b'] from 1 values" in failure(
        zipmap.map_arrays(rows, lambda array, row: 1, "a int, b int")
    )
    assert "Cannot make a row of ['a'] from the values of ['c']" in failure(
        zipmap.map_arrays(rows, lambda array, row: {"c": 1}, "a int")
    )
    with pytest.raises(ValueError, match="not of the table arrays: \\['id'\\]"):
        zipmap.map_arrays(spark.range(1), lambda array, row: 1, "a int")


def test_arrays_stay_mapped_behind_what_moves_rows_on_one_host(spark, elements):
    rows = zipmap.arrays(spark, str(elements[0]))
    limited = rows.where(F.length("entry") > 0).limit(3)
    for moved in (rows.repartition(2), rows.coalesce(1), rows.orderBy("archive"), limited):
        assert zipmap.map_arrays(moved, lambda array, row: len(array), "n int").collect() == [(300,)] * 3


def test_a_row_of_another_host_is_refused_by_name(spark, elements):
    foreign = zipmap.arrays(spark, str(elements[0])).limit(1).withColumn("host", F.lit("other.example"))
    message = failure(zipmap.map_arrays(foreign, lambda array, row: 1, "a int"))
    assert "[ZIPMAP_FILES_ELSEWHERE] Cannot map a file of another host: other.example:/" in message
    assert "Call map_arrays before what moves rows between tasks" in message


def test_a_removed_file_is_made_again_for_a_query_and_refused_for_a_cached_row(spark, tmp_path):
    written = write_elements(tmp_path / "all", 1)
    rows = zipmap.arrays(spark, str(tmp_path / "all"))
    counted = zipmap.map_arrays(rows, lambda array, row: float(array[-1, -1]), "last double")
    kept = rows.cache()
    path = kept.collect()[0]["path"]
    os.remove(path)
    message = failure(zipmap.map_arrays(kept, lambda array, row: 1, "a int"))
    assert "[ZIPMAP_SCRATCH_MISSING]" in message and path in message
    kept.unpersist()
    assert counted.collect() == [(float(written["a0.npz"][-1, -1]),)]
    os.chmod(path, 0o600)
    with open(path, "r+b") as file:
        file.truncate(100)
    assert counted.collect() == [(float(written["a0.npz"][-1, -1]),)]


def test_an_array_of_any_size_sends_less_than_two_kilobytes_to_python(spark, tmp_path):
    write_elements(tmp_path / ("f" * 100), MANY, rows=10)
    small = zipmap.map_arrays(
        zipmap.arrays(spark, tmp_path / ("f" * 100)), lambda array, row: array.mean(axis=0), "mean array<double>"
    )
    execution = small._jdf.queryExecution()
    assert len(small.collect()) == MANY
    plan = execution.executedPlan()
    assert "MapInArrow" in plan.nodeName()
    sent = plan.metrics().apply("pythonDataSent").value()
    assert 0 < sent / MANY <= 2048


@pytest.fixture(scope="module")
def connect(tmp_path_factory):
    """The address of a server of Spark Connect, in a process of its own and without the jar of zipmap."""
    if not os.path.isfile(jar()):
        pytest.skip(f"no jar was built: {jar()}")
    pytest.importorskip("grpc")
    folder = tmp_path_factory.mktemp("connect")
    home = Path(pyspark.__file__).parent
    settings = [word for name, value in quiet().items() for word in ("--conf", f"{name}={value}")]
    command = [home / "bin" / "spark-submit", "--master", "local[2]", *settings]
    command += ["--conf", "spark.connect.grpc.binding.port=0", "--conf", "spark.connect.grpc.binding.address=127.0.0.1"]
    command += ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "spark-internal"]
    log = folder / "log"
    environment = os.environ | {"SPARK_HOME": str(home), "PYSPARK_PYTHON": sys.executable}
    environment.pop("PYTHONPATH", None)
    with open(log, "wb") as output:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
    try:
        for _ in range(1800):
            started = re.search(r"Connect server started at: \S*:(\d+)", log.read_text())
            if started:
                yield f"sc://127.0.0.1:{started[1]}"
                return
            assert server.poll() is None, log.read_text()
            time.sleep(0.1)
        pytest.fail(log.read_text())
    finally:
        server.terminate()
        server.wait(30)


def test_connect_gives_the_answers_of_a_classic_session(spark, connect, elements, shards):
    words = [sys.executable, through_connect.__code__.co_filename, connect, str(elements[0]), str(shards[0])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    client = subprocess.run(words, stdout=subprocess.PIPE, env=environment, check=True)
    remote = json.loads(client.stdout)
    assert remote == answers(spark, str(elements[0]), str(shards[0]))
    extremes, by_label, means = remote
    assert extremes[0][0] == 900 and len(by_label) == 120 and len(means) == 6
