"""What the lessons say of sizes, numbers and other people's formulas is so."""

import re

import nbformat
import numpy as np

import pooltutor
from pooltutor import bins, pool
from tests.lessons import NOTEBOOKS, prose


def test_the_walk_of_lesson_01_ends_at_ten():
    wrong = [n for n in range(6, 20) if list(bins(n, 6, "equal_kernel")) != list(bins(n, 6))]
    assert wrong[0] == 10


def test_the_float_of_lesson_01():
    product = np.float32(11) * np.float32(26 / 22)
    assert f"{product:.6f}" == "12.999999"


def test_the_five_guesses_of_lesson_00_are_what_their_windows_give():
    x = np.arange(14.0)
    table = nbformat.read(NOTEBOOKS / "00-start-here.ipynb", 4).cells
    rows = re.findall(r"^\| .+ \| ((?:\d+:\d+ ?)+) \| (.+) \|$", "\n".join(c.source for c in table), re.M)
    assert len(rows) == 4
    for windows, averages in rows:
        slices = [slice(*map(int, window.split(":"))) for window in windows.split()]
        assert [x[s].mean() for s in slices] == [float(a) for a in averages.split(",")]
    # The fifth counts the cut cell half: 3.5 cells each.
    weights = np.repeat(np.eye(4), 7, axis=1).reshape(4, 14, 2).mean(-1)
    np.testing.assert_allclose((weights @ x) / 3.5, [1.29, 4.71, 8.29, 11.71], atol=0.005)
    assert rows[-1][0].split() == [str(window) for window in bins(14, 4)]


def test_the_wrong_answers_of_lesson_01_are_those_rules():
    text = "\n".join(cell.source for cell in nbformat.read(NOTEBOOKS / "01-windows.ipynb", 4).cells)
    rows = [r.replace("*", "").split() for r in re.findall(r"^\| ((?:\**\d:\d\** ?){3}) \|", text, re.M)]
    rules = ["equal_kernel", "forum", "fixed_stride", "split", "pytorch"]
    assert rows == [[str(window) for window in bins(5, 3, rule)] for rule in rules]
    # "2:3 and 1:4 both give 2": why a ramp is no probe
    assert np.arange(5)[2:3].mean() == np.arange(5)[1:4].mean() == pool(np.arange(5), 3)[1] == 2


# Lesson 02 -------------------------------------------------------------------------------------------------


def rows_with_a_size(lesson: str) -> list[tuple[str, str]]:
    """The first column and the last one, a size or "everywhere", of the table of answers, without bold."""
    rows = re.findall(r"^\| (.+?) \| .+ \| (\d+ → \d+|everywhere) \|$", prose(lesson), re.M)
    return [(answer.replace("*", ""), size) for answer, size in rows]


def test_the_windows_of_lesson_02_are_hidden_until_the_learner_has_guessed():
    opening = nbformat.read(NOTEBOOKS / "02-overlaps.ipynb", 4).cells[:3]
    assert 'pooltutor.story("predict-overlaps")' in opening[1].source
    assert opening[2].source.startswith("## What people answer")
    assert "8" not in opening[0].source


def test_the_wrong_answers_of_lesson_02_are_right_where_it_says():
    ideas = [lambda n, m: m - 1, lambda n, m: n % m, lambda n, m: m - n % m, lambda n, m: 0]
    *wrong, right = rows_with_a_size("02-overlaps")
    assert [int(number) for number, _ in wrong] == [idea(14, 10) for idea in ideas]
    for idea, (_, size) in zip(ideas, wrong, strict=True):
        n, m = map(int, size.split(" → "))
        assert idea(n, m) == bins(n, m).overlaps.sum()
    assert right == (str(bins(14, 10).overlaps.sum()), "everywhere")


def test_the_cells_that_lesson_02_names():
    said = re.search(r"cells ([\d, and]+) are hatched", prose("02-overlaps"))[1]
    assert list(map(int, re.findall(r"\d+", said))) == np.flatnonzero(bins(14, 10).coverage > 1).tolist()
    assert bins(14, 10).overlaps[4] == 0  # windows 4 and 5
    assert np.flatnonzero(bins(14, 4).coverage > 1).tolist() == [3, 10]
    assert set(bins(14, 7).coverage) == {1}
    assert set(bins(3, 7).coverage) == {3}
    assert bins(6, 8).coverage.tolist() == [2] * 6
    assert set(bins(7, 5).lengths) == {2, 3}


def test_the_twelve_numbers_of_lesson_02():
    missing = [12 - bins(n, 12).overlaps.sum() for n in range(13, 25)]
    assert " ".join(map(str, missing)) + ". **Stop here and guess" in prose("02-overlaps")
    assert [12 - bins(n, 12).overlaps.sum() for n in range(1, 65)] == (missing * 6)[:64]


def test_what_lesson_02_leaves_to_the_learner_is_true():
    assert pooltutor.laws.mirror(bins(14, 10)) == tuple(bins(14, 10))
    assert pooltutor.laws.mirror(bins(5, 3, "equal_kernel")) != tuple(bins(5, 3, "equal_kernel"))
    assert sum(bins(14, 10).lengths) - 14 == bins(14, 10).overlaps.sum()
    assert len(set(bins(14, 4).lengths)) == 1  # and neighbours share: a size as it is asked for


# Lesson 03 -------------------------------------------------------------------------------------------------


def test_nothing_in_lesson_03_shows_the_gradient_of_its_prediction_before_the_answer():
    cells = nbformat.read(NOTEBOOKS / "03-gradients.ipynb", 4).cells
    sources = [cell.source for cell in cells]
    predict, answer = (
        next(k for k, source in enumerate(sources) if heading in source)
        for heading in ("## Predict: 7 → 5", "## The answer: 7 → 5")
    )
    before = [
        cell.source
        for cell in cells[:answer]
        if cell.cell_type == "code" and ("7, 5" in cell.source or "story" in cell.source)
    ]
    assert before == ['pooltutor.story("predict-gradients")']
    assert before[0] == sources[predict + 1]
    assert pooltutor.story("predict-gradients").shown.show == ["windows"]


def test_the_orders_of_lesson_03_are_right_where_it_says():
    (_, centre), (_, counted), (_, equal), (right, _) = rows_with_a_size("03-gradients")
    sizes = [tuple(map(int, size.split(" → "))) for size in (centre, counted, equal)]
    at_centre, by_count, all_alike = (pooltutor.laws.influence(*pair) for pair in sizes)
    assert np.argmax(at_centre) == len(at_centre) // 2
    np.testing.assert_allclose(by_count / bins(*sizes[1]).coverage, by_count[0])
    assert len(set(all_alike)) == 1
    shares = pooltutor.laws.influence(7, 5)
    assert right == ", ".join(map(str, sorted((0, 1, 3), key=lambda j: -shares[j]))) == "1, 0, 3"
    np.testing.assert_allclose(shares[:4], [1 / 2, 1, 5 / 6, 1 / 3])
    coverage = bins(7, 5).coverage
    assert (coverage[0], coverage[1], coverage[2], coverage[3]) == (1, 2, 2, 1)
    assert [i for i, length in enumerate(bins(7, 5).lengths) if length == 3] == [2]


def test_what_lesson_03_leaves_to_the_learner_is_true():
    three = [n / m for n in range(1, 65) for m in range(1, n) if pooltutor.laws.influence_ratio(n, m) == 3]
    assert 1.48 < max(three) < 1.5
    assert pooltutor.gradient([1, 1], 3, kind="max", x=[0, 3, 0]).tolist() == [0, 2, 0]


# Lesson 04 -------------------------------------------------------------------------------------------------


def received_2d(size, target):
    return pooltutor.gradient(np.ones(target), size)


def feeding_four(size, target):
    rows, columns = (bins(n, m).coverage for n, m in zip(size, target, strict=True))
    return int((np.outer(rows, columns) == 4).sum())


def sizes_2d(text):
    """The numbers of "6 × 8 → 4 × 3" as ((6, 8), (4, 3))."""
    numbers = list(map(int, re.findall(r"\d+", text)))
    return tuple(numbers[:2]), tuple(numbers[2:])


def test_the_windows_of_lesson_04_are_hidden_until_the_learner_has_guessed():
    sources = [cell.source for cell in nbformat.read(NOTEBOOKS / "04-two-dimensions.ipynb", 4).cells]
    assert 'pooltutor.story("predict-image")' in sources[1]
    assert sources[2].startswith("## What people answer")
    assert "1/4" not in sources[0]
    (predict,) = [k for k, source in enumerate(sources) if source.startswith("## Predict: which cells")]
    assert sources[predict + 1] == 'pooltutor.story("predict-four")'
    assert "overlaps" not in "".join(sources[: predict + 2]).replace("overlap counts", "")


def test_the_shares_that_lesson_04_names():
    eight, seven = received_2d((8, 8), (7, 7)), received_2d((7, 7), (5, 5))
    assert [eight[0, 0], eight[0, 4], eight[4, 4]] == [1 / 4, 1 / 2, 1]
    np.testing.assert_allclose([seven[0, 0], seven[0, 3], seven[3, 3]], [1 / 4, 1 / 6, 1 / 9])
    assert seven.argmax() == 1 * 7 + 1
    assert np.count_nonzero(np.isclose(seven, seven.max())) == 4  # (1, 1) and its three mirror images
    assert seven.argmin() == 3 * 7 + 3
    # The wrong answers are right where it says.
    assert set(received_2d((8, 8), (4, 4)).ravel()) == {16 / 64}
    assert set(received_2d((2, 2), (4, 4)).ravel()) == {4}


def test_the_wrong_counts_of_lesson_04_are_right_where_it_says():
    rows = dict(re.findall(r"^\| \**(\d+)\** \| .+ \| (.+) \|$", prose("04-two-dimensions"), re.M))
    assert list(rows) == ["3", "6", "12", "4"]
    ideas = {"3": lambda r, c: r - 1, "6": lambda r, c: (r - 1) * (c - 1), "12": lambda r, c: r * c}
    assert {answer: idea(4, 3) for answer, idea in ideas.items()} == {"3": 3, "6": 6, "12": 12}
    for answer in ("3", "6"):
        size, target = sizes_2d(rows[answer])
        assert ideas[answer](*target) == feeding_four(size, target)
    assert rows["12"] == "no size with a smaller target"
    assert all(bins(n, m).overlaps.sum() < m for n in range(1, 33) for m in range(1, n + 1))
    assert feeding_four((6, 8), (4, 3)) == 4


def test_the_photograph_of_lesson_04():
    height, width = pooltutor.pictures.picture("photo").shape[:2]
    assert f"has {height} × {width} pixels" in prose("04-two-dimensions")
    assert (set(bins(height, 7).lengths), set(bins(width, 7).lengths)) == ({19, 20}, {14, 15})


def test_what_lesson_04_leaves_to_the_learner_is_true():
    spot = np.zeros((8, 8))
    spot[4, 4] = 1
    y = pool(spot, (7, 7))
    assert y[y > 0].tolist() == [1 / 4] * 4
    assert pooltutor.gradient(np.ones((7, 7)), (8, 8), kind="max", x=spot)[4, 4] == 4
    assert [pooltutor.laws.influence_ratio(n, m) for n, m in [(7, 5), (10, 7)]] == [3, 3]  # 7 × 10 → 5 × 7
