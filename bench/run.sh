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
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
  fail "Cannot use $("$python" --version 2>&1): the benchmark needs Python 3.10; set ZIPMAP_PYTHON"
exec "$python" "$bench/run.py" "$@"
