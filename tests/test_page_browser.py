"""The one-file page as people open it: from disk, without a network, on a phone, by a link."""

import re
from urllib.parse import quote

import numpy as np
import pytest

from pooltutor import bins, pool
from tests.view import SET_RANGE

pytestmark = pytest.mark.browser
RECORDED = "Compared with PyTorch 2.13.0 on 2026-01-02 for all 4,096 sizes when this page was made."
RECORDED_WINDOWS = "The windows of this size were compared with PyTorch 2.13.0 on 2026-01-02 when this page was made."


def test_it_opens_from_disk_and_says_what_was_recorded(open_page):
    view = open_page()
    assert view.wait("recorded", "14,4,pytorch").split("\n")[-1] == RECORDED
    view.set_sizes(7, 5)
    view.wait("recorded", "7,5,pytorch")
    assert view.numbers()["stop"].tolist() == bins(7, 5).stop.tolist()


def test_a_wrong_rule_still_disagrees(open_page):
    view = open_page()
    view.set_sizes(5, 3)
    view.menu("Rule").select_option("forum")
    assert "window 1 is 2:4 here, PyTorch's is 1:4" in view.wait("disagrees", "5,3,forum")


@pytest.mark.parametrize(
    ("n", "m", "verdict"), [(256, 64, "recorded"), (256, 65, "unchecked"), (512, 100, "unchecked")]
)
def test_any_size_opens_and_what_was_not_compared_is_said(open_page, n, m, verdict):
    view = open_page(f"#n={n}&m={m}")
    said = view.wait(verdict, f"{n},{m},pytorch").split("\n")[-1]
    sentence = f"not checked: {n} → {m} was not compared with PyTorch when this page was made; sizes to 256 → 64 were"
    assert said == (RECORDED_WINDOWS if verdict == "recorded" else sentence)
    shown, b = view.numbers(), bins(n, m)
    for side, ends in (("start", b.start), ("stop", b.stop)):
        assert shown[side].tolist() == ends.tolist()
    assert shown["y"].tolist() == pool(np.arange(n), m).tolist()
    assert int(view.slider("Input size").get_attribute("max")) == max(n, 64)
    assert view.slider("Input size").input_value() == str(n)


def test_a_formula_is_part_of_the_address(open_page, offline):
    formula = "k = ceil(n / m)\nstart = i * n // m\nstop = start + k"
    view = open_page(f"#n=5&m=3&rule={quote(formula)}")
    offline.locator("[data-verdict=disagrees]").first.wait_for()
    assert "window 1 is 1:3 here, PyTorch's is 1:4" in view.status.inner_text()
    view.set_sizes(14, 4)
    offline.locator("[data-verdict=recorded]").first.wait_for()
    assert view.numbers()["stop"].tolist() == [4, 7, 11, 14]
    address = f"#tab=explorer&n=14&m=4&rule={quote(formula, safe='()*')}"
    offline.wait_for_function("address => location.hash === address", arg=address)


def test_a_link_opens_a_state_and_the_address_follows(open_page, offline):
    view = open_page("#n=7&m=5&show=windows,influence&rule=forum&window=2")
    view.wait("disagrees", "7,5,forum")
    assert view.root.locator("[data-influence]").count() == 7
    assert view.slider("Window").input_value() == "2"
    view.set_sizes(9, 6)
    offline.wait_for_url(re.compile(r"#tab=explorer&n=9&m=6&show=windows,influence&window=2&rule=forum$"))
    again = open_page("#" + offline.url.split("#")[1])
    again.wait("recorded", "9,6,forum")  # there the forum is right


def test_keys_reach_the_picture_from_everywhere(open_page, offline):
    view = open_page("#n=5&m=3&show=")
    view.wait("unchecked", "5,3,pytorch")
    offline.keyboard.press("w")
    view.wait("recorded", "5,3,pytorch")
    offline.keyboard.press("ArrowRight")
    assert view.line().startswith("window i = 1")


def test_keys_that_a_picture_has_no_use_for_scroll(open_page, offline):
    offline.set_viewport_size({"width": 1000, "height": 500})
    view = open_page("#n=7&m=5&show=windows,table,code,words")
    view.wait("recorded", "7,5,pytorch")
    for key in ("PageDown", "ArrowDown"):
        before = offline.evaluate("() => scrollY")
        offline.keyboard.press(key)
        offline.wait_for_function("before => scrollY > before", arg=before)
    assert view.slider("Window").input_value() == "0"
    offline.set_viewport_size({"width": 1100, "height": 900})


def test_keys_reach_the_picture_beside_the_map(open_page, offline):
    view = open_page("#tab=atlas&n=9&m=4")
    view.wait("recorded", "9,4,pytorch")
    offline.locator(".pt-map").focus()
    offline.keyboard.press("w")
    view.wait("unchecked", "9,4,pytorch")
    offline.keyboard.press("w")
    view.wait("recorded", "9,4,pytorch")
    view.more()
    view.root.get_by_label("presenter size").check()
    offline.mouse.move(0, 0)
    view.wait("recorded", "9,4,pytorch")
    offline.wait_for_function("() => !document.querySelector('.pt-active')")  # nothing is pointed at
    offline.locator(".pt-map").focus()
    offline.keyboard.press("PageDown")
    assert view.line().startswith("window i = 1")
    assert offline.locator(".pt-readout").inner_text().startswith("9 → 4")


def test_a_link_to_the_map_opens_its_explorer_as_it_was_at_first(open_page, offline):
    view = open_page("#tab=atlas&colour=agreement&rule=forum&n=7&m=5")
    view.wait("disagrees", "7,5,forum")
    view.menu("Rule").select_option("pytorch")
    view.show("windows", False)
    view.wait("unchecked", "7,5,pytorch")
    offline.evaluate("() => { location.hash = 'tab=atlas&colour=agreement&rule=forum&n=5&m=3'; }")
    view.wait("disagrees", "5,3,forum")


def test_a_browser_that_is_too_old_is_told_so(chromium, address):
    page = chromium.new_page()
    page.goto(address)
    page.locator("svg.pt-picture").first.wait_for()
    assert not page.get_by_text("This browser is too old").is_visible()
    page.add_init_script("delete globalThis.DecompressionStream;")
    page.goto("about:blank")
    page.goto(address)
    assert page.get_by_text("This browser is too old for this page").is_visible()
    page.close()


def test_an_address_that_says_nonsense_opens_all_the_same(open_page):
    view = open_page("#tab=none&n=4097&m=-3&rule=mine&show=windows,secrets&window=77&x=a,b&presenter=maybe")
    view.wait("recorded", "14,4,pytorch")
    assert view.page.evaluate("() => location.hash") == "#tab=explorer&n=14&m=4", "and then says what is seen"


def test_two_dimensions_a_photograph_and_a_tab_by_link(open_page):
    view = open_page("#tab=2d&n=8x8&m=7xkeep&colour=gradient&window=3x4")
    view.wait("recorded", "8x8,7x8,pytorch")
    view.menu("Input x").select_option("photo")
    view.wait("recorded", "128x96,7x96,pytorch")
    view.slider("Target height").evaluate(SET_RANGE, 5)
    view.wait("recorded", "128x96,5x96,pytorch")
    view.menu("Rule").select_option("split")
    assert "of the rows" in view.wait("disagrees", "128x96,5x96,split")


def test_a_photograph_is_reopened_by_its_link(open_page, offline):
    view = open_page("#tab=2d&n=128x96&m=7xkeep&image=photo")
    view.wait("recorded", "128x96,7x96,pytorch")
    assert view.menu("Input x").input_value() == "photo"
    open_page("#tab=2d&n=200x96&m=7x7").wait("recorded", "200x96,7x7,pytorch")
    open_page("#tab=2d&n=257x96&m=7x7").wait("recorded", "6x8,7x7,pytorch")


def test_the_atlas_opens_the_pair_beside_it(open_page, offline):
    view = open_page("#tab=atlas&colour=avgpool&n=20&m=6")
    view.wait("recorded", "20,6,pytorch")
    assert offline.get_by_label("Colour", exact=True).input_value() == "avgpool"
    view.set_sizes(12, 5)
    offline.locator(".pt-readout", has_text="12 → 5").wait_for()


def test_the_explorer_beside_the_map_of_agreement_has_its_rule(open_page):
    open_page("#tab=atlas&colour=agreement&rule=forum&n=7&m=5").wait("disagrees", "7,5,forum")
    open_page("#tab=atlas&rule=forum&n=7&m=5").wait("recorded", "7,5,pytorch")


def test_the_duel_has_two_rules(open_page, offline):
    view = open_page()
    view.wait("recorded", "14,4,pytorch")
    offline.get_by_role("tab", name="Explorer").focus()
    offline.keyboard.press("ArrowLeft")  # round to the last tab
    assert offline.get_by_role("tab").last.get_attribute("aria-selected") == "true"
    while offline.get_by_role("tab", name="Rule duel").get_attribute("aria-selected") != "true":
        offline.keyboard.press("ArrowLeft")
    view.wait("disagrees", "5,3,equal_kernel")
    assert view.root.locator("[data-rival]").count() > 0


@pytest.mark.parametrize("tab", ["explorer", "2d", "atlas"])
def test_pictures_are_saved_as_svg_and_png(open_page, offline, tab):
    view = open_page(f"#tab={tab}")
    view.wait("recorded")
    for name, start in (("save SVG", b"<svg "), ("save PNG", b"\x89PNG")):
        with offline.expect_download() as waiting:
            offline.get_by_role("button", name=name).click()
        content = waiting.value.path().read_bytes()
        assert content.startswith(start)
        assert b"var(--" not in content
        assert "↔".encode() not in content, "nobody takes hold of a file"
        assert waiting.value.suggested_filename == f"pooltutor-{tab}.{name[-3:].lower()}"
        assert (b"<image " in content) == (tab == "atlas" and name == "save SVG"), "the map is painted, not drawn"


def test_a_phone_shows_everything_in_its_width(open_page, offline):
    offline.set_viewport_size({"width": 360, "height": 780})
    for tab in ("explorer", "2d", "atlas", "duel"):
        view = open_page(f"#tab={tab}")
        view.status.and_(offline.locator("[data-verdict=recorded], [data-verdict=disagrees]")).wait_for()
        assert offline.evaluate("() => document.documentElement.scrollWidth") <= 360
    offline.set_viewport_size({"width": 1100, "height": 900})


def test_a_phone_has_sliders_and_picture_on_one_screen_and_all_the_rest_below(open_page, offline):
    offline.set_viewport_size({"width": 360, "height": 740})
    view = open_page("#n=14&m=4")
    view.wait("recorded", "14,4,pytorch")
    top, picture = view.slider("Input size").bounding_box()["y"], view.root.locator("svg.pt-picture").bounding_box()
    assert 0 < top < picture["y"]
    assert picture["y"] + picture["height"] < 740
    for control in (view.menu("Rule"), view.menu("Example"), view.slider("Window"), view.menu("words")):
        assert control.is_visible()
        assert control.bounding_box()["y"] > picture["y"] + picture["height"]
    offline.set_viewport_size({"width": 1100, "height": 900})


@pytest.mark.parametrize(("link", "about"), [("n=14&m=4", "14,4,pytorch"), ("tab=2d&n=6x8&m=4x3", "6x8,4x3,pytorch")])
def test_a_tap_on_what_hides_the_windows_reveals_them(open_page, link, about):
    view = open_page(f"#{link}&show=")
    view.wait("unchecked", about)
    view.root.locator(".pt-opens").first.click()
    view.wait("recorded", about)
    assert view.root.locator(".pt-opens").count() == 0


@pytest.mark.parametrize("presenter", ["0", "1"])
@pytest.mark.parametrize("link", ["n=14&m=4", "tab=2d&n=6x8&m=4x3"])
def test_what_to_do_with_hidden_windows_is_said_in_the_room_that_there_is(open_page, offline, link, presenter):
    said = set()
    for width in (240, 360, 1100):
        offline.set_viewport_size({"width": width, "height": 900})
        view = open_page(f"#{link}&show=&presenter={presenter}")
        view.wait("unchecked")
        hint = view.root.locator("svg.pt-picture text", has_text=re.compile(r"^hidden|^tap"))
        box, room = hint.bounding_box(), view.root.bounding_box()
        assert room["x"] <= box["x"]
        assert box["x"] + box["width"] <= room["x"] + room["width"]
        said.add(hint.text_content())
    assert len(said) > 1
    offline.set_viewport_size({"width": 1100, "height": 900})


@pytest.mark.parametrize(("link", "first"), [("n=7&m=5", "window i = 1"), ("tab=2d&n=6x8&m=4x3", "output (0, 1)")])
def test_in_presenter_size_a_clicker_steps_whatever_was_used_before(open_page, offline, link, first):
    view = open_page(f"#{link}&show=windows&presenter=1")
    view.wait("recorded")
    size = view.root.get_by_role("slider").first
    cell = view.root.locator("[data-cell]").first
    before = size.input_value()
    number = view.root.get_by_role("spinbutton").first
    for use in (size.focus, number.focus, cell.click, cell.hover):
        use()
        offline.keyboard.press("PageDown")
        assert view.line().startswith(first)
        offline.keyboard.press("PageUp")
        assert view.slider("Window").input_value() == "0"
        assert size.input_value() == before


def test_a_link_opens_at_the_top_and_leaves_the_keys_to_the_picture(open_page, offline):
    view = open_page("#n=7&m=5&show=windows,table,code,matrix")
    view.wait("recorded", "7,5,pytorch")
    view.slider("Input size").focus()
    offline.evaluate("() => { scrollTo(0, 400); location.hash = 'n=14&m=4'; }")
    view.wait("recorded", "14,4,pytorch")
    assert offline.evaluate("() => scrollY") == 0
    offline.keyboard.press("ArrowRight")
    assert (view.slider("Input size").input_value(), view.slider("Window").input_value()) == ("14", "1")


def test_a_rule_that_is_not_pytorchs_is_named_in_presenter_size(open_page):
    view = open_page("#n=14&m=4&show=windows&presenter=1")
    view.wait("recorded", "14,4,pytorch")
    chosen = view.root.locator(".pt-chosen")
    assert chosen.inner_text() == ""
    view = open_page("#n=14&m=4&rule=equal_kernel&show=windows&presenter=1")
    view.wait("recorded", "14,4,equal_kernel")
    assert chosen.inner_text() == "one kernel"
    assert chosen.bounding_box()["height"] > 20


def test_dark_follows_the_system_and_paper_is_light_and_has_no_controls(open_page, offline):
    offline.emulate_media(color_scheme="dark")
    view = open_page("#n=7&m=5&show=windows,table,code")
    view.wait("recorded", "7,5,pytorch")
    assert view.root.get_attribute("data-theme") == "dark"
    offline.emulate_media(media="print", color_scheme="dark")
    offline.locator("[role=tabpanel]:visible .pooltutor[data-theme=light]").wait_for()
    assert offline.locator(":is(nav, button, input, select):visible").count() == 0
    assert view.root.locator("svg.pt-picture").is_visible()
    assert view.root.locator("table").is_visible()
    offline.emulate_media(media="screen", color_scheme="light")


def test_what_the_page_runs_is_what_it_allows(open_page, offline):
    view = open_page()
    view.wait("recorded", "14,4,pytorch")
    intruder = "const s = document.createElement('script'); s.textContent = 'window.intruder = 1'"
    offline.evaluate(f"() => {{ {intruder}; document.body.append(s) }}")
    assert offline.evaluate("() => window.intruder") is None
    assert any("Content Security Policy" in fault for fault in offline.faults)
    offline.faults.clear()
