"""The atlas without a browser: its packed charts, its pair and that of its explorer, its preview."""

import base64
import math
import re
import subprocess
import sys
import zlib
from fractions import Fraction

import numpy as np
import pytest

from pooltutor import atlas, bins, explore, pairs
from pooltutor.legend import LIGHT
from pooltutor.live import charts, shared
from pooltutor.live.joining import in_order, read
from pooltutor.live.judged import VERDICTS
from pooltutor.rules import RULES
from pooltutor.words import load
from tests import spec
from tests.test_live import leaves

SIZES = range(1, 65)
ALL = [(n, m) for n in SIZES for m in SIZES]
SMALL = [(n, m) for n in range(1, 25) for m in range(1, 25)]

# Charts ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unpacked() -> dict[object, np.ndarray]:
    """What the browser makes of the packed bytes, said in numpy: every chart as [n - 1, m - 1], by what it is of."""
    names = [*charts.drawn(), *charts.VALUES, *(f"wrong {rule}" for rule in RULES)]
    every = np.frombuffer(zlib.decompress(charts.packed()), np.uint8).reshape(-1, 64, 64)
    return dict(zip(names, every, strict=True))


def test_there_is_a_map_for_every_colouring_and_for_agreement_one_for_every_rule():
    drawn = charts.drawn()
    assert [colour for colour, _ in drawn if colour != "agreement"] == list(pairs.CHARTS[:-1])
    assert [rule for colour, rule in drawn if colour == "agreement"] == list(RULES)


def test_the_browser_gets_the_class_of_every_pair_on_every_map(unpacked):
    for colour, rule in charts.drawn():
        np.testing.assert_array_equal(unpacked[colour, rule], pairs.chart(colour, rule).classes)
        legend = charts.charts()["legends"][f"{colour},{rule}"]
        assert len(legend["labels"]) == len(legend["colours"]) > unpacked[colour, rule].max()
        assert set(legend["colours"]) <= set(LIGHT)


def test_the_browser_gets_gcd_and_longest_window_of_every_pair(unpacked):
    for n, m in ALL:
        assert unpacked["gcd"][n - 1, m - 1] == math.gcd(n, m)
        assert unpacked["longest"][n - 1, m - 1] == bins(n, m).lengths.max()


def test_the_browser_gets_the_exact_influence_ratio(unpacked):
    for n, m in SMALL:
        influence = [Fraction(0)] * n
        for start, stop in spec.windows("pytorch", n, m):
            for j in range(start, stop):
                influence[j] += Fraction(1, stop - start)
        ratio = max(influence) / min(influence)
        shown = [unpacked[part][n - 1, m - 1] for part in ("numerator", "denominator")]
        assert shown == [ratio.numerator, ratio.denominator]


def test_the_browser_gets_an_avg_pool_with_these_very_windows_or_none(unpacked):
    for n, m in ALL:
        kernel, stride, padding = (int(unpacked[part][n - 1, m - 1]) for part in ("kernel", "stride", "padding"))
        if kernel:
            starts = np.arange(m) * stride - padding
            windows = [(max(0, start), min(n, start + kernel)) for start in starts.tolist()]
            assert windows == list(bins(n, m)) and (n + 2 * padding - kernel) // stride + 1 == m  # noqa: PT018
        assert unpacked["avgpool", "pytorch"][n - 1, m - 1] == bool(kernel) + bool(padding)


@pytest.mark.parametrize("rule", RULES)
def test_the_browser_gets_how_many_windows_are_wrong_under_every_rule(unpacked, rule):
    for n, m in SMALL:
        claimed, true = spec.windows(rule, n, m), spec.windows("pytorch", n, m)
        wrong = sum(a != b for a, b in zip(claimed, true, strict=True))
        expected = wrong if spec.defined(rule, n, m) else charts.UNDEFINED
        assert unpacked[f"wrong {rule}"][n - 1, m - 1] == expected


def test_a_number_that_no_longer_fits_a_byte_is_refused():
    assert charts._bytes(np.array([0, -1, 254])) == bytes([0, 255, 254])
    with spec.refused(OverflowError, "a chart of the atlas no longer fits bytes"):
        charts._bytes(np.array([255]))


def test_charts_are_small_and_sent_only_where_an_atlas_opens():
    assert len(charts.packed()) < 1_100 * (len(RULES) + 4)  # maps
    code = (
        "import sys, pooltutor\nfrom pooltutor.live.shared import shared\npooltutor.explore(7, 5)\n"
        "before = bool(shared().charts)\npooltutor.atlas()\n"
        "print(before, bool(shared().charts), [m for m in ('torch', 'matplotlib') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.stdout == "False True []\n"


# Words and colours -----------------------------------------------------------------------------------------


def test_every_word_of_the_atlas_is_used_by_the_code():
    code = "".join(read(name) for name in in_order("js/atlas/atlas.js") if "/atlas/" in name)
    coloured = ("captions", "colours")
    looked_up = {*coloured, "pair_verdicts"}  # by the name of a colouring, or of a verdict
    unused = [p for p in leaves(load()["atlas"]) if not looked_up & set(p) and not re.search(rf"\.{p[-1]}\b", code)]
    assert unused == []
    assert set(load()["atlas"]["pair_verdicts"]) == {*VERDICTS, "altered", "hidden"}
    for name in coloured:
        assert tuple(load()["atlas"][name]) == pairs.CHARTS


def test_the_style_sheet_names_no_colour_of_its_own():
    css = read("css/atlas.css")
    assert set(re.findall(r"var\(--pt-(\w+)\)", css)) <= set(LIGHT)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|https?:", css) == []
    assert css in shared.shared().css


# State -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"colour": "red"}, "colour must be one of gcd, longest, influence, avgpool, agreement, got 'red'"),
        ({"rule": None}, f"rule must be one of {', '.join(RULES)} or the text of a formula, got None"),
        ({"input_size": 65}, "input_size must be an integer from 1 to 64, got 65"),
        ({"target_size": 0}, "target_size must be an integer from 1 to 64, got 0"),
        ({"target_size": 2.5}, "target_size must be an integer from 1 to 64, got 2.5"),
    ],
)
def test_a_refused_state_says_what_is_accepted_and_changes_nothing(change, message):
    view = atlas()
    ((name, value),) = change.items()
    before = getattr(view, name)
    with spec.refused((TypeError, ValueError), message):
        setattr(view, name, value)
    assert getattr(view, name) == before


def test_atlas_refuses_the_same():
    with spec.refused(ValueError, "colour must be one of gcd, longest, influence, avgpool, agreement, got 3"):
        atlas(3)
    with spec.refused(ValueError, f"rule must be one of {', '.join(RULES)} or the text of a formula, got 'x'"):
        atlas(rule="x")
    with spec.refused(TypeError, "explorer must be what explore() returns, got 14"):
        atlas(explorer=14)


def test_an_atlas_makes_an_explorer_or_takes_one():
    own = atlas("agreement", rule="forum")
    assert (own.colour, own.rule, own._beside) == ("agreement", "forum", True)
    assert repr(own.explorer) == "explore(14, 4, rule='forum')", "the map and the explorer speak of the same rule"
    assert repr(atlas("gcd", rule="forum").explorer) == "explore(14, 4)"
    own.rule = "float32"
    assert own.explorer.rule == "float32"
    own.colour, own.rule = "gcd", "split"
    assert own.explorer.rule == "pytorch", "only the map of agreement is under a rule"
    own.explorer.rule, own.colour = "round", "longest"
    assert own.explorer.rule == "round", "between maps of PyTorch's rule the learner's choice stays"
    own.colour = "agreement"
    assert own.explorer.rule == "split"
    given = explore(7, 5)
    view = atlas("agreement", rule="forum", explorer=given)
    assert given.rule == "pytorch", "an explorer that was given keeps its rule"
    view = atlas(explorer=given)
    assert view.explorer is given
    assert (view.input_size, view.target_size, view._beside) == (7, 5, False)
    assert (repr(view), repr(own)) == ("atlas('gcd')", "atlas('agreement', rule='split')")


def test_the_marked_pair_is_the_explorers():
    view = atlas()
    view.explorer.input_size = 20
    assert (view.input_size, view.target_size) == (20, 4)
    view.target_size = 9
    assert (view.explorer.input_size, view.explorer.target_size) == (20, 9)
    view.explorer.window = 8
    view.target_size = 3
    assert view.explorer.window == 2


def test_a_pair_beyond_the_map_leaves_the_mark_and_the_next_one_on_it_moves_it():
    view = atlas(explorer=explore(224, 100))
    assert (view.input_size, view.target_size) == (14, 4)
    view.explorer.target_size = 50
    assert (view.input_size, view.target_size) == (14, 4)
    view.input_size = 30
    assert (view.explorer.input_size, view.explorer.target_size) == (30, 4)


def changes(widget, name) -> list[int]:
    """A list that takes down what a trait becomes from now on."""
    seen: list[int] = []
    widget.observe(lambda change: seen.append(change.new), name)
    return seen


def test_both_sizes_move_at_once_so_that_no_other_pair_flashes_up():
    view = atlas(explorer=explore(224, 50))
    theirs = changes(view.explorer, "target_size")
    view.explorer.window = 49
    view.explorer.input_size = 20
    assert (view.input_size, view.target_size, view.explorer.window, theirs) == (20, 50, 49, [])
    view.explorer.input_size = 224
    view.explorer.target_size = 40
    ours = changes(view, "target_size")
    view.input_size = 30
    assert (view.explorer.target_size, ours) == (50, [])


def test_two_atlases_of_one_explorer_mark_the_same_pair():
    one = atlas()
    other = atlas("avgpool", explorer=one.explorer)
    one.input_size = 33
    assert (other.input_size, other.target_size) == (33, 4)


# Preview ---------------------------------------------------------------------------------------------------


def preview(view) -> bytes:
    data, _ = view._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    return base64.b64decode(data["image/png"])


def test_every_atlas_carries_a_picture_of_its_own_map():
    views = (atlas(), atlas("avgpool"), atlas("agreement"), atlas("agreement", rule="forum"))
    pictures = {preview(view) for view in views}
    assert len(pictures) == 4
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)
    assert preview(atlas()) in pictures
