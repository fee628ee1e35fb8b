"""Every lesson runs from top to bottom, shows what is saved in it, keeps its form, and lets one predict."""

import base64
import io
import os
import re
from importlib.util import find_spec
from math import gcd
from pathlib import Path

import nbformat
import numpy as np
import pytest
from jupyter_client import KernelManager
from PIL import Image

import pooltutor
from pooltutor.extras import EXTRAS
from pooltutor.live import StoryView
from pooltutor.stories import read_story
from tests.conftest import NO_ONNX
from tests.lessons import KERNEL, LESSONS, NOTEBOOKS, NUMBERED, code_cells, execute, value_of


def name_of(path: Path) -> str:
    return path.stem


PIXELS = re.compile(r"(?<=data:image/png;base64,)[\w+/=]+")


def shown(notebook) -> list[str]:
    """The text of all outputs; pictures stand for themselves, so that fonts do not matter."""
    texts = []
    for cell in code_cells(notebook):
        for output in cell.outputs:
            data = output.get("data", {"text/plain": output.get("text", "")})
            text = data.get("text/html", data.get("text/plain"))
            texts.append("picture" if "image/png" in data else PIXELS.sub("picture", text))
    return texts


def test_there_are_lessons():
    names = ["00-start-here", "01-windows", "02-overlaps", "03-gradients", "04-two-dimensions", "05-rounding-traps"]
    assert [path.stem for path in NUMBERED] == [*names, "06-relatives", "07-in-the-wild", "08-exercises"]


@pytest.fixture(scope="module")
def kernel():
    """One kernel for all lessons, each of which finds it empty of names: what takes long is to load PyTorch."""
    manager = KernelManager(kernel_name=KERNEL["name"])
    manager.start_kernel(cwd=str(NOTEBOOKS))
    yield manager
    manager.shutdown_kernel(now=True)


def as_saved(path: Path):
    """A lesson that shows what is saved only where ONNX is installed says so, as the tests of the export do."""
    missing = path.stem == "07-in-the-wild" and not all(map(find_spec, EXTRAS["export"])) and not os.environ.get("CI")
    return pytest.param(path, marks=pytest.mark.skipif(missing, reason=NO_ONNX), id=name_of(path))


@pytest.mark.slow
@pytest.mark.parametrize("path", list(map(as_saved, LESSONS)))
def test_lesson_runs_and_shows_what_is_saved(path, kernel):
    assert shown(execute(path, kernel=kernel)) == shown(nbformat.read(path, 4))


@pytest.mark.parametrize("path", LESSONS, ids=name_of)
def test_every_view_and_figure_is_saved_as_a_picture_and_no_widget_state_is(path):
    notebook = nbformat.read(path, 4)
    draws = re.compile(r"explore(2d)?\(|story\(|^pooltutor\.figures|^classroom\(", re.M)
    drawing = [cell for cell in code_cells(notebook) if draws.search(cell.source)]
    assert drawing
    for cell in drawing:
        assert any("image/png" in output.get("data", {}) for output in cell.outputs), cell.source
    assert "widgets" not in notebook.metadata
    assert all(cell.execution_count for cell in code_cells(notebook))


# The form of a lesson --------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("path", NUMBERED, ids=name_of)
def test_shift_enter_shows_the_first_picture_and_the_text_above_says_so(path):
    opening, first, *_ = nbformat.read(path, 4).cells
    text = " ".join(opening.source.split())
    assert re.search(r"[Cc]lick into the cell below and press \*\*Shift\+Enter\*\*", text)
    assert re.fullmatch(r"import pooltutor\n+pooltutor\.(explore(2d)?|story)\(.*\)", first.source)  # at once: no torch


@pytest.mark.parametrize("path", LESSONS, ids=name_of)
def test_code_needs_no_line_that_980_px_would_wrap(path):
    lines = [line for cell in code_cells(nbformat.read(path, 4)) for line in cell.source.splitlines()]
    assert [line for line in lines if len(line) > 88] == []


@pytest.mark.parametrize("path", NUMBERED, ids=name_of)
def test_a_check_says_what_it_has_checked(path):
    checks = [cell for cell in code_cells(nbformat.read(path, 4)) if "assert" in cell.source]
    assert [cell.source for cell in checks if not cell.outputs] == []


@pytest.mark.parametrize("path", NUMBERED, ids=name_of)
def test_a_lesson_that_asks_pytorch_about_all_sizes_does_so_in_one_thread(path):
    """On a busy machine a thread for each core makes thousands of tiny tensors fifty times as slow."""
    code = "\n".join(cell.source for cell in code_cells(nbformat.read(path, 4)))
    if re.search(r"range\(1, (33|65)\)", code):
        assert "\ntorch.set_num_threads(1)  #" in code


@pytest.mark.parametrize("path", NUMBERED, ids=name_of)
def test_links_lead_somewhere(path):
    texts = [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "markdown"]
    links = re.findall(r"\]\(([^)#]+)\)", "\n".join(texts))
    assert all((path.parent / link).exists() for link in links if not link.startswith("http"))


# Predictions -----------------------------------------------------------------------------------------------

FOLD = re.compile(r"<details>\s*<summary>.+?</summary>.+?</details>", re.S)
TABLE = re.compile(r"^\|.*\|$", re.M)


def unfolded(source: str) -> str:
    """A text as it stands there before anything is opened."""
    return FOLD.sub("", source)


def predictions(notebook) -> list[int]:
    """The places of the views whose windows are hidden until the learner has predicted."""
    return [k for k, cell in enumerate(notebook.cells) if cell.cell_type == "code" and hides(cell.source)]


def hides(source: str) -> bool:
    """Whether a cell opens a view without windows, or a story that begins with one."""
    story = re.fullmatch(r'(?:import pooltutor\n\n)?pooltutor\.story\("([\w-]+)"\)', source)
    return "show=[]" in source or (story is not None and read_story(story[1]).steps[0].set["show"] == [])


PREDICTING = [path for path in NUMBERED if predictions(nbformat.read(path, 4))]


def test_lessons_with_predictions():
    assert [path.name[:2] for path in PREDICTING] == ["01", "02", "04", "06"]


def to_the_next_heading(cells):
    """The cells after the first of them, as far as its section goes."""
    for cell in cells[1:]:
        if cell.cell_type == "markdown" and re.search("^## ", unfolded(cell.source), re.M):
            return
        yield cell


@pytest.mark.parametrize("path", PREDICTING, ids=name_of)
def test_below_a_prediction_the_answers_are_folded(path):
    notebook = nbformat.read(path, 4)
    for place in predictions(notebook):
        below = notebook.cells[place + 1 :]
        fold = next(k for k, cell in enumerate(below) if FOLD.search(cell.source))
        for cell in below[: fold + 1]:
            if cell.cell_type == "markdown":
                assert not TABLE.search(unfolded(cell.source))
                assert not re.search(r"\*\*[^*]*\d[^*]*\*\*", unfolded(cell.source))
        answers = [*below[:fold], *to_the_next_heading(below[fold:])]
        shows = [cell for cell in answers if cell.cell_type == "code" and cell.outputs]
        assert [cell.source for cell in shows if not cell.metadata.get("jupyter", {}).get("outputs_hidden")] == []


@pytest.mark.parametrize("path", NUMBERED, ids=name_of)
def test_an_output_that_is_hidden_until_its_cell_runs_begins_with_nothing_but_a_heading(path):
    """In its place JupyterLab shows its first line."""
    hidden = [c for c in code_cells(nbformat.read(path, 4)) if c.metadata.get("jupyter", {}).get("outputs_hidden")]
    assert all(cell.metadata.tags == ["answer", "hide-output"] for cell in hidden)
    for first in (cell.outputs[0] for cell in hidden if cell.outputs):
        assert "image/png" in first.get("data", {}) or first.text.splitlines()[0].endswith(":")


# What stands in bold beside a first picture though there are numbers in it: it asks, and answers nothing.
ASKED = {
    "3.5",
    "Before you go on, write down one number: how many of the 14 cells are in two windows?",
    "each of them send back a gradient of 1",
    "0, 1 and 3",
    "each of the 49 outputs send back a gradient of 1",
    "Write down three numbers before you go on: what does the pixel in a corner of the 8 × 8 map get, what one in the"
    " middle of an edge, what one in the centre?",
}


@pytest.mark.parametrize("path", NUMBERED, ids=name_of)
def test_the_first_screen_gives_no_answer_away(path):
    """No number in bold and no table of answers around the first picture, apart from what is asked."""
    opening, _, after = nbformat.read(path, 4).cells[:3]
    text = " ".join(f"{opening.source} {unfolded(after.source)}".split())
    assert {part for part in re.findall(r"\*\*(.+?)\*\*", text) if re.search(r"\d", part)} <= ASKED
    assert "everywhere" not in text
    assert not TABLE.search(unfolded(after.source))


def pixels(png: bytes) -> np.ndarray:
    """A picture on white, small, so that a font or a frame makes no difference."""
    image = Image.open(io.BytesIO(png)).convert("RGBA")
    ground = Image.new("RGBA", image.size, "white")
    return np.asarray(Image.alpha_composite(ground, image).convert("L").resize((160, 120)), float)


@pytest.mark.slow
@pytest.mark.parametrize("path", PREDICTING, ids=name_of)
def test_the_picture_that_is_saved_of_a_prediction_is_that_of_hidden_windows(path):
    notebook = nbformat.read(path, 4)
    for place in predictions(notebook):
        cell = notebook.cells[place]
        view = value_of(cell.source, {"pooltutor": pooltutor})
        hidden = pixels(view.preview())
        if isinstance(view, StoryView):
            view.step = len(view.story.steps) - 1
        else:
            view.show = ["windows"]
        revealed = pixels(view.preview())
        [saved] = [output.data["image/png"] for output in cell.outputs if "image/png" in output.get("data", {})]
        saved = pixels(base64.b64decode(saved))
        assert abs(saved - hidden).mean() < abs(saved - revealed).mean() / 4, cell.source


# On your own -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lesson", "right", "wrong", "idea"),
    [
        ("00-start-here", (1, 4), [1, 2, 4], "every pair of neighbours"),
        ("01-windows", [[0, 3], [2, 5], [5, 8], [7, 10]], [(0, 3), (3, 5), (5, 8), (8, 10)], "both ends up"),
        ("02-overlaps", {20, 11}, [10, 20], "10 outputs do not make 10 shared cells"),
        ("03-gradients", "1, 3, 2, 2, 0, 0, 0", [2, 2, 6, 6, 0, 0, 0], "all of an output's gradient"),
        ("04-two-dimensions", np.array([48, 36, 6]), (36, 42, 12), "exchanges the two targets"),
        ("05-rounding-traps", [2, 2], (9, 6), "there is a size with n + m below 15"),
        ("06-relatives", (12, 6), [4, 6, 8, 12], "The second step must tile, too"),
        ("07-in-the-wild", "12 13 17 18 19 23 24", [12, 13, 18, 19, 24], "Padding that is not counted adds some"),
    ],
)
def test_an_exercise_gives_nothing_away_and_tells_right_from_wrong(lesson, right, wrong, idea):
    *_, cell = (c for c in code_cells(nbformat.read(NOTEBOOKS / f"{lesson}.ipynb", 4)) if "answer = ..." in c.source)
    assert cell.source.startswith("answer = ...  # ")
    assert "… Your turn" in cell.outputs[0].data["text/plain"]

    def marked(answer):
        source = cell.source.replace("answer = ...", "answer = given", 1)
        return value_of(source, {"pooltutor": pooltutor, "given": answer})

    assert (marked(right).right, marked(wrong).right, marked(...).right) == (True, False, None)
    assert idea in marked(wrong).text


def test_the_guess_of_lesson_02_finds_what_it_needs():
    cells = code_cells(nbformat.read(NOTEBOOKS / "02-overlaps.ipynb", 4))
    (source,) = [cell.source for cell in cells if "your guess, made" in cell.source]

    def marked(guess):
        return value_of(source.replace("return ...", f"return {guess}", 1), {"pooltutor": pooltutor})

    assert marked("...").right is None
    assert all(marked(guess) for guess in ("gcd(n, 12)", "math.gcd(n, 12)", "n * 12 // lcm(n, 12)"))
    assert [marked(guess).right for guess in ("1", "n % 12", "gcd(n, 6)")] == [False] * 3
    assert [12 - pooltutor.bins(n, 12).overlaps.sum() for n in range(13, 25)] == [gcd(n, 12) for n in range(13, 25)]
