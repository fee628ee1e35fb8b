"""Questions in the browser and the exercises in Python: the same right answers, the same ideas, word for word."""

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from pooltutor import bins, gradient, pool
from pooltutor.exercises import FeedCounts, SharedCells, Windows
from pooltutor.rules import RULES
from pooltutor.stories.questions import FRESH, HINTS, LONGEST_ANSWER, MOST_COUNTED, STATES, check_answer

TWIN = Path(__file__).parent / "js" / "question_twin.js"
SIZES = [(5, 3), (7, 5), (14, 4), (14, 10), (12, 4), (6, 8), (3, 7), (1, 5), (9, 1), (26, 22)]
RNG = np.random.default_rng(17)

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")


def said_by_the_browser(cases):
    done = subprocess.run(["node", TWIN], input=json.dumps(cases), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def case(asks, n, m, given=(), numbers=None, **fields):
    return {"question": {"kind": asks, **fields}, "n": n, "m": m, "numbers": numbers or {}, "given": list(given)}


def windows_of_every_rule(n, m):
    """What each rule gives as text, and some answers that nobody believes."""
    for name, rule in RULES.items():
        if rule.defined(n, m):
            yield " ".join(f"{start}:{stop}" for start, stop in bins(n, m, name))
    right = bins(n, m)
    for start, stop in [(0, 1), (1, 0), (1, 1), (-1, 1)]:
        yield " ".join(f"{max(0, one.start + start)}:{one.stop + stop}" for one in right)
    yield " ".join(f"{a}:{a + 2}" for a in sorted(RNG.integers(0, n, m)))


def test_windows_and_the_ideas_behind_them_are_judged_alike():
    cases = [case("windows", n, m, windows_of_every_rule(n, m)) for n, m in SIZES]
    ideas = set()
    for one, answer in zip(cases, said_by_the_browser(cases), strict=True):
        exercise = Windows(one["n"], one["m"])
        assert answer["right"] == [list(pair) for pair in exercise.right()]
        for given, (right, sentence) in zip(one["given"], answer["said"], strict=True):
            marked = exercise.check(given)
            assert right == marked.right, (one["n"], one["m"], given)
            assert right or sentence == marked.text, (one["n"], one["m"], given)
            ideas.add(marked.text.split(",")[0])
    assert len(ideas) > 15  # many of them, not one and the same


def test_shared_cells_are_judged_alike():
    cases = []
    for n, m in SIZES[:8]:
        some = [np.flatnonzero(bins(n, m, name).coverage > 1) for name in RULES if RULES[name].defined(n, m)]
        some += [np.arange(1, m) * n // m, np.arange(n)[::2], np.array([n + 3])]
        given = [" ".join(map(str, cells)) for cells in some if len(cells)]
        cases.append(case("shared", n, m, dict.fromkeys(given)))
    for one, answer in zip(cases, said_by_the_browser(cases), strict=True):
        exercise = SharedCells(one["n"], one["m"])
        assert answer["right"] == exercise.right()
        for given, (right, sentence) in zip(one["given"], answer["said"], strict=True):
            marked = exercise.check(given)
            assert right == marked.right, (one["n"], one["m"], given)
            assert right or sentence == marked.text, (one["n"], one["m"], given)


@pytest.mark.parametrize("kind", ["avg", "max"])
def test_outputs_and_gradients_are_those_of_python(kind):
    cases, wanted = [], []
    for n, m in SIZES:
        x, g = RNG.normal(size=n).round(3), RNG.normal(size=m).round(3)
        numbers = {"x": " ".join(map(str, x)), "g": " ".join(map(str, g)), "kind": kind}
        cases += [
            case("output", n, m, index=m - 1, numbers=numbers),
            case("gradient", n, m, index=n // 2, numbers=numbers),
        ]
        wanted += [pool(x, m, kind=kind)[-1], gradient(g, n, kind=kind, x=x)[n // 2]]
    given = [answer["right"] for answer in said_by_the_browser(cases)]
    np.testing.assert_allclose(given, wanted, atol=1e-12)


def test_two_axes_are_those_of_python():
    cases, wanted = [], []
    for n, m in [((6, 8), (4, 3)), ((8, 8), (7, 7)), ((5, 9), (5, 2))]:
        x, g = RNG.normal(size=n).round(3), RNG.normal(size=m).round(3)
        numbers = {"x": " ".join(map(str, x.ravel())), "g": " ".join(map(str, g.ravel()))}
        cases += [
            case("output", n, m, index=[1, 1], numbers=numbers),
            case("gradient", n, m, index=[2, 3], numbers=numbers),
            case("count", n, m, of="four"),
        ]
        wanted += [pool(x, m)[1, 1], gradient(g, n)[2, 3], FeedCounts(n, m).right()[2]]
    np.testing.assert_allclose([answer["right"] for answer in said_by_the_browser(cases)], wanted, atol=1e-12)


def changed_answers():
    """Answers with one part changed, to the edge of what it may be and beyond."""
    for name in ("tries", "hints", "seed"):
        most = HINTS if name == "hints" else MOST_COUNTED
        yield from ({name: value} for value in (0, most, most + 1, -1, 0.5, "1", True, None))
    for name in ("given", "checked"):
        yield from ({name: value} for value in ("x" * LONGEST_ANSWER, "x" * (LONGEST_ANSWER + 1), 1, None, ["0:2"]))
    yield from ({"state": value} for value in (*STATES, "done", "", None, ["right"]))
    yield {"more": 1}


def is_accepted(answer):
    try:
        check_answer(answer, "answer")
    except (TypeError, ValueError):
        return False
    return True


def test_what_a_browser_takes_for_an_answer_is_one_in_python():
    answers = [{**FRESH, **change} for change in changed_answers()]
    accepted = [is_accepted(answer) for answer in answers]
    assert 0 < sum(accepted) < len(accepted)
    assert said_by_the_browser([{"answer": answer} for answer in answers]) == accepted
