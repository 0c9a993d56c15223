#!/usr/bin/env bash
# Runs zipmap on Spark: ./submit.sh [SPARK-SUBMIT OPTIONS --] COMMAND [OPTIONS]
# Uses $SPARK_HOME or a spark-submit on the PATH; else the embedded Spark that Maven gathers.
# --dry-run before everything else prints the command instead of running it; --build alone only builds what is missing.
set -euo pipefail

here=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
jar=$here/job/target/zipmap.jar
embedded=$here/job/target/spark
main=io.zipmap.cli.Main

fail() {
  printf 'submit.sh: %s\n' "$1" >&2
  exit 2
}

java_command() {
  local java=java
  [[ -n ${JAVA_HOME:-} ]] && java=$JAVA_HOME/bin/java
  command -v "$java" >/dev/null || fail "Cannot find Java: install a JDK 17 or set JAVA_HOME"
  printf '%s' "$java"
}

check_java() {
  local release
  release=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p')
  [[ $release =~ ^[0-9]+$ && $release -ge 17 ]] || fail "Cannot run on Java ${release:-unknown}: Spark 4 needs Java 17 or later"
  [[ $release -lt 25 ]] || fail "Cannot run on Java $release: the embedded Spark 4.1 ends at Java 24; set JAVA_HOME to a JDK 17 or 21"
}

stale() {
  [[ ! -f $jar || ! -d $embedded/jars ]] ||
    [[ -n $(find "$here/pom.xml" "$here/job/pom.xml" "$here/job/src/main" -newer "$jar" -print -quit) ]]
}

build() {
  command -v mvn >/dev/null || fail "Cannot build $jar: Maven is not on the PATH"
  printf 'submit.sh: building %s\n' "$jar" >&2
  mvn -B -q -f "$here/pom.xml" -Dquick -DskipTests package >&2 || {
    printf 'submit.sh: the build failed\n' >&2
    exit 1
  }
  touch "$jar"
}

dry_run=false
if [[ ${1:-} == --dry-run ]]; then
  dry_run=true
  shift
fi

build_only=false
if [[ $# -eq 1 && $1 == --build ]]; then
  build_only=true
  shift
fi

spark_options=()
case ${1:-} in
  -h | --help | -V | --version | '') ;;
  -*)
    while [[ $# -gt 0 && $1 != -- ]]; do
      spark_options+=("$1")
      shift
    done
    [[ $# -gt 0 ]] || fail "Options of spark-submit end with -- before the command"
    shift
    ;;
esac

java=$(java_command)
check_java
if stale; then build; fi
if $build_only; then exit; fi

run() {
  if $dry_run; then
    printf '%q ' "$@"
    printf '\n'
    exit 0
  fi
  exec "$@"
}

# Help and usage need no Spark, and should not wait for it.
if [[ $# -eq 0 ]]; then
  run "$java" -Xshare:auto -XX:TieredStopAtLevel=1 -jar "$jar"
fi
for word in "$@"; do
  case $word in
    -h | --help | -V | --version) run "$java" -Xshare:auto -XX:TieredStopAtLevel=1 -jar "$jar" "$@" ;;
  esac
done

# In the locale C, Java loses the letters of what is typed here and of the files that Spark writes.
case $(locale charmap 2>/dev/null) in
  ANSI_X3.4-1968 | US-ASCII | '') export LC_ALL=C.UTF-8 ;;
esac

export ZIPMAP_DEMO=${ZIPMAP_DEMO:-$here/job/target/demo}

if [[ -z ${SPARK_HOME:-} ]] && found=$(command -v spark-submit); then
  SPARK_HOME=$(cd -- "$(dirname -- "$(readlink -f -- "$found")")/.." && pwd)
fi
if [[ -n ${SPARK_HOME:-} ]]; then
  export SPARK_HOME
  [[ -x $SPARK_HOME/bin/spark-submit ]] || fail "Cannot find bin/spark-submit in SPARK_HOME: $SPARK_HOME"
  if [[ " ${spark_options[*]:-} " != *" --properties-file"* ]]; then
    spark_options=(--properties-file "$here/conf/spark-defaults.conf" --load-spark-defaults ${spark_options[@]+"${spark_options[@]}"})
  fi
  run "$SPARK_HOME/bin/spark-submit" --class "$main" ${spark_options[@]+"${spark_options[@]}"} "$jar" "$@"
fi

# First on the class path of the JVM, or each class of zipmap is looked for in all jars of Spark before it is found.
case "${spark_options[*]:-}" in
  *--driver-class-path* | *extraClassPath*) ;;
  *) spark_options=(--driver-class-path "$jar" ${spark_options[@]+"${spark_options[@]}"}) ;;
esac

# What bin/spark-class does: the launcher prints a marker (NUL, newline), then the command, each word ended by NUL.
export SPARK_HOME=$embedded SPARK_SCALA_VERSION=2.13 SPARK_CONF_DIR=${SPARK_CONF_DIR:-$here/conf}
words=()
while IFS= read -r -d '' word; do
  words+=("${word#$'\n'}")
done < <("$java" -cp "$embedded/jars/*" org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit \
  --class "$main" ${spark_options[@]+"${spark_options[@]}"} "$jar" "$@")
[[ ${#words[@]} -gt 1 ]] || fail "Cannot start Spark with the options: ${spark_options[*]:-}"
run "${words[@]:1}"
