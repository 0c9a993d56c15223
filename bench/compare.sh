#!/usr/bin/env bash
# Measures the extract and map stages against the fixed Python program, in turn, on the same archives.
# usage: bench/compare.sh [ROUNDS=3] [FOLDER]   needs python3 with numpy
# A ratio above 1 says how many times as fast zipmap is. Session start, plan and publish are not counted on its side,
# nor is the interpreter's start on the other.
set -euo pipefail

# shellcheck source=bench/shared.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/shared.sh"
rounds=${1:-3}
folder=${2:-$bench/../job/target/bench}
workers=$(nproc)
log=$(mktemp)
trap 'rm -f "$log"' EXIT

submit "$workers" generate --output "$folder" >&2
for ((round = 1; round <= rounds; round++)); do
  printf 'peer %s\n' "$("$python" "$bench/peer.py" "$folder" 4 "$workers")" | tee -a "$log"
  submit "$workers" run --input "$folder" --dtype float32 --shape=-1,4 2>&1 |
    sed -n 's/^seconds *\(.*\)/zipmap \1/p' | tee -a "$log"
done

awk "$median"'
  {
    gsub(",", "")
    for (i = 2; i < NF; i++) {
      if ($1 == "peer" && $i == "extract") pe[++npe] = $(i + 1)
      if ($1 == "peer" && $i == "map") pm[++npm] = $(i + 1)
      if ($1 == "zipmap" && $i == "extract") ze[++nze] = $(i + 1)
      if ($1 == "zipmap" && $i == "map") zm[++nzm] = $(i + 1)
    }
  }
  END {
    for (i = 1; i <= npe; i++) { re[i] = pe[i] / ze[i]; rm[i] = pm[i] / zm[i] }
    printf "ratio, median of %d rounds: extract %.2f, map %.2f\n", npe, median(re, npe), median(rm, npm)
  }' "$log"
