"""What lesson 05 says of other people's formulas, of sizes, of floats and of libraries is so."""

import re

import nbformat
import numpy as np
import pytest

import pooltutor
from pooltutor import bins
from pooltutor.rules import RULES
from tests.lessons import NOTEBOOKS, code_cells, prose


def test_the_formula_of_the_exercise_of_lesson_05_is_right_where_the_text_says():
    for n, m in [(5, 3), (7, 4), (7, 5), (55, 28)]:
        assert [min((i + 1) * n // m + 1, n) for i in range(m)] == list(bins(n, m).stop)


def test_lesson_05_on_float64_at_224_to_100():
    assert repr(25 * (224 / 100)) == "56.00000000000001"


@pytest.mark.parametrize(("roundings", "wrong"), [(1, 96), (2, 58)])
def test_lesson_05_on_linspace_in_float32(roundings, wrong):
    """torch.linspace goes from both ends to the middle in steps of n/m, by fused multiplication and addition or not."""
    exact = np.float64 if roundings == 1 else np.float32  # float64 holds the product; then the sum is rounded once

    def cuts(n, m):
        i, step = np.arange(m + 1, dtype=exact), exact(np.float32(n) / np.float32(m))
        return np.where(i < (m + 1) // 2, i * step, exact(n) - (exact(m) - i) * step).astype(np.float32)

    def differ(n, m):
        c = cuts(n, m)
        stop = np.minimum(np.ceil(c[1:]), n)
        return (np.floor(c[:-1]) != bins(n, m).start).any() or (stop != bins(n, m).stop).any()

    assert sum(differ(n, m) for n in range(1, 65) for m in range(1, 65)) == wrong


BEFORE_2022 = "start = floor(f32(i * n) / m)\nstop = ceil(f32((i + 1) * n) / m)"


def test_lesson_05_on_the_first_size_that_pytorch_got_wrong():
    """Below 2**24 = n*m float32 is exact; these are all sizes from there to 4098 + 4097 with m <= n."""
    sizes = [(s - m, m) for s in range(2 * 4096, 4098 + 4098) for m in range(3900, s // 2 + 1) if (s - m) * m >= 2**24]
    assert len(sizes) > 200
    assert [(n, m) for n, m in sizes if list(bins(n, m, BEFORE_2022)) != list(bins(n, m))] == [(4098, 4097)]
    last = [bins(4098, 4097, rule)[4096].start for rule in (BEFORE_2022, "pytorch")]
    assert f"the last window starts at {last[0]} instead of {last[1]}" in flowing("05-rounding-traps")
    assert bins(4225, 3971, BEFORE_2022).raw_stop[-1] == 4226


def flowing(lesson):
    """The prose of a lesson as one line."""
    return " ".join(prose(lesson).split())


def cuts_of_lesson_05():
    """The formulas A to E of the table: each letter with start and stop."""
    rows = re.findall(r"^\| ([A-E]) \| `(.+?)` \|", prose("05-rounding-traps"), re.M)
    next_cut = {name: re.sub(r"\bi\b", "(i + 1)", cut) for name, cut in rows}
    return {name: f"start = floor({cut})\nstop = ceil({next_cut[name]})" for name, cut in rows}


def test_the_cells_of_lesson_05_try_the_formulas_of_its_table():
    cells = code_cells(nbformat.read(NOTEBOOKS / "05-rounding-traps.ipynb", 4))
    names = {}
    exec(next(cell.source for cell in cells if cell.source.startswith("cuts = ")), names)
    table = {name: text.splitlines()[0] for name, text in cuts_of_lesson_05().items()}
    assert {name: f"start = floor({cut.format('i')})" for name, cut in names["cuts"].items()} == table
    assert list(table) == list("ABCDE")


def test_what_lesson_05_says_of_a_stop_beyond_the_input():
    """Keras on JAX takes formula C, and JAX gives NaN for a cell that does not exist."""
    b = bins(7, 7, cuts_of_lesson_05()["C"])
    x = np.append(np.arange(7.0), np.nan)
    means = [x[start:stop].mean() for start, stop in zip(b.start, b.raw_stop, strict=True)]
    said = re.search(r"should change nothing, and gives ([\d., ]+, NaN)\.", flowing("05-rounding-traps"))[1]
    np.testing.assert_array_equal(means, [float(number) for number in said.split(", ")])
    tried = pooltutor.try_rule("start = floor(i * (n / m))\nstop = ceil((i + 1) * (n / m))").found
    assert tried.beyond.smallest_of_all == (7, 25)
    assert repr(11 * (30 / 22)) == "14.999999999999998"


def test_three_libraries_of_lesson_05_do_what_their_formulas_say():
    """Under JAX a stop beyond the input is wrong."""
    sizes = [(n, m) for n in range(1, 33) for m in range(1, 33)]

    def like_pytorch(rule, *, forgiving=True):
        tried = [(bins(n, m, rule), bins(n, m)) for n, m in sizes]
        return sum(list(a) == list(b) and (forgiving or a.raw_stop.max() <= b.stop[-1]) for a, b in tried)

    counts = {"Keras 3.15.1 on JAX": like_pytorch(cuts_of_lesson_05()["C"], forgiving=False)}
    counts |= {"`roi_pool`": like_pytorch("float32"), "Equinox": like_pytorch("split")}
    for library, count in counts.items():
        assert re.search(rf"^\| {library}[^|]* \| {count:,} \|", prose("05-rounding-traps"), re.M)


def test_the_rules_of_lesson_05_that_are_right_where_m_divides_n():
    """Besides, one is right where the recipe is, and what a user of FlagGems saw is at 10 -> 3."""
    named = re.findall(r"^\| `(\w+)` \|", prose("05-rounding-traps"), re.M)
    sizes = [(n, m) for n in range(1, 65) for m in range(1, n + 1)]
    for rule in named:
        assert [s for s in sizes if list(bins(*s, rule)) == list(bins(*s))] == [(n, m) for n, m in sizes if n % m == 0]
    assert [s for s in sizes if list(bins(*s, "ceil_kernel")) == list(bins(*s))] == [
        (n, m) for n, m in sizes if n % m <= 1
    ]
    everywhere_else = {"pytorch", "equal_kernel", "forum", "fixed_stride", "float32", "float64_ratio"}
    assert {*named, "ceil_kernel", "fraction_first"} | everywhere_else == set(RULES), "each rule has its place"
