"""Still pictures: they say that they are, in words too, and can be read on a light page and on a dark one."""

import base64
import io
import json
import shutil
import subprocess
from pathlib import Path

import nbformat
import numpy as np
import pytest
from matplotlib.figure import Figure
from nbconvert import HTMLExporter
from PIL import Image

from pooltutor import atlas, bins, explore, explore2d, figures, words
from pooltutor.figures.picture import DPI
from pooltutor.legend import EITHER, THEMES, still_colours
from pooltutor.live.classroom import classroom
from tests.quick import quick_takes
from tests.test_words import contrast

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("#ffffff", "#111111")  # of a notebook: JupyterLab's two themes
PICTURES = {
    "windows": lambda **how: figures.windows(bins(14, 4), window=1, **how),
    "hidden": lambda **how: figures.windows(bins(14, 4), hidden=True, **how),
    "another rule": lambda **how: figures.windows(bins(5, 3, "forum"), **how),
    "gradient": lambda **how: figures.gradient(bins(7, 5), **how),
    "matrix": lambda **how: figures.matrix(bins(7, 5), **how),
    "duel": lambda **how: figures.duel(5, 3, "forum", **how),
    "atlas": lambda **how: figures.atlas(**how),
    "grid": lambda **how: figures.grid(bins(6, 4), bins(8, 3), **how),
    "grid with empty windows": lambda **how: figures.grid(bins(2, 4, "split"), bins(3, 2, "split"), **how),
    "arrays": lambda **how: figures.arrays({"input": [0, 3, 0], "average": [1.5, 1.5]}, **how),
}
SOME = ["windows", "hidden", "grid", "arrays"]
VIEWS = {
    "explorer": lambda: explore(5, 3),
    "explorer, hidden": lambda: explore(5, 3, show=[]),
    "grid, live": lambda: explore2d((6, 8), (4, 3)),
    "atlas, live": atlas,
    "classroom": classroom,
}
MADE = PICTURES | VIEWS


def rgba(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGBA"))


@pytest.fixture(params=quick_takes(SOME, PICTURES), scope="module")
def still(request):
    """A picture, and the pixels of it with a mark; as small as its words can still be told apart before and after."""
    picture = PICTURES[request.param]()
    before = picture.png(SMALL)
    marked = rgba(picture.still("a mark").png)
    return request.param, picture, before, marked, picture.png(SMALL)


SMALL = 50  # dpi, for what needs no sharp pixels: to make a file of them is most of the time


# Colours --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("ink", ["ink", "ink_soft", "gradient", "agrees_ink", "disagrees_ink"])
def test_words_on_no_ground_can_be_read_on_every_page(ink, page):
    assert contrast(EITHER[ink], page) >= 4.3


def test_no_ink_could_do_much_better():
    greys = [f"#{k:02x}{k:02x}{k:02x}" for k in range(256)]
    assert max(min(contrast(grey, page) for page in PAGES) for grey in greys) < 4.4


LINES = ["line", "wrong", "focus", "shared_mark", "output_edge", "edge_even", "edge_odd", "window_even", "window_odd"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("key", LINES)
def test_lines_and_bars_stand_out_from_every_page(key, page):
    assert contrast(EITHER[key], page) >= 3


BOXES = [
    ("panel_ink", "panel"),
    ("panel_ink", "ghost"),
    ("arriving_ink", "arriving"),
    ("input_ink", "input"),
    ("output_ink", "output"),
    ("window_ink", "window_even"),
    ("window_ink", "window_odd"),
    ("output_ink", "panel"),
]


@pytest.mark.parametrize("theme", [*THEMES, "either"])
@pytest.mark.parametrize(("ink", "fill"), BOXES)
def test_numbers_in_boxes_can_be_read(ink, fill, theme):
    colours = still_colours(theme)
    assert contrast(colours[ink], colours[fill]) >= 4.5


def test_a_still_picture_has_no_ground_of_its_own(still):
    name, _, _, image, _ = still
    edge = np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]])
    assert (edge[:, 3] == 0).all()
    assert (image[..., 3] == 0).mean() > 0.2
    on_white = rgba(PICTURES[name](theme="light").png(SMALL))
    assert (on_white[..., 3] == 255).all(), "what is made for print keeps its ground"


@pytest.mark.parametrize(("n", "m", "breaks"), [(8, 4, 1), (14, 4, 0)])
def test_no_cut_runs_through_the_sentence_that_windows_tile(n, m, breaks):
    picture = figures.windows(bins(n, m))
    (sentence,) = [text for text in picture.ax.texts if text.get_text() == words.say("common.tile")] or [None]
    for line in picture.cuts.lines:
        down = np.asarray(line.get_ydata(), float)
        assert np.isnan(down).sum() == breaks
        assert sentence is None or down[1] < sentence.get_position()[1] - 8 < sentence.get_position()[1] + 8 < down[3]


def test_a_cut_inside_a_cell_is_full_and_one_on_a_line_is_hollow():
    diamonds = figures.windows(bins(14, 4)).cuts.diamonds
    assert [diamond.get_markerfacecolor() != "none" for diamond in diamonds] == [False, True, False, True, False]


# The mark -------------------------------------------------------------------------------------------------


def test_the_mark_stands_below_the_picture_which_stays_as_it_is(still):
    _, picture, before, image, after = still
    width, height = (int(inches * DPI) for inches in picture.figure.get_size_inches())
    strip = image[height:]
    assert image.shape[1] == width
    assert 25 < len(strip) < 45, "22 px, drawn sharper"
    assert (strip[..., 3] > 0).any()
    assert (strip[:, : strip.shape[1] // 2, 3] == 0).all(), "at the right"
    assert after == before


def test_a_figure_that_is_somebody_elses_gets_no_mark():
    figure = Figure(figsize=(5.12, 4))
    picture = figures.windows(bins(14, 4), figure.subplots())
    assert picture.still("a mark").png == picture.png()


def test_figures_and_views_say_different_things():
    png = figures.windows(bins(5, 3), window=0).still(words.say("figure.still")).png
    assert explore(5, 3).still().png != png
    assert "run this cell" in words.say("figure.still_view")


# The words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", quick_takes([*SOME, *VIEWS], MADE))
def test_what_a_notebook_gets_has_a_picture_and_its_words(name):
    data, metadata = MADE[name]()._repr_mimebundle_()
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    about = metadata["image/png"]
    assert set(about) == {"width", "alt"}
    assert 30 < len(about["alt"]) < 900
    assert about["alt"][0] == about["alt"][0].upper()
    assert about["alt"].endswith(".")
    assert "{" not in about["alt"]
    assert data["text/plain"]


ALTS = {
    "windows": "14 → 4, rule PyTorch. The windows are 0:4, 3:7, 7:11, 10:14. "
    "2 cells are in more than one window: 3, 10. The outputs are 1.5, 4.5, 8.5, 11.5. The gradients of the cells are "
    "0.25, 0.25, 0.25, 0.75, 0.5, 0.5, 0.5, 0.75, 0.75, 0.75, 1.75, 1, 1, 1.",
    "hidden": "14 → 4, rule PyTorch. The windows are hidden until you show them.",
    "duel": "5 → 3, the forum's against PyTorch. ✗ Window 1 is 2:4 under the forum's, 1:4 under PyTorch.",
    "grid with empty windows": "(2, 3) → (4, 2), rule split. The row windows are 0:1, 1:2, empty, empty. "
    "The column windows are 0:2, 2:3. Every cell is in 1 windows. "
    "3 row windows and 1 column windows are not PyTorch's. The outputs are 0.5, 2, 3.5, 5, nan, nan, nan, nan.",
    "arrays": "Input, average. input (3,): 0, 3, 0. average (2,): 1.5, 1.5.",
}


@pytest.mark.parametrize("name", ALTS)
def test_the_words_say_what_is_drawn(name):
    assert PICTURES[name]().alt == ALTS[name]


def test_the_map_says_its_classes():
    assert figures.atlas("avgpool").alt.endswith("Is it one AvgPool?: no, yes, yes, with padding.")


def test_hidden_windows_are_not_told():
    for rule in ("pytorch", "forum", "split"):
        told = [figures.windows(bins(n, 3, rule), hidden=True).alt.replace(f"{n} →", "n →") for n in (5, 7, 9)]
        assert len(set(told)) == 1
    grids = {figures.grid(bins(6, 4), bins(8, 3), hidden=True, colour=colour).alt for colour in ("values", "overlaps")}
    assert grids == {"(6, 8) → (4, 3), rule PyTorch. The windows are hidden until you show them."}


DESCRIBE = """
import { describe } from "./pooltutor/live/js/pure/explorer/description.js";
import { describeGrid } from "./pooltutor/live/js/pure/grid/description.js";
import { factsAt, gridFactsAt, words } from "./tests/js/facts.js";
const { view, grid } = words;
const lines = JSON.parse(process.argv[1]).map(([n, m, rule]) => describe(factsAt(n, m, { rule }), view.description));
const planes = JSON.parse(process.argv[2]).map(([n, m, colour]) =>
  describeGrid(gridFactsAt(n, m, { colour }), grid.description, grid.line));
console.log(JSON.stringify([lines, planes]));
"""
LINES_OF = [(14, 4, "pytorch"), (7, 5, "split"), (6, 8, "pytorch"), (48, 13, "split"), (64, 40, "equal_kernel")]
PLANES_OF = [((6, 8), (4, 3), "values"), ((7, 7), (5, 5), "overlaps"), ((20, 9), (13, 2), "gradient")]


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")
def test_the_words_are_those_of_the_live_views():
    asked = [json.dumps(LINES_OF), json.dumps(PLANES_OF)]
    said = subprocess.run(
        ["node", "--input-type=module", "-e", DESCRIBE, *asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    lines, planes = json.loads(said.stdout)
    drawn = [figures.windows(bins(n, m, rule)) for n, m, rule in LINES_OF]
    drawn += [figures.grid(*map(bins, n, m), colour=colour) for n, m, colour in PLANES_OF]
    for picture, described in zip(drawn, [*lines, *planes], strict=True):
        for sentence in picture.alt.removeprefix(f"{picture.title}. ").replace(". ", ".\n").split("\n"):
            assert sentence in described


# Where notebooks go ---------------------------------------------------------------------------------------


def test_nbconvert_writes_the_words_beside_the_picture(caplog):
    data, metadata = figures.windows(bins(5, 3))._repr_mimebundle_()
    output = nbformat.v4.new_output("display_data", data, metadata=metadata)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=[output])])
    html, _ = HTMLExporter(template_name="classic").from_notebook_node(notebook)
    assert f'alt="{figures.windows(bins(5, 3)).alt}"' in html
    assert "Alternative text is missing" not in caplog.text
