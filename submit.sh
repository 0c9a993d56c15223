#!/usr/bin/env bash
# Runs zipmap on Spark: ./submit.sh [SPARK-SUBMIT OPTIONS --] COMMAND [OPTIONS]
# Uses $SPARK_HOME or a spark-submit on the PATH; else the embedded Spark that Maven gathers.
# --dry-run before everything else prints the command instead of running it.
# --build alone builds what is missing: the jar, the embedded Spark, and the class-data file that makes it start fast.
# ZIPMAP_CLASS_DATA=off runs without the class-data file and makes none.
# ZIPMAP_VECTOR_API=on lets a local driver compute statistics with Java's Vector API; Java prints a warning line then.
set -euo pipefail

here=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
jar=$here/job/target/zipmap.jar
embedded=$here/job/target/spark
main=io.zipmap.cli.Main
# Set where this script calls itself for the naive half of demo --naive: the file for what that measures.
[[ -z ${ZIPMAP_NAIVE:-} ]] || main=io.zipmap.cli.NaiveMain

fail() {
  printf 'submit.sh: %s\n' "$1" >&2
  exit 2
}

# ---- What is built ----

stale() {
  [[ ! -f $jar || ! -d $embedded/jars ]] ||
    [[ -n $(find "$here/pom.xml" "$here/job/pom.xml" "$here/job/src/main" -newer "$jar" -print -quit) ]]
}

build() {
  command -v mvn >/dev/null || fail "Cannot build $jar: Maven is not on the PATH"
  printf 'submit.sh: building %s\n' "$jar" >&2
  mvn -B -q -Dstyle.color=never -f "$here/pom.xml" -Dquick -DskipTests package >&2 || {
    printf 'submit.sh: the build failed\n' >&2
    exit 1
  }
  touch "$jar"
}

# ---- Java and Spark ----

# Sets java, java_version (17 for example) and java_release, the file in which a JDK describes itself.
find_java() {
  java=java
  [[ -n ${JAVA_HOME:-} ]] && java=$JAVA_HOME/bin/java
  java=$(command -v "$java") || fail "Cannot find Java: install a JDK 17 or set JAVA_HOME"
  java_release=$(dirname -- "$(dirname -- "$(readlink -f -- "$java")")")/release
  java_version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$java_release" 2>/dev/null) || true
  # A JDK without that file is asked, which takes longer.
  [[ -n $java_version ]] || java_version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p')
  [[ $java_version =~ ^[0-9]+$ && $java_version -ge 17 ]] ||
    fail "Cannot run on Java ${java_version:-unknown}: Spark 4 needs Java 17 or later; set JAVA_HOME"
}

# The version in the name of a jar of Spark's, such as 4.2.0; nothing if there is no such jar.
jar_version() {
  local file
  for file in "$1"/jars/"$2"-[0-9]*.jar; do
    [[ -f $file ]] || continue
    file=${file##*"$2"-}
    printf '%s' "${file%.jar}"
    return
  done
}

# Refuses a Spark that cannot run zipmap, or that cannot run on this Java.
check_spark() {
  local spark hadoop
  spark=$(jar_version "$1" spark-core_2.13)
  hadoop=$(jar_version "$1" hadoop-client-api)
  if [[ -z $spark ]]; then
    spark=$(jar_version "$1" spark-core_2.12)
    [[ -z $spark ]] || fail "Cannot use Spark $spark for Scala 2.12: zipmap needs Spark 4 for Scala 2.13: $1"
  elif [[ $spark != [4-9].* ]]; then
    fail "Cannot use Spark $spark: zipmap needs Spark 4: $1"
  fi
  # Hadoop 3.5 is the first without javax.security.auth.Subject.getSubject, which Java 23 took out of use.
  if [[ $java_version -ge 23 && $hadoop == 3.[0-4].* ]]; then
    fail "Cannot run Spark $spark on Java $java_version: its Hadoop $hadoop needs Java 22 or earlier; set JAVA_HOME to a JDK 17 or use Spark 4.2 or later"
  fi
}

# Sets SPARK_HOME to the home of the spark-submit on the PATH, as that script itself finds it: the folder above bin/, or
# the package that pip or conda installed. A wrapper script that knows its home by itself keeps SPARK_HOME unset.
find_spark_home() {
  local program folder
  program=$(readlink -f -- "$1")
  folder=$(dirname -- "$program")
  if [[ -f $folder/find_spark_home.py ]]; then
    SPARK_HOME=$(PATH=$folder:$PATH bash -c '. "$(dirname -- "$0")/find-spark-home" && printf %s "$SPARK_HOME"' "$program") ||
      fail "Cannot find the home of $1: set SPARK_HOME"
  elif [[ -d $folder/../jars ]]; then
    SPARK_HOME=$(cd -- "$folder/.." && pwd)
  fi
}

# ---- Configuration ----

# Adds our defaults below the user's own, unless the user named a file of properties.
add_defaults() {
  [[ " ${spark_options[*]:-} " == *" --properties-file"* ]] ||
    spark_options=(--properties-file "$here/conf/spark-defaults.conf" --load-spark-defaults ${spark_options[@]+"${spark_options[@]}"})
}

# Adds our log configuration unless the user has one. $1: the folder of Spark's configuration
add_log_configuration() {
  local own=("$1"/log4j2.*)
  [[ ! -f ${own[0]} && "${spark_options[*]:-} ${SPARK_SUBMIT_OPTS:-}" != *log4j* ]] || return 0
  export SPARK_SUBMIT_OPTS="${SPARK_SUBMIT_OPTS:-} \"-Dlog4j2.configurationFile=$here/conf/log4j2.properties\""
}

# ---- The class-data file: classes in the form that the JVM maps, instead of reading and checking each ----

# How the JVM takes a class-data file. It checks the file. It maps the file at the address for which it was made: at
# another address it changes all pages, which takes 0.2 s and makes 80 MB of the file anonymous memory.
class_data_flags=(-XX:+VerifySharedSpaces -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0)

# Sets class_data to the file for the class path $1, without its size and suffix. The name tells what the file was made
# from: another jar, Spark, JDK or set of flags has a file of its own.
name_class_data() {
  local key
  class_data_use=-XX:SharedArchiveFile= class_data_make=-XX:ArchiveClassesAtExit= class_data_log=cds
  if [[ $java_version -ge 25 ]]; then
    class_data_use=-XX:AOTCache= class_data_make=-XX:AOTCacheOutput= class_data_log=aot
  fi
  key=$({
    printf '%s\n' "$java" "$1" "${JDK_JAVA_OPTIONS:-} ${JAVA_TOOL_OPTIONS:-}"
    cat -- "$java_release" "$here/conf/spark-defaults.conf" "${BASH_SOURCE[0]}" 2>/dev/null
    ls -lnL --time-style=full-iso "$jar" "$embedded"/jars/*.jar 2>/dev/null || ls -lnL "$jar" "$embedded"/jars/*.jar
  } | cksum)
  class_data=$here/job/target/class-data/java$java_version-${key// /-}
}

size() {
  wc -c <"$1" | tr -d ' '
}

# Prints the class-data file if there is one of the size that its name tells, with its jar. The JVM crashes on a shorter
# one.
find_class_data() {
  local file
  for file in "$class_data"-*.classes; do
    if [[ -f $file && -f $class_data.jar && $file == "$class_data-$(size "$file").classes" ]]; then printf '%s' "$file"; fi
  done
}

# Whether the class path $1 has jars alone. The JVM uses no class-data file if it has a folder.
only_jars() {
  local entry rest=$1:
  while [[ -n $rest ]]; do
    entry=${rest%%:*}
    rest=${rest#*:}
    [[ ! -d $entry ]] || return 1
  done
}

# Changes words, and path, to take zipmap's classes from a jar that has the name of the class-data file. The file fits
# only a class path of the same names. An executor elsewhere, where another zipmap.jar may be, has no jar of this name.
use_named_jar() {
  local i
  [[ $path == "$jar":* ]] || return 0
  for i in "${!words[@]}"; do
    [[ ${words[i]} != "$path" ]] || words[i]=$class_data.jar${path#"$jar"}
  done
  path=$class_data.jar${path#"$jar"}
}

# Makes the class-data file for the class path $1 by a small job. Leaves the file or nothing, and prints nothing.
make_class_data() {
  local folder=${class_data%/*} maker=${class_data%/*}/maker process part work
  # The process of this subshell. BASHPID tells it too, but not the bash of macOS.
  process=$(exec sh -c 'echo $PPID')
  part=$class_data.part-$process
  { mkdir -p -- "$folder" && [[ -w $folder && ! -e $class_data.failed ]]; } 2>/dev/null || return 1
  [[ $(df -Pk -- "$folder" | awk 'NR == 2 { print $4 }') -gt 1000000 ]] || return 1
  # One maker: the file holds its process. That of a dead process counts for nothing, and so does an old file: after a
  # restart of the machine, another process has the number.
  if ! (set -o noclobber && printf '%s' "$process" >"$maker") 2>/dev/null; then
    [[ -n $(find "$maker" -mmin +10) ]] || ! kill -0 "$(cat -- "$maker")" 2>/dev/null || return 1
    printf '%s' "$process" >"$maker"
  fi
  if [[ -n $(find_class_data) ]]; then
    rm -f -- "$maker"
    return
  fi
  work=$(mktemp -d)
  launch_words --master 'local[2]' --conf spark.ui.enabled=false --conf "spark.local.dir=$work" \
    --properties-file "$here/conf/spark-defaults.conf" --class io.zipmap.cli.ClassDataTraining "$jar"
  if [[ $path == "$1" ]] && cp -p -- "$jar" "$class_data.jar" 2>/dev/null && use_named_jar &&
    nice -n 19 "${words[0]}" "$class_data_make$part" "${words[@]:1}" "$work" </dev/null >/dev/null 2>&1 && [[ -s $part ]]; then
    find "$folder" -name "java$java_version-*" ! -name "${part##*/}" ! -name "${class_data##*/}.jar" -delete
    mv -f -- "$part" "$class_data-$(size "$part").classes"
  else
    : >"$class_data.failed"
  fi
  rm -rf -- "$work" "$part" "$maker"
  [[ -n $(find_class_data) ]]
}

# ---- The command ----

run() {
  if $dry_run; then
    printf '%q ' "$@"
    printf '\n'
    exit 0
  fi
  exec "$@"
}

# Whether a file of properties that these options of spark-submit name or imply sets the property $1, a pattern of grep.
files_set() {
  local property=$1 word named=false files=("${SPARK_CONF_DIR:-$embedded/conf}/spark-defaults.conf")
  for word in "${@:2}"; do
    if $named; then files+=("$word"); fi
    named=false
    case $word in
      --properties-file) named=true ;;
      --properties-file=*) files+=("${word#*=}") ;;
    esac
  done
  grep -qe "^[[:space:]]*$property" -- "${files[@]}" 2>/dev/null
}

# Sets words to the command that the embedded Spark's launcher makes of these options of spark-submit, and path to its
# class path. This does what bin/spark-class does: the launcher prints a marker (NUL, newline), then each word and NUL.
launch_words() {
  local word flag=false first=() collector=(-XX:+UseSerialGC)
  words=() path=
  ! may_choose_collector || collector=()
  # First on the class path, or each class of zipmap is looked for in all jars of Spark before it is found. It is one
  # setting with the class path that the user may have set in a file: that stays.
  files_set 'spark[.]driver[.]extraClassPath' "$@" || first=(--driver-class-path "$jar")
  while IFS= read -r -d '' word; do
    word=${word#$'\n'}
    if $flag; then path=$word; fi
    flag=false
    case $word in
      -cp) flag=true ;;
      # For a kernel of statistics that a session earns only by much work, and for Java before 24. The JVM prints a
      # warning for each.
      --add-modules=jdk.incubator.vector) [[ ${ZIPMAP_VECTOR_API:-} == on ]] || continue ;;
      --add-opens=java.base/sun.security.action=*) [[ $java_version -lt 24 ]] || continue ;;
    esac
    words+=("$word")
  done < <("$java" -Xshare:auto -XX:TieredStopAtLevel=1 ${collector[@]+"${collector[@]}"} -Xms8m -Xmx64m \
    -cp "$(printf '%s\n' "$embedded"/jars/spark-launcher_*.jar)" \
    org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit ${first[@]+"${first[@]}"} "$@")
  [[ ${#words[@]} -gt 1 ]] || fail "Cannot start Spark with the options: ${spark_options[*]:-}"
  words=("${words[@]:1}")
}

# Whether these options, or those that the environment adds, may choose a collector: by name, or in a file of options.
# The JVM does not start with two.
may_choose_collector() {
  case " $* ${JDK_JAVA_OPTIONS:-} ${JAVA_TOOL_OPTIONS:-} ${_JAVA_OPTIONS:-}" in
    *-XX:?Use*GC* | *-XX:Flags=* | *-XX:VMOptionsFile=* | *[[:space:]]@*) ;;
    *) return 1 ;;
  esac
}

# Gives the driver of the command $1 the serial collector if its heap is at most 1 GiB, unless the user chose a
# collector. It needs 80 MB less of anonymous memory than G1. A query that allocates much, such as a percentile, takes
# 1.7 times as long with it: so sql has G1. The young generation is fixed: it would grow with the old one, and what the
# JVM touched once stays anonymous memory. Large survivor spaces keep short-lived objects out of the old generation. A
# user who sets a size of the young generation, also in the environment, sets all of them: two settings can conflict, and
# those of the environment go before our words.
choose_collector() {
  local word mib=0 young=(-Xmn20m -XX:SurvivorRatio=2)
  [[ $1 != sql ]] || return 0
  ! may_choose_collector "${words[@]}" || return 0
  # _JAVA_OPTIONS go before all words. The last size holds; one in another unit is not looked at.
  for word in "${words[@]}" ${_JAVA_OPTIONS:-}; do
    [[ $word == -Xmx* || $word == -XX:MaxHeapSize=* ]] || continue
    mib=0
    if [[ $word =~ [x=]0*([0-9]{1,9})([gGmM])$ ]]; then
      mib=${BASH_REMATCH[1]}
      [[ ${BASH_REMATCH[2]} == [mM] ]] || mib=$((mib * 1024))
    fi
  done
  [[ $mib -ne 0 && $mib -le 1024 ]] || return 0
  case " ${words[*]} ${JDK_JAVA_OPTIONS:-} ${JAVA_TOOL_OPTIONS:-} ${_JAVA_OPTIONS:-}" in
    *[[:space:]]-Xmn* | *-XX:NewSize=* | *-XX:MaxNewSize=* | *-XX:NewRatio=* | *-XX:*SurvivorRatio=*) young=() ;;
  esac
  words=("${words[0]}" -XX:+UseSerialGC ${young[@]+"${young[@]}"} "${words[@]:1}")
}

# Adds to words what lets the executors of a standalone cluster use the class-data file $1, unless the user has set their
# class path or options. An executor that has no such file starts as without one.
share_with_executors() {
  local i options
  [[ " ${words[*]} " == *spark://* && $path == "$class_data.jar":* ]] &&
    [[ "${spark_options[*]}" != *spark.executor.extraClassPath* && "${spark_options[*]}" != *spark.executor.*JavaOptions* ]] &&
    ! files_set 'spark[.]executor[.]extraClassPath' "${spark_options[@]}" || return 0
  options=$(sed -n 's/^spark\.executor\.defaultJavaOptions *//p' "$here/conf/spark-defaults.conf")
  for i in "${!words[@]}"; do
    if [[ ${words[i]} == org.apache.spark.deploy.SparkSubmit ]]; then
      # Options that follow go before these.
      words=("${words[@]:0:i+1}" --conf "spark.executor.extraClassPath=$class_data.jar"
        --conf "spark.executor.defaultJavaOptions=$options \"$class_data_use$1\" ${class_data_flags[*]}" "${words[@]:i+1}")
      return
    fi
  done
}

# Whether zipmap can be started without SparkSubmit, which takes a quarter of a second: Spark is local, and neither these
# options of spark-submit nor our defaults set what SparkSubmit alone acts on. Sets properties to what the options set.
can_start_directly() {
  local option setting
  local alone='^spark[.]((jars|files|archives|submit|kerberos|remote|api|local[.]connect|pyspark)|(driver|executor)[.](extraClassPath|extraLibraryPath|userClassPathFirst))'
  properties=()
  [[ -z ${SPARK_CONF_DIR:-}${MASTER:-} && ! -d $embedded/conf ]] || return 1
  ! grep -Eq "${alone/^/^[[:space:]]*}|^[[:space:]]*spark[.]master" "$here/conf/spark-defaults.conf" || return 1
  while [[ $# -gt 0 ]]; do
    case $1 in
      --master=* | --name=* | --driver-memory=* | --conf=*)
        option=${1%%=*} setting=${1#*=}
        shift
        ;;
      --master | --name | --driver-memory | --conf | -c)
        [[ $# -gt 1 ]] || return 1
        option=$1 setting=$2
        shift 2
        ;;
      *) return 1 ;;
    esac
    case $option in
      --master) setting=spark.master=$setting ;;
      --name) setting=spark.app.name=$setting ;;
      --driver-memory) setting=spark.driver.memory=$setting ;;
    esac
    [[ $setting == spark.?*=* && ! $setting =~ $alone ]] || return 1
    [[ $setting != spark.master=* || $setting == spark.master=local || $setting == 'spark.master=local['* ]] || return 1
    properties+=("-D$setting")
  done
}

# Changes words to a start of zipmap itself in place of SparkSubmit. What SparkSubmit would read from our defaults and
# its options comes as system properties.
start_directly() {
  local word kept=() key value
  for word in "${words[@]}"; do
    [[ $word != org.apache.spark.deploy.SparkSubmit ]] || break
    kept+=("$word")
  done
  # As Java reads it: blanks, = or : end a key.
  while IFS=$' \t=:' read -r key value || [[ -n $key ]]; do
    [[ $key != spark.* ]] || kept+=("-D$key=$value")
  done <"$here/conf/spark-defaults.conf"
  words=("${kept[@]}" ${properties[@]+"${properties[@]}"} "$main")
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

find_java
if stale; then build; fi

# Help and usage need no Spark, and should not wait for it.
if [[ $# -eq 0 ]] && ! $build_only; then
  run "$java" -Xshare:auto -XX:TieredStopAtLevel=1 -jar "$jar"
fi
for word in "$@"; do
  case $word in
    -h | --help | -V | --version) run "$java" -Xshare:auto -XX:TieredStopAtLevel=1 -jar "$jar" "$@" ;;
  esac
done

# demo --naive needs a process before its own: the naive driver, with a heap of its own. What a user gives Spark goes
# before what is given here. An OutOfMemoryError ends the JVM with status 3; Spark ends it with 52, the kernel with 137.
if [[ $main == *.Main && ${1:-} == demo && " $* " =~ ' --naive'(=true)?' ' ]]; then
  status=0
  naive_words=()
  if $dry_run; then naive_words=(--dry-run); fi
  $dry_run || ZIPMAP_NAIVE=$(mktemp)
  export ZIPMAP_NAIVE=${ZIPMAP_NAIVE:-record}
  "${BASH_SOURCE[0]}" ${naive_words[@]+"${naive_words[@]}"} --driver-memory 2g \
    --conf spark.serializer=org.apache.spark.serializer.JavaSerializer \
    --conf spark.driver.extraJavaOptions=-XX:+ExitOnOutOfMemoryError \
    ${spark_options[@]+"${spark_options[@]}"} -- "$@" >&2 || status=$?
  case $status in
    0) ;;
    3 | 52 | 137) printf 'submit.sh: the naive driver died of memory: exit status %s\n' "$status" >&2 ;;
    *)
      $dry_run || rm -f -- "$ZIPMAP_NAIVE"
      exit "$status"
      ;;
  esac
fi

# In the locale C, Java loses the letters of what is typed here and of the files that Spark writes.
case $(locale charmap 2>/dev/null) in
  ANSI_X3.4-1968 | US-ASCII | '') export LC_ALL=C.UTF-8 ;;
esac

# The columns of the terminal, for the line that shows progress: bash sets them after a command that it has started.
if [[ -t 2 ]]; then
  shopt -s checkwinsize
  (: ; :)
  export COLUMNS
fi

export ZIPMAP_DEMO=${ZIPMAP_DEMO:-$here/job/target/demo}
direct=false
if can_start_directly ${spark_options[@]+"${spark_options[@]}"}; then direct=true; fi
add_defaults

submit=
if ! $build_only; then
  if [[ -n ${SPARK_HOME:-} && $SPARK_HOME != "$embedded" ]]; then
    submit=$SPARK_HOME/bin/spark-submit
    [[ -x $submit ]] || fail "Cannot find bin/spark-submit in SPARK_HOME: $SPARK_HOME"
  elif [[ -z ${SPARK_HOME:-} ]] && submit=$(command -v spark-submit); then
    find_spark_home "$submit"
  fi
fi
if [[ -n $submit ]]; then
  if [[ -n ${SPARK_HOME:-} ]]; then
    export SPARK_HOME
    submit=$SPARK_HOME/bin/spark-submit
    check_spark "$SPARK_HOME"
    add_log_configuration "${SPARK_CONF_DIR:-$SPARK_HOME/conf}"
  fi
  run "$submit" --class "$main" "${spark_options[@]}" "$jar" "$@"
fi

check_spark "$embedded"
export SPARK_HOME=$embedded SPARK_SCALA_VERSION=2.13
add_log_configuration "${SPARK_CONF_DIR:-$SPARK_HOME/conf}"
launch_words "${spark_options[@]}" --class "$main" "$jar"
if $direct; then start_directly; fi
choose_collector "${1:-}"
words+=("$@")
if [[ ${ZIPMAP_CLASS_DATA:-} != off ]] && only_jars "$path"; then
  name_class_data "$path"
  file=$(find_class_data)
  if [[ -n $file ]]; then
    # The JVM checks the file. If it cannot use it, it starts as without one, and prints nothing: it cannot
    # with another garbage collector, for example, or with a heap of 32 GB, and Java 25 calls that an error.
    use_named_jar
    share_with_executors "$file"
    words=("${words[0]}" "$class_data_use$file" "${class_data_flags[@]}" -Xlog:disable "-Xlog:all=error,$class_data_log*=off:stderr" "${words[@]:1}")
  elif $build_only; then
    rm -f -- "$class_data.failed"
    make_class_data "$path" || fail "Cannot make a class-data file in $here/job/target/class-data: it needs 1 GB of free space"
  elif ! $dry_run; then
    # After the command, which becomes this process: no command waits for the file, nor does a caller that waits for
    # the end of its open files, such as its locks.
    # It is no child of this process, or the command's memory report would have it.
    (
      (
        trap '' HUP INT
        while kill -0 $$; do sleep 2; done
        make_class_data "$path"
      ) &
    ) </dev/null >/dev/null 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
  fi
fi
if $build_only; then exit; fi
run "${words[@]}"
