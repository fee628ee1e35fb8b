"""A newcomer opens each lesson in JupyterLab, predicts, reveals and looks closer."""

import re

import nbformat
import pytest

import pooltutor
from tests.atlas import Map
from tests.formula_view import OwnFormula, wait_for
from tests.lessons import NOTEBOOKS, code_cells
from tests.onepage import link_of
from tests.view import View

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def saved(lab, notebook):
    """Lesson 02 as it is saved, before any cell has run."""
    (lab.notebooks / "saved.ipynb").write_bytes((NOTEBOOKS / "02-overlaps.ipynb").read_bytes())
    return notebook(name="saved.ipynb", run=False)


def test_before_any_cell_has_run_the_picture_is_there(saved):
    picture = saved.page.locator(".jp-OutputArea-output img").first
    picture.wait_for()
    assert picture.evaluate("img => img.naturalWidth") > 900
    assert saved.page.locator(".pooltutor").count() == 0
    saved.clean()


def test_shift_enter_shows_the_first_picture_and_no_saved_answer_shows_before_its_cell_runs(saved):
    page = saved.page
    answer = page.locator(".jp-RenderedMarkdown").get_by_text("ten windows have nine pairs of neighbours")
    answer.wait_for(state="attached")
    assert not answer.is_visible()
    cells = page.locator(".jp-CodeCell")
    cells.nth(0).locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    page.locator(".pt-story .pt-picture").wait_for()
    box = page.locator(".pt-story").bounding_box()
    assert box["y"] > 0
    assert box["y"] + box["height"] < page.viewport_size["height"], "the whole picture is on the screen"
    hidden = cells.filter(has_text="shared = overlaps(14, 10)")
    assert hidden.locator(".jp-OutputPlaceholder").inner_text().strip() == "shared by pairs of neighbours, and in all:"
    assert not page.get_by_text("[1, 1, 1, 1, 0, 1, 1, 1, 1] 8").is_visible()
    for _ in range(4):  # two texts and two cells
        page.keyboard.press("Shift+Enter")
    page.get_by_text("[1, 1, 1, 1, 0, 1, 1, 1, 1] 8").wait_for()
    page.locator(".jp-RenderedMarkdown summary").first.click()
    answer.wait_for()


def test_a_newcomer_runs_lesson_00_and_drags(lab, notebook):
    lab.copy(NOTEBOOKS / "00-start-here.ipynb")
    page = notebook(name="00-start-here.ipynb")
    view = View(page.page, 1)  # the first is the bar of the tour
    assert "4 windows, 4 outputs, 14 gradients compared; largest difference 0." in view.wait("agrees", "14,4,pytorch")
    assert view.root.bounding_box()["y"] < 500, "the explorer begins on the first screen"
    view.set_sizes(9, 6)
    view.wait("agrees", "9,6,pytorch")
    page.page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']").wait_for()
    assert page.page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    page.clean()


def test_a_newcomer_guesses_in_lesson_02_and_finds_the_law_on_the_atlas(lab, notebook):
    lab.copy(NOTEBOOKS / "02-overlaps.ipynb")
    page = notebook(name="02-overlaps.ipynb")
    view = View(page.page, 1)  # the first is the bar of the story
    view.root.locator(".pt-question").get_by_text("14 → 10").wait_for()
    assert view.root.locator(".pt-shared").count() == 0
    page.page.get_by_role("button", name="Next", exact=True).click()
    view.wait("agrees", "14,10,pytorch")
    assert view.root.locator(".pt-shared").get_attribute("data-shared") == "1 2 4 5 8 9 11 12"
    atlas = Map(page.page)
    atlas.click(18, 12)
    page.page.locator("[role=status][data-verdict='agrees'][data-for='18,12,pytorch']").wait_for()
    page.clean()


def test_a_newcomer_predicts_in_lesson_04_and_sees_a_corner_get_a_quarter(lab, notebook):
    lab.copy(NOTEBOOKS / "04-two-dimensions.ipynb")
    page = notebook(name="04-two-dimensions.ipynb")
    view, other = View(page.page, 1), View(page.page, 3)  # below the bars of two stories
    view.root.locator(".pt-question").get_by_text("8 × 8 → 7 × 7").wait_for()
    other.root.locator(".pt-question").get_by_text("6 × 8 → 4 × 3").wait_for()
    View(page.page, 4).wait("unchecked", "7x7,5x5,pytorch")
    View(page.page, 5).wait("agrees", "128x96,7x7,pytorch")
    assert set(view.root.locator("[data-cell]").evaluate_all("all => all.map(e => e.dataset.grad)")) == {""}
    for _ in range(3):
        page.page.get_by_role("button", name="Next", exact=True).first.click()
    view.wait("agrees", "8x8,7x7,pytorch")
    assert float(view.root.locator("[data-of='0,0']").text_content()) == 1 / 4
    page.clean()


# The views of the other lessons, on the one-file page as their calls open them; a kernel runs every lesson above.

CALL = re.compile(r"pooltutor\.(explore(?:2d)?)(\(.*\))")
MINE = "start = floor(i * (n / m))\nstop = ceil((i + 1) * (n / m))"  # what lesson 05 calls so


def lesson_code(lesson: str) -> str:
    return "\n".join(cell.source for cell in code_cells(nbformat.read(NOTEBOOKS / f"{lesson}.ipynb", 4)))


@pytest.fixture
def opened(follow):
    """Open a view of a lesson on the one-file page: its first, its second and so on."""

    def open_view(lesson: str, nth: int) -> View:
        name, arguments = CALL.findall(lesson_code(lesson))[nth]
        tab = "2d" if name == "explore2d" else "explorer"
        view = eval(f"pooltutor.{name}{arguments}", {"pooltutor": pooltutor, "mine": MINE})
        return follow(link_of(tab, {key: value for key, value in view.state().items() if value is not None}))

    return open_view


def test_a_newcomer_predicts_in_lesson_01_and_reveals(opened, follow):
    opened("01-windows", 0).wait("recorded", "14,4,pytorch")
    (name,) = re.findall(r'pooltutor\.story\("([\w-]+)"\)', lesson_code("01-windows"))
    for step, verdict in enumerate(("unchecked", "recorded")):
        told = pooltutor.story(name)
        told.step = step
        state = {
            key: value
            for key, value in told.shown.state().items()
            if value is not None and key not in ("question", "answer")
        }
        view = follow(link_of("explorer", state))
        view.wait(verdict, "5,3,pytorch")
    assert view.raw()["stop"] == ["2", "4", "5"]


def test_a_newcomer_sees_in_lesson_03_who_receives_how_much(opened):
    opened("03-gradients", 0).wait("recorded", "3,2,pytorch")
    view = opened("03-gradients", 1)
    view.wait("recorded", "14,4,pytorch")
    view.mark("cell", 10).locator(".pt-cell").hover()
    assert view.line().endswith("dL/dx₁₀ = g₂/4 + g₃/4 = 3/4 + 4/4 = 1.75")
    view = opened("03-gradients", 2)
    view.wait("recorded", "7,5,pytorch")
    shown = view.root.locator("[data-influence] text").all_text_contents()
    assert shown == ["1/2", "1", "5/6", "1/3", "5/6", "1", "1/2"]


def test_a_newcomer_watches_four_formulas_fail_in_lesson_05(opened):
    reasons = []
    for nth, about in enumerate(("5,3,equal_kernel", "5,3,forum", "5,3,fixed_stride", "26,22,float32")):
        view = opened("05-rounding-traps", nth)
        view.wait("disagrees", about)
        reasons += view.root.locator(".pt-duel-said p").all_inner_texts()
    assert "The kernel is 3 here, not 2: the interval from 5/3 to 10/3 touches 3 cells." in reasons


def test_a_newcomer_tries_formulas_in_lesson_05_and_finds_one_that_is_right(opened):
    assert f'mine = """{MINE}"""' in "".join(
        cell.source for cell in code_cells(nbformat.read(NOTEBOOKS / "05-rounding-traps.ipynb", 4))
    )
    view = opened("05-rounding-traps", 4)
    formula = OwnFormula(view.root)
    assert formula.area.input_value() == MINE
    assert "Smallest with m ≤ n: 30 → 22" in formula.told("Differs from PyTorch at 38 of 4,096 sizes.")
    wrong = "start = floor(i / m * n)\nstop = ceil((i + 1) / m * n)"
    formula.type(wrong)
    formula.told("Differs from PyTorch at 42 of 4,096 sizes.")
    formula.open(22, 22)
    wait_for(view, 22, 22, wrong, "disagrees")
    right = "start = floor(i * n / m)\nstop = ceil((i + 1) * n / m)"
    formula.type(right)
    formula.told("PyTorch's windows at all 4,096 sizes.")
    wait_for(view, 22, 22, right, "recorded")


def test_a_newcomer_finds_in_lesson_06_the_pixel_that_wins_four_times(opened):
    opened("06-relatives", 0).wait("recorded", "12,4,pytorch")
    view = opened("06-relatives", 1)
    view.wait("recorded", "7x9,4x4,pytorch")
    assert view.root.locator("[data-cell='3,4']").get_attribute("data-grad") == "4"
