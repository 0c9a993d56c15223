"""usage: execute.py [--store] NOTEBOOK...    Runs notebooks; ends with 1 on a cell that fails."""
import atexit
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

STARTS = 4
START_SECONDS = 30
CELL_SECONDS = 300


def execute(path, store):
    for start in range(1, STARTS + 1):
        notebook = nbformat.read(path, as_version=4)
        client = NotebookClient(
            notebook, kernel_name=notebook.metadata.kernelspec.name, startup_timeout=START_SECONDS, timeout=CELL_SECONDS,
            resources={"metadata": {"path": path.rsplit("/", 1)[0]}})
        try:
            client.execute()
        except RuntimeError as error:
            # The kernel sometimes hangs before it answers for the first time. A cell that hangs is a TimeoutError.
            if isinstance(error, CellExecutionError) or isinstance(error, TimeoutError) or start == STARTS:
                raise
            print(f"{path}: the kernel did not start ({error}), once more", file=sys.stderr)
        else:
            break
        finally:
            # It is cleaned up by now, and the client's own hook at exit would trip over that.
            atexit.unregister(client._cleanup_kernel)
    if store:
        for cell in notebook.cells:
            cell.metadata.pop("execution", None)
            # Warnings of Spark name the host.
            if cell.cell_type == "code":
                cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
        nbformat.write(notebook, path)
    cells = sum(cell.cell_type == "code" for cell in notebook.cells)
    print(f"{path.rsplit('/', 1)[-1]}: {cells} cells passed")


def main(words):
    store = "--store" in words
    try:
        for path in words:
            if path != "--store":
                execute(path, store)
    except CellExecutionError as error:
        sys.exit(f"{error}")


main(sys.argv[1:])
