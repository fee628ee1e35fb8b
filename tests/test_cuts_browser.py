"""A cut is written in one way: in the terminal, in tables and in print as in the browser, which has code of its own."""

import random

import pytest

from pooltutor import bins
from pooltutor.cli.facts import facts
from pooltutor.live.joining import joined_code
from pooltutor.validation import LARGEST_SHOWN

pytestmark = pytest.mark.browser

DRAW = random.Random(1)
SIZES = [(n, m) for n in range(1, 41) for m in range(1, 41)]
SIZES += [(n, m) for n in (63, 64, 255, 4095, 4096) for m in (7, 64, 100, 199, 4096)]
SIZES += [(DRAW.randint(1, LARGEST_SHOWN), DRAW.randint(1, LARGEST_SHOWN)) for _ in range(100)]


@pytest.fixture(scope="module")
def cut_texts(context):
    page = context.new_page()
    page.add_script_tag(type="module", content=joined_code("js/pure/numbers.js") + "window.cutText = cutText;")
    page.wait_for_function("window.cutText !== undefined")  # modules run when they are ready
    write = "([n, m]) => Array.from({ length: m + 1 }, (_, i) => cutText(i, { n, m }))"
    yield lambda n, m: page.evaluate(write, [n, m])
    page.close()


def test_the_browser_writes_cuts_as_python_does(cut_texts):
    for n, m in SIZES:
        assert cut_texts(n, m) == [bins(n, m).cut_text(i) for i in range(m + 1)], (n, m)


def test_explain_and_the_table_in_a_notebook_write_cuts_so(cut_texts):
    for n, m in [(14, 4), (5, 3), (150, 100), (4096, 12)]:
        cuts = cut_texts(n, m)
        ends = [(cuts[i], cuts[i + 1]) for i in range(m)]
        (axis,) = facts((n,), (m,), "pytorch", "avg")["axes"]
        assert [(row["cut"], row["next_cut"]) for row in axis["windows"]] == ends
        shown = bins(n, m)._repr_html_()
        assert all(f"<td>{first} to {last}</td>" in shown for first, last in [*ends[:12], *ends[-4:]])
