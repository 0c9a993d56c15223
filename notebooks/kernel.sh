#!/usr/bin/env bash
# Makes the Java kernel "zipmap" for Jupyter under job/target/jupyter: Spark, the job and a kernel from Maven on one class path.
# Then: JUPYTER_PATH=job/target/jupyter jupyter lab notebooks/quickstart.ipynb
set -euo pipefail

here=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
target=$here/job/target
kernel=$target/jupyter/kernels/zipmap

"$here/submit.sh" --build
if [[ ! -d $target/kernel || $here/notebooks/kernel/pom.xml -nt $target/kernel ]]; then
  mvn -B -q -f "$here/notebooks/kernel/pom.xml" dependency:copy-dependencies -DoutputDirectory="$target/kernel"
  touch "$target/kernel"
fi

opens=()
for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util java.util.concurrent \
  java.util.concurrent.atomic sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar; do
  opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done

# Our logging.properties comes before the kernel's, and Spark's jars before the older slf4j that the kernel brings.
words=("${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx1g --add-modules=jdk.incubator.vector "${opens[@]}"
  "-Dlog4j2.configurationFile=$here/conf/log4j2.properties"
  -cp "$here/notebooks/kernel:$target/spark/jars/*:$target/zipmap.jar:$target/kernel/*" org.rapaio.jupyter.kernel.MainApp '{connection_file}')
mkdir -p "$kernel"
python3 - "$kernel/kernel.json" "${words[@]}" <<'PYTHON'
import json, sys
with open(sys.argv[1], "w") as file:
    json.dump({"argv": sys.argv[2:], "display_name": "Java (zipmap)", "language": "java"}, file, indent=1)
PYTHON
