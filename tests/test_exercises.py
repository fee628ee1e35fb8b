"""The questions of the lessons: every form of a right answer is right, a wrong one is told the idea behind it."""

import itertools
import re
from fractions import Fraction
from math import gcd

import numpy as np
import pytest
import torch

from pooltutor import bins, exercises, words
from pooltutor.exercises.question import Question
from pooltutor.rules import RULES
from tests.pseudo import outside, spoken

TEN_TO_FOUR = [(0, 3), (2, 5), (5, 8), (7, 10)]
WINDOWS = exercises.Windows(10, 4)
SHARED = exercises.SharedCells(6, 4)
GRADIENT = exercises.Gradient(7, 4, (2, 6, 0, 0))
COUNTS = exercises.FeedCounts((9, 10), (6, 4))
TARGETS = exercises.SharingTargets(30, 10)
DETOURS = exercises.Detours(24, 3)
SMALLEST = exercises.SmallestCounterexample(lambda i, n, m: (i + 1) * n // m + 1)
MISSING = exercises.MissingNumber(12)
AVG_POOLS = exercises.AvgPoolSizes(6, 12, 24)
BREAKING = exercises.BreakingSize("equal_kernel")
SURVIVING = exercises.SurvivingRules(10, 4, ("equal_kernel", "forum", "fixed_stride", "split"))
ALL = [WINDOWS, SHARED, GRADIENT, COUNTS, TARGETS, DETOURS, SMALLEST, BREAKING, SURVIVING, MISSING, AVG_POOLS]


def name_of(question):
    return type(question).__name__ if isinstance(question, Question) else None


def shape_changed(values):
    return torch.tensor([values], dtype=torch.float32, requires_grad=True)


# Right answers in many clothes -----------------------------------------------------------------------------

RIGHT = [
    (
        WINDOWS,
        [
            TEN_TO_FOUR,
            tuple(TEN_TO_FOUR),
            [list(pair) for pair in TEN_TO_FOUR],
            set(TEN_TO_FOUR),
            np.array(TEN_TO_FOUR),
            torch.tensor(TEN_TO_FOUR),
            torch.tensor(TEN_TO_FOUR, dtype=torch.float64),
            "0:3 2:5 5:8 7:10",
            "0:3, 2:5, 5:8 and 7:10",
            "[(0, 3), (2, 5), (5, 8), (7, 10)]",
            ["0:3", "2:5", "5:8", "7:10"],
            dict(enumerate(TEN_TO_FOUR)),
            {"first": (0, 3), "second": (2, 5), "third": (5, 8), "fourth": (7, 10)},
            [range(*pair) for pair in TEN_TO_FOUR],
            [slice(3), slice(2, 5), slice(5, 8), slice(7, None)],
            [[0, 1, 2], [2, 3, 4], [5, 6, 7], [7, 8, 9]],
            ([0, 2, 5, 7], [3, 5, 8, 10]),
            np.array(TEN_TO_FOUR).T,
            (0, 3, 2, 5, 5, 8, 7, 10),
            zip([0, 2, 5, 7], [3, 5, 8, 10], strict=True),
            reversed(TEN_TO_FOUR),
            bins(10, 4),
        ],
    ),
    (
        SHARED,
        [
            *([1, 4], (1, 4), (4, 1), {1, 4}, np.array([1, 4]), torch.tensor([4, 1]), range(1, 5, 3), slice(1, 5, 3)),
            *("1, 4", "1 and 4", "cells 4, 1", {0: 1, 1: 4}, (1.0, 4.0), [1, 4, 4], ["1:2", 4], iter([1, 4])),
        ],
    ),
    (
        GRADIENT,
        [
            *([1, 3, 2, 2, 0, 0, 0], (1.0, 3, 2, 2, 0, 0, 0), "1 3 2 2 0 0 0", "1, 3, 2, 2, 0, 0, 0"),
            *(np.array([1, 3, 2, 2, 0, 0, 0]), shape_changed([1.0, 3, 2, 2, 0, 0, 0])),
            *(["1", "6/2", 2, Fraction(4, 2), 0, 0, 0], dict(enumerate([1, 3, 2, 2, 0, 0, 0]))),
        ],
    ),
    (
        COUNTS,
        [[48, 36, 6], (48, 36, 6), {1: 48, 2: 36, 4: 6}, {4: 6, 2: 36, 1: 48}, "48, 36 and 6", np.array([48, 36, 6])],
    ),
    (AVG_POOLS, [[12, 13, 17, 18, 19, 23, 24], {24, 23, 19, 18, 17, 13, 12}, "12, 13, 17, 18, 19, 23 and 24"]),
    (TARGETS, [[11, 20], (20, 11), {11, 20}, "11 and 20", torch.tensor([20, 11])]),
    (DETOURS, [[6, 12], (12, 6), {6, 12}, "6, 12", range(6, 13, 6)]),
    (SMALLEST, [(2, 2), [2, 2], "2 -> 2", "2 → 2", {"n": 2, "m": 2}, np.array([2, 2])]),
    (BREAKING, [(5, 3), "5 -> 3", "5 → 3", np.array([5, 3])]),
    (
        SURVIVING,
        [
            *(["equal_kernel", "forum"], ("forum", "equal_kernel"), {"forum", "equal_kernel"}),
            *(
                "equal_kernel, forum",
                "one kernel and the forum's",
                ["one kernel", "the forum's"],
                "Equal kernel, Forum",
            ),
        ],
    ),
    (MISSING, [lambda n: gcd(n, 12), lambda n: np.gcd(n, 12), lambda n: torch.gcd(torch.tensor(n), torch.tensor(12))]),
]


@pytest.mark.parametrize(("question", "answers"), RIGHT, ids=name_of)
def test_a_right_answer_is_right_in_every_form(question, answers):
    assert [(answer, marked) for answer in answers if not (marked := question.check(answer))] == []


@pytest.mark.parametrize("question", ALL, ids=name_of)
def test_what_was_checked_is_said(question):
    answer = (lambda n: gcd(n, 12)) if question is MISSING else question.right()
    marked = question.check(answer)
    assert (marked.right, marked.mark, bool(marked)) == (True, "✓", True)
    assert re.fullmatch(r"Right: .+\.", marked.text)
    assert "{" not in marked.text


def test_a_third_may_be_written_as_people_write_it():
    influence = exercises.Gradient(7, 5, (1,) * 5)
    for answer in ("1/2 1 5/6 1/3 5/6 1 1/2", [0.5, 1, 0.83, 0.33, 0.83, 1, 0.5], influence.right()):
        assert influence.check(answer)
    assert not influence.check([0.5, 1, 0.8, 0.3, 0.8, 1, 0.5])


@pytest.mark.parametrize(("n", "m"), list(itertools.product(range(1, 13), repeat=2)))
def test_right_is_what_pytorch_does_at_every_small_size(n, m):
    from torch.nn.functional import adaptive_avg_pool1d

    p = adaptive_avg_pool1d(torch.eye(n, dtype=torch.float64)[None], m)[0].T
    read = [[j for j in range(n) if row[j]] for row in p.tolist()]
    assert exercises.Windows(n, m).check([(cells[0], cells[-1] + 1) for cells in read])
    assert exercises.SharedCells(n, m).check([j for j in range(n) if sum(j in cells for cells in read) > 1])
    upstream = tuple(range(1, m + 1))
    assert exercises.Gradient(n, m, upstream).check(torch.tensor(upstream, dtype=torch.float64) @ p)


# No answer, and none that can be read ----------------------------------------------------------------------


class Hostile:
    """An answer that raises whatever one does with it."""

    def __getattr__(self, name):
        raise RuntimeError(name)

    def __iter__(self):
        raise RuntimeError("iterated")


@pytest.mark.parametrize("question", ALL, ids=name_of)
def test_an_empty_answer_is_the_learners_turn_and_does_not_count_as_right(question):
    for empty in (..., None, "", "  "):
        marked = question.check(empty)
        assert (marked.right, marked.mark, bool(marked)) == (None, "…", False)
        assert marked.text == words.say("exercises.your_turn")
    assert MISSING.check(lambda n: ...).text == words.say("exercises.your_turn")


@pytest.mark.parametrize("question", ALL, ids=name_of)
def test_an_answer_that_cannot_be_read_gets_a_sentence_with_an_example(question):
    unreadable = [Hostile(), object(), "none of them", [True, False], [[1, [2, [3, [4, [5]]]]]], 1j, float("nan")]
    for answer in (*unreadable, {"a": object()}, itertools.repeat([1]), np.ones((99, 99)), 10**400, b"1 4"):
        marked = question.check(answer)
        if question is not MISSING or not callable(answer):
            assert marked.right is not True
        assert "Error" not in marked.text
    marked = question.check(object())
    assert marked.right is None
    assert marked.text.startswith("This cannot be read. Type ")


def test_a_function_that_fails_is_told_what_it_raised():
    assert MISSING.check(lambda n: math.gcd(n, 12)).text.endswith("NameError: name 'math' is not defined.")  # noqa: F821
    assert len(MISSING.check(lambda n: int("x" * 9999)).text) < 300
    assert MISSING.check(lambda: 1).text.startswith("Your function stops with an error: TypeError")
    assert MISSING.check(lambda n: None).text == words.say("exercises.missing_number.returns_nothing")


# Wrong answers ---------------------------------------------------------------------------------------------

WRONG = [
    (WINDOWS, [(0, 3), (2, 5), (5, 8)], "count"),
    (WINDOWS, [(0, 3), (2, 5), (5, 9), (7, 10)], "hint"),
    (WINDOWS, [(0, 2), (2, 4), (5, 7), (7, 9)], "last_cell"),
    (WINDOWS, [(1, 3), (3, 5), (6, 8), (8, 10)], "from_one"),
    (WINDOWS, [(1, 4), (3, 6), (6, 9), (8, 11)], "from_one_line"),
    (WINDOWS, [(0, 2), (2, 4), (4, 6), (6, 8)], "equal_tiles"),
    (WINDOWS, [(0, 2), (2, 5), (5, 7), (7, 10)], "floor_floor"),
    (WINDOWS, [(0, 3), (3, 5), (5, 8), (8, 10)], "both_up"),
    (WINDOWS, [(0, 2), (3, 5), (5, 7), (8, 10)], "inwards"),
    (WINDOWS, [(0, 3), (2, 6), (5, 8), (7, 10)], "floor_plus_one"),
    (exercises.Windows(5, 3), "0:2 1:3 3:5", "equal_kernel"),
    (exercises.Windows(5, 3), "0:2 2:4 3:5", "forum"),
    (exercises.Windows(5, 3), "0:3 1:4 2:5", "fixed_stride"),
    (exercises.Windows(5, 3), "0:2 2:4 4:5", "split"),
    (exercises.Windows(5, 3), "0:2 2:3 3:5", "round"),
    (WINDOWS, [(0, 2), (2, 4), (4, 6), (6, 10)], "rest_to_last"),
    (WINDOWS, [(0, 3), (2, 5), (4, 7), (6, 9)], "ceil_kernel"),
    (exercises.Windows(26, 22), bins(26, 22, "float32"), "float32"),
    (exercises.Windows(13, 13), bins(13, 13, "fraction_first"), "fraction_first"),
    (exercises.Windows(30, 22), bins(30, 22, "float64_ratio"), "float64_ratio"),
    (SHARED, [], "tile"),
    (SHARED, [1, 2, 4], "all_pairs"),
    (SHARED, [1, 3, 4], "all_pairs"),
    (SHARED, 2, "how_many"),
    (SHARED, [2, 5], "from_one"),
    (SHARED, [1, 6], "outside"),
    (SHARED, "1:5", "fixed_stride"),
    (SHARED, [2, 3], "one_window"),
    (SHARED, [4], "missing"),
    (exercises.SharedCells(7, 5), [1, 2, 5], "equal_kernel"),
    (exercises.SharedCells(5, 3), [3], "forum"),
    (exercises.SharedCells(8, 5), [1, 2, 3, 4], "ceil_kernel"),
    *(
        (exercises.SharedCells(*size), np.flatnonzero(bins(*size, rule).coverage > 1), rule)
        for size, rule in [((32, 28), "float32"), ((36, 28), "float64_ratio"), ((21, 14), "fraction_first")]
    ),
    (GRADIENT, [2, 2, 6, 6, 0, 0, 0], "given_whole"),
    (GRADIENT, [2, 8, 6, 6, 0, 0, 0], "given_whole"),
    (GRADIENT, [1, 2, 2, 2, 0, 0, 0], "not_added"),
    (GRADIENT, [8 / 7] * 7, "equal_slices"),
    (GRADIENT, [1, 2], "count"),
    (GRADIENT, [1, 3, 2, 1, 0, 0, 0], "sum"),
    (GRADIENT, [1, 3, 1, 3, 0, 0, 0], "hint"),
    (GRADIENT, [1, 4, 3, 0, 0, 0, 0], "equal_kernel"),
    (GRADIENT, [1, 1, 3, 3, 0, 0, 0], "forum"),
    (COUNTS, [6, 36, 48], "reversed"),
    (COUNTS, [90, 0, 0], "tile"),
    (COUNTS, [28, 47, 15], "all_cuts"),
    (COUNTS, [36, 42, 12], "swapped"),
    (COUNTS, [60, 6, 24], "outputs"),
    (COUNTS, [48, 36], "count"),
    (COUNTS, [48, 36, 5], "sum"),
    (COUNTS, [54, 30, 6], "hint"),
    (exercises.FeedCounts((14, 6), (10, 4)), [10 * 4, 4 * 4 + 2 * 10, 8], "remainders"),
    (TARGETS, [10, 20], "as_many_outputs"),
    (TARGETS, [11, 12], "wrong"),
    (TARGETS, [20], "missing"),
    (TARGETS, [40], "outside"),
    (DETOURS, [4, 6, 8, 12], "first_step_only"),
    (DETOURS, [6, 9, 12, 15, 18, 21], "second_step_only"),
    (DETOURS, [4, 6, 8, 9, 12, 15, 18, 21], "either_step"),
    (DETOURS, range(4, 24), "any"),
    (DETOURS, [4, 8], "wrong"),
    (DETOURS, [12], "missing"),
    (DETOURS, [24], "outside"),
    (AVG_POOLS, [12, 18, 24], "tiles_only"),
    (AVG_POOLS, [12, 13, 18, 19, 24], "recipe"),
    (AVG_POOLS, range(12, 25), "any"),
    (AVG_POOLS, [12, 16], "wrong"),
    (AVG_POOLS, [12, 17, 18], "missing"),
    (AVG_POOLS, [11], "outside"),
    (SMALLEST, (5, 3), "fine"),
    (SMALLEST, (9, 6), "smaller"),
    (SMALLEST, (6, 4), "smaller_uneven"),
    (BREAKING, (14, 4), "fine"),
    (BREAKING, (2, 3), "above"),
    (BREAKING, (7, 5), "smaller"),
    (SURVIVING, ["forum"], "missing"),
    (SURVIVING, ["forum", "split"], "wrong"),
    (SURVIVING, [], "none"),
    (SURVIVING, ["equal_kernel", "forum", "fixed_stride", "split"], "all"),
    (MISSING, lambda n: n % 12, "remainder"),
    (MISSING, lambda n: 12 - n % 12, "less_remainder"),
    (MISSING, lambda n: n - 12, "difference"),
    (MISSING, lambda n: 1, "one"),
    (MISSING, lambda n: 7, "hint"),
]


def said_by(question, key):
    """A pattern for one of the question's sentences, whatever stands in its places."""
    text = words.load()["exercises"][question.name][key]
    return re.sub(r"\\{\w+\\}", ".+", re.escape(text))


@pytest.mark.parametrize(("question", "answer", "idea"), WRONG, ids=name_of)
def test_a_wrong_answer_is_told_the_idea_behind_it(question, answer, idea):
    marked = question.check(answer)
    assert (marked.right, marked.mark, bool(marked)) == (False, "✗", False)
    assert re.match("Not yet: " + said_by(question, idea), marked.text), marked.text
    assert "{" not in marked.text


def test_every_idea_that_is_known_is_tried_above():
    tried = {(question.name, idea) for question, _, idea in WRONG}
    known = {(question.name, idea) for question in ALL for idea in {**question.slips, **question.beliefs}}
    rules_of_gradients = {("gradient", rule) for rule in RULES}  # as those of windows, by the same line
    assert known - tried - rules_of_gradients == set()


@pytest.mark.parametrize(("question", "answer", "idea"), WRONG, ids=name_of)
def test_no_sentence_about_a_wrong_answer_gives_the_right_one_away(question, answer, idea):
    text = question.check(answer).text.removesuffix(": what is different here?")
    if isinstance(question, exercises.Windows):
        said = [tuple(map(int, pair)) for pair in re.findall(r"(\d+)\s*[:,]\s*(\d+)", text)]
        assert not set(said) & set(question.right())
    elif question is MISSING:
        assert not re.search("gcd|greatest|divisor", text)
    else:
        numbers = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)]
        right = question.right()
        runs = [numbers[k : k + len(right)] for k in range(len(numbers))]
        assert list(right) not in runs


def test_an_idea_is_said_to_be_right_where_it_is():
    """The sentence names a size; there the same idea gives the right answer."""
    found = {}
    for question, answer, idea in WRONG:
        where = re.search(r"That idea is right at (\d+) → (\d+):", question.check(answer).text)
        if where and isinstance(question, (exercises.Windows, exercises.SharedCells)):
            size = tuple(map(int, where.groups()))
            other = type(question)(*size)
            assert other.beliefs[idea](other, other.right()), (idea, size)
            found[idea] = size
    assert found["equal_kernel"] == found["forum"] == (14, 4)
    assert found["fixed_stride"] == (13, 4)
    assert len(found) >= 10


# Words -----------------------------------------------------------------------------------------------------


def test_what_an_exercise_says_is_words(tmp_path):
    with spoken(tmp_path):
        texts = [question.check(answer).text for question, answer, _ in WRONG]
        texts += [question.check(empty).text for question in ALL for empty in (None, object())]
    left = {word for text in texts for word in outside(text)}
    assert left == set()


def test_every_sentence_of_the_exercises_is_said(monkeypatch):
    said = set()
    monkeypatch.setattr(Question, "sentence", lambda self, key, **places: said.add((self.name, key)) or "")
    for question, answer, _ in WRONG:
        question.check(answer)
    for question in ALL:
        question.check(object())
        question.check((lambda n: gcd(n, 12)) if question is MISSING else question.right())
    MISSING.check(lambda n: None)
    MISSING.check(lambda: 1)
    sections = {name: part for name, part in words.load()["exercises"].items() if isinstance(part, dict)}
    written = {(name, key) for name, part in sections.items() for key in part}
    rules_of_gradients = {("gradient", rule) for rule in RULES}
    assert written - said - rules_of_gradients == set()


def test_an_exercise_is_shown_as_a_badge_in_the_colours_of_a_verdict():
    html = SHARED.check("<b>")._repr_html_()
    assert "<b>…</b> This cannot be read." in html
    assert repr(SHARED.check([1, 4])).startswith("✓ Right: ")
