#!/usr/bin/env bash
# Measures the extract and map stages against the fixed Python program, in turn, on the same archives.
# usage: bench/compare.sh [ROUNDS=3] [FOLDER]   needs python3 with numpy
# A ratio above 1 says how many times as fast zipmap is. Session start, plan and publish are not counted on its side,
# nor is the interpreter's start on the other.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
rounds=${1:-3}
folder=${2:-$here/../job/target/bench}
workers=$(nproc)
log=$(mktemp)
trap 'rm -f "$log"' EXIT

"$here/../submit.sh" --conf spark.ui.enabled=false -- generate --output "$folder" >&2
for ((round = 1; round <= rounds; round++)); do
  printf 'peer %s\n' "$("${ZIPMAP_PYTHON:-python3}" "$here/peer.py" "$folder" 4 "$workers")" | tee -a "$log"
  "$here/../submit.sh" --conf spark.ui.enabled=false --master "local[$workers]" -- \
    run --input "$folder" --dtype float32 --shape=-1,4 2>/dev/null |
    sed -n 's/^seconds *\(.*\)/zipmap \1/p' | tee -a "$log"
done

awk '
  function median(values, n,    i, j, t) {
    for (i = 1; i <= n; i++)
      for (j = i + 1; j <= n; j++)
        if (values[j] < values[i]) { t = values[i]; values[i] = values[j]; values[j] = t }
    return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
  }
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
