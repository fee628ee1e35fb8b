"""Execute the lessons: python tests/lessons.py [notebooks] runs them in place, so that they can be read without Python.

What is saved shall be the same whenever and wherever it is made, and shall show its pictures where no kernel runs.
So the times, the exact Python and the widgets' identities are left out: a live widget comes back with Run All.
"""

import ast
import sys
from pathlib import Path

import nbformat
from jupyter_client import KernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
WIDGET = "application/vnd.jupyter.widget-view+json"
LESSONS = sorted(NOTEBOOKS.glob("*.ipynb"))
NUMBERED = [path for path in LESSONS if path.name[0].isdigit()]


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """The cells of a notebook that run."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def prose(lesson: str) -> str:
    """All text cells of a lesson."""
    cells = nbformat.read(NOTEBOOKS / f"{lesson}.ipynb", 4).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def value_of(source: str, names: dict) -> object:
    """What a cell shows: the value of the expression in which it ends, None where it ends in none."""
    body = ast.parse(source).body
    last = ast.Expression(body.pop().value) if isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "a cell", "exec"), names)
    return eval(compile(last, "a cell", "eval"), names) if last else None


def execute(path: Path, timeout: float = 120, kernel: KernelManager | None = None) -> NotebookNode:
    """The notebook with the outputs of a fresh run, in its own folder, at most `timeout` seconds per cell.

    A kernel that is given forgets every name before, and runs on after; else there is one for this run.

    Raises nbclient's CellExecutionError if a cell raises, CellTimeoutError if one takes too long.
    """
    notebook = nbformat.read(path, as_version=4)
    if kernel:
        forget(kernel)
    client = NotebookClient(
        notebook,
        kernel,
        kernel_name=KERNEL["name"],
        timeout=timeout,
        resources={"metadata": {"path": str(path.parent)}},
        # nbclient needs the state where a cell prints into a widget, as `interact` does; tidy() drops it.
        store_widget_state=True,
        record_timing=False,
        coalesce_streams=True,  # how prints are cut into pieces depends on the machine's speed
    )
    client.execute()
    if kernel:
        client.kc.stop_channels()
    return tidy(notebook)


def forget(kernel: KernelManager) -> None:
    """Take every name out of a kernel that runs."""
    client = kernel.blocking_client()
    client.start_channels()
    client.wait_for_ready()
    client.execute("%reset -f", silent=True, reply=True)
    client.stop_channels()


def tidy(notebook: NotebookNode) -> NotebookNode:
    """The notebook without what differs from run to run."""
    notebook.metadata.kernelspec = NotebookNode(KERNEL)
    notebook.metadata.language_info.pop("version", None)
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if shows_something(output)]
    return notebook


def shows_something(output: NotebookNode) -> bool:
    """Take the widget out of an output, and say whether more than a widget's bare name is left of it."""
    if WIDGET not in output.get("data", {}):
        return True
    del output.data[WIDGET]
    return set(output.data) > {"text/plain"}


def save(path: Path) -> None:
    """Execute a notebook in place."""
    text = nbformat.writes(execute(path)) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    print(path.name, flush=True)


def main(paths: list[str]) -> int:
    """Save the notebooks at these paths, or all lessons; a lesson that fails is named and left as it was."""
    chosen = [Path(path) for path in paths] or LESSONS
    reasons = [reason for reason in map(failure, chosen) if reason]
    for reason in reasons:
        print(reason, file=sys.stderr)
    return 1 if reasons else 0


def failure(path: Path) -> str:
    """Save a lesson, or say in one sentence why that cannot be."""
    try:
        save(path)
    except CellExecutionError as error:
        return f"{path.name} raises {error.ename}: {error.evalue}"
    except (CellTimeoutError, DeadKernelError, OSError) as error:
        return f"{path.name}: {str(error).splitlines()[0]}"
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
