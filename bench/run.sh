#!/usr/bin/env bash
# Measures zipmap and its peers in turn, on the same data: run.py says how, cases.py what.
# usage: bench/run.sh [--quick] [--rounds N] [--cores N] [--data FOLDER] [--json FILE] [--write DOCUMENT] [GROUP…]
# Needs Python 3.10. Peers need their modules in it: pip install numpy pyarrow pandas duckdb chdb pyspark
# ZIPMAP_PYTHON names another Python than python3.
set -euo pipefail

bench=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)

fail() {
  printf 'bench/run.sh: %s\n' "$1" >&2
  exit 2
}

python=$(command -v "${ZIPMAP_PYTHON:-python3}") || fail "Cannot find Python: ${ZIPMAP_PYTHON:-python3}"
# All sides run the embedded Spark.
unset SPARK_HOME SPARK_CONF_DIR
! command -v spark-submit >/dev/null || fail "submit.sh would run the Spark on the PATH: $(command -v spark-submit)"

if [[ ${ZIPMAP_CLASS_DATA:-} == off ]]; then
  "$bench/../submit.sh" --version >/dev/null
else
  "$bench/../submit.sh" --build
fi
jar=$bench/target/bench.jar
sources=("$bench/pom.xml" "$bench/src" "$bench/../job/target/zipmap.jar")
if [[ ! -f $jar || -n $(find "${sources[@]}" -newer "$jar" -print -quit) ]]; then
  printf 'bench/run.sh: building %s\n' "$jar" >&2
  mvn -B -q -Dstyle.color=never -f "$bench/pom.xml" -Dquick package >&2
fi
exec "$python" "$bench/run.py" "$@"
