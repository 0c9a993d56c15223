#!/usr/bin/env bash
# Runs every notebook of this folder and fails on a cell that fails; --store keeps the outputs in the notebooks.
# Needs jupyter-client, nbformat and nbclient for Python (Debian: jupyter-client python3-nbclient), and ipykernel,
# matplotlib and PySpark in the Python of ZIPMAP_PYTHON; without that, .ci/python-environment makes one.
set -euo pipefail

here=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
"$here/kernel.sh"
target=$here/../job/target
export JUPYTER_PATH=$target/jupyter

# The kernel of notebooks in Python: the virtual environment of the tests, with the module of the jar.
python_kernel=${ZIPMAP_PYTHON:-$("$here/../.ci/python-environment")}
mkdir -p "$JUPYTER_PATH/kernels/python3"
cat >"$JUPYTER_PATH/kernels/python3/kernel.json" <<JSON
{
 "argv": ["$python_kernel", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
 "env": {"PYTHONPATH": "$target/zipmap.jar", "PYSPARK_PYTHON": "$python_kernel"},
 "display_name": "Python 3", "language": "python"
}
JSON

# Debian's packages are seen by Debian's Python, which need not be the first on the PATH.
python=python3
"$python" -c 'import nbclient' 2>/dev/null || python=/usr/bin/python3
exec "$python" "$here/kernel/execute.py" "$@" "$here"/*.ipynb
