"""Python and the browser's code read the same formulas: the same windows, steps and letters, or the same sentence."""

import json
import random
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pooltutor import RULES
from pooltutor.formula import formula
from pooltutor.windows import clip
from tests.checksums import sum_of
from tests.formulas import SIZES, TEXTS, outcome
from tests.test_formula import HOSTILE, REFUSALS

ROOT = Path(__file__).parent.parent
LARGEST = 2**53  # beyond it the browser's numbers are the nearest ones that it has
pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")


def in_node(ask, cases):
    given = json.dumps({"ask": ask, "cases": cases})
    run = subprocess.run(
        ["node", "tests/js/twin.js"], cwd=ROOT, input=given, capture_output=True, text=True, check=True
    )
    return json.loads(run.stdout)


# Windows of the rules ---------------------------------------------------------------------------------------


def sums(rule, n, m):
    raw = formula(RULES[rule].text).windows(np.arange(m), n, m)
    clipped = clip(*raw, n) if RULES[rule].defined(n, m) else np.empty((2, 0), int)
    return sum_of(np.concatenate([np.stack(ends, axis=1).ravel() for ends in (raw, clipped)]))


def test_every_rule_gives_the_same_windows_at_every_size_to_40_and_at_random_ones_to_4096():
    draw = random.Random(2026)
    pairs = [(n, m) for n in range(1, 41) for m in range(1, 41)]
    pairs += [(draw.randint(1, 4096), draw.randint(1, 4096)) for _ in range(40)]
    cases = [(rule, n, m) for rule in RULES for n, m in pairs]
    assert in_node("sumOf", cases) == [sums(*case) for case in cases]


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_every_rule_gives_the_same_windows_at_every_size_to_128(rule):
    cases = [(rule, n, m) for n in range(1, 129) for m in range(1, 129)]
    assert in_node("sumOf", cases) == [sums(*case) for case in cases]


# Any formula ------------------------------------------------------------------------------------------------


def written(end):
    return str(float(end)) if abs(end) > LARGEST else str(int(end))


def everything(text, i, n, m):
    read = formula(text)
    ends = [written(end) for end in read.windows(i, n, m)]
    return [ends, read.letters, [[name, steps] for name, steps in read.steps(i, n, m)]]


def assert_same(cases):
    for case, theirs in zip(cases, in_node("everything", cases), strict=True):
        if isinstance(theirs, list):
            theirs[0] = [written(float(end)) if abs(float(end)) > LARGEST else end for end in theirs[0]]
        assert outcome(everything, *case) == theirs, case


def test_every_sentence_is_the_same_in_the_browser():
    texts = [text for cases in REFUSALS.values() for text, _ in cases]
    assert_same([(text, i, 14, 4) for text in [*texts, *HOSTILE] for i in (0, 2)])


def test_what_is_shown_of_a_rule_is_the_same():
    assert_same(
        [(rule.text, i, n, m) for rule in RULES.values() for n, m in ((14, 4), (26, 22), (4096, 4095)) for i in (0, 3)]
    )


@settings(deadline=None, max_examples=8, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(TEXTS, st.integers(0, 3), SIZES), min_size=100, max_size=150))
def test_any_formula_is_read_the_same_or_refused_with_the_same_sentence(drawn):
    assert_same([(text, min(i, m - 1), n, m) for text, i, (n, m) in drawn])
