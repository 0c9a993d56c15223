#!/usr/bin/env bash
# Runs every notebook of this folder and fails on a cell that fails; --store keeps the outputs in the notebooks.
# Needs jupyter-client, nbformat and nbclient for Python (Debian: jupyter-client python3-nbclient).
set -euo pipefail

here=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
"$here/kernel.sh"
export JUPYTER_PATH=$here/../job/target/jupyter
# Debian's packages are seen by Debian's Python, which need not be the first on the PATH.
python=python3
"$python" -c 'import nbclient' 2>/dev/null || python=/usr/bin/python3
exec "$python" "$here/kernel/execute.py" "$@" "$here"/*.ipynb
