"""The printed picture, asked artist by artist: what stands where, what it says, and what it must not give away."""

import dataclasses
import io
import subprocess
import sys
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
from matplotlib.text import Text
from PIL import Image

from pooltutor import RULES, Bins, bins, explore, figures, gradient, pool, words
from pooltutor.figures import Picture, atlas, duel, matrix, readme_picture, windows
from pooltutor.figures import gradient as shares
from pooltutor.figures.layout import LANE, bars_of
from pooltutor.figures.picture import NOTHING
from pooltutor.legend import EITHER, STILL_THEMES, THEMES, still_colours
from tests import spec
from tests.extent import extent
from tests.quick import quick_takes
from tests.test_words import contrast, paths, words_read

DOCS = Path(__file__).resolve().parent.parent / "docs"
WORDS = words.load()["figure"]
ROWS = ("cells", "bars", "outputs", "upstreams", "gradients")

# (n, m, rule): few and many cells, tiling and not, m > n, every rule, windows that are empty and lanes without number
SCENES = [
    *((n, m, "pytorch") for n, m in [(14, 4), (7, 5), (48, 13), (8, 4), (64, 64), (1, 64), (64, 1), (6, 8), (1, 1)]),
    *((n, m, "pytorch") for n, m in [(27, 20), (13, 17), (64, 63), (224, 100), (5, 9)]),
    *((5, 3, rule) for rule in RULES),
    *((6, 8, rule) for rule in ("split", "round", "forum", "float32")),
    (14, 4, "equal_kernel"),
    (55, 28, "fixed_stride"),
    (26, 22, "float32"),
]
# Of each kind one: windows that overlap, cells without numbers, tiles, m > n, the largest, wrong and empty windows.
SOME = [*SCENES[:1], *SCENES[2:5], *SCENES[7:8], (5, 3, "forum"), (6, 8, "split"), (55, 28, "fixed_stride")]

GROUNDS = {"light": [("#ffffff", 4.5)], "dark": [("#111418", 4.5)], "either": [("#ffffff", 4.3), ("#111111", 4.3)]}
"""What a word beside the boxes of a theme may stand on, and the contrast it must have: of 4.35 there is no more."""


def can_be_read_on_its_ground(text, theme):
    """Whether a word beside the boxes has contrast enough; what is hidden, and what is not defined, keeps a panel."""
    on_panel = theme == "either" and text.get_color() == EITHER["panel_ink"]
    grounds = [(EITHER["panel"], 4.5)] if on_panel else GROUNDS[theme]
    return all(contrast(text.get_color(), ground) >= least for ground, least in grounds)


PAGE_THEMES = ["light", *(pytest.param(theme, marks=pytest.mark.slow) for theme in ("dark", "either"))]
"""For tests of many pages: words stand at the same places in all themes, so that --quick can do with one."""


class Scene(NamedTuple):
    bins: Bins
    x: np.ndarray
    upstream: np.ndarray
    picture: Picture


@pytest.fixture(params=quick_takes(SOME, SCENES), ids=str, scope="module")
def scene(request):
    """One picture for all tests that only look at it: drawing is what takes the time."""
    b = bins(*request.param)
    x, upstream = np.arange(b.input_size) * 12.25 - 3, np.arange(len(b)) / 7 - 1
    return Scene(b, x, upstream, windows(b, x=x, upstream=upstream, window=0))


def spans(boxes):
    return rounded((box.get_x(), box.get_x() + box.get_width()) for box in boxes)


def rounded(pairs):
    return [(round(float(left), 9), round(float(right), 9)) for left, right in pairs]


def tops(boxes):
    return [box.get_y() for box in boxes]


def said(texts):
    return [text.get_text() for text in texts]


def all_texts(picture):
    return [text.get_text() for text in picture.ax.texts]


def between(edges):
    return rounded(pairwise(edges))


def colour_of(boxes):
    return [to_hex(box.get_facecolor()) for box in boxes]


# Where things stand ----------------------------------------------------------------------------------------


def test_the_classic_stands_where_its_numbers_say():
    picture = windows(bins(14, 4))
    assert spans(picture.cells.boxes) == spans(picture.gradients.boxes) == list(pairwise(range(15)))
    assert spans(picture.bars.boxes) == [(0, 4), (3, 7), (7, 11), (10, 14)]
    assert spans(picture.outputs.boxes) == spans(picture.upstreams.boxes) == between([0, 3.5, 7, 10.5, 14])
    assert spans(picture.shared) == [(3, 4), (10, 11)]
    assert [line.get_xdata()[0] for line in picture.cuts.diamonds] == [0, 3.5, 7, 10.5, 14]
    assert [list(line.get_xdata()) for line in picture.cuts.lines] == [[x, x] for x in (0, 3.5, 7, 10.5, 14)]
    assert all(line.is_dashed() for line in picture.cuts.lines)
    hues = [EITHER[key] for key in ("line", "ink", "line", "ink", "line")]
    assert [diamond.get_color() for diamond in picture.cuts.diamonds] == hues
    assert all(isinstance(cell, Rectangle) for cell in picture.cells.boxes)


def test_the_classic_says_its_numbers():
    picture = windows(bins(14, 4))
    assert said(picture.cells.texts) == [str(k) for k in range(14)]
    assert said(picture.bars.texts) == ["0:4", "3:7", "7:11", "10:14"]
    assert said(picture.outputs.texts) == ["1.5", "4.5", "8.5", "11.5"]
    assert said(picture.upstreams.texts) == ["1", "2", "3", "4"]
    assert said(picture.gradients.texts) == [*["0.25"] * 3, "0.75", *["0.5"] * 3, *["0.75"] * 3, "1.75", "1", "1", "1"]


def test_bars_outputs_and_numbers_are_those_of_the_bins(scene):
    b, x, upstream, picture = scene
    n, m, rule = b.input_size, b.target_size, b.rule
    assert spans(picture.outputs.boxes) == spans(picture.upstreams.boxes) == between(b.cuts)
    first, last = (b.start, b.stop) if m <= n else (b.cuts[k] for k in b.feeds)
    assert spans(picture.bars.boxes) == rounded(zip(first, last, strict=True))
    assert close(picture.outputs.texts, pool(x, m, rule=rule))
    assert close(picture.gradients.texts, gradient(upstream, n, rule=rule))


def close(texts, values):
    numbers = [float(text) if text != WORDS["empty"] else np.nan for text in said(texts)]
    return not numbers or numbers == pytest.approx(list(values), rel=0.006, abs=1e-9, nan_ok=True)


def test_maximum_pools_and_sends_back_to_the_winner():
    picture = windows(bins(3, 2), x=[0, 9, 0], kind="max")
    assert said(picture.outputs.texts) == ["9", "9"]
    assert said(picture.gradients.texts) == ["0", "3", "0"]
    assert WORDS["max"].format(m=2) in all_texts(picture)
    assert WORDS["avg"].format(m=2) in all_texts(windows(bins(3, 2)))


def test_rows_form_a_sandwich():
    picture = windows(bins(7, 5, "equal_kernel"))
    rows = ("gradients", "cells", "bars", "ghosts", "outputs", "upstreams")
    y = [max(tops(getattr(picture, row).boxes)) for row in rows]
    assert y == sorted(y)
    bottom, top = picture.ax.get_ylim()
    assert top == 0 < y[0] < y[-1] < bottom  # y counts downwards
    assert {WORDS["forward"], WORDS["backward"]} <= set(all_texts(picture))


def test_without_gradient_both_of_its_rows_are_left_out():
    picture = windows(bins(14, 4), gradient=False)
    assert picture.gradients == picture.upstreams == NOTHING
    gone = {WORDS[key] for key in ("gradient", "gradient_sub", "upstream", "upstream_sub", "backward")}
    assert not gone & set(all_texts(picture))
    assert gone <= set(all_texts(windows(bins(14, 4), gradient=True)))
    assert picture.figure.get_figheight() < windows(bins(14, 4)).figure.get_figheight()


def test_bars_of_one_lane_never_overlap():
    # On the numbers, for all pairs to 24 and every rule; that the artists stand there, other tests say.
    for (name, rule), n, m in product(RULES.items(), range(1, 25), range(1, 25)):
        if rule.defined(n, m):
            bars = bars_of(bins(n, m, name))
            for lane in range(bars.lanes):
                left, right = bars.left[lane :: bars.lanes], bars.right[lane :: bars.lanes]
                assert (right[:-1] <= left[1:]).all(), (name, n, m)


def test_bars_and_ghosts_hide_neither_each_other_nor_the_outputs(scene):
    picture = scene.picture
    shown = [*picture.bars.boxes, *picture.ghosts.boxes, picture.outputs.boxes[0]]
    boxes = [
        (*span, box.get_y(), box.get_y() + box.get_height()) for span, box in zip(spans(shown), shown, strict=True)
    ]
    for one, other in combinations(boxes, 2):
        assert one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]


def test_lanes_are_as_many_as_windows_share_one_cell():
    assert len(set(tops(windows(bins(14, 4)).bars.boxes))) == 2
    assert len(set(tops(windows(bins(5, 3, "split")).bars.boxes))) == 1
    assert len(set(tops(windows(bins(55, 28, "fixed_stride")).bars.boxes))) == 28


# Sizes of their own -----------------------------------------------------------------------------------------


def test_above_n_each_cell_spans_the_outputs_that_it_feeds():
    picture = windows(bins(6, 8))
    assert said(picture.bars.texts) == ["0:2", "1:3", "2:4", "4:6", "5:7", "6:8"]
    assert spans(picture.bars.boxes) == [(0, 1.5), (0.75, 2.25), (1.5, 3), (3, 4.5), (3.75, 5.25), (4.5, 6)]
    assert WORDS["feeds"] in all_texts(picture)
    assert WORDS["feeds"] not in all_texts(windows(bins(8, 6)))
    # Outputs of two cells are hatched, inside their boxes; cells are not.
    assert spans(picture.shared) == [spans(picture.outputs.boxes)[i] for i in (1, 2, 5, 6)]
    assert all(mark.get_y() > picture.outputs.boxes[0].get_y() for mark in picture.shared)


@pytest.mark.parametrize(("n", "m"), [(6, 8), (4, 8), (1, 64), (5, 9), (31, 64)])
def test_above_n_there_are_always_two_lanes(n, m):
    picture = windows(bins(n, m))
    lanes = tops(picture.bars.boxes)
    assert lanes == [lanes[0] + k % 2 * LANE for k in range(n)]
    assert picture.outputs.boxes[0].get_y() > lanes[0] + 2 * LANE


@pytest.mark.parametrize(("n", "m"), [(8, 4), (64, 64), (64, 1), (1, 1)])
def test_where_every_cut_falls_on_a_line_the_picture_says_so(n, m):
    picture = windows(bins(n, m))
    assert WORDS["tile"] in all_texts(picture)
    assert len(set(tops(picture.bars.boxes))) == 1
    assert picture.shared == ()


@pytest.mark.parametrize(("n", "m", "rule"), [(14, 4, "pytorch"), (4, 8, "pytorch"), (8, 4, "split"), (5, 3, "split")])
def test_elsewhere_it_does_not_say_so(n, m, rule):
    assert WORDS["tile"] not in all_texts(windows(bins(n, m, rule)))


def test_numbers_hide_by_the_width_of_their_boxes():
    picture = windows(bins(48, 13))
    assert picture.cells.texts == picture.gradients.texts == ()
    assert len(picture.outputs.texts) == len(picture.upstreams.texts) == len(picture.bars.texts) == 13
    assert len(windows(bins(14, 4), x=np.arange(14) * 1234567).cells.texts) == 14
    assert windows(bins(26, 4), x=np.arange(26) * 1234567).cells.texts == ()
    assert len(windows(bins(26, 4)).cells.texts) == 26


def test_shared_cells_are_hatched_in_both_hues_and_dark_where_narrow():
    wide, narrow = windows(bins(14, 4)), windows(bins(48, 13))
    hatched = [patch for patch in wide.ax.patches if patch.get_hatch()]
    assert {patch.get_x() for patch in hatched} == {3, 10}
    assert {to_hex(patch.get_edgecolor()) for patch in hatched} == {EITHER["shared_even"], EITHER["shared_odd"]}
    assert [mark.get_x() for mark in narrow.shared] == [3, 7, 11, 14, 18, 22, 25, 29, 33, 36, 40, 44]
    assert not any(patch.get_hatch() for patch in narrow.ax.patches)
    assert set(colour_of(narrow.shared)) == {EITHER["shared_solid"]}


def ruler_texts(picture):
    """The numbers on the ruler are the only ones that are not bold."""
    return [text for text in picture.ax.texts if text.get_text().isdigit() and text.get_fontweight() == "normal"]


@pytest.mark.parametrize("n", quick_takes([1, 27, 224], [1, 5, 14, 27, 48, 64, 224, 1000, 4096]))
def test_ruler_numbers_thin_out_but_keep_both_ends(n):
    picture = windows(bins(n, 1))
    ruler = sorted(int(text.get_text()) for text in ruler_texts(picture))
    assert ruler[0] == 0
    assert ruler[-1] == n
    assert len(ruler) <= 30
    assert len(set(np.diff(ruler[:-1]))) <= 1


def test_many_boxes_are_one_collection():
    picture = windows(bins(4096, 2000), window=3)
    for row, count in zip(ROWS, (4096, 2000, 2000, 2000, 4096), strict=True):
        (collection,) = getattr(picture, row).boxes
        assert isinstance(collection, PolyCollection)
        assert len(collection.get_paths()) == count
    first, last = (picture.bars.boxes[0].get_paths()[k].get_extents() for k in (0, -1))
    assert (first.x0, first.x1, last.x0, last.x1) == (0, 3, 4093, 4096)
    assert len(picture.ax.get_children()) < 200
    assert len(windows(bins(224, 100)).bars.boxes) == 100


# Hidden -----------------------------------------------------------------------------------------------------


def traces(picture):
    """All that the figure holds, drawn or not: kind, text, and where."""
    for artist in picture.figure.findobj():
        place = None
        if isinstance(artist, Text):
            place = (artist.get_position(), artist.get_text(), artist.get_size(), artist.get_color())
        elif isinstance(artist, Patch):
            path = artist.get_path().vertices.round(9).tolist()
            place = (
                path,
                artist.get_transform().frozen().get_matrix().round(6).tolist(),
                artist.get_facecolor(),
                artist.get_edgecolor(),
                artist.get_hatch(),
            )
        elif hasattr(artist, "get_xydata"):
            place = (artist.get_xydata().tolist(), artist.get_color())
        yield type(artist).__name__, place


@pytest.mark.parametrize(
    ("n", "m", "window"),
    [
        (5, 3, None),
        (6, 8, 1),
        *(pytest.param(*each, marks=pytest.mark.slow) for each in [(5, 3, 1), (11, 6, 2), (26, 22, None)]),
    ],
)
def test_hidden_figures_of_all_rules_are_the_same_but_for_the_name(n, m, window):
    # Rules differ in windows, lanes, outputs and gradients: what is the same for all of them tells none of these.
    seen = {}
    for rule in RULES.values():
        if rule.name != "pytorch" and rule.defined(n, m):
            picture = windows(bins(n, m, rule.name), hidden=True, window=window)
            (name,) = [text for text in picture.ax.texts if text.get_text() == WORDS["rule"].format(title=rule.title)]
            name.set_text("")
            seen[rule.name] = str(list(traces(picture)))
    assert len(seen) >= 6
    assert len(set(seen.values())) == 1


def test_hidden_is_compared_with_something_that_differs():
    shown = {str(list(traces(windows(bins(5, 3, rule))))) for rule in RULES}
    assert len(shown) == len(RULES)


@pytest.mark.parametrize("kind", ["avg", "max"])
@pytest.mark.parametrize(("n", "m"), [(5, 3), (6, 8), (8, 4), (14, 4)])
def test_hidden_shows_question_marks(n, m, kind):
    picture = windows(bins(n, m), x=np.arange(n) * 100.5 + 7, kind=kind, hidden=True, window=1)
    assert said(picture.outputs.texts) == [WORDS["unknown"]] * m
    assert said(picture.gradients.texts) == [WORDS["unknown"]] * n
    assert len(set(colour_of(picture.gradients.boxes))) == len(set(colour_of(picture.outputs.boxes))) == 1
    assert picture.bars == picture.ghosts == NOTHING
    assert picture.shared == picture.arrows == ()
    assert spans(picture.outlines) == spans(picture.outputs.boxes[1:2])
    assert not any(":" in text for text in all_texts(picture) if text != WORDS["hidden"])
    assert {WORDS["hidden"], WORDS["prediction"]} <= set(all_texts(picture))
    assert len(picture.cells.texts) == n
    assert len(picture.upstreams.texts) == len(picture.cuts.lines) - 1 == m


def test_shown_shows_no_question_mark():
    assert not {WORDS["unknown"], WORDS["hidden"], WORDS["prediction"]} & set(
        all_texts(windows(bins(5, 3), hidden=False))
    )


def test_height_of_a_hidden_figure_does_not_tell_the_lanes():
    assert len({windows(bins(n, m), hidden=True).figure.get_figheight() for n, m in [(8, 4), (5, 3), (6, 8)]}) == 1


# Other rules ------------------------------------------------------------------------------------------------


def test_a_wrong_window_has_a_red_outline_and_a_cross_and_pytorchs_below():
    picture = windows(bins(5, 3, "forum"))
    assert said(picture.bars.texts) == ["0:2", WORDS["wrong"] + "2:4", "3:5"]
    edges = [to_rgba(bar.get_edgecolor()) for bar in picture.bars.boxes]
    assert [edge == to_rgba(EITHER["wrong"]) for edge in edges] == [False, True, False]
    (ghost,) = picture.ghosts.boxes
    assert spans([ghost]) == [(1, 4)]
    assert ghost.get_linestyle() != "-"
    assert max(tops(picture.bars.boxes)) < ghost.get_y() < picture.outputs.boxes[0].get_y()
    texts = all_texts(picture)
    assert {"1:4", WORDS["pytorch"], WORDS["rule"].format(title="the forum's"), RULES["forum"].formula} <= set(texts)
    assert WORDS["differs"].format(count=1, m=3) in texts


def test_a_rule_that_happens_to_be_right_has_no_marks():
    picture = windows(bins(14, 4, "equal_kernel"))
    assert said(picture.bars.texts) == ["0:4", "3:7", "7:11", "10:14"]
    assert picture.ghosts.boxes == ()
    assert WORDS["same"].format(n=14, m=4) in all_texts(picture)
    assert WORDS["pytorch"] not in all_texts(picture)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("size", quick_takes([(5, 3)], [(5, 3), (7, 4), (9, 6), (4, 2)]), ids=str)
def test_marks_stand_exactly_at_the_windows_that_differ(size, rule):
    n, m = size
    b, true = bins(n, m, rule), bins(n, m)
    wrong = [i for i in range(m) if b[i] != true[i]]
    picture = windows(b)
    red = [i for i, bar in enumerate(picture.bars.boxes) if to_hex(bar.get_edgecolor(), True) == EITHER["wrong"] + "ff"]
    crossed = [i for i, text in enumerate(said(picture.bars.texts)) if text.startswith(WORDS["wrong"])]
    assert red == crossed == wrong
    assert spans(picture.ghosts.boxes) == [tuple(true[i]) for i in wrong]


def test_empty_windows_say_so():
    picture = windows(bins(6, 8, "split"))
    assert said(picture.outputs.texts) == ["0", "1", "2", "3", "4", "5", WORDS["empty"], WORDS["empty"]]
    assert said(picture.bars.texts) == [WORDS["wrong"] + f"{j}:{j + 1}" for j in range(6)]
    assert spans(picture.ghosts.boxes) == spans(windows(bins(6, 8)).bars.boxes)
    assert colour_of(picture.outputs.boxes) == [EITHER["output"]] * 6 + [EITHER["panel"]] * 2
    assert len(windows(bins(6, 8, "split"), window=7).outlines) == 1


# The current window -----------------------------------------------------------------------------------------


def test_the_current_window_is_outlined_and_its_cuts_point_outwards():
    picture = windows(bins(14, 4), window=1)
    assert spans(picture.outlines) == [(3, 7), (3, 7), (3.5, 7)]
    assert not any(outline.get_fill() and outline.get_facecolor()[3] for outline in picture.outlines)
    (arrow,) = picture.arrows  # the cut at 7 is on a line already
    assert [end[0] for end in arrow._posA_posB] == [3.5, 3]
    both = windows(bins(7, 5), window=np.int64(2))
    assert [[end[0] for end in arrow._posA_posB] for arrow in both.arrows] == [[2.8, 2], [4.2, 5]]


def test_without_a_current_window_nothing_is_outlined():
    picture = windows(bins(14, 4))
    assert picture.outlines == picture.arrows == ()


def test_above_n_the_cells_of_the_current_window_are_outlined():
    picture = windows(bins(6, 8), window=1)
    assert spans(picture.outlines) == [(0, 2), (0, 1.5), (0.75, 2.25), (0.75, 1.5)]


def test_rounding_is_shown_for_pytorchs_rule_only():
    assert windows(bins(7, 5, "equal_kernel"), window=2).arrows == ()
    assert len(windows(bins(7, 5), window=2).arrows) == 2


# Numbers and colours ----------------------------------------------------------------------------------------


def test_nan_and_infinity_are_shown_as_such():
    picture = windows(bins(4, 2), x=[1, np.nan, np.inf, -np.inf], upstream=[np.inf, np.nan])
    assert said(picture.cells.texts) == ["1", "nan", "inf", "-inf"]
    assert said(picture.outputs.texts) == ["nan", "nan"]
    assert said(windows(bins(3, 3), x=[-np.inf, 0, np.inf]).outputs.texts) == ["-inf", "0", "inf"]
    assert said(picture.gradients.texts) == ["inf", "inf", "nan", "nan"]
    assert set(colour_of(picture.gradients.boxes)) == {EITHER["unchecked_ground"]}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (-3, "-3"),
        (1 / 3, "0.3333"),
        (1110.5, "1110"),
        (12345.75, "12346"),
        (99999, "99999"),
        (1e15, "1e15"),
        (-2.5e-7, "-2.5e-7"),
        (0.0625, "0.0625"),
    ],
)
def test_numbers_are_short(value, text):
    assert said(windows(bins(1, 1), x=[value]).cells.texts) == [text]


def test_gradient_hues_are_sequential_for_one_sign_and_diverging_for_two():
    low, high, minus = (EITHER[f"gradient_{end}"] for end in ("low", "high", "minus"))
    assert colour_of(windows(bins(3, 3), upstream=[0, 1, 4]).gradients.boxes)[::2] == [low, high]
    assert colour_of(windows(bins(3, 3), upstream=[0, -1, -4]).gradients.boxes)[::2] == [low, high]
    assert colour_of(windows(bins(3, 3), upstream=[-4, 0, 4]).gradients.boxes) == [minus, low, high]
    assert colour_of(windows(bins(3, 3), upstream=[0, 0, 0]).gradients.boxes) == [low] * 3


@pytest.mark.parametrize("theme", STILL_THEMES)
def test_gradient_numbers_are_dark_or_light_whichever_reads_better(theme):
    picture = windows(bins(24, 24), upstream=np.arange(-9, 15), theme=theme)
    choices = still_colours(theme)["on_light"], still_colours(theme)["on_dark"]
    for box, text in zip(picture.gradients.boxes, picture.gradients.texts, strict=True):
        fill = to_hex(box.get_facecolor())
        assert text.get_color() == max(choices, key=lambda ink, fill=fill: contrast(ink, fill))


@pytest.mark.parametrize("theme", STILL_THEMES)
@pytest.mark.parametrize(("n", "m", "rule"), [(14, 4, "pytorch"), (6, 8, "split"), (48, 13, "equal_kernel")])
def test_colours_are_those_of_the_legend(theme, n, m, rule):
    picture = windows(bins(n, m, rule), window=1, theme=theme)
    used = {picture.figure.get_facecolor()}
    for patch in set(picture.ax.patches) - set(picture.gradients.boxes):
        used |= {patch.get_facecolor(), patch.get_edgecolor()}
    used |= {text.get_color() for text in picture.ax.texts} | {line.get_color() for line in picture.ax.lines}
    visible = {to_hex(colour) for colour in used if to_rgba(colour)[3]}
    assert visible <= set(still_colours(theme).values())


# Nothing cut off, nothing on top of each other --------------------------------------------------------------


def extents(texts):
    return [extent(text) for text in texts if text.get_text()]


def test_no_words_overlap_and_all_are_on_the_page(scene):
    no_words_overlap(scene.picture)


@pytest.mark.slow
@pytest.mark.parametrize(("n", "m", "rule"), [(4096, 3000, "split"), (3000, 4096, "pytorch")])
def test_no_words_overlap_at_the_largest_size(n, m, rule):
    no_words_overlap(windows(bins(n, m, rule), kind="max"))


def no_words_overlap(picture):
    left, bottom, right, top = extent(picture.ax).extents
    boxes = [box.extents.tolist() for box in extents(picture.ax.texts)]
    assert all(left <= x0 and bottom <= y0 and x1 <= right and y1 <= top for x0, y0, x1, y1 in boxes)
    for (a0, b0, a1, b1), (c0, d0, c1, d1) in combinations(boxes, 2):
        assert min(a1, c1) <= max(a0, c0) or min(b1, d1) <= max(b0, d0)


def test_numbers_stay_inside_their_boxes(scene):
    picture = scene.picture
    for row in ROWS:
        boxes, texts = getattr(picture, row)
        for box, text in zip(boxes, texts, strict=True) if texts else ():
            inner, outer = extent(text), extent(box)
            assert outer.x0 <= inner.x0 < inner.x1 <= outer.x1, (row, text)


def test_cuts_cross_no_number_of_the_ruler():
    picture = windows(bins(14, 4))
    below = min(box.y0 for box in extents(ruler_texts(picture)))
    assert all(extent(line).y1 < below for line in picture.cuts.lines)


# Axes in, artists out ---------------------------------------------------------------------------------------


def test_it_draws_into_the_axes_that_it_is_given():
    figure = Figure(figsize=(5.12, 4))
    upper, lower = figure.subplots(2)
    picture = windows(bins(14, 4), lower, theme="dark")
    assert picture.ax is lower
    assert picture.figure is figure
    assert not upper.patches
    assert not upper.texts
    assert spans(picture.bars.boxes) == [(0, 4), (3, 7), (7, 11), (10, 14)]
    assert to_hex(lower.get_facecolor()) == THEMES["dark"]["ground"]
    whole = windows(bins(14, 4))
    assert picture.bars.texts[0].get_size() < 0.6 * whole.bars.texts[0].get_size()
    for row in ROWS[:3]:
        for box, text in zip(*getattr(picture, row), strict=True):
            assert extent(text).width <= extent(box).width


def test_a_picture_shows_itself():
    picture = windows(bins(5, 3, "forum"))
    assert repr(picture) == "Picture(5 → 3, rule the forum's)"
    for png, width in ((picture.png(), 1638), (picture.png(dpi=50), 512)):
        assert png.startswith(b"\x89PNG")
        assert Image.open(io.BytesIO(png)).width == width
    with pytest.raises(dataclasses.FrozenInstanceError):
        picture.bars = NOTHING


@pytest.mark.parametrize(("name", "magic"), [("p.png", b"\x89PNG"), ("p.SVG", b"<?xml"), ("p.pdf", b"%PDF")])
def test_a_picture_saves_itself_as_the_ending_says_with_the_same_bytes_each_time(name, magic, tmp_path):
    first, second = tmp_path / name, tmp_path / f"second-{name}"
    for file in (first, second):
        windows(bins(5, 3)).save(file, dpi=50)
    assert first.read_bytes().startswith(magic)
    assert first.read_bytes() == second.read_bytes()
    assert name != "p.png" or first.read_bytes() == windows(bins(5, 3)).png(dpi=50)


def test_other_endings_are_refused_and_nothing_is_written(tmp_path):
    with spec.refused(ValueError, "a picture's file must end in .png, .svg, .pdf, got 'p.gif'"):
        windows(bins(5, 3)).save(tmp_path / "p.gif")
    assert list(tmp_path.iterdir()) == []


PYPLOT = """
import sys
from pooltutor import bins, figures
b = bins(6, 8)
pictures = [figures.windows(bins(14, 4), window=1), figures.matrix(b), figures.gradient(b), figures.duel(7, 5, "split")]
pictures += [figures.atlas(), figures.grid(b, bins(20, 3), window=(1, 1), kind="max"), figures.arrays({"x": [1, 2]})]
for picture in pictures:
    picture.png(50)
print(len({*map(type, pictures)}), "matplotlib.pyplot" in sys.modules)
import matplotlib.pyplot
print("matplotlib.pyplot" in sys.modules)
"""


@pytest.mark.slow
def test_pyplot_is_never_touched():
    pictures = set(figures.__all__) - {"Picture", "readme_picture"}
    answer = subprocess.run([sys.executable, "-c", PYPLOT], capture_output=True, text=True, check=True).stdout
    assert answer.split() == [str(len(pictures)), "False", "True"]  # the last shows that it would be seen


# Errors -----------------------------------------------------------------------------------------------------

NO_AXES = "ax must be None or flat matplotlib Axes, as plt.subplots() makes them, got {}"
MASKED = np.ma.masked_less(np.arange(14.0), 3)
NO_MASK = "x must be an array without a mask, got a masked array: fill its gaps first, .filled(0)"


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        ({"b": (14, 4)}, TypeError, "b must be bins, as bins(14, 4) makes them, got (14, 4)"),
        ({"b": bins(5000, 3)}, ValueError, "windows draws sizes up to 4096, got 5000 -> 3"),
        ({"x": [1, 2, 3]}, ValueError, "x must have shape (14,), got (3,)"),
        ({"x": 1}, ValueError, "x must have shape (14,), got ()"),
        ({"x": ["a"] * 14}, TypeError, "x must be an array of real numbers, got dtype <U1"),
        ({"upstream": np.ones((4, 1))}, ValueError, "upstream must have shape (4,), got (4, 1)"),
        ({"upstream": [True] * 4}, TypeError, "upstream must be an array of real numbers, got dtype bool"),
        ({"kind": "sum"}, ValueError, "kind must be one of avg, max, got 'sum'"),
        ({"window": 4}, ValueError, "window must be an integer from 0 to 3, got 4"),
        ({"window": -1}, ValueError, "window must be an integer from 0 to 3, got -1"),
        ({"window": True}, TypeError, "window must be an integer from 0 to 3, got True"),
        ({"window": 1.0}, TypeError, "window must be an integer from 0 to 3, got 1.0"),
        ({"theme": "blue"}, ValueError, "theme must be one of light, dark, either, got 'blue'"),
        ({"theme": ["light"]}, ValueError, "theme must be one of light, dark, either, got ['light']"),
        ({"gradient": "no"}, TypeError, "gradient must be True or False, got 'no'"),
        ({"hidden": "no"}, TypeError, "hidden must be True or False, got 'no'"),
        ({"hidden": 1}, TypeError, "hidden must be True or False, got 1"),
        ({"ax": 5}, TypeError, NO_AXES.format(5)),
        ({"x": [[1], [1, 2]]}, ValueError, "x must be an array whose rows have one length, got [[1], [1, 2]]"),
        ({"x": [1j] * 14}, TypeError, "x must be an array of real numbers, got dtype complex128"),
        ({"x": MASKED}, TypeError, NO_MASK),
    ],
)
@pytest.mark.parametrize("hidden", [False, True])
def test_errors_say_what_is_accepted_and_what_came(wrong, error, message, hidden):
    with pytest.raises(error) as raised:
        windows(**{"b": bins(14, 4), "hidden": hidden, **wrong})
    assert str(raised.value) == message


# Words and the README ---------------------------------------------------------------------------------------


def test_every_word_for_figures_is_used_and_every_place_filled(monkeypatch):
    read = words_read(monkeypatch)
    for n, m, rule in [(14, 4, "pytorch"), (8, 4, "pytorch"), (6, 8, "split"), (5, 3, "forum"), (14, 4, "forum")]:
        for kind, hidden in product(("avg", "max"), (False, True)):
            picture = windows(bins(n, m, rule), kind=kind, hidden=hidden, window=0)
            assert not any("{" in text for text in all_texts(picture))
    for n, m, rule in [(14, 4, "split"), (6, 8, "split"), (14, 4, "forum"), (6, 8, "fixed_stride")]:
        assert not any("{" in text for text in all_texts(duel(n, m, rule)))
    for draw, b in product((matrix, shares), (bins(14, 4), bins(6, 8))):
        assert not any("{" in text for text in all_texts(draw(b)))
    for picture in (atlas(), atlas("agreement")):
        assert not any("{" in text for text in [*all_texts(picture), picture.title, picture.alt])
    explore(3, 2).still(), picture._repr_mimebundle_()
    # Those of the grid have a test of their own, in test_figures_grid.py.
    read = {path for path in read if path.startswith("figure.") and not path.startswith("figure.grid.")}
    assert read == {f"figure.{path}" for path in paths(WORDS) if not path.startswith("grid.")}


def pixels(png):
    return np.asarray(Image.open(png).convert("RGB"), dtype=float)


@pytest.mark.parametrize("theme", THEMES)
def test_the_pictures_in_the_readme_are_what_the_code_draws(theme, tmp_path):
    # Fonts are rendered a little differently on other platforms; a row or window elsewhere differs far more.
    drawn = tmp_path / "drawn.png"
    drawn.write_bytes(readme_picture(theme).png())
    committed = pixels(DOCS / f"windows-14-4-{theme}.png")
    assert pixels(drawn).shape == committed.shape
    assert Image.open(DOCS / f"windows-14-4-{theme}.png").getpixel((0, 0))[3] == 0, "the page's ground shows"
    assert np.abs(pixels(drawn) - committed).mean() < 1
    other = io.BytesIO(windows(bins(14, 4), window=2, theme=theme).png())
    assert np.abs(pixels(other) - committed).mean() > 2
