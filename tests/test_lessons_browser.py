"""A newcomer opens each lesson in JupyterLab, predicts, reveals and looks closer."""

import pytest

from tests.atlas import Map
from tests.lessons import NOTEBOOKS
from tests.view import View


@pytest.mark.browser
def test_shift_enter_shows_the_first_picture_and_no_saved_answer_shows_before_its_cell_runs(lab, notebook):
    (lab.notebooks / "saved.ipynb").write_bytes((NOTEBOOKS / "02-overlaps.ipynb").read_bytes())
    page = notebook(name="saved.ipynb", run=False).page
    answer = page.locator(".jp-RenderedMarkdown").get_by_text("ten windows have nine pairs of neighbours")
    answer.wait_for(state="attached")
    assert not answer.is_visible()
    cells = page.locator(".jp-CodeCell")
    cells.nth(0).locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    view = View(page)
    view.wait("unchecked", "14,10,pytorch")
    box = view.root.bounding_box()
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


@pytest.mark.browser
def test_a_newcomer_guesses_in_lesson_02_and_finds_the_law_on_the_atlas(lab, notebook):
    lab.copy(NOTEBOOKS / "02-overlaps.ipynb")
    page = notebook(name="02-overlaps.ipynb")
    view = View(page.page, 0)
    view.wait("unchecked", "14,10,pytorch")
    assert view.root.locator(".pt-shared").count() == 0
    view.slider("Input size").focus()
    page.page.keyboard.press("w")
    view.wait("agrees", "14,10,pytorch")
    assert view.root.locator(".pt-shared").get_attribute("data-shared") == "1 2 4 5 8 9 11 12"
    atlas = Map(page.page)
    atlas.click(18, 12)
    page.page.locator("[role=status][data-verdict='agrees'][data-for='18,12,pytorch']").wait_for()
    page.clean()


@pytest.mark.browser
def test_a_newcomer_sees_in_lesson_03_who_receives_how_much(lab, notebook):
    lab.copy(NOTEBOOKS / "03-gradients.ipynb")
    page = notebook(name="03-gradients.ipynb")
    for k, sizes in enumerate(("3,2", "14,4", "7,5")):
        View(page.page, k).wait("agrees", f"{sizes},pytorch")
    view = View(page.page, 1)
    view.mark("cell", 10).locator(".pt-cell").hover()
    assert view.line().endswith("dL/dx₁₀ = g₂/4 + g₃/4 = 3/4 + 4/4 = 1.75")
    shown = View(page.page, 2).root.locator("[data-influence] text").all_text_contents()
    assert shown == ["1/2", "1", "5/6", "1/3", "5/6", "1", "1/2"]
    page.clean()


@pytest.mark.browser
def test_a_newcomer_watches_four_formulas_fail_in_lesson_05(lab, notebook):
    lab.copy(NOTEBOOKS / "05-rounding-traps.ipynb")
    page = notebook(name="05-rounding-traps.ipynb")
    View(page.page, 0).wait("agrees", "14,4,equal_kernel")
    for about in ("5,3,equal_kernel", "5,3,forum", "5,3,fixed_stride", "26,22,float32"):
        page.page.locator(f"[role=status][data-verdict='disagrees'][data-for='{about}']").first.wait_for()
    reasons = page.page.locator(".pt-duel-said p").all_inner_texts()
    assert "The kernel is 3 here, not 2: the interval from 5/3 to 10/3 touches 3 cells." in reasons
    Map(page.page).click(5, 3)
    page.page.locator("[data-atlas]").wait_for()
    assert page.page.locator("[role=status][data-for='5,3,equal_kernel'][data-verdict='disagrees']").count() >= 1
    page.clean()


@pytest.mark.browser
def test_a_newcomer_predicts_in_lesson_04_and_sees_a_corner_get_a_quarter(lab, notebook):
    lab.copy(NOTEBOOKS / "04-two-dimensions.ipynb")
    page = notebook(name="04-two-dimensions.ipynb")
    for k, about in enumerate(["8x8,7x7", "6x8,4x3", "7x7,5x5", "128x96,7x7"]):
        View(page.page, k).wait("unchecked" if k < 3 else "agrees", f"{about},pytorch")
    view = View(page.page, 0)
    assert set(view.root.locator("[data-cell]").evaluate_all("all => all.map(e => e.dataset.grad)")) == {""}
    view.slider("Input height").focus()
    page.page.keyboard.press("w")
    view.more()
    view.menu("Cells show").select_option("gradient")
    view.wait("agrees", "8x8,7x7,pytorch")
    assert float(view.root.locator("[data-of='0,0']").text_content()) == 1 / 4
    page.clean()


@pytest.mark.browser
def test_a_newcomer_finds_in_lesson_06_the_pixel_that_wins_four_times(lab, notebook):
    lab.copy(NOTEBOOKS / "06-relatives.ipynb")
    page = notebook(name="06-relatives.ipynb")
    View(page.page, 0).wait("unchecked", "3,2,pytorch")
    View(page.page, 1).wait("agrees", "12,4,pytorch")
    view = View(page.page, 2)
    view.wait("agrees", "7x9,4x4,pytorch")
    assert view.root.locator("[data-cell='3,4']").get_attribute("data-grad") == "4"
    page.clean()
