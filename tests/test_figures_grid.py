"""Grids and arrays in print, asked artist by artist and compared with the definitions in ``spec``."""

import io
from fractions import Fraction
from itertools import combinations, pairwise, product

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from PIL import Image

from pooltutor import RULES, bins, figures, words
from pooltutor.figures import arrays, grid
from pooltutor.figures._arrays import ArraysPicture
from pooltutor.figures.canvas import SMALLEST
from pooltutor.figures.colours import gradient_fills, luminance
from pooltutor.figures.grid_bars import AxisParts
from pooltutor.figures.picture import NOTHING, Labelled
from pooltutor.legend import EITHER, GRID_COLOURS, STILL_THEMES, THEMES, still_colours
from pooltutor.quoting import quoted
from tests import spec
from tests.extent import extent
from tests.quick import quick_takes
from tests.test_figures import all_texts, can_be_read_on_its_ground, close, no_words_overlap, said
from tests.test_words import contrast, paths, words_read

WORDS = words.load()["figure"]
SAY = WORDS["grid"]
# ((H, W), (m_h, m_w), rule): both smaller, both larger, one of each, thin ones, every rule, pixels, tiles
SCENES = [
    *((n, m, "pytorch") for n, m in [((6, 8), (4, 3)), ((7, 5), (5, 3)), ((3, 4), (5, 6)), ((8, 12), (4, 3))]),
    *((n, m, "pytorch") for n, m in [((1, 64), (1, 9)), ((64, 1), (7, 1)), ((3, 12), (7, 5)), ((1, 1), (7, 5))]),
    *((n, m, "pytorch") for n, m in [((16, 13), (7, 16)), ((40, 60), (12, 9)), ((20, 9), (33, 4))]),
    *(((5, 7), (3, 4), rule) for rule in RULES if rule != "pytorch"),
    ((3, 4), (5, 6), "split"),
]
# Of each kind one: both smaller, both larger, thin, pixels with pixels, a rule with wrong and one with empty windows.
SOME = [*SCENES[:1], *SCENES[2:3], *SCENES[5:6], *SCENES[9:10], ((5, 7), (3, 4), "forum"), SCENES[-1]]
NUMBERED = [scene for scene in SCENES if max(scene[0]) <= 16]
SOME_NUMBERED = [scene for scene in SOME if scene in NUMBERED]


OTHERS = [rule for rule in RULES if rule != "pytorch"]


def axes_of(n, m, rule):
    return [bins(*pair, rule) for pair in zip(n, m, strict=True)]


def windows_of(n, m, rule):
    return [spec.windows(rule, *pair) for pair in zip(n, m, strict=True)]


def draw(scene, **given):
    return grid(*axes_of(*scene), **given)


@pytest.fixture(params=quick_takes(SOME, SCENES), ids=str, scope="module")
def scene(request):
    return request.param, draw(request.param)


# Where things are -----------------------------------------------------------------------------------------


def ends(artist):
    """Left, right, upper and lower end of a box, or of an image; y counts downwards."""
    if isinstance(artist, AxesImage):
        left, right, bottom, top = artist.get_extent()
        return left, right, top, bottom
    x, y = artist.get_x(), artist.get_y()
    return x, x + artist.get_width(), y, y + artist.get_height()


def ends_of(row):
    """The ends of each box, also of those that are one collection."""
    if len(row) == 1 and isinstance(row[0], PolyCollection):
        corners = [path.get_extents() for path in row[0].get_paths()]
        return [(box.x0, box.x1, box.y0, box.y1) for box in corners]
    return [ends(artist) for artist in row]


def whole(row):
    left, right, top, bottom = np.array(ends_of(row)).T
    return left.min(), right.max(), top.min(), bottom.max()


def in_cells(picture, n, boxes):
    """First and last column, first and last row of each box, counted in cells of the input."""
    left, right, top, bottom = whole(picture.cells.boxes)
    boxes = np.array(boxes).reshape(-1, 4)
    across, down = (boxes[:, :2] - left) * n[1] / (right - left), (boxes[:, 2:] - top) * n[0] / (bottom - top)
    return [tuple(box) for box in np.round(np.hstack([across, down]), 6).tolist()]


def spans_of_bars(n, m, rule):
    """Of each axis where the bars begin and end: windows, or for m > n the outputs that each cell feeds."""
    spans = []
    for size, target, windows in zip(n, m, windows_of(n, m, rule), strict=True):
        if target > size:
            fed = [[i for i, (start, stop) in enumerate(windows) if start <= j < stop] for j in range(size)]
            windows = [(f[0] * size / target, (f[-1] + 1) * size / target) for f in fed]
        spans.append(np.round(np.array(windows, float), 6).tolist())
    return spans


def test_cells_are_unit_boxes_in_reading_order(scene):
    (n, _, _), picture = scene
    found = in_cells(picture, n, ends_of(picture.cells.boxes))
    if isinstance(picture.cells.boxes[0], AxesImage):
        assert found == [(0, n[1], 0, n[0])]
        assert picture.cells.boxes[0].get_array().shape == (*n, 3)
    else:
        assert found == [(c, c + 1, r, r + 1) for r, c in np.ndindex(n)]


def test_outputs_stand_at_their_exact_rectangles_in_a_grid_as_large_as_the_input(scene):
    (n, m, _), picture = scene
    inside, outside = whole(picture.cells.boxes), whole(picture.outputs.boxes)
    assert outside[0] > inside[1]
    shift = outside[0] - inside[0]
    moved = [(left - shift, right - shift, top, bottom) for left, right, top, bottom in ends_of(picture.outputs.boxes)]
    (high, wide), found = np.divide(n, m), np.array(in_cells(picture, n, moved))
    if isinstance(picture.outputs.boxes[0], AxesImage):
        assert found == pytest.approx(np.array([[0, n[1], 0, n[0]]]))
        assert picture.outputs.boxes[0].get_array().shape == (*m, 3)
    else:
        exact = [(c * wide, (c + 1) * wide, r * high, (r + 1) * high) for r, c in np.ndindex(m)]
        assert found == pytest.approx(np.array(exact), abs=1e-5)


def test_bars_are_the_windows_of_rows_at_the_left_and_of_columns_above(scene):
    (n, m, rule), picture = scene
    down, across = spans_of_bars(n, m, rule)
    rows, columns = (in_cells(picture, n, ends_of(axis.bars.boxes)) for axis in (picture.rows, picture.columns))
    assert [[top, bottom] for _, _, top, bottom in rows] == down
    assert [[left, right] for left, right, _, _ in columns] == across
    assert all(right < 0 for _, right, _, _ in rows)
    assert all(bottom < 0 for _, _, _, bottom in columns)


def test_bars_hide_neither_each_other_nor_anything_else(scene):
    (_, _, _), picture = scene
    for row in (picture.rows.bars.boxes, picture.columns.bars.boxes):
        for one, other in combinations(ends_of(row), 2):
            apart = one[1] <= other[0] + 1e-6 or other[1] <= one[0] + 1e-6
            assert apart or one[3] <= other[2] + 1e-6 or other[3] <= one[2] + 1e-6


def test_bars_say_their_windows():
    picture = grid(bins(6, 4), bins(8, 3))
    assert said(picture.rows.bars.texts) == ["0:2", "1:3", "3:5", "4:6"]
    assert said(picture.columns.bars.texts) == ["0:3", "2:6", "5:8"]
    assert {text.get_rotation() for text in picture.rows.bars.texts} == {90}
    assert {text.get_rotation() for text in picture.columns.bars.texts} == {0}
    dual = grid(bins(3, 5), bins(4, 6))
    assert said(dual.rows.bars.texts) == ["0:2", "1:4", "3:5"]
    assert said(dual.columns.bars.texts) == ["0:2", "1:3", "3:5", "4:6"]


@pytest.mark.parametrize("m", [(4, 3), (4, 9), (7, 3), (7, 9)])
def test_bars_are_named_by_what_they_are(m):
    texts = all_texts(grid(bins(6, m[0]), bins(8, m[1])))
    named = [SAY["rows_feed" if m[0] > 6 else "rows"], SAY["columns_feed" if m[1] > 8 else "columns"]]
    assert [
        text for text in texts if text in {SAY[key] for key in ("rows", "columns", "rows_feed", "columns_feed")}
    ] == (named)


def test_hues_of_bars_alternate():
    picture = grid(bins(6, 4), bins(8, 3))
    for row in (picture.rows.bars.boxes, picture.columns.bars.boxes):
        hues = [EITHER["window_odd" if k % 2 else "window_even"] for k in range(len(row))]
        assert [to_hex(bar.get_facecolor()) for bar in row] == hues


# Cuts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scene", quick_takes(SOME, [scene for scene in SCENES if scene[0] != (20, 9)]), ids=str)
def test_cuts_run_along_the_grid_at_their_exact_places(scene):
    n, m, _ = scene
    picture = draw(scene)
    left, right, top, bottom = whole(picture.cells.boxes)
    for axis, cuts in enumerate((picture.rows.cuts, picture.columns.cuts)):
        exact = [float(Fraction(i * n[axis], m[axis])) for i in range(m[axis] + 1)]
        lines = [np.array([line.get_xdata(), line.get_ydata()], float) for line in cuts]
        along = [line[1 - axis] for line in lines]
        assert all(line.is_dashed() for line in cuts)
        assert all(ends[0] == ends[1] for ends in along)
        begin, size = (top, bottom - top) if axis == 0 else (left, right - left)
        assert [(ends[0] - begin) * n[axis] / size for ends in along] == pytest.approx(exact)
        near, far = (left, right) if axis == 0 else (top, bottom)
        assert all(line[axis][0] < near - 9 < far < line[axis][1] for line in lines)
        inside = [EITHER["ink" if cut % 1 else "line"] for cut in exact]
        assert [line.get_color() for line in cuts] == inside


def test_many_cuts_do_not_hide_a_picture():
    close_by, closer = grid(bins(40, 12), bins(60, 30)), grid(bins(200, 64), bins(250, 100))
    _, right, _, bottom = whole(close_by.cells.boxes)
    assert all(line.get_xdata()[1] > right for line in close_by.rows.cuts)
    shown = [line.get_ydata()[1] > bottom for line in close_by.columns.cuts]
    assert shown == [True, *[False] * 29, True]
    assert len(closer.rows.cuts) == len(closer.columns.cuts) == 2


@pytest.mark.parametrize("scene", quick_takes(SOME_NUMBERED, NUMBERED), ids=str)
def test_nothing_runs_through_a_digit(scene):
    picture = draw(scene, window=(0, 0))
    crossing = [*picture.rows.cuts, *picture.columns.cuts, *picture.rows.shared, *picture.columns.shared]
    crossing += [outline for outline in picture.outlines[:3] if outline.get_linestyle() not in ("-", "solid")]
    for texts, boxes in ((picture.cells.texts, picture.cells.boxes), (picture.outputs.texts, picture.outputs.boxes)):
        if not texts:
            continue
        grounds = behind(picture, texts)
        assert [to_hex(colour) for colour in grounds.get_facecolors()] == fills(boxes)
        assert all(artist.get_zorder() < grounds.get_zorder() < texts[0].get_zorder() for artist in crossing)
        for path, text in zip(grounds.get_paths(), texts, strict=True):
            ground, word = path.get_extents(), extent(text)
            (left, low), (right, high) = text.axes.transData.inverted().transform([word.p0, word.p1])
            assert ground.x0 <= left + 0.5 < right - 0.5 <= ground.x1
            assert {*map(tuple, path.vertices)} == {*product((ground.x0, ground.x1), (ground.y0, ground.y1))}
            assert ground.height >= 0.73 * px(text)  # as high as digits are in this font
            assert ground.y0 < (low + high) / 2 < ground.y1


def grids_of(picture):
    """Input and output, or each of several arrays."""
    if isinstance(picture, ArraysPicture):
        return [Labelled((panel.image,), panel.texts) for panel in picture.panels]
    return [picture.cells, picture.outputs]


def behind(picture, texts):
    """The collection that stands right behind some texts."""
    x, y = texts[0].get_position()
    painted = [box for grid in grids_of(picture) for box in grid.boxes]
    for row in picture.ax.collections:
        if isinstance(row, PolyCollection) and len(row.get_paths()) == len(texts):
            box = row.get_paths()[0].get_extents()
            if box.x0 < x < box.x1 and box.y0 < y < box.y1 and row not in painted:
                return row
    raise AssertionError("nothing stands behind the texts")


def cut_numbers(picture):
    """The numbers outside the grid are the only ones that are neither bold nor large."""
    left, *_ = whole(picture.cells.boxes)
    small = [t for t in picture.ax.texts if t.get_fontweight() == "normal" and t.get_text()[0].isdigit()]
    return [t.get_text() for t in small if t.get_position()[0] < left - 1 and t.get_ha() == "right"], [
        t.get_text() for t in small if t.get_ha() == "center"
    ]


def test_cuts_have_their_numbers_outside_the_grid():
    assert cut_numbers(grid(bins(6, 4), bins(8, 3))) == (
        ["0", "1.5", "3", "4.5", "6"],
        ["0", "8/3", "16/3", "8"],
    )
    down, across = cut_numbers(grid(bins(41, 12), bins(30, 9)))
    assert down == [bins(41, 12).cut_text(i) for i in range(13)]
    assert across == [bins(30, 9).cut_text(i) for i in range(10)]
    # Of very many only those for which there is room, and both ends.
    down, across = cut_numbers(grid(bins(256, 199), bins(250, 61)))
    assert (down[0], down[-1], across[0], across[-1]) == ("0", "256", "0", "250")
    assert len(down) < 30
    assert len(across) < 20


# What is shared -------------------------------------------------------------------------------------------


def several(size, target, windows):
    """Cells in several windows; for m > n the outputs of several cells."""
    if target > size:
        return [i for i, (start, stop) in enumerate(windows) if stop - start > 1]
    return [j for j in range(size) if sum(start <= j < stop for start, stop in windows) > 1]


def test_shared_rows_and_columns_are_marked_across_or_at_the_edge(scene):
    (n, m, rule), picture = scene
    for axis, row in enumerate((picture.rows.shared, picture.columns.shared)):
        marked = several(n[axis], m[axis], windows_of(n, m, rule)[axis])
        count = m[axis] if m[axis] > n[axis] else n[axis]
        left, right, top, bottom = whole(picture.outputs.boxes if m[axis] > n[axis] else picture.cells.boxes)
        begin, unit, near, far = (
            (top, (bottom - top) / count, left, right) if axis == 0 else (left, (right - left) / count, top, bottom)
        )
        places = [box[2:] + box[:2] if axis == 0 else box for box in ends_of(row)]
        found = [round((place[0] - begin) / unit, 6) for place in places]
        assert found == marked
        assert all(place[1] - place[0] == pytest.approx(unit) for place in places)
        hatched = [bool(patch.get_hatch()) for patch in row if not isinstance(patch, PolyCollection)]
        assert len(set(hatched)) <= 1
        across = [(near, far) if hatch else (near - 6, near - 2) for hatch in hatched or [False] * len(places)]
        assert [place[2:] for place in places] == [pytest.approx(one) for one in across]


def test_rows_are_hatched_one_way_and_columns_the_other():
    picture = grid(bins(6, 4), bins(8, 3))
    ways = [{patch.get_hatch()[0] for patch in row} for row in (picture.rows.shared, picture.columns.shared)]
    assert ways == [{"/"}, {"\\"}]
    both = grid(bins(3, 5), bins(8, 3))
    inside, outside = (whole(row) for row in (both.cells.boxes, both.outputs.boxes))
    assert all(ends(patch)[0] == outside[0] for patch in both.rows.shared)
    assert all(ends(patch)[2:] == pytest.approx(inside[2:]) for patch in both.columns.shared)


SHARED = {  # the keys of the legend for what is shared, and for each a picture that has it
    "shared_even": lambda: figures.windows(bins(14, 4)),
    "shared_odd": lambda: figures.windows(bins(14, 4)),
    "shared_solid": lambda: figures.windows(bins(48, 13)),
    "shared_hatch": lambda: grid(bins(6, 4), bins(8, 3)),
    "shared_mark": lambda: grid(bins(40, 12), bins(30, 9)),
}


@pytest.mark.parametrize("key", [key for key in EITHER if key.startswith("shared_")])
def test_only_the_legend_says_which_colour_shared_cells_have(key, monkeypatch):
    monkeypatch.setitem(EITHER, key, "#010203")
    picture = SHARED[key]()
    found = [ends(patch) for patch in picture.ax.patches if "#010203" in map(to_hex, hues_of(patch))]
    rows = (picture,) if hasattr(picture, "shared") else (picture.rows, picture.columns)
    assert found == [ends(patch) for row in rows for patch in row.shared] != []


def hues_of(patch):
    return patch.get_facecolor(), patch.get_edgecolor()


def test_narrow_rows_and_pixels_are_not_hatched():
    for picture in (grid(bins(40, 12), bins(30, 9)), grid(bins(6, 4), bins(8, 3), x=np.zeros((6, 8, 3)))):
        assert picture.rows.shared
        assert picture.columns.shared
        assert not any(patch.get_hatch() for patch in picture.ax.patches)
    assert grid(bins(8, 4), bins(12, 3)).rows.shared == grid(bins(8, 4), bins(12, 3)).columns.shared == ()


# Numbers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["avg", "max"])
@pytest.mark.parametrize("scene", quick_takes(SOME_NUMBERED, NUMBERED), ids=str)
def test_cells_show_x_and_outputs_what_is_pooled(scene, kind):
    n, m, rule = scene
    x = np.random.default_rng(7).integers(-9, 90, n)
    picture = draw(scene, x=x, kind=kind)
    expected = spec.pool(x, windows_of(n, m, rule), kind)
    assert close(picture.cells.texts, x.ravel())
    assert close(picture.outputs.texts, expected.ravel())
    assert picture.cells.texts
    assert said(picture.outputs.texts).count(WORDS["empty"]) == np.isnan(expected).sum() * bool(picture.outputs.texts)


def test_by_default_x_counts_in_reading_order():
    picture = grid(bins(6, 4), bins(8, 3))
    assert said(picture.cells.texts) == [str(k) for k in range(48)]
    assert said(picture.outputs.texts) == [f"{y:g}" for y in (5, 7.5, 10, 13, 15.5, 18, 29, 31.5, 34, 37, 39.5, 42)]


@pytest.mark.parametrize("scene", quick_takes(SOME_NUMBERED, NUMBERED), ids=str)
def test_overlaps_are_in_how_many_windows_a_cell_is(scene):
    n, m, rule = scene
    counts = np.zeros(n, int)
    for output in np.ndindex(m):
        for cell in spec.cells(windows_of(n, m, rule), output):
            counts[cell] += 1
    picture = draw(scene, colour="overlaps")
    assert said(picture.cells.texts) == [str(count) for count in counts.ravel()]
    told = dict(zip(*np.unique(counts, return_counts=True), strict=True))
    if len(told) <= 4:
        texts = [SAY["in_windows"][int(k != 1)].format(count=k, cells=cells) for k, cells in told.items()]
        assert said(picture.swatches.texts) == texts
    hues = dict(zip(counts.ravel(), fills(picture.cells.boxes), strict=True))
    strength = [
        contrast(hues[count], EITHER["ground"]) for count in sorted(told) if count
    ]  # 0 has the ground of the panel
    assert strength == sorted(set(strength))


def test_six_by_eight_has_24_and_20_and_4_cells():
    assert said(grid(bins(6, 4), bins(8, 3), colour="overlaps").swatches.texts) == [
        "in 1 window: 24",
        "in 2 windows: 20",
        "in 4 windows: 4",
    ]


def fills(boxes):
    if isinstance(boxes[0], PolyCollection):
        return [to_hex(colour) for colour in boxes[0].get_facecolors()]
    return [to_hex(box.get_facecolor()) for box in boxes]


def apart(one, other):
    """The largest difference of some colours in any channel, 0 to 255."""
    channels = (np.array([to_rgba(colour) for colour in colours]) for colours in (one, other))
    return 255 * np.abs(np.subtract(*channels)).max()


@pytest.mark.parametrize("scene", quick_takes(SOME_NUMBERED, NUMBERED), ids=str)
def test_influence_is_the_share_of_all_outputs(scene):
    n, m, rule = scene
    sums = np.full(n, Fraction(0))
    for output in np.ndindex(m):
        cells = spec.cells(windows_of(n, m, rule), output)
        for cell in cells:
            sums[cell] += Fraction(1, len(cells))
    picture = draw(scene, colour="influence")
    told = [SAY["all"].format(value=sums.min())]
    if sums.min() < sums.max():
        told = [SAY["least"].format(value=sums.min()), SAY["most"].format(value=sums.max())]
    assert said(picture.swatches.texts) == told
    shown = said(picture.cells.texts)
    if any("/" in text for text in shown):
        assert shown == [str(value) for value in sums.ravel()]
    elif shown:
        assert close(picture.cells.texts, sums.ravel().astype(float))


def test_a_corner_counts_a_quarter_and_the_edge_a_half():
    shown = np.array(said(grid(bins(8, 7), bins(8, 7), colour="influence").cells.texts)).reshape(8, 8)
    assert set(shown[[0, 0, -1, -1], [0, -1, 0, -1]]) == {"1/4"}
    assert set(shown[0, 1:-1]) | set(shown[1:-1, -1]) == {"1/2"}
    assert set(shown[1:-1, 1:-1].ravel()) == {"1"}


@pytest.mark.parametrize("kind", ["avg", "max"])
@pytest.mark.parametrize("scene", quick_takes(SCENES[:1], [s for s in NUMBERED if s[2] == "pytorch"]), ids=str)
def test_the_gradient_comes_back_from_what_arrives(scene, kind):
    n, m, rule = scene
    x, upstream = np.random.default_rng(3).integers(0, 50, n), np.arange(np.prod(m)).reshape(m) % 5 - 1
    picture = draw(scene, x=x, upstream=upstream, kind=kind, colour="gradient")
    expected = spec.gradient(upstream, windows_of(n, m, rule), kind, x)
    assert close(picture.cells.texts, expected.ravel())
    assert close(picture.outputs.texts, upstream.ravel())
    if picture.cells.texts:
        assert apart(fills(picture.cells.boxes), gradient_fills(expected.ravel(), EITHER)) < 1.5  # shades are steps


def test_large_gradients_are_pixels_on_both_sides():
    upstream = np.random.default_rng(9).normal(size=(7, 9))
    picture = grid(bins(20, 7), bins(30, 9), upstream=upstream, colour="gradient")
    expected = spec.gradient(upstream, windows_of((20, 30), (7, 9), "pytorch"), "avg", np.zeros((20, 30)))
    for image, values in ((picture.cells.boxes[0], expected), (picture.outputs.boxes[0], upstream)):
        shown = ["#" + bytes(pixel).hex() for pixel in np.asarray(image.get_array()).reshape(-1, 3)]
        assert apart(shown, gradient_fills(values.ravel(), EITHER)) < 1.5


def test_ones_arrive_by_default_and_the_arrow_points_back():
    forward, back = (grid(bins(6, 4), bins(8, 3), colour=colour) for colour in ("values", "gradient"))
    assert said(back.outputs.texts) == ["1"] * 12
    starts = []
    for picture in (forward, back):
        (arrow,) = [patch for patch in picture.ax.patches if hasattr(patch, "_posA_posB")]
        (x, _), (to_x, _) = arrow._posA_posB
        starts.append(x < to_x)
        assert whole(picture.cells.boxes)[1] < min(x, to_x) < max(x, to_x) < whole(picture.outputs.boxes)[0]
        assert to_hex(arrow.get_edgecolor()) == EITHER["gradient" if picture is back else "ink"]
    assert starts == [True, False]
    size = SAY["size"].format(height=4, width=3)
    assert SAY["captions"]["upstream"].format(size=size) in all_texts(back)
    assert SAY["captions"]["avg"].format(size=size) in all_texts(forward)


@pytest.mark.parametrize(
    "scene", [((6, 8), (4, 3), "pytorch"), ((3, 4), (5, 6), "split"), ((40, 30), (7, 5), "pytorch")]
)
def test_winners_are_marked_where_they_are(scene):
    n, m, rule = scene
    x = np.random.default_rng(11).integers(0, 9, n)
    picture = draw(scene, x=x, kind="max")
    (marks,) = picture.winners
    assert isinstance(marks, PathCollection)
    boxes = [spec.cells(windows_of(n, m, rule), output) for output in np.ndindex(m)]
    won = sorted({spec.winner(x, cells) for cells in boxes if cells})
    places = np.array(marks.get_offsets())
    found = in_cells(picture, n, [(px, px, py, py) for px, py in places])
    assert [(int(box[2]), int(box[0])) for box in found] == won
    assert grid(*axes_of(*scene), x=x).winners == ()


# Colours of values ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", STILL_THEMES)
def test_larger_values_are_brighter_and_outputs_are_on_the_same_scale(theme):
    x = np.random.default_rng(2).permutation(48).reshape(6, 8)
    picture = grid(bins(6, 4), bins(8, 3), x=x, theme=theme)
    for texts, boxes in ((picture.cells.texts, picture.cells.boxes), (picture.outputs.texts, picture.outputs.boxes)):
        order = np.argsort([float(text) for text in said(texts)], kind="stable")
        brightness = np.array([luminance(fill) for fill in fills(boxes)])[order]
        assert (np.diff(brightness) >= -2e-3).all()
        assert brightness[0] < brightness[-1]
    flat = grid(bins(6, 4), bins(8, 3), x=np.full((6, 8), 3.5), theme=theme)
    assert set(fills(flat.cells.boxes)) == {still_colours(theme)["input"]}
    assert set(fills(flat.outputs.boxes)) == {still_colours(theme)["output"]}
    first, turned = (fills(one.outputs.boxes)[0] for one in (picture, grid(bins(6, 4), bins(8, 3), x=-x)))
    assert luminance(first) < luminance(turned) or x[:2, :3].mean() > x.mean()


def test_large_inputs_are_grey_pixels_from_black_to_white():
    x = np.random.default_rng(5).integers(0, 1000, (20, 30)).astype(float)
    picture = grid(bins(20, 7), bins(30, 9), x=x)
    low, high = x.min(), x.max()
    for image, values in (
        (picture.cells.boxes[0], x),
        (picture.outputs.boxes[0], spec.pool(x, windows_of((20, 30), (7, 9), "pytorch"), "avg")),
    ):
        shown = np.asarray(image.get_array())
        assert shown.dtype == np.uint8
        assert (shown == shown[..., :1]).all()
        assert np.abs(shown[..., 0] - 255 * (values - low) / (high - low)).max() <= 0.5 + 1e-9
    swatches = picture.swatches
    assert said(swatches.texts) == [SAY["least"].format(value=f"{low:g}"), SAY["most"].format(value=f"{high:g}")]
    assert fills(swatches.boxes) == ["#000000", "#ffffff"]
    assert len(picture.outputs.texts) == 63
    assert picture.cells.texts == ()


@pytest.mark.parametrize("kind", ["avg", "max"])
@pytest.mark.parametrize("n", [(6, 8), (128, 96)])
def test_colour_pictures_pool_each_channel(n, kind):
    x = np.random.default_rng(8).integers(0, 256, (*n, 3)).astype(np.uint8)
    picture = grid(bins(n[0], 4), bins(n[1], 3), x=x, kind=kind, window=(2, 1))
    assert (picture.cells.boxes[0].get_array() == x).all()
    pooled = [spec.pool(x[..., c].astype(float), windows_of(n, (4, 3), "pytorch"), kind) for c in range(3)]
    assert np.abs(picture.outputs.boxes[0].get_array() - np.stack(pooled, -1)).max() <= 0.5
    assert picture.cells.texts == picture.outputs.texts == picture.winners == ()
    assert picture.swatches == NOTHING
    numbers = picture.headline[0].get_text().split("y = ")[1].split(", ")
    assert [float(text) for text in numbers] == pytest.approx([channel[2, 1] for channel in pooled], abs=0.06)


def test_nan_has_no_colour_of_its_own():
    x = np.arange(20 * 18, dtype=float).reshape(20, 18)
    x[3, 5], x[4, 4] = np.nan, np.inf
    pixels = grid(bins(20, 7), bins(18, 5), x=x).cells.boxes[0].get_array()
    assert tuple(pixels[3, 5]) == tuple(bytes.fromhex(EITHER["unchecked_ground"][1:]))
    assert tuple(pixels[4, 4]) == (255, 255, 255)
    small = grid(bins(3, 2), bins(4, 3), x=[[0, 1, np.nan, np.inf], [4, 5, 6, 7], [8, 9, 10, 11]])
    assert said(small.cells.texts)[2:4] == ["nan", "inf"]
    assert fills(small.cells.boxes)[2] == EITHER["panel"]
    assert said(small.outputs.texts)[:3] == ["2.5", "nan", "nan"]


def test_numbers_give_way_to_pixels_where_they_do_not_fit():
    assert len(grid(bins(16, 4), bins(16, 3)).cells.texts) == 256
    assert isinstance(grid(bins(17, 4), bins(16, 3)).cells.boxes[0], AxesImage)
    long = grid(bins(15, 4), bins(16, 3), x=np.arange(240).reshape(15, 16) * 1e5 + 12345)
    assert isinstance(long.cells.boxes[0], AxesImage)
    assert len(grid(bins(6, 4), bins(8, 3), x=np.zeros((6, 8, 3)), colour="overlaps").cells.texts) == 48


def test_the_largest_picture_has_few_artists():
    picture = grid(bins(256, 64), bins(250, 61), x=np.zeros((256, 250, 3)), colour="gradient", window=(3, 3))
    assert len(picture.ax.get_children()) < 300
    assert isinstance(picture.cells.boxes[0], AxesImage)
    assert isinstance(picture.outputs.boxes[0], AxesImage)


# Hidden ---------------------------------------------------------------------------------------------------


def rendered(picture, rule):
    """The pixels of the figure without the rule's name."""
    (name,) = [text for text in picture.ax.texts if WORDS["rule"].format(title=RULES[rule].title) in text.get_text()]
    name.set_text("")
    picture.figure.set_dpi(60)  # as small as its thinnest lines are still seen: this is most of the time
    canvas = FigureCanvasAgg(picture.figure)
    canvas.draw()
    return bytes(canvas.buffer_rgba())


def rendered_by_rule(n, m, rules, **given):
    """The different pictures that these rules give."""
    x = np.random.default_rng(4).integers(0, 90, n)
    return {rendered(draw((n, m, rule), x=x, window=(1, 2), **given), rule) for rule in rules}


@pytest.mark.parametrize("colour", quick_takes(["influence"], GRID_COLOURS))
@pytest.mark.parametrize(
    ("n", "m", "kind", "rules"),
    [  # every rule in boxes; one with empty windows and one that is nearly right also in pixels and for maxima
        ((5, 7), (3, 4), "avg", OTHERS),
        pytest.param((5, 7), (3, 4), "max", ["split", "float32"], marks=pytest.mark.slow),
        pytest.param((20, 23), (7, 9), "avg", ["split", "float32"], marks=pytest.mark.slow),
    ],
)
def test_hidden_figures_of_all_rules_are_the_same_but_for_the_name(n, m, colour, kind, rules):
    assert len(rendered_by_rule(n, m, rules, hidden=True, colour=colour, kind=kind)) == 1


def test_figures_that_are_not_hidden_differ_from_rule_to_rule():
    assert len(rendered_by_rule((5, 7), (3, 4), OTHERS)) > 4


@pytest.mark.parametrize("colour", GRID_COLOURS)
def test_hidden_shows_question_marks(colour):
    picture = grid(bins(6, 4), bins(8, 3), colour=colour, hidden=True, window=(1, 1), kind="max")
    unknown = [WORDS["unknown"]]
    assert said(picture.outputs.texts) == (["1"] if colour == "gradient" else unknown) * 12
    assert said(picture.cells.texts) == ([str(k) for k in range(48)] if colour == "values" else unknown * 48)
    assert picture.rows == AxisParts(picture.rows.cuts)
    assert picture.columns == AxisParts(picture.columns.cuts)
    assert picture.swatches == NOTHING
    assert picture.winners == picture.headline == ()
    assert len(picture.outlines) == 1
    assert WORDS["hidden"] in all_texts(picture)
    assert not any(":" in text for text in all_texts(picture) if text != WORDS["hidden"])
    assert len(picture.rows.cuts) == 5
    assert WORDS["hidden"] not in all_texts(grid(bins(6, 4), bins(8, 3)))


def test_hidden_pixels_are_one_question_mark():
    picture = grid(bins(40, 20), bins(30, 18), colour="overlaps", hidden=True)
    assert said(picture.cells.texts) == said(picture.outputs.texts) == [WORDS["unknown"]]
    assert len(picture.cells.boxes) == len(picture.outputs.boxes) == 1


# The current window ---------------------------------------------------------------------------------------


def test_the_window_and_its_exact_rectangle_are_outlined():
    picture = grid(bins(6, 4), bins(8, 3), window=(1, 1))
    output, window, exact, row, column = picture.outlines
    assert ends(output) == pytest.approx(ends(picture.outputs.boxes[4]))
    assert in_cells(picture, (6, 8), [ends(window), ends(exact)]) == [(2, 6, 1, 3), (2.666667, 5.333333, 1.5, 3)]
    assert [box.get_linestyle() in ("-", "solid") for box in picture.outlines] == [True, True, False, True, True]
    assert ends(row) == pytest.approx(ends(picture.rows.bars.boxes[1]))
    assert ends(column) == pytest.approx(ends(picture.columns.bars.boxes[1]))
    assert not any(box.get_facecolor()[3] for box in picture.outlines)
    assert grid(bins(6, 4), bins(8, 3)).outlines == ()


def test_rows_and_columns_of_the_window_are_not_swapped():
    picture = grid(bins(6, 4), bins(8, 3), window=(2, 0))
    output, window, exact, row, column = picture.outlines
    assert ends(output) == pytest.approx(ends(picture.outputs.boxes[6]))
    assert in_cells(picture, (6, 8), [ends(window), ends(exact)]) == [(0, 3, 3, 5), (0, 2.666667, 3, 4.5)]
    assert ends(row) == pytest.approx(ends(picture.rows.bars.boxes[2]))
    assert ends(column) == pytest.approx(ends(picture.columns.bars.boxes[0]))


def test_above_n_the_bars_of_all_cells_of_the_window_are_outlined():
    picture = grid(bins(3, 5), bins(8, 3), window=(1, 1))
    _, _, _, *bars = picture.outlines
    expected = [*picture.rows.bars.boxes[:2], picture.columns.bars.boxes[1]]
    assert [ends(box) for box in bars] == [pytest.approx(ends(bar)) for bar in expected]


@pytest.mark.parametrize(
    ("scene", "given", "text"),
    [
        (((6, 8), (4, 3), "pytorch"), {}, "output (2, 0): rows 3:5 × columns 0:3, 2 × 3 = 6 cells, y = 29"),
        (((3, 4), (5, 6), "pytorch"), {}, "output (2, 0): rows 1:2 × columns 0:1, 1 × 1 = 1 cell, y = 4"),
        (
            ((6, 8), (4, 3), "pytorch"),
            {"kind": "max", "x": -np.arange(48).reshape(6, 8)},
            "output (2, 0): rows 3:5 × columns 0:3, 2 × 3 = 6 cells, y = -24 from cell (3, 0)",
        ),
        (((2, 3), (3, 2), "split"), {}, "output (2, 0): its window is empty"),
    ],
)
def test_the_window_is_said_in_words(scene, given, text):
    picture = draw(scene, window=(2, 0), **given)
    assert said(picture.headline) == [text]
    assert len(picture.outlines) == (1 if "empty" in text else 5)
    assert draw(scene, **given).headline == ()


# Other rules ----------------------------------------------------------------------------------------------


def wrong_bars(n, m, rule):
    """The windows, or for m > n the cells, that are not as under PyTorch's rule."""
    if m <= n:
        return [
            mine != true for mine, true in zip(spec.windows(rule, n, m), spec.windows("pytorch", n, m), strict=True)
        ]
    feeds = [
        [[start <= j < stop for start, stop in spec.windows(r, n, m)] for j in range(n)] for r in (rule, "pytorch")
    ]
    return [mine != true for mine, true in zip(*feeds, strict=True)]


@pytest.mark.parametrize("scene", [scene for scene in SCENES if scene[2] != "pytorch"], ids=str)
def test_wrong_bars_have_a_red_outline_and_a_cross(scene):
    n, m, rule = scene
    picture = draw(scene)
    for axis, (bars, texts) in enumerate((picture.rows.bars, picture.columns.bars)):
        wrong = wrong_bars(n[axis], m[axis], rule)
        assert [to_rgba(bar.get_edgecolor()) == to_rgba(EITHER["wrong"]) for bar in bars] == wrong
        assert not texts or [text.startswith(WORDS["wrong"]) for text in said(texts)] == wrong
    mine, true = (list(product(*windows_of(n, m, r))) for r in (rule, "pytorch"))
    count = sum(one != other for one, other in zip(mine, true, strict=True))
    said_so = WORDS["differs"].format(count=count, m=len(true)) if count else WORDS["same"].format(n=n, m=m)
    texts = all_texts(picture)
    assert {said_so, RULES[rule].formula} <= set(texts)
    assert any(text.endswith(WORDS["rule"].format(title=RULES[rule].title)) for text in texts)


def test_pytorchs_rule_is_not_named():
    texts = all_texts(grid(bins(6, 4), bins(8, 3)))
    assert texts.count("(6, 8) → (4, 3)") == 1
    assert RULES["pytorch"].formula not in texts


def test_bars_too_thin_for_an_outline_are_red_all_over():
    picture = grid(bins(256, 250, "split"), bins(6, 4, "split"))
    (bars,) = picture.rows.bars.boxes
    red = [to_hex(colour) == EITHER["wrong"] for colour in bars.get_facecolors()]
    assert red == wrong_bars(256, 250, "split")


# Square, readable, in the colours of the legend -----------------------------------------------------------


@pytest.mark.parametrize("n", [(6, 8), (8, 6), (128, 96), (1, 64), (64, 1), (1, 1), (2, 64), (1, 5)])
def test_cells_are_square_unless_the_grid_is_thin(n):
    picture = grid(bins(n[0], 1), bins(n[1], 1))
    left, right, top, bottom = whole(picture.cells.boxes)
    wide, high = (right - left) / n[1], (bottom - top) / n[0]
    longer = max(wide / high, high / wide)
    assert longer <= 4 + 1e-9
    assert (longer > 1 + 1e-9) == (min(right - left, bottom - top) < 49 and n != (1, 1))
    assert min(right - left, bottom - top) > 25


def test_it_draws_into_the_axes_that_it_is_given_and_cells_stay_square():
    figure = Figure(figsize=(5.12, 8))
    upper, lower = figure.subplots(2)
    picture, own = grid(bins(6, 4), bins(8, 3), lower, theme="dark"), grid(bins(6, 4), bins(8, 3))
    assert picture.ax is lower
    assert not upper.texts
    assert to_hex(lower.get_facecolor()) == THEMES["dark"]["ground"]
    figure.draw_without_rendering()
    box = extent(picture.cells.boxes[0])
    assert box.width == pytest.approx(box.height)
    assert picture.ax.texts[0].get_size() < 0.6 * own.ax.texts[0].get_size()
    for text, cell in zip(picture.cells.texts, picture.cells.boxes, strict=True):
        assert extent(text).width <= extent(cell).width
    pixels = grid(bins(40, 4), bins(30, 3), upper)
    figure.draw_without_rendering()
    box = extent(pixels.cells.boxes[0])
    assert box.width / 30 == pytest.approx(box.height / 40)
    assert Image.open(io.BytesIO(own.png())).width == 1638


RANDOM = np.random.default_rng(1)
PAGES = {
    **{f"{n} {m} {rule}": {"scene": (n, m, rule), "window": (0, 0)} for n, m, rule in SCENES},
    **{
        f"{colour} {n}": {"scene": (n, m, "pytorch"), "colour": colour}
        for colour in GRID_COLOURS[1:]
        for n, m, _ in SCENES[:11]
    },
    "max": {"scene": SCENES[0], "kind": "max", "window": (3, 2)},
    "hidden": {"scene": SCENES[0], "hidden": True, "colour": "overlaps"},
    "hidden pixels": {"scene": ((40, 60), (20, 9), "round"), "hidden": True, "colour": "gradient"},
    "signs": {"scene": SCENES[1], "colour": "gradient", "upstream": RANDOM.normal(size=(5, 3))},
    "largest": {"scene": ((256, 250), (199, 256), "forum"), "window": (198, 255)},
    "long cuts": {"scene": ((251, 101), (127, 23), "pytorch"), "window": (18, 22)},
    "two feeds": {"scene": ((3, 64), (7, 70), "pytorch"), "colour": "overlaps"},
    "thin feeds": {"scene": ((64, 1), (70, 2), "pytorch"), "colour": "gradient"},
    "recipe": {"scene": ((55, 11), (28, 6), "fixed_stride"), "window": (3, 3)},
    "photo": {"scene": ((128, 96), (7, 5), "pytorch"), "x": RANDOM.integers(0, 256, (128, 96, 3)), "window": (6, 4)},
    "arrays": {
        "arrays": {"input": np.arange(48.0).reshape(6, 8) / 7, "half": [[1, np.nan], [3, 4], [5, 6]], "x": [1, 2]}
    },
    "arrays words": {"arrays": {"one rather long title": [1], "another rather long title": [2], "a third one": [3]}},
    "arrays long": {"arrays": {f"a title that is rather long, number {k}": np.arange(64) for k in range(5)}},
    "arrays photo": {
        "arrays": {"photo": RANDOM.integers(0, 256, (30, 40, 3)), "grey": RANDOM.integers(0, 256, (30, 40))}
    },
}


def page_of(name, theme):
    given = dict(PAGES[name])
    return arrays(given["arrays"], theme=theme) if "arrays" in given else draw(given.pop("scene"), theme=theme, **given)


def px(text):
    """The size of a text in px on a page that is 1024 px wide."""
    return text.get_size() / 0.72


# Of each colouring three scenes are enough to see how it is told apart on other grounds.
MORE = {f"{colour} {n}" for colour in GRID_COLOURS for n, *_ in SCENES[3:]}
IN_EVERY_THEME = [name for name in PAGES if name not in MORE]
QUICK = {"(6, 8) (4, 3) pytorch", "(3, 4) (5, 6) split", "largest", "hidden", "signs", "two feeds", "photo", "arrays"}


@pytest.mark.parametrize(
    ("name", "theme"),
    [
        *((name, "light") for name in PAGES if name in QUICK),
        *(pytest.param(name, "light", marks=pytest.mark.slow) for name in PAGES if name not in QUICK),
        *(pytest.param(*each, marks=pytest.mark.slow) for each in product(IN_EVERY_THEME, ("dark", "either"))),
    ],
)
def test_every_word_can_be_read(name, theme):
    picture = page_of(name, theme)
    if theme == "light":  # words stand at the same places in both
        no_words_overlap(picture)
    inside = set()
    for boxes, texts in () if isinstance(picture, ArraysPicture) else (picture.rows.bars, picture.columns.bars):
        inside |= set(texts)
        for text, box in zip(texts, boxes, strict=True) if texts else ():
            assert contrast(text.get_color(), to_hex(box.get_facecolor())) >= 4.5
            inner, outer = extent(text), extent(box)
            assert outer.y0 - 0.5 <= inner.y0 < inner.y1 <= outer.y1 + 0.5
            assert outer.x0 - 0.5 <= inner.x0 < inner.x1 <= outer.x1 + 0.5
    for _, texts in grids_of(picture):
        for text, fill in zip(texts, behind(picture, texts).get_facecolors() if texts else (), strict=True):
            assert contrast(text.get_color(), to_hex(fill)) >= 4.5
        inside |= set(texts)
    for text in picture.ax.texts:
        assert px(text) >= SMALLEST - 1e-9
        assert text in inside or can_be_read_on_its_ground(text, theme)


@pytest.mark.parametrize("theme", STILL_THEMES)
@pytest.mark.parametrize("name", ["(6, 8) (4, 3) pytorch", "(3, 4) (5, 6) split", "max", "hidden", "photo", "arrays"])
def test_colours_are_those_of_the_legend(name, theme):
    picture = page_of(name, theme)
    used = {picture.figure.get_facecolor()}
    blended = {box for grid in (*grids_of(picture), picture.swatches) for box in grid.boxes}
    for patch in set(picture.ax.patches) - blended:
        used |= {patch.get_facecolor(), patch.get_edgecolor()}
    used |= {text.get_color() for text in picture.ax.texts} | {line.get_color() for line in picture.ax.lines}
    visible = {to_hex(colour) for colour in used if to_rgba(colour)[3]}
    assert visible <= set(still_colours(theme).values())


# Arrays ---------------------------------------------------------------------------------------------------


def test_arrays_stand_side_by_side_at_one_height_on_one_scale():
    first, second = np.arange(48.0).reshape(6, 8), np.array([[10.0, 94.0], [-4.0, 47.0]])
    picture = arrays({"input": first, "smaller": second})
    boxes = [ends(panel.image) for panel in picture.panels]
    assert boxes[0][1] < boxes[1][0]
    assert boxes[0][2:] == boxes[1][2:]
    for panel, values, box in zip(picture.panels, (first, second), boxes, strict=True):
        shown = np.asarray(panel.image.get_array(), float)
        assert np.abs(shown[..., 0] - 255 * (values + 4) / 98).max() <= 0.5
        assert (box[1] - box[0]) / (box[3] - box[2]) == pytest.approx(values.shape[1] / values.shape[0])
    assert [said(panel.texts) for panel in picture.panels] == [[str(k) for k in range(48)], ["10", "94", "-4", "47"]]
    assert said(picture.swatches.texts) == [SAY["least"].format(value="-4"), SAY["most"].format(value="94")]


def test_titles_stand_above_and_shapes_below():
    given = {"x": [1, 2, 3], "grid": np.zeros((5, 7)), "photo": np.zeros((4, 6, 3), np.uint8)}
    picture = arrays(given)
    assert said(panel.title for panel in picture.panels) == list(given)
    assert said(panel.shape for panel in picture.panels) == ["(3,)", "(5, 7)", "(4, 6, 3)"]
    for image, _, title, shape in picture.panels:
        left, right, top, bottom = ends(image)
        assert title.get_position()[1] < top < bottom < shape.get_position()[1]
        assert title.get_position()[0] == shape.get_position()[0] == pytest.approx((left + right) / 2)
    assert repr(picture) == "Picture(x, grid, photo)"


def test_digits_are_as_many_as_wished_for():
    shown = {digits: said(arrays({"x": [1 / 3, 2 / 3]}, digits=digits).panels[0].texts) for digits in (1, 3, 5)}
    assert shown == {1: ["0.3", "0.7"], 3: ["0.333", "0.667"], 5: ["0.33333", "0.66667"]}
    narrow = arrays({f"array {k}": np.full((7, 7), 1 / 12) for k in range(3)})
    assert {text for panel in narrow.panels for text in said(panel.texts)} == {"0.083"}


def test_pictures_have_the_scale_of_pictures():
    grey = np.array([[10, 200]])
    alone, beside = arrays({"grey": grey}), arrays({"grey": grey, "photo": np.full((2, 3, 3), 77, np.uint8)})
    assert np.asarray(alone.panels[0].image.get_array())[0, :, 0].tolist() == [0, 255]
    assert np.asarray(beside.panels[0].image.get_array())[0, :, 0].tolist() == [10, 200]
    assert (beside.panels[1].image.get_array() == 77).all()
    only = arrays({"photo": np.zeros((2, 3, 3))})
    assert only.swatches == NOTHING
    assert [panel.texts for panel in only.panels] == [()]
    flat = arrays({"ones": np.ones((3, 4))})
    assert said(flat.swatches.texts) == [SAY["all"].format(value="1")]


def test_arrays_wrap_into_rows():
    given = {f"array {k}": np.zeros((5, 7)) for k in range(7)}
    many, three, one = arrays(given), arrays(given, columns=3), arrays(given, columns=1)
    heights = [len({ends(panel.image)[2] for panel in picture.panels}) for picture in (many, three, one)]
    assert heights == [2, 3, 7]
    sizes = {round(ends(panel.image)[3] - ends(panel.image)[2], 6) for panel in three.panels}
    assert len(sizes) == 1
    for picture in (many, three, one):
        for above, below in pairwise(panel.image for panel in picture.panels):
            assert ends(above)[1] < ends(below)[0] or ends(above)[3] < ends(below)[2]


def test_numbers_of_arrays_hide_where_they_do_not_fit():
    picture = arrays(
        {
            "small": np.arange(6).reshape(2, 3),
            "large": np.zeros((17, 20)),
            "long": np.arange(240).reshape(16, 15) + 1000,
        }
    )
    assert [len(panel.texts) for panel in picture.panels] == [6, 0, 0]


def test_long_arrays_are_stretched_but_not_beyond_four_to_one():
    picture = arrays({"long": np.arange(64), "longer": np.arange(80)})
    for panel, cells in zip(picture.panels, (64, 80), strict=True):
        left, right, top, bottom = ends(panel.image)
        assert (bottom - top) / ((right - left) / cells) == pytest.approx(4)


# The rest -------------------------------------------------------------------------------------------------


def test_every_word_of_grids_is_used_and_every_place_filled(monkeypatch):
    read = words_read(monkeypatch)
    for colour, kind, m in product(GRID_COLOURS, ("avg", "max"), ((4, 3), (7, 9))):
        picture = grid(bins(6, m[0]), bins(8, m[1]), colour=colour, kind=kind, window=(1, 1))
        assert not any("{" in text for text in all_texts(picture))
    for picture in (grid(bins(2, 3, "split"), bins(3, 2, "split"), window=(2, 0)), arrays({"x": [1, 1]})):
        assert not any("{" in text for text in all_texts(picture))
    assert {path for path in read if path.startswith("figure.grid.")} == {f"figure.grid.{path}" for path in paths(SAY)}


FINE = (bins(6, 4), bins(8, 3))
ERRORS = [
    (lambda: grid((6, 4), bins(8, 3)), TypeError, "rows must be bins, as bins(6, 4) makes them, got (6, 4)"),
    (lambda: grid(bins(6, 4), 8), TypeError, "columns must be bins, as bins(6, 4) makes them, got 8"),
    (lambda: grid(bins(257, 4), bins(8, 3)), ValueError, "grid draws sizes up to 256, got rows 257 -> 4"),
    (lambda: grid(bins(6, 4), bins(8, 300)), ValueError, "grid draws sizes up to 256, got columns 8 -> 300"),
    (
        lambda: grid(bins(6, 4, "split"), bins(8, 3)),
        ValueError,
        "rows and columns must have the same rule, got split and pytorch",
    ),
    (
        lambda: grid(*FINE, colour="hue"),
        ValueError,
        "colour must be one of values, overlaps, influence, gradient, got 'hue'",
    ),
    (
        lambda: grid(*FINE, colour=np.array(["values", "values"])),
        ValueError,
        "colour must be one of values, overlaps, influence, gradient, got array(['values', 'values'], dtype='<U6')",
    ),
    (lambda: grid(*FINE, hidden="no"), TypeError, "hidden must be True or False, got 'no'"),
    (
        lambda: grid(*FINE, x=np.ma.masked_less(np.ones((6, 8)), 3)),
        TypeError,
        "x must be an array without a mask, got a masked array: fill its gaps first, .filled(0)",
    ),
    (
        lambda: arrays({"x": np.ma.masked_less(np.arange(3), 2)}),
        TypeError,
        "arrays['x'] must be an array without a mask, got a masked array: fill its gaps first, .filled(0)",
    ),
    (
        lambda: arrays({"x": [[1], [1, 2]]}),
        ValueError,
        "arrays['x'] must be an array whose rows have one length, got [[1], [1, 2]]",
    ),
    (lambda: grid(*FINE, kind="sum"), ValueError, "kind must be one of avg, max, got 'sum'"),
    (lambda: grid(*FINE, theme="blue"), ValueError, "theme must be one of light, dark, either, got 'blue'"),
    (lambda: grid(*FINE, x=np.zeros((8, 6))), ValueError, "x must have shape (6, 8) or (6, 8, 3), got (8, 6)"),
    (lambda: grid(*FINE, x=np.zeros((6, 8, 4))), ValueError, "x must have shape (6, 8) or (6, 8, 3), got (6, 8, 4)"),
    *(
        (
            lambda colour=colour: grid(*FINE, x=np.zeros((6, 8, 3)), kind="max", colour=colour),
            ValueError,
            f"x must have shape (6, 8) for kind='max' and colour='{colour}', got (6, 8, 3)",
        )
        for colour in ("influence", "gradient")
    ),
    (lambda: grid(*FINE, x=np.full((6, 8), "a")), TypeError, "x must be an array of real numbers, got dtype <U1"),
    (lambda: grid(*FINE, upstream=np.ones((3, 4))), ValueError, "upstream must have shape (4, 3), got (3, 4)"),
    (
        lambda: grid(*FINE, upstream=np.ones((4, 3), bool)),
        TypeError,
        "upstream must be an array of real numbers, got dtype bool",
    ),
    (
        lambda: grid(*FINE, window=(4, 0)),
        ValueError,
        "window must be a pair of integers from (0, 0) to (3, 2), got (4, 0)",
    ),
    (
        lambda: grid(*FINE, window=(0, -1), hidden=True),
        ValueError,
        "window must be a pair of integers from (0, 0) to (3, 2), got (0, -1)",
    ),
    (
        lambda: grid(*FINE, window=(1, 1, 1)),
        ValueError,
        "window must be a pair of integers from (0, 0) to (3, 2), got (1, 1, 1)",
    ),
    (lambda: grid(*FINE, window=3), TypeError, "window must be a pair of integers from (0, 0) to (3, 2), got 3"),
    (
        lambda: grid(*FINE, window=(True, 1.0)),
        TypeError,
        "window must be a pair of integers from (0, 0) to (3, 2), got (True, 1.0)",
    ),
    (lambda: arrays([[1, 2]]), TypeError, "arrays must map titles to arrays, as a dictionary does, got [[1, 2]]"),
    (lambda: arrays({1: [2]}), TypeError, "arrays must map titles to arrays, as a dictionary does, got {1: [2]}"),
    (lambda: arrays({}), ValueError, "arrays must hold at least one array, got none"),
    (lambda: arrays({"x": ["a"]}), TypeError, "arrays['x'] must be an array of real numbers, got dtype <U1"),
    *(
        (
            lambda shape=shape: arrays({"x": np.zeros(shape)}),
            ValueError,
            f"arrays['x'] must have shape (n,), (H, W) or (H, W, 3) with sizes from 1 to 4096, got {shape}",
        )
        for shape in [(), (0,), (3, 0), (2, 3, 4), (2, 3, 3, 3), (4097,)]
    ),
    (
        lambda: arrays({"x" * 200: [1]}),
        ValueError,
        f"titles must fit into one line of 1024 px, got {quoted('x' * 200)}",
    ),
    (lambda: arrays({"x": [1]}, digits=0), ValueError, "digits must be an integer from 1 to 9, got 0"),
    (lambda: arrays({"x": [1]}, digits=2.0), TypeError, "digits must be an integer from 1 to 9, got 2.0"),
    (lambda: arrays({"x": [1]}, columns=0), ValueError, f"columns must be an integer from 1 to {2**31}, got 0"),
    (lambda: arrays({"x": [1]}, theme="blue"), ValueError, "theme must be one of light, dark, either, got 'blue'"),
]


@pytest.mark.parametrize(("call", "error", "message"), ERRORS, ids=[message[:90] for *_, message in ERRORS])
def test_errors_say_what_is_accepted_and_what_came(call, error, message):
    with spec.refused(error, message):
        call()
