"""Run a notebook from the first cell to the last against an export, and fail if any cell fails.

usage: python execute.py NOTEBOOK EXPORT_DIR [OUTPUT_NOTEBOOK]

Without OUTPUT_NOTEBOOK nothing is written: the notebook in the repository stays without outputs.
"""

import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError


def main(arguments: list[str]) -> int:
    if len(arguments) not in (2, 3):
        print(__doc__.strip(), file=sys.stderr)
        return 64
    notebook_path, export = Path(arguments[0]), Path(arguments[1]).resolve()
    if not (export / "manifest.json").is_file():
        print(f"{export}: no manifest.json; write an export with `granary export RUN DIR`", file=sys.stderr)
        return 2
    os.environ["GRANARY_EXPORT"] = str(export)
    os.environ.setdefault("MPLBACKEND", "agg")
    notebook = nbformat.read(notebook_path, as_version=4)
    client = NotebookClient(notebook, timeout=300, kernel_name="python3")
    try:
        client.execute(cwd=str(notebook_path.resolve().parent))
    except CellExecutionError as error:
        print(error, file=sys.stderr)
        return 1
    if len(arguments) == 3:
        nbformat.write(notebook, arguments[2])
    cells = sum(cell.cell_type == "code" for cell in notebook.cells)
    print(f"{notebook_path.name}: {cells} cells ran without error on {export.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
