"""Every kind of displayed number is judged, without a kernel as with one; what nothing judges is not called right."""

from itertools import product

import pytest
from playwright.sync_api import expect

from pooltutor import displayed, page
from pooltutor.displayed import DISPLAYED
from pooltutor.legend import GRID_COLOURS
from tests.alterations import ALTERED, by_picture, in_both_kinds, turn
from tests.onepage import RECORD, Shown
from tests.view import View
from tests.view2d import View2d

pytestmark = pytest.mark.browser
EVERY = [altered for each in ALTERED.values() for altered in each]
PICTURES = by_picture(EVERY)
PICTURES_OF_BOTH_KINDS = by_picture(
    altered for mark, some in ALTERED.items() for each in some for altered in in_both_kinds(mark, each)
)
PAINT = """(root, k) => {
  const canvas = root.querySelectorAll('canvas')[k];
  const paper = canvas.getContext('2d');
  paper.fillStyle = '#fe0102';
  paper.fillRect(3, 5, 1, 1);
  canvas.dataset.touched = canvas.dataset.touched === 'yes' ? 'no' : 'yes';  // painting is no event
}"""


# Without a kernel ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("picture", PICTURES_OF_BOTH_KINDS)
def test_an_altered_number_disagrees_on_the_page(follow, picture):
    altered = PICTURES_OF_BOTH_KINDS[picture]
    turn(follow(altered[0].link), altered, right="recorded")


@pytest.mark.parametrize("kind", ["avg", "max"])
def test_a_painted_number_of_another_colour_disagrees_on_the_page(follow, kind):
    for colour, canvas in product(GRID_COLOURS, (0, 1)):
        view = follow(f"#tab=2d&n={30 + canvas}x40&m=17x19&image=photo&kind={kind}&colour={colour}")
        view.wait("recorded", f"{30 + canvas}x40,17x19,pytorch")
        view.root.evaluate(PAINT, canvas)
        view.wait("disagrees")


@pytest.mark.parametrize("kind", ["avg", "max"])
def test_a_wrong_number_is_named_with_its_channel(follow, kind):
    view = follow(f"#tab=2d&n=10x6&m=4x3&image=photo&kind={kind}")
    view.wait("recorded", "10x6,4x3,pytorch")
    mark = view.root.locator("[data-output='2,1']")
    red, _, blue = mark.get_attribute("data-y").split(" ")
    mark.evaluate("(e, y) => { e.dataset.y = y }", f"{red} 1.5 {blue}")
    assert "output (2, 1) of channel 1 is 1.5 here, PyTorch's is" in view.wait("disagrees")
    view = follow(f"#tab=2d&n=9x6&m=4x3&kind={kind}")
    view.wait("recorded", "9x6,4x3,pytorch")
    view.root.locator("[data-output='2,1']").evaluate("e => { e.dataset.y = '1.5' }")
    assert "output (2, 1) is " in view.wait("disagrees"), "one plane is no channel"


def test_a_number_that_no_row_knows_is_not_called_recorded(open_page):
    for link in ("", "#tab=2d"):
        view = open_page(link)
        view.wait("recorded")
        view.root.locator("svg.pt-picture [data-cell]").first.evaluate("e => { e.dataset.variance = '3' }")
        said = view.wait("unchecked")
        assert said.endswith("not checked: nothing judges the displayed numbers in data-variance")


@pytest.fixture
def with_table(offline, tmp_path, monkeypatch):
    """Open a page whose table of displayed numbers is another one."""

    def opened(kinds, link):
        table = {**displayed.as_data(), "kinds": kinds}
        monkeypatch.setattr(displayed, "as_data", lambda: table)
        path = tmp_path / "pooling.html"
        path.write_text(page.page_html(RECORD), encoding="utf-8")
        offline.goto(path.as_uri() + link)
        return Shown(offline)

    return opened


def test_a_row_that_is_taken_out_of_the_table_unchecks_what_it_judged(with_table):
    kinds = [row for row in displayed.as_data()["kinds"] if row["part"] != "influence"]
    view = with_table(kinds, "#n=7&m=5&show=windows")
    view.wait("recorded")
    view.show("influence")
    assert "nothing judges the displayed numbers in data-" in view.wait("unchecked")


def test_a_part_of_a_claim_that_is_in_no_row_is_not_called_recorded(with_table):
    rows = displayed.as_data()["kinds"]
    known = [mark for part in ("influence", "outputs") for mark in DISPLAYED[part].marks]
    others = [row for row in rows if row["part"] not in ("influence", "outputs")]
    kinds = [*others, {**displayed.asdict(DISPLAYED["outputs"]), "marks": known}]
    view = with_table(kinds, "#n=7&m=5&show=windows,influence")
    # A page on a busy machine may first say that nothing answers.
    expect(view.status).to_contain_text("not checked: nothing judges the displayed numbers named influence")


# Rounding --------------------------------------------------------------------------------------------------------

CANCEL = "1e16,1,1,1,-1e16"


@pytest.mark.parametrize(
    ("link", "where", "name", "near", "far"),
    [
        (f"n=5&m=1&x={CANCEL}", "[data-output='0']", "data-y", "0.6", "5000"),
        ("n=2&m=1&x=-1e16,1&kind=max", "[data-output='0']", "data-y", "1", "5"),
        (f"n=1&m=5&upstream={CANCEL}", "[data-cell='0']", "data-grad", "3", "50000"),
        (f"tab=2d&n=1x1&m=1x5&colour=gradient&upstream={CANCEL}", "[data-cell='0,0']", "data-grad", "3", "50000"),
    ],
)
def test_rounding_is_bounded_by_what_was_summed(open_page, link, where, name, near, far):
    view = open_page(f"#{link}&show=windows")
    view.wait("recorded")
    for text, verdict in ((near, "recorded"), (far, "disagrees")):
        revision = int(view.status.get_attribute("data-rev"))
        view.root.evaluate(
            """(root, [where, name, text]) => {
              const mark = root.querySelector(where);
              mark.setAttribute(name, text);
              for (const written of mark.querySelectorAll('.pt-y, .pt-grad')) written.remove();
              for (const written of root.querySelectorAll(`[data-of], [data-grad-ends]`)) written.remove();
            }""",
            [where, name, text],
        )
        view.root.locator(f"[data-rev='{revision + 1}'][data-verdict={verdict}]").wait_for()


# With a kernel ---------------------------------------------------------------------------------------------------

OPEN = "import pooltutor\nline, grid = pooltutor.explore(9, 4), pooltutor.explore2d((9, 8))\nline"


@pytest.fixture(scope="module")
def lab_views(notebook):
    """A page with both explorers beside one kernel: a function that opens the picture of an alteration."""
    opened = notebook(OPEN, "grid", name="displayed.ipynb")
    views = {"line": View(opened.page, 0), "grid": View2d(opened.page, 1)}
    for view in views.values():
        view.wait("agrees")
    python = opened.lab.python("displayed.ipynb")

    def open_view(altered):
        names = {"n": "input_size", "m": "target_size"}
        state = {names.get(name, name): value for name, value in altered.state.items()}
        if "channel" in state:
            state["channel"] = int(state["channel"])
        view = views[altered.view]
        before = view.status.get_attribute("data-rev")
        python(
            f"view = {altered.view}\nstate = {{**view.usual, **{state!r}, 'window': view.usual['window']}}\n"
            "with view.hold_sync():\n    for name, value in state.items():\n        setattr(view, name, value)"
        )
        view.root.locator(f"[role=status]:not([data-rev='{before}']):not([data-verdict=checking])").wait_for()
        return view

    yield open_view
    opened.clean()


@pytest.mark.parametrize("picture", PICTURES)
def test_an_altered_number_disagrees_with_a_kernel(lab_views, picture):
    altered = PICTURES[picture]
    turn(lab_views(altered[0]), altered, right="agrees")
