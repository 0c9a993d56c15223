# shellcheck shell=bash
# What the scripts of this folder share. It is sourced, not run.
bench=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
python=${ZIPMAP_PYTHON:-python3}

# A function of awk: the median of values[1] to values[n], which it sorts.
# shellcheck disable=SC2034
median='
  function median(values, n,    i, j, t) {
    for (i = 1; i <= n; i++)
      for (j = i + 1; j <= n; j++)
        if (values[j] < values[i]) { t = values[i]; values[i] = values[j]; values[j] = t }
    return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
  }'

# Runs zipmap on a number of cores: submit CORES COMMAND…
submit() {
  "$bench/../submit.sh" --conf spark.ui.enabled=false --master "local[$1]" -- "${@:2}"
}

# True if Python finds the modules that are named.
has_modules() {
  local IFS=,
  "$python" -c "import $*" 2>/dev/null
}
