"""Arrays in the tasks of PySpark, classic or through Spark Connect: each is mapped by the task that extracts it."""
from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Union

from zipmap._error import ZipmapError

if TYPE_CHECKING:
    import numpy
    import pyarrow
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType

Paths = Union[str, "os.PathLike[str]", Iterable[Union[str, "os.PathLike[str]"]]]

# Columns of the live table that neither open() nor the choice of arrays needs.
_LEFT_OUT = ("rows", "columns", "method", "crc32")

# What Java calls the node of a task. Spark evaluates it in the task that runs the function, after any shuffle, because
# java_method is nondeterministic for its optimizer.
_TASK_HOST = "zipmap_task_host"
_TASK_HOST_CLASS = "io.zipmap.plan.StoreAccess"
_TASK_HOST_METHOD = "host"

_ROWS_IN_BATCH = 256


def arrays(spark: SparkSession, paths: Paths, **options: Any) -> DataFrame:
    """The arrays of archives, one row each, with the columns that :func:`zipmap.open` needs.

    Nothing is extracted before a task asks for a row. The task then extracts the array on its node, or finds it there,
    and the file stays as long as the task's executor. Filters on ``archive``, ``entry``, ``dtype``, ``shape`` and on
    partition columns come before the extraction.

    Args:
        spark: a classic session or one of Spark Connect.
        paths: files, folders or globs, as ``load`` of Spark takes them: one or several.
        options: options of the data source: ``entries="*.npy"``, ``dtype="float32"``, ``keepScratch=True``.

    Returns:
        the table ``arrays`` of the data source, without its columns on the archive's encoding, and with the columns of
        partition folders.
    """
    one = isinstance(paths, (str, os.PathLike))
    files = os.fspath(paths) if one else [os.fspath(path) for path in paths]  # type: ignore[union-attr,arg-type]
    return spark.read.format("zipmap").options(**options).option("table", "arrays").load(files).drop(*_LEFT_OUT)


def map_arrays(
    df: DataFrame, function: Callable[[numpy.ndarray, dict[str, Any]], Any], schema: Union[str, StructType]
) -> DataFrame:
    """Calls ``function(array, row)`` for each row of the table ``arrays``, in the task that made its file ready.

    ::

        means = zipmap.map_arrays(
            zipmap.arrays(spark, "/data/*.npz"),
            lambda array, row: (row["archive"], array.mean(axis=0)),
            "archive string, mean array<double>")

    The array never crosses to Python, only its row of a few hundred bytes. ``df`` may have been filtered, and may have
    more columns, which the function finds in the row. A file stays as long as the executor; a task that Spark repeats
    on another executor makes the file ready there.

    Args:
        df: rows of :func:`arrays`, or of the data source's table ``arrays`` with all its columns.
        function: takes a read-only array and the row as a dict, and returns the values of one row of the result: a
            tuple by position, also a named one or a Row, a dict, or one value if the result has one column. numpy's
            arrays and numbers are taken as values. What a generator yields are several such rows.
        schema: of the result, as Spark's ``mapInArrow`` takes it.

    Returns:
        a lazy DataFrame, whose rows are in the order of ``df``.

    Raises:
        ValueError: if ``df`` has no such rows, or a row of the result does not have the values of ``schema``.
        ZipmapError: in the task, which Spark's error quotes: ``ZIPMAP_FILES_ELSEWHERE``, if a shuffle or a cache
            brought the row to another host than the file's; other conditions as :func:`zipmap.open`.
    """
    from pyspark.sql import functions as F

    if not {"host", "path"} <= set(df.columns):
        raise ValueError(f"Cannot map the arrays of a DataFrame that is not of the table arrays: {df.columns}")
    host = F.java_method(F.lit(_TASK_HOST_CLASS), F.lit(_TASK_HOST_METHOD))
    # The Arrow types of a result, by the one public call that tells them. With the limit it starts no task.
    types = df.sparkSession.createDataFrame([], schema).limit(0).toArrow().schema
    return df.withColumn(_TASK_HOST, host).mapInArrow(_ArrayMapper(function, types), schema)


class _ArrayMapper:
    """What a task of :func:`map_arrays` does with its rows. Pickled to the Python workers."""

    def __init__(self, function: Callable[[numpy.ndarray, dict[str, Any]], Any], types: pyarrow.Schema) -> None:
        self._function = function
        self._types = types

    def __call__(self, batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        made: list[dict[str, Any]] = []
        for batch in batches:
            for row in batch.to_pylist():
                for values in self._rows(row):
                    made.append(values)
                    if len(made) == _ROWS_IN_BATCH:
                        yield self._batch(made)
                        made = []
        if made:
            yield self._batch(made)

    def _rows(self, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
        from zipmap import open as open_array

        _require_same_host(row, row.pop(_TASK_HOST))
        result = self._function(open_array(row), row)
        for values in result if isinstance(result, Iterator) else (result,):
            yield self._named(values)

    def _named(self, values: Any) -> dict[str, Any]:
        names = self._types.names
        if isinstance(values, Mapping):
            if set(values) != set(names):
                raise ValueError(f"Cannot make a row of {names} from the values of {list(values)}")
            return {name: _plain(values[name]) for name in names}
        if not isinstance(values, tuple):
            values = (values,)
        if len(values) != len(names):
            raise ValueError(f"Cannot make a row of {names} from {len(values)} values")
        return {name: _plain(value) for name, value in zip(names, values)}

    def _batch(self, rows: list[dict[str, Any]]) -> pyarrow.RecordBatch:
        import pyarrow

        return pyarrow.RecordBatch.from_pylist(rows, schema=self._types)


def _plain(value: Any) -> Any:
    """The value with lists and numbers of Python in place of numpy's, as pyarrow takes them at any depth."""
    import numpy

    if isinstance(value, numpy.ndarray) and value.ndim == 1 and value.dtype.kind in "biuf" and value.dtype.isnative:
        return value
    if isinstance(value, (numpy.ndarray, numpy.generic)):
        return value.tolist()
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(map(_plain, value)) if type(value) in (list, tuple) else tuple(map(_plain, value))
    return value


def _require_same_host(row: Mapping[str, Any], here: str) -> None:
    if row["host"] != here:
        raise ZipmapError(
            "ZIPMAP_FILES_ELSEWHERE",
            f"Cannot map a file of another host: {row['host']}:{row['path']}",
            archive=row.get("archive"),
            entry=row.get("entry"),
            expected=f"a task on {row['host']}",
            actual=f"a task on {here}",
            advice="Call map_arrays before what moves rows between tasks: repartition, orderBy, join, distinct, cache, "
            "a limit behind a filter. Move the rows of its result instead.",
        )
