"""Every lesson runs from top to bottom, shows what is saved in it, and keeps the form that lessons have."""

import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

import pooltutor
from pooltutor import bins, pool
from tests.lessons import NOTEBOOKS, execute
from tests.view import View

LESSONS = sorted(NOTEBOOKS.glob("*.ipynb"))
NUMBERED = [path for path in LESSONS if path.name[0].isdigit()]


def name_of(path: Path) -> str:
    return path.stem


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def shown(notebook) -> list[str]:
    """The text of all outputs; pictures stand for themselves, so that fonts do not matter."""
    texts = []
    for cell in code_cells(notebook):
        for output in cell.outputs:
            data = output.get("data", {"text/plain": output.get("text", "")})
            texts.append("picture" if "image/png" in data else data.get("text/html", data.get("text/plain")))
    return texts


def test_there_are_lessons():
    assert [path.name for path in NUMBERED][:2] == ["00-start-here.ipynb", "01-windows.ipynb"]


@pytest.mark.parametrize("path", LESSONS, ids=name_of)
def test_lesson_runs_and_shows_what_is_saved(path):
    assert shown(execute(path)) == shown(nbformat.read(path, 4))


@pytest.mark.parametrize("path", LESSONS, ids=name_of)
def test_every_view_and_figure_is_saved_as_a_picture_and_no_widget_state_is(path):
    notebook = nbformat.read(path, 4)
    drawing = [cell for cell in code_cells(notebook) if re.search(r"explore\(|^pooltutor\.figures", cell.source, re.M)]
    assert drawing
    for cell in drawing:
        assert any("image/png" in output.get("data", {}) for output in cell.outputs), cell.source
    assert "widgets" not in notebook.metadata
    assert all(cell.execution_count for cell in code_cells(notebook))


@pytest.mark.parametrize("path", NUMBERED, ids=name_of)
def test_lesson_has_the_form_of_a_lesson(path):
    notebook = nbformat.read(path, 4)
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert text.startswith(f"# {path.name[:2]} · ")
    assert "## In short" in text
    assert "## On your own" in text
    lines = [len(cell.source.splitlines()) for cell in code_cells(notebook)]
    assert max(lines) <= 10
    assert np.median(lines) <= 4
    asserts = [cell.source for cell in code_cells(notebook) if "assert" in cell.source]
    reasoned = [source for source in asserts if "# Reason:" in source]
    assert len(reasoned) >= 2
    assert "explore(" in notebook.cells[1].source, "the live view comes first"


@pytest.mark.parametrize("path", NUMBERED, ids=name_of)
def test_links_lead_somewhere(path):
    links = re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8"))
    assert all((path.parent / link).exists() for link in links if not link.startswith("http"))


@pytest.mark.parametrize(
    ("lesson", "right", "wrong"),
    [
        ("00-start-here", [1, 4], [2, 3]),
        ("01-windows", [(0, 3), (2, 5), (5, 8), (7, 10)], [(0, 3), (3, 5), (5, 8), (8, 10)]),
    ],
)
def test_an_exercise_gives_nothing_away_and_tells_right_from_wrong(lesson, right, wrong, capsys):
    cells = code_cells(nbformat.read(NOTEBOOKS / f"{lesson}.ipynb", 4))
    (source,) = [cell.source for cell in cells if cell.source.startswith("answer = None")]
    assert repr(right) not in source
    for answer, told in [(None, "your turn"), (right, "right"), (wrong, "not yet")]:
        exec(source.replace("answer = None", f"answer = {answer!r}", 1), {"pooltutor": pooltutor})
        assert capsys.readouterr().out == told + "\n"


def test_the_walk_of_lesson_01_ends_at_ten():
    wrong = [n for n in range(6, 20) if list(bins(n, 6, "equal_kernel")) != list(bins(n, 6))]
    assert wrong[0] == 10


def test_the_float_of_lesson_01():
    product = np.float32(11) * np.float32(26 / 22)
    assert f"{product:.6f}" == "12.999999"


def test_the_five_guesses_of_lesson_00_are_what_their_windows_give():
    x = np.arange(14.0)
    table = nbformat.read(NOTEBOOKS / "00-start-here.ipynb", 4).cells
    rows = re.findall(r"^\| .+ \| ((?:\d+:\d+ ?)+) \| (.+) \|$", "\n".join(c.source for c in table), re.M)
    assert len(rows) == 4
    for windows, averages in rows:
        slices = [slice(*map(int, window.split(":"))) for window in windows.split()]
        assert [x[s].mean() for s in slices] == [float(a) for a in averages.split(",")]
    # The fifth counts the cut cell half: 3.5 cells each.
    weights = np.repeat(np.eye(4), 7, axis=1).reshape(4, 14, 2).mean(-1)
    np.testing.assert_allclose((weights @ x) / 3.5, [1.29, 4.71, 8.29, 11.71], atol=0.005)
    assert rows[-1][0].split() == [str(window) for window in bins(14, 4)]


def test_the_wrong_answers_of_lesson_01_are_those_rules():
    text = "\n".join(cell.source for cell in nbformat.read(NOTEBOOKS / "01-windows.ipynb", 4).cells)
    rows = [r.replace("*", "").split() for r in re.findall(r"^\| ((?:\**\d:\d\** ?){3}) \|", text, re.M)]
    rules = ["equal_kernel", "forum", "fixed_stride", "split", "pytorch"]
    assert rows == [[str(window) for window in bins(5, 3, rule)] for rule in rules]
    # "2:3 and 1:4 both give 2": why a ramp is no probe
    assert np.arange(5)[2:3].mean() == np.arange(5)[1:4].mean() == pool(np.arange(5), 3)[1] == 2


@pytest.mark.browser
def test_a_newcomer_runs_lesson_00_and_drags(lab, notebook):
    lab.copy(NOTEBOOKS / "00-start-here.ipynb")
    page = notebook(name="00-start-here.ipynb")
    view = View(page.page)
    assert "4 windows, 4 outputs, 14 gradients compared; largest difference 0." in view.wait("agrees", "14,4,pytorch")
    assert view.root.bounding_box()["y"] < 500, "the explorer begins on the first screen"
    view.set_sizes(9, 6)
    view.wait("agrees", "9,6,pytorch")
    page.page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']").wait_for()
    assert page.page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    page.clean()


@pytest.mark.browser
def test_a_newcomer_predicts_in_lesson_01_and_reveals(lab, notebook):
    lab.copy(NOTEBOOKS / "01-windows.ipynb")
    page = notebook(name="01-windows.ipynb")
    View(page.page, 0).wait("agrees", "14,4,pytorch")
    view = View(page.page, 1)
    view.wait("unchecked", "5,3,pytorch")
    assert set(view.raw()["start"]) == {""}
    view.show("windows")
    view.wait("agrees", "5,3,pytorch")
    assert view.raw()["stop"] == ["2", "4", "5"]
    page.clean()
