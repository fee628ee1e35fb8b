"""Matrix, gradient, duel and atlas, asked artist by artist and compared with the definitions in ``spec``."""

import io
from fractions import Fraction
from itertools import pairwise, product

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from PIL import Image

from pooltutor import RULES, bins, pairs, words
from pooltutor.figures import atlas, duel, gradient, matrix
from pooltutor.figures._duel import RuleParts
from pooltutor.figures._gradient import TALLEST
from pooltutor.figures.canvas import SMALLEST
from pooltutor.figures.picture import Labelled
from pooltutor.legend import EITHER, STILL_THEMES, THEMES, still_colours
from tests import spec
from tests.extent import extent
from tests.quick import quick_takes
from tests.test_figures import (
    PAGE_THEMES,
    all_texts,
    between,
    can_be_read_on_its_ground,
    close,
    colour_of,
    no_words_overlap,
    said,
    spans,
    tops,
)
from tests.test_words import contrast

WORDS = words.load()["figure"]
SIZES = [(14, 4), (7, 5), (48, 13), (6, 8), (64, 64), (1, 7), (1, 64), (64, 1), (5, 3)]
SCENES = [
    *((n, m, "pytorch") for n, m in SIZES),
    *((5, 3, rule) for rule in RULES if rule != "pytorch"),
    (6, 8, "split"),
    (55, 28, "fixed_stride"),
]
SOME = [
    (14, 4, "pytorch"),
    (48, 13, "pytorch"),
    (6, 8, "pytorch"),
    (5, 3, "forum"),
    (6, 8, "split"),
]  # of each kind one


def weights(n, m, rule="pytorch"):
    """The matrix P as fractions, straight from the definition."""
    rows = spec.windows(rule, n, m)
    return [[Fraction(start <= j < stop, max(stop - start, 1)) for j in range(n)] for start, stop in rows]


def column_sums(n, m, rule="pytorch"):
    return [sum(column) for column in zip(*weights(n, m, rule), strict=True)]


def wrong_bars(n, m, rule):
    """The windows, or for m > n the cells, that are not as under PyTorch's rule."""
    mine, true = np.array(weights(n, m, rule)) > 0, np.array(weights(n, m)) > 0
    if m > n:
        mine, true = mine.T, true.T
    return np.flatnonzero((mine != true).any(axis=1)).tolist()


def bottom(box):
    return box.get_y() + box.get_height()


def boxes_of(row):
    """Left, right and top of each box, also of those in one collection."""
    if row and hasattr(row[0], "get_paths"):
        corners = [path.get_extents() for path in row[0].get_paths()]
        return [(round(box.x0, 9), round(box.x1, 9), round(box.y0, 6)) for box in corners]
    return [(*span, round(top, 6)) for span, top in zip(spans(row), tops(row), strict=True)]


def red(boxes):
    return [k for k, box in enumerate(boxes) if to_hex(box.get_edgecolor(), True) == EITHER["wrong"] + "ff"]


def crossed(texts):
    return [k for k, text in enumerate(said(texts)) if text.startswith(WORDS["wrong"])]


# Matrix ---------------------------------------------------------------------------------------------------


@pytest.fixture(params=quick_takes(SOME, SCENES), ids=str, scope="module")
def drawn_matrix(request):
    return request.param, matrix(bins(*request.param))


def test_entries_stand_in_their_row_and_column_and_zeros_have_none(drawn_matrix):
    (n, m, rule), picture = drawn_matrix
    places = [(i, j) for i, row in enumerate(weights(n, m, rule)) for j, weight in enumerate(row) if weight]
    row_top = tops(picture.outputs.boxes)
    assert boxes_of(picture.entries.boxes) == [(j, j + 1, round(row_top[i], 6)) for i, j in places]
    assert row_top == tops(picture.upstreams.boxes)
    assert len(row_top) == m


def test_x_stands_on_the_columns_and_the_gradient_below_them(drawn_matrix):
    (n, _, _), picture = drawn_matrix
    assert spans(picture.cells.boxes) == spans(picture.gradients.boxes) == list(pairwise(range(n + 1)))
    assert bottom(picture.cells.boxes[0]) < tops(picture.outputs.boxes)[0]
    assert bottom(picture.outputs.boxes[-1]) < picture.gradients.boxes[0].get_y()


def test_y_stands_right_of_the_matrix_and_g_left_of_it(drawn_matrix):
    (n, _, _), picture = drawn_matrix
    assert all(left > n for left, _ in spans(picture.outputs.boxes))
    assert all(right < 0 for _, right in spans(picture.upstreams.boxes))


def test_matrix_says_its_weights_as_fractions():
    picture = matrix(bins(7, 5))
    assert said(picture.entries.texts) == ["1/2"] * 4 + ["1/3"] * 3 + ["1/2"] * 4
    assert said(matrix(bins(6, 8)).entries.texts)[:3] == ["1", "1/2", "1/2"]
    assert matrix(bins(48, 13)).entries.texts == matrix(bins(1, 64)).entries.texts == ()


@pytest.mark.parametrize(("n", "m", "rule"), [(14, 4, "pytorch"), (6, 8, "pytorch"), (6, 8, "split"), (5, 3, "forum")])
def test_matrix_multiplies_both_ways(n, m, rule):
    x, upstream = np.arange(n) * 1.5 - 2, np.arange(m) / 4 - 1
    picture = matrix(bins(n, m, rule), x=x, upstream=upstream)
    p = np.array(weights(n, m, rule), float)
    rows = p.sum(axis=1) > 0
    assert said(picture.outputs.texts)[rows.sum() :] == [WORDS["empty"]] * (m - rows.sum())
    assert close(picture.cells.texts, x)
    assert close(picture.outputs.texts, np.where(rows, p @ x, np.nan))
    assert close(picture.upstreams.texts, upstream)
    assert close(picture.gradients.texts, p.T @ upstream)


def test_matrix_counts_by_default():
    picture = matrix(bins(3, 2))
    assert said(picture.cells.texts) == ["0", "1", "2"]
    assert said(picture.upstreams.texts) == ["1", "2"]
    assert said(picture.outputs.texts) == ["0.5", "1.5"]
    assert said(picture.gradients.texts) == ["0.5", "1.5", "1"]


@pytest.mark.parametrize("theme", STILL_THEMES)
def test_larger_weights_stand_out_more(theme):
    picture = matrix(bins(6, 8), theme=theme)
    by_weight = {"1": [], "1/2": []}
    for text, fill in zip(said(picture.entries.texts), colour_of(picture.entries.boxes), strict=True):
        by_weight[text].append(contrast(fill, still_colours(theme)["ground"]))
    assert min(by_weight["1"]) > max(by_weight["1/2"])


def test_matrix_names_its_four_sides():
    named = {WORDS[key] for key in ("matrix_x", "matrix_y", "matrix_upstream", "matrix_gradient")}
    assert named == {"x", "y = P x", "g", "Pᵀ g"}
    assert named | {WORDS["forward"], WORDS["backward"]} <= set(all_texts(matrix(bins(14, 4))))


# Gradient -------------------------------------------------------------------------------------------------


@pytest.fixture(params=quick_takes(SOME, SCENES), ids=str, scope="module")
def drawn_gradient(request):
    return request.param, gradient(bins(*request.param))


def test_shares_stand_in_the_cells_of_their_windows(drawn_gradient):
    (n, m, rule), picture = drawn_gradient
    p = np.array(weights(n, m, rule), float)
    top = [bar[2] for bar in boxes_of(picture.bars)]
    if m <= n:
        expected = [(j, j + 1, top[i]) for i, j in np.argwhere(p).tolist()]
    else:  # each bar is a cell, and a share is as wide as the output that it comes from
        ends = between(bins(n, m).cuts)
        expected = [(*ends[i], top[j]) for j, i in np.argwhere(p.T).tolist()]
    assert boxes_of(picture.shares.boxes) == expected


def test_gradient_rows_stand_one_above_the_other(drawn_gradient):
    (n, m, _), picture = drawn_gradient
    assert spans(picture.gradients.boxes) == spans(picture.influence.boxes) == list(pairwise(range(n + 1)))
    assert spans(picture.upstreams.boxes) == between(bins(n, m).cuts)
    edges = [bottom(picture.influence.boxes[0]), picture.gradients.boxes[0].get_y(), picture.upstreams.boxes[0].get_y()]
    assert edges == sorted(edges)
    lanes = [top for *_, top in boxes_of(picture.shares.boxes)]
    assert bottom(picture.gradients.boxes[0]) < min(lanes) <= max(lanes) < edges[-1]


def test_influence_is_as_high_as_the_column_sum(drawn_gradient):
    (n, m, rule), picture = drawn_gradient
    sums = column_sums(n, m, rule)
    heights = [box.get_height() for box in picture.influence.boxes]
    assert heights == pytest.approx([float(value / max(sums)) * max(heights) for value in sums])
    assert max(heights) == pytest.approx(TALLEST)
    assert len({round(bottom(box), 6) for box in picture.influence.boxes}) == 1
    if picture.influence.texts:
        assert said(picture.influence.texts) == [str(value) for value in sums]
    assert bool(picture.influence.texts) == (n <= 14)


@pytest.mark.parametrize("theme", STILL_THEMES)
def test_shares_of_each_cell_sum_to_its_gradient(theme):
    picture = gradient(bins(14, 4), upstream=[1, -2, 0, 8], theme=theme)
    assert said(picture.shares.texts)[::4] == ["1/4", "-2/4", "0", "8/4"]
    assert said(gradient(bins(2, 1), upstream=[-0.0]).shares.texts) == ["0", "0"]
    sums = [0.0] * 14
    for text, (left, _) in zip(said(picture.shares.texts), spans(picture.shares.boxes), strict=True):
        sums[int(left)] += float(Fraction(text))
    assert close(picture.gradients.texts, sums)
    assert close(picture.upstreams.texts, [1, -2, 0, 8])


@pytest.mark.parametrize(("n", "m"), [(7, 5), (6, 8), (1, 7), (5, 9)])
def test_each_share_says_what_is_divided_by_what(n, m):
    p, lengths = np.array(weights(n, m)) > 0, [stop - start for start, stop in spec.windows("pytorch", n, m)]
    order = np.argwhere(p)[:, 0] if m <= n else np.argwhere(p.T)[:, 1]  # window by window, or cell by cell
    expected = [f"{i + 1}" if lengths[i] == 1 else f"{i + 1}/{lengths[i]}" for i in order]
    assert said(gradient(bins(n, m)).shares.texts) == expected


def test_shares_of_fractions_are_numbers():
    assert said(gradient(bins(3, 2), upstream=[0.5, 1]).shares.texts) == ["0.25", "0.25", "0.5", "0.5"]
    assert said(gradient(bins(3, 2), upstream=[np.nan, np.inf]).shares.texts) == ["nan", "nan", "inf", "inf"]


def test_fractions_of_influence_that_do_not_fit_are_left_out():
    assert "13/42" in map(str, column_sums(27, 5))
    assert gradient(bins(27, 5)).influence.texts == gradient(bins(28, 7)).influence.texts == ()
    assert said(gradient(bins(26, 13)).influence.texts) == ["1/2"] * 26


def test_ones_send_back_the_influence():
    picture = gradient(bins(7, 5), upstream=np.ones(5))
    assert close(picture.gradients.texts, [float(Fraction(text)) for text in said(picture.influence.texts)])
    assert said(picture.influence.texts) == ["1/2", "1", "5/6", "1/3", "5/6", "1", "1/2"]


@pytest.mark.parametrize(("n", "m", "rule"), [(5, 3, "forum"), (14, 4, "split"), (6, 8, "split"), (14, 4, "forum")])
def test_shares_of_wrong_windows_are_outlined_and_crossed_once(n, m, rule):
    picture = gradient(bins(n, m, rule))
    wrong = wrong_bars(n, m, rule)
    assert red(picture.bars) == wrong
    begin = {spans(picture.bars)[k][0] for k in wrong}
    assert {spans(picture.shares.boxes)[k][0] for k in crossed(picture.shares.texts)} == begin
    assert len(crossed(picture.shares.texts)) == len(wrong)


def test_where_cells_are_narrow_a_window_is_one_box_of_shares():
    picture = gradient(bins(511, 256, "fixed_stride"))  # 65,536 shares
    assert spans_of(picture.shares.boxes) == spans_of(picture.bars) == [(i, i + 256) for i in range(256)]
    wide = gradient(bins(60, 20))
    assert len(wide.shares.boxes) == 60


def spans_of(row):
    return [(left, right) for left, right, _ in boxes_of(row)]


# Duel -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rule", "against"), [(rule, "pytorch") for rule in RULES] + [("split", "forum")])
@pytest.mark.parametrize("size", quick_takes([(5, 3)], [(5, 3), (7, 5), (14, 4), (6, 8)]), ids=str)
def test_wrong_windows_are_marked_in_either_corner(size, rule, against):
    n, m = size
    picture = duel(n, m, rule, against)
    for name, half in ((rule, picture.upper), (against, picture.lower)):
        bars, texts = half.bars
        wrong = wrong_bars(n, m, name) if spec.defined(name, n, m) else []
        assert red(bars) == crossed(texts) == wrong
        assert bool(bars) == bool(texts) == spec.defined(name, n, m)


@pytest.mark.parametrize(("n", "m", "rule", "against"), [(5, 3, "split", "pytorch"), (14, 4, "pytorch", "forum")])
def test_both_corners_say_their_windows_and_outputs(n, m, rule, against):
    picture = duel(n, m, rule, against)
    for name, half in ((rule, picture.upper), (against, picture.lower)):
        (bars, texts), (outputs, numbers) = half.bars, half.outputs
        true = spec.windows(name, n, m)
        assert spans(bars) == true
        assert [text.removeprefix(WORDS["wrong"]) for text in said(texts)] == [f"{a}:{b}" for a, b in true]
        assert spans(outputs) == between(bins(n, m).cuts)
        assert close(numbers, spec.pool(np.arange(n), [true], "avg"))
    assert max(bottom(box) for box in picture.upper.outputs.boxes) < min(tops(picture.lower.bars.boxes))
    assert said(picture.cells.texts) == [str(j) for j in range(n)]


def test_cuts_run_through_both_corners():
    picture = duel(14, 4, "split")
    assert [line.get_xdata()[0] for line in picture.cuts.lines] == [0, 3.5, 7, 10.5, 14]
    for line in picture.cuts.lines:
        top, *between, end = line.get_ydata()
        assert top < picture.upper.bars.boxes[0].get_y() < bottom(picture.lower.outputs.boxes[0]) < end
        breaks = np.array(between).reshape(2, 3)[:, ::2]  # the names of the rules, which no cut runs through
        names = [text.get_position()[1] for text in picture.ax.texts if text.get_text().startswith("Rule: ")]
        assert len(names) == 2
        assert ((breaks[:, 0] < np.array(names) - 8) & (np.array(names) + 8 < breaks[:, 1])).all()


@pytest.mark.parametrize(
    ("arguments", "headline"),
    [
        ((5, 3, "equal_kernel"), "✗ Window 1 is 1:3 under one kernel, 1:4 under PyTorch."),
        ((5, 3, "pytorch", "equal_kernel"), "✗ Window 1 is 1:4 under PyTorch, 1:3 under one kernel."),
        ((14, 4, "split", "forum"), "✗ Window 1 is 4:8 under split, 3:7 under the forum's."),
        ((6, 8, "split"), "✗ Window 1 is 1:2 under split, 0:2 under PyTorch."),
        ((3, 8, "round", "split"), "✗ Window 0 is empty under round, 0:1 under split."),
        ((14, 4, "equal_kernel"), "✓ For 14 → 4 one kernel and PyTorch have the same windows."),
        ((6, 8, "fixed_stride"), "For 6 → 8 there is nothing to compare: a rule has no windows."),
    ],
)
def test_the_headline_names_the_first_difference(arguments, headline):
    assert duel(*arguments).headline.get_text() == headline


def test_a_rule_without_windows_says_so():
    picture = duel(6, 8, "fixed_stride")
    sentence = RULES["fixed_stride"].undefined
    assert all_texts(picture).count(sentence) == 1
    assert picture.upper == RuleParts()
    assert len(picture.lower.bars.boxes) == 6
    both = duel(6, 8, "fixed_stride", "fixed_stride")
    assert all_texts(both).count(sentence) == 2
    assert len(both.cells.boxes) == 6


def test_the_headline_fits_on_the_page():
    longest = duel(4096, 4090, "fixed_stride", "float64_ratio")
    box = extent(longest.headline)
    assert box.x1 < extent(longest.ax).x1
    assert px(longest.headline) >= SMALLEST


# Atlas ----------------------------------------------------------------------------------------------------

PAIRS = [(14, 4), (4, 14), (64, 64), (1, 1), (1, 64), (64, 1), (7, 5), (48, 13), (62, 41)]


@pytest.mark.parametrize("theme", quick_takes(["light"], STILL_THEMES))
@pytest.mark.parametrize("colour", pairs.CHARTS)
def test_each_pixel_has_the_colour_that_the_legend_gives_its_class(colour, theme):
    picture, chart = atlas(colour, "fixed_stride", theme=theme), pairs.chart(colour, "fixed_stride")
    shown = picture.image.get_array()
    rendered = np.asarray(Image.open(io.BytesIO(picture.png(100))).convert("RGB"))
    for n, m in PAIRS:
        expected = colour_of(picture.swatches.boxes)[chart.classes[n - 1, m - 1]]
        assert to_hex(shown[m - 1, n - 1] / 255) == expected
        # A corner of the cell, where no line runs; y of the page counts upwards there and downwards in a file.
        x, y = picture.ax.transData.transform((n - 0.15, _row_top(m) + 8.5))
        assert to_hex(rendered[int(len(rendered) - y), int(x)] / 255) == expected
    assert colour_of(picture.swatches.boxes) == [still_colours(theme)[key] for key in chart.colours]


def _row_top(m):
    """The upper edge of row m on the page: 64 rows of 10 px, the first one at the bottom."""
    return 76 + (64 - m) * 10


def test_the_pixels_of_the_agreement_are_those_of_its_rule():
    for rule in ("pytorch", "split"):
        shown = atlas("agreement", rule).image.get_array()
        agrees = [to_hex(pixel / 255) == EITHER["map_agrees"] for pixel in shown.reshape(-1, 3)]
        assert agrees.count(False) == pairs.wrong_sizes(rule)


@pytest.mark.parametrize("colour", pairs.CHARTS)
def test_the_legend_says_each_class(colour):
    picture, chart = atlas(colour), pairs.chart(colour)
    occurring = np.unique(chart.classes)
    assert said(picture.swatches.texts) == [chart.labels[k] for k in occurring]
    assert chart.title in all_texts(picture)
    for box, text in zip(picture.swatches.boxes, picture.swatches.texts, strict=True):
        assert box.get_y() < text.get_position()[1] < bottom(box)
        assert text.get_position()[0] > box.get_x() + box.get_width()
    assert all(box.get_x() > 64 for box in picture.swatches.boxes)


def test_rays_run_through_the_middle_of_their_pairs_and_say_which():
    picture = atlas()
    said_by_words = words.load()["pairs"]["rays"]
    assert said(ray.text for ray in picture.rays) == [said_by_words[key] for key, *_ in pairs.RAYS]
    for (line, _), (_, first, last) in zip(picture.rays, pairs.RAYS, strict=True):
        assert list(line.get_xdata()) == [first[0] - 0.5, last[0] - 0.5]
        assert list(line.get_ydata()) == [_row_top(first[1]) + 5, _row_top(last[1]) + 5]
    n, m = all_texts(picture).index(WORDS["axis_n"]), all_texts(picture).index(WORDS["axis_m"])
    assert picture.ax.texts[n].get_rotation() == 0
    assert picture.ax.texts[m].get_rotation() == 90


# All four: letters, colours, Axes, pyplot -------------------------------------------------------------------

PAGES = {
    **{f"matrix {n} {m}": (lambda t, n=n, m=m: matrix(bins(n, m), theme=t)) for n, m in SIZES},
    **{f"gradient {n} {m}": (lambda t, n=n, m=m: gradient(bins(n, m), theme=t)) for n, m in SIZES},
    **{f"duel {n} {m}": (lambda t, n=n, m=m: duel(n, m, "fixed_stride", "split", theme=t)) for n, m in SIZES},
    **{f"atlas {colour}": (lambda t, c=colour: atlas(c, "split", theme=t)) for colour in pairs.CHARTS},
    "matrix split": lambda t: matrix(bins(6, 8, "split"), upstream=-np.arange(8), theme=t),
    "matrix recipe": lambda t: matrix(bins(55, 28, "fixed_stride"), theme=t),
    "gradient split": lambda t: gradient(bins(6, 8, "split"), upstream=np.arange(8) - 4, theme=t),
}
QUICK = [
    *(f"{picture} {size}" for picture in ("matrix", "gradient", "duel") for size in ("14 4", "6 8")),
    *("atlas gcd", "atlas agreement", "matrix split"),
]


def rows_of(parts):
    """The name, boxes and texts of each row whose texts stand in its boxes."""
    for name, part in parts.items():
        if isinstance(part, RuleParts):
            yield from rows_of(part._asdict())
        elif isinstance(part, Labelled) and name not in ("influence", "swatches"):
            yield name, *part


def px(text):
    """The size of a text in px on a page that is 1024 px wide."""
    return text.get_size() / 0.72


@pytest.mark.parametrize("theme", PAGE_THEMES)
@pytest.mark.parametrize("page", quick_takes(QUICK, PAGES))
def test_every_word_can_be_read(page, theme):
    picture = PAGES[page](theme)
    no_words_overlap(picture)
    inside = set()
    for row, boxes, texts in rows_of(vars(picture)):
        for text, box in zip(texts, boxes, strict=True) if texts else ():
            inner, outer = extent(text), extent(box)
            assert outer.x0 <= inner.x0 < inner.x1 <= outer.x1
            assert outer.y0 - 0.5 <= inner.y0 < inner.y1 <= outer.y1 + 0.5
            assert row == "bars" or contrast(text.get_color(), to_hex(box.get_facecolor())) >= 4.5
            inside.add(text)
    for text in picture.ax.texts:
        assert px(text) >= SMALLEST - 1e-9
        assert text in inside or can_be_read_on_its_ground(text, theme)


@pytest.mark.parametrize("theme", STILL_THEMES)
@pytest.mark.parametrize("page", ["matrix 14 4", "gradient 14 4", "duel 14 4", "duel 6 8", "atlas avgpool"])
def test_colours_are_those_of_the_legend(page, theme):
    picture = PAGES[page](theme)
    rows = {row: boxes for row, boxes, _ in rows_of(vars(picture))}
    blended = {box for row in ("entries", "gradients", "shares") for box in rows.get(row, ())}
    used = [colour for patch in set(picture.ax.patches) - blended for colour in patch_colours(patch)]
    used += [text.get_color() for text in picture.ax.texts] + [line.get_color() for line in picture.ax.lines]
    used.append(picture.figure.get_facecolor())
    assert {to_hex(colour) for colour in used if not transparent(colour)} <= set(still_colours(theme).values())


def patch_colours(patch):
    return patch.get_facecolor(), patch.get_edgecolor()


def transparent(colour):
    return to_hex(colour, True).endswith("00") and not isinstance(colour, str)


DRAWERS = {
    "matrix of 14 → 4, rule PyTorch": lambda **given: matrix(bins(14, 4), **given),
    "gradient of 14 → 4, rule PyTorch": lambda **given: gradient(bins(14, 4), **given),
    "14 → 4, split against PyTorch": lambda **given: duel(14, 4, "split", **given),
    "map of all pairs to 64, agreement, rule split": lambda **given: atlas("agreement", "split", **given),
    "map of all pairs to 64, gcd": lambda **given: atlas(**given),
}


@pytest.mark.parametrize(("title", "draw"), DRAWERS.items(), ids=list(DRAWERS))
def test_it_draws_into_the_axes_that_it_is_given(title, draw):
    figure = Figure(figsize=(5.12, 8))
    upper, lower = figure.subplots(2)
    picture, whole = draw(ax=lower, theme="dark"), draw()
    assert picture.ax is lower
    assert not upper.texts
    assert to_hex(lower.get_facecolor()) == THEMES["dark"]["ground"]
    assert repr(picture) == f"Picture({title})"
    assert picture.ax.get_xlim() == whole.ax.get_xlim()
    assert picture.ax.get_ylim() == whole.ax.get_ylim()
    assert picture.ax.texts[0].get_size() < 0.6 * whole.ax.texts[0].get_size()
    assert Image.open(io.BytesIO(whole.png())).width == 1638


# Errors ---------------------------------------------------------------------------------------------------

NAMES = ", ".join(RULES)
ERRORS = [
    (lambda: matrix((14, 4)), TypeError, "b must be bins, as bins(14, 4) makes them, got (14, 4)"),
    (lambda: matrix(bins(65, 3)), ValueError, "matrix draws sizes up to 64, got 65 -> 3"),
    (lambda: matrix(bins(3, 65)), ValueError, "matrix draws sizes up to 64, got 3 -> 65"),
    (lambda: matrix(bins(3, 2), x=[1, 2]), ValueError, "x must have shape (3,), got (2,)"),
    (lambda: matrix(bins(3, 2), x=["a"] * 3), TypeError, "x must be an array of real numbers, got dtype <U1"),
    (lambda: matrix(bins(3, 2), upstream=1), ValueError, "upstream must have shape (2,), got ()"),
    (lambda: gradient("14"), TypeError, "b must be bins, as bins(14, 4) makes them, got '14'"),
    (lambda: gradient(bins(5000, 3)), ValueError, "gradient draws sizes up to 4096, got 5000 -> 3"),
    (lambda: gradient(bins(3, 2), upstream=[1, 2, 3]), ValueError, "upstream must have shape (2,), got (3,)"),
    (
        lambda: gradient(bins(3, 2), upstream=[True, False]),
        TypeError,
        "upstream must be an array of real numbers, got dtype bool",
    ),
    (lambda: duel(0, 4, "split"), ValueError, "input_size must be an integer from 1 to 4096, got 0"),
    (lambda: duel(14, 5000, "split"), ValueError, "target_size must be an integer from 1 to 4096, got 5000"),
    (lambda: duel(14.0, 4, "split"), TypeError, "input_size must be an integer from 1 to 4096, got 14.0"),
    (
        lambda: duel(14, 4, "best"),
        ValueError,
        f"rule must be one of {NAMES}, the text of a formula or a pair of functions, got 'best'",
    ),
    (
        lambda: duel(14, 4, "split", "best"),
        ValueError,
        f"against must be one of {NAMES}, the text of a formula or a pair of functions, got 'best'",
    ),
    (
        lambda: atlas("hue"),
        ValueError,
        "colour must be one of gcd, longest, influence, avgpool, agreement, got 'hue'",
    ),
    (
        lambda: atlas("agreement", "best"),
        ValueError,
        f"rule must be one of {NAMES}, the text of a formula or a pair of functions, got 'best'",
    ),
]


@pytest.mark.parametrize(("call", "error", "message"), ERRORS, ids=[message for *_, message in ERRORS])
def test_errors_say_what_is_accepted_and_what_came(call, error, message):
    with spec.refused(error, message):
        call()


POLAR = Figure().add_subplot(projection="polar")


@pytest.mark.parametrize("ax", [5, "ax", Figure(), [Figure().subplots()], POLAR], ids=repr)
@pytest.mark.parametrize("draw", DRAWERS.values(), ids=DRAWERS)
def test_what_can_be_drawn_into_are_flat_axes(draw, ax):
    with spec.refused(TypeError, f"ax must be None or flat matplotlib Axes, as plt.subplots() makes them, got {ax!r}"):
        draw(ax=ax)


@pytest.mark.parametrize(("draw", "theme"), list(product(DRAWERS.values(), ["blue", None, ["light"], {"light"}])))
def test_a_theme_is_one_of_those_there_are(draw, theme):
    with spec.refused(ValueError, f"theme must be one of light, dark, either, got {theme!r}"):
        draw(theme=theme)
