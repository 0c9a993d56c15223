"""Checks that PySpark shows wrong calls in one sentence, as an exception that can be caught by its class and condition.

Usage: pyspark_errors.py FOLDER, where FOLDER has archives of raw float32 with four columns.
"""

import os
import shutil
import sys

from pyspark.errors import AnalysisException, QueryExecutionException
from pyspark.sql import SparkSession

archives = sys.argv[1]
damaged = os.path.join(archives, "damaged")
os.makedirs(damaged)
name = sorted(one for one in os.listdir(archives) if one.endswith(".zip"))[0]
with open(os.path.join(archives, name), "rb") as file:
    content = bytearray(file.read())
content[len(content) // 2] ^= 0x55
with open(os.path.join(damaged, name), "wb") as file:
    file.write(content)

spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.jars", "job/target/zipmap.jar")
    .config("spark.ui.enabled", "false")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("OFF")


def read(folder, **options):
    return spark.read.format("zipmap").options(dtype="float32", shape="-1,4", **options).load(folder)


calls = [
    (AnalysisException, {"ZIPMAP_INPUT_MISSING"}, lambda: read("/nowhere.npz")),
    (AnalysisException, {"ZIPMAP_OPTION_INVALID"}, lambda: read(archives, sliceBytes="much")),
    (AnalysisException, {"ZIPMAP_LAYOUT_REQUIRED"}, lambda: spark.read.format("zipmap").load(archives)),
    (AnalysisException, {"ZIPMAP_WRITE_UNSUPPORTED"}, lambda: read(archives).write.format("zipmap").save("/nowhere")),
    # Which check finds the changed byte depends on the decoder.
    (
        QueryExecutionException,
        {"ZIPMAP_CRC_MISMATCH", "ZIPMAP_DATA_CORRUPT", "ZIPMAP_SIZE_MISMATCH"},
        lambda: read(damaged).collect(),
    ),
]
for kind, conditions, call in calls:
    try:
        call()
    except kind as e:
        lines = str(e).splitlines()
        assert e.getCondition() in conditions, e.getCondition()
        assert len(lines) == 1 and "--" not in lines[0], str(e)
    else:
        raise AssertionError("no error: %s" % (conditions,))
print("%d wrong calls are named in PySpark %s" % (len(calls), spark.version))
spark.stop()
shutil.rmtree(damaged)
