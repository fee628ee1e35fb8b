"""The picture first: how high views are, how far apart a slider's values lie, and that nothing moves the picture."""

import pytest

pytestmark = pytest.mark.browser

PICTURE = "svg.pt-picture:not(.pt-matrix)"
WIDE = {"width": 1004, "height": 900}  # the page has margins of 12 px: the views are 980 px wide
PHONE = {"width": 360, "height": 740}
PROJECTOR = {"width": 1024, "height": 768}


@pytest.fixture(autouse=True)
def usual_screen(offline):
    yield
    offline.set_viewport_size({"width": 1100, "height": 900})


def place(view, selector):
    """Where a part of the view stands on the page, in CSS pixels."""
    return view.root.locator(selector).evaluate(
        "e => { const b = e.getBoundingClientRect(); return [b.left, b.top + scrollY, b.width, b.height] }"
    )


def height(view):
    return view.root.bounding_box()["height"]


def at(view, size):
    view.page.set_viewport_size(size)
    view.page.wait_for_timeout(200)  # the view follows a frame later
    return view


# Room ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sizes", [(14, 4), (8, 4), (6, 8), (64, 63), (1, 1), (64, 1)])
def test_an_explorer_is_at_most_520_px_high(open_explorer, sizes):
    view = at(open_explorer(*sizes), WIDE)
    assert view.root.bounding_box()["width"] == 980
    assert height(view) <= 520


@pytest.mark.parametrize(
    ("state", "most"),
    [({}, 620), ({"image": "digit", "n": (16, 16), "m": (6, 6)}, 700), ({"image": "photo", "n": (64, 64)}, 700)],
)
def test_a_2d_explorer_fits_a_screen_with_a_notebook_around_it(open_grid, state, most):
    """In JupyterLab at 1280 x 900 a notebook has 779 px."""
    view = at(open_grid(**state), WIDE)
    assert view.root.bounding_box()["width"] == 980
    assert height(view) <= most


def test_values_of_a_slider_lie_at_least_4_px_apart(open_explorer, open_grid):
    view = at(open_explorer(), WIDE)
    tracks = [view.slider(name).bounding_box()["width"] for name in ("Input size", "Target size")]
    view = at(open_grid(), WIDE)
    tracks += [
        view.slider(f"{kind} {side}").bounding_box()["width"]
        for kind in ("Input", "Target")
        for side in ("height", "width")
    ]
    assert len(tracks) == 6
    assert min(tracks) / 63 >= 4


@pytest.mark.parametrize(
    "state", [{}, {"n": (16, 16), "m": (6, 6), "image": "digit"}, {"n": (64, 64), "image": "photo"}]
)
def test_what_is_presented_in_two_dimensions_fits_the_projector(open_grid, state):
    view = at(open_grid(presenter=True, **state), PROJECTOR)
    assert sum(place(view, ".pt-foot")[i] for i in (1, 3)) <= 768
    _, top, _, tall = place(view, ".pt-stage")
    assert tall > 300
    assert top + tall <= place(view, ".pt-foot")[1]  # the verdict covers nothing


@pytest.mark.parametrize("sizes", [(14, 4), (64, 63), (6, 8)])
def test_what_is_presented_in_one_dimension_fits_the_projector(open_explorer, sizes):
    view = at(open_explorer(*sizes, presenter=True), PROJECTOR)
    assert sum(place(view, ".pt-foot")[i] for i in (1, 3)) <= 768
    _, top, _, tall = place(view, f".pt-stage, {PICTURE}")
    assert top + tall <= place(view, ".pt-foot")[1]


# Nothing jumps ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("screen", [WIDE, {"width": 760, "height": 900}, PHONE], ids=["wide", "narrow", "phone"])
def test_the_picture_stays_where_it_is(open_explorer, screen):
    view = at(open_explorer(), screen)
    picture, foot = place(view, PICTURE), place(view, ".pt-foot")
    for n, m in [(14, 5), (64, 7), (48, 13), (8, 4), (63, 62)]:
        view.set_sizes(n, m)
        for window in (0, m - 1):
            view.slider("Window").evaluate(
                "(e, value) => { e.value = value; e.dispatchEvent(new Event('input')) }", window
            )
            assert place(view, PICTURE) == picture, (n, m, window)
            assert place(view, ".pt-foot")[1] == foot[1], (n, m, window)
    view.box("Input size").fill("5000")
    view.box("Input size").press("Enter")
    assert view.note() == "Input size takes whole numbers from 1 to 4096; 5000 became 4096."
    assert place(view, PICTURE) == picture
    view.set_sizes(14, 4)
    view.mark("cell", 3).focus()
    view.page.keyboard.press("w")
    assert "Your turn" in view.wait("unchecked")
    assert place(view, PICTURE) == picture
    view.more()
    for panel in ("duel", "table", "windows", "matrix P", "code"):
        view.show(panel)
        assert place(view, PICTURE)[:3] == picture[:3]


@pytest.mark.parametrize("screen", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_2d_picture_stays_where_it_is(open_grid, screen):
    view = at(open_grid(), screen)
    top = place(view, ".pt-stage")[:3]
    for n, m in [((6, 8), (6, 8)), ((16, 16), (5, 7)), ((3, 4), (5, 6)), ((64, 60), (9, 7)), ((6, 8), (None, 3))]:
        view.set_sizes(n, m)
        assert place(view, ".pt-stage")[:3] == top, (n, m)
    view.grid("input").focus()
    view.page.keyboard.press("w")
    view.wait("unchecked")
    assert place(view, ".pt-stage")[:3] == top
    view.more()
    assert place(view, ".pt-stage")[:3] == top


# More ------------------------------------------------------------------------------------------------------


def test_the_rest_is_folded_under_more_which_remembers(open_explorer, offline):
    view = open_explorer()
    folded = view.root.locator(".pt-folded")
    assert folded.bounding_box()["height"] == 0
    view.slider("Input size").focus()
    names = view.names_by_tab(40)
    assert not {"Rule", "Pooling", "Example", "Speed", "windows", "Input x"} & set(names)
    view.more()
    assert folded.bounding_box()["height"] > 100
    offline.wait_for_function("() => location.hash.includes('more=1')")
    view.slider("Input size").focus()
    names = view.names_by_tab(60)
    assert {"Rule", "Pooling", "Example", "Speed", "windows", "Input x", "Window", "presenter size"} <= set(names)
    offline.reload()
    view.wait("recorded", "14,4,pytorch")
    assert folded.bounding_box()["height"] > 100


def test_what_is_folded_away_and_not_usual_stands_beside_the_steps(open_explorer, open_grid):
    view = open_explorer(5, 3, "disagrees", rule="forum", kind="max")
    assert view.root.locator(".pt-chosen").inner_text() == "the forum's, maximum"
    assert open_explorer().root.locator(".pt-chosen").inner_text() == ""
    assert open_grid(kind="max").root.locator(".pt-chosen").inner_text() == "maximum"


# What is said at a control ---------------------------------------------------------------------------------


def test_a_note_stands_at_its_field_until_escape(open_explorer):
    view = open_explorer(more=True)
    for box, typed in [(view.box("Target size"), "9999"), (view.root.get_by_label("Input x as a list"), "1, two")]:
        box.fill(typed)
        box.press("Enter")
        note = view.root.locator(".pt-note:not([hidden])")
        field, said = box.bounding_box(), note.bounding_box()
        assert 0 <= said["y"] - (field["y"] + field["height"]) < 12
        assert said["x"] < field["x"] + field["width"]
        assert said["x"] + said["width"] > field["x"]
        assert box.get_attribute("aria-describedby") == note.get_attribute("id")
        box.press("Escape")
        note.wait_for(state="detached")
        assert box.get_attribute("aria-describedby") is None


@pytest.mark.parametrize("name", ["duel", "presenter size", "influence", "Rule"])
def test_a_control_explains_itself_on_hover_and_focus(open_explorer, name):
    view = open_explorer(5, 3, "disagrees", rule="forum", more=True)
    control = view.root.get_by_label(name, exact=True)
    hint = view.root.locator(f"[id='{control.get_attribute('aria-describedby')}']")
    assert len(hint.text_content()) > 30
    assert not hint.is_visible()
    control.hover()
    hint.wait_for()
    view.page.mouse.move(0, 0)
    hint.wait_for(state="hidden")
    control.focus()
    hint.wait_for()
    assert hint.bounding_box()["x"] >= 0
    assert hint.bounding_box()["x"] + hint.bounding_box()["width"] <= view.page.viewport_size["width"]
    control.press("Escape")
    hint.wait_for(state="hidden")


def test_the_hint_of_a_rule_says_where_it_is_found(open_explorer):
    view = open_explorer(5, 3, "disagrees", rule="forum", more=True)
    view.menu("Rule").hover()
    assert "thread 26897" in view.root.locator(".pt-hint:visible").inner_text()


# Keep ------------------------------------------------------------------------------------------------------


def test_a_side_that_is_no_longer_kept_has_its_earlier_target_again(open_grid):
    view = open_grid(n=(6, 8), m=(4, 3))
    keep = view.root.get_by_label("keep the width", exact=True)
    keep.check()
    view.wait_for((6, 8), (4, 8))
    keep.uncheck()
    view.wait_for((6, 8), (4, 3))


def test_a_program_may_set_what_is_folded_away(open_explorer):
    """Whoever drives a view by its accessible names need not know what is folded."""
    view = open_explorer(5, 3)
    view.menu("Rule").select_option("forum")
    view.wait("disagrees", "5,3,forum")
    view.menu("Example").select_option("7,5")
    view.wait("disagrees", "7,5,forum")
    assert view.root.locator(".pt-folded.pt-away").count() == 1
