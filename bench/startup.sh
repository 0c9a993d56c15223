#!/usr/bin/env bash
# Measures whole commands by wall time, in turn with what else would do the work: an empty Spark application, a Python
# program with a pool of processes, and a conversion to Parquet that DuckDB queries.
# usage: bench/startup.sh [ROUNDS=5] [FOLDER] [ROWS=2000000]   ROWS of an archive: 2000000 make 32 MB
# All data and all scratch are in a folder under FOLDER that is removed at the end. A ratio above 1 says how many times
# as long zipmap takes. Peers: python3 with numpy; for the conversion with pyarrow and duckdb too.
set -euo pipefail

# shellcheck source=bench/shared.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/shared.sh"
rounds=${1:-5}
folder=${2:-$bench/../job/target/bench}
rows=${3:-2000000}
cores=2
query='SELECT count(*), avg(c0), stddev_pop(c1) FROM elements WHERE c2 > 0.5'
spark=$(cd -- "$bench/.." && pwd)/job/target/spark
jdk=${JAVA_HOME:+$JAVA_HOME/bin/}

fail() {
  printf 'bench/startup.sh: %s\n' "$1" >&2
  exit 1
}

# Both sides run the embedded Spark with its stock settings.
unset SPARK_HOME SPARK_CONF_DIR
! command -v spark-submit >/dev/null || fail "submit.sh would run the Spark on the PATH: $(command -v spark-submit)"
command -v "${jdk}javac" >/dev/null || fail "Cannot find javac: install a JDK or set JAVA_HOME"

mkdir -p "$folder"
work=$(mktemp -d "$(cd -- "$folder" && pwd)/startup.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir "$work/scratch" "$work/classes"
# The scratch of Spark, of zipmap and of Python.
export SPARK_LOCAL_DIRS=$work/scratch TMPDIR=$work/scratch

prepare() {
  "$bench/../submit.sh" --build &&
  submit "$cores" generate --output "$work/fifteen" --shape "$rows,4" &&
  submit "$cores" generate --output "$work/one" --shape "$rows,4" --count 1 &&
  submit "$cores" generate --output "$work/hundred" --shape 1000,4 --count 100 &&
  submit "$cores" generate --output "$work/npz" --shape "$rows,4" --container npz &&
  "${jdk}javac" -d "$work/classes" -cp "$spark/jars/*" "$bench/EmptyApplication.java" &&
  "${jdk}jar" --create --file "$work/empty.jar" -C "$work/classes" .
}

# What bin/spark-submit of a distribution does.
empty() {
  local -x SPARK_HOME=$spark SPARK_SCALA_VERSION=2.13
  local word words=()
  while IFS= read -r -d '' word; do
    words+=("${word#$'\n'}")
  done < <("${jdk}java" -cp "$spark/jars/*" org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit \
    --master "local[$cores]" --conf spark.ui.enabled=false --class EmptyApplication "$work/empty.jar")
  "${words[@]:1}"
}

run_one() { submit "$cores" run --input "$work/one" --dtype float32 --shape=-1,4; }
run_fifteen() { submit "$cores" run --input "$work/fifteen" --dtype float32 --shape=-1,4; }
python_program() { "$python" "$bench/peer.py" "$work/fifteen" 4 "$cores"; }
sql_count() { submit "$cores" sql --input "$work/one" --dtype float32 --shape=-1,4 'SELECT count(*) FROM elements'; }
sql_query() { submit "$cores" sql --input "$work/npz" "$query"; }
converter() { rm -rf "$work/parquet" && "$python" "$bench/converter.py" "$work/npz" "$work/parquet" "$cores" "$query"; }
inspect_one() { "$bench/../submit.sh" inspect --input "$work/one" --dtype float32 --shape=-1,4; }
inspect_hundred() { "$bench/../submit.sh" inspect --input "$work/hundred" --dtype float32 --shape=-1,4; }

# One line for each thing that is measured: a function of above and its title.
titles=(
  'empty empty Spark application'
  'run_one run, 1 archive'
  'run_fifteen run, 15 archives'
  'python_program Python program, 15 archives'
  'sql_count sql, count of 1 archive'
  'sql_query sql, aggregates of 15 archives'
  'converter Parquet and DuckDB, 15 archives'
  'inspect_one inspect, 1 archive'
  'inspect_hundred inspect, 100 archives'
)
things=(empty run_one run_fifteen sql_count sql_query inspect_one inspect_hundred)
missing=()
if has_modules numpy; then things+=(python_program); else missing+=('python_program python3 with numpy'); fi
if has_modules numpy pyarrow duckdb; then
  things+=(converter)
else
  missing+=('converter python3 with numpy, pyarrow and duckdb')
fi

# Prints the seconds of a function of above.
seconds() {
  local TIMEFORMAT=%R
  { time "$1" >"$work/out" 2>&1; } 2>&1
}

prepare >"$work/out" 2>&1 || { cat "$work/out" >&2; fail 'Cannot prepare the data'; }
for ((round = 1; round <= rounds; round++)); do
  count=${#things[@]}
  for ((i = 0; i < count; i++)); do
    # Each round starts with another thing, and every second goes backwards.
    thing=${things[$(((round % 2 ? i + round : count - i + round) % count))]}
    taken=$(seconds "$thing") || { cat "$work/out" >&2; fail "Failed: $thing"; }
    printf 'seconds %s %s\n' "$thing" "${taken/,/.}" | tee -a "$work/log" >&2
  done
done

{
  printf 'title %s\n' "${titles[@]}"
  ((${#missing[@]} == 0)) || printf 'missing %s\n' "${missing[@]}"
  cat "$work/log"
  printf 'ratio %s\n' 'run_one empty' 'run_fifteen empty' 'run_fifteen python_program' 'sql_query converter'
} | awk "$median"'
  function rest(    text) { text = $0; sub(/^[^ ]+ [^ ]+ /, "", text); return text }
  $1 == "title" { order[++n] = $2; title[$2] = rest() }
  $1 == "missing" { missing[$2] = rest() }
  $1 == "seconds" { taken[$2, ++rounds[$2]] = $3 }
  $1 == "ratio" { above[++ratios] = $2; below[ratios] = $3 }
  END {
    printf "%-50s %8s %8s %8s\n", "seconds", "median", "min", "max"
    for (i = 1; i <= n; i++) {
      name = order[i]
      if (name in missing) { printf "%-50s missing: %s\n", title[name], missing[name]; continue }
      for (j = 1; j <= rounds[name]; j++) values[j] = taken[name, j]
      middle = median(values, rounds[name])
      printf "%-50s %8.2f %8.2f %8.2f\n", title[name], middle, values[1], values[rounds[name]]
    }
    printf "\n%-50s %8s %8s %8s\n", "ratio, round by round", "median", "min", "max"
    for (i = 1; i <= ratios; i++) {
      if (below[i] in missing) continue
      for (j = 1; j <= rounds[above[i]]; j++) values[j] = taken[above[i], j] / taken[below[i], j]
      middle = median(values, rounds[above[i]])
      label = title[above[i]] " / " title[below[i]]
      printf "%-50s %8.2f %8.2f %8.2f\n", label, middle, values[1], values[rounds[above[i]]]
    }
  }'
