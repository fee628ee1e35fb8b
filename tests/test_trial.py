"""`try_rule`: counted against a slow twin, known rules recognised, and whatever a function does said in a sentence."""

from math import ceil, floor
from pathlib import Path

import numpy as np
import pytest

import pooltutor
from pooltutor import counterexamples, try_rule, words
from pooltutor.counterexamples import Found
from pooltutor.pairs import smallest_wrong, wrong_sizes
from pooltutor.rules import RULES
from tests import spec
from tests.test_layers import in_a_fresh_process
from tests.test_words import paths, words_read

ROOT = Path(__file__).resolve().parent.parent
PYTORCH = (lambda i, n, m: i * n // m, lambda i, n, m: -((-(i + 1) * n) // m))


def formula(start, stop):
    return f"start = {start}\nstop = {stop}"


# Counts ----------------------------------------------------------------------------------------------------


def found(sizes):
    """What is to be found where these sizes are wrong."""

    def least(some):
        return min(some, key=lambda size: (sum(size), size), default=None)

    return Found(len(sizes), least([(n, m) for n, m in sizes if m <= n]), least(sizes))


@pytest.mark.parametrize("rule", RULES)
def test_the_counts_are_those_of_the_specification(rule):
    most = 26
    sizes = [(n, m) for n in range(1, most + 1) for m in range(1, most + 1)]
    raw = {size: spec.RAW_WINDOWS[rule](*size) for size in sizes if spec.defined(rule, *size)}
    trial = try_rule(rule, most)
    assert trial.found.differing == found([s for s in raw if spec.windows(rule, *s) != spec.windows("pytorch", *s)])
    assert trial.found.without_windows == found([size for size in sizes if size not in raw])
    assert trial.found.beyond == found([(n, m) for (n, m), all_ in raw.items() if any(stop > n for _, stop in all_)])
    assert trial.found.below == found([size for size, all_ in raw.items() if any(start < 0 for start, _ in all_)])
    assert bool(trial) == (rule in ("pytorch", "float64_ratio")), "the second goes wrong at 30 → 22"


@pytest.mark.parametrize("rule", RULES)
def test_the_charts_count_the_same(rule):
    trial = try_rule(rule)
    assert (trial.found.differing.count, trial.found.differing.smallest) == (wrong_sizes(rule), smallest_wrong(rule))


RIGHT_TO_64 = {  # formulas that are often written: the smallest sizes with m <= n and m > n at which each is wrong
    formula("floor(i * n / m)", "ceil((i + 1) * n / m)"): (None, None),
    formula("int(i * n / m)", "int(ceil((i + 1) * n / m))"): (None, None),
    formula("floor(f32(i) * f32(n / m))", "ceil(f32(i + 1) * f32(n / m))"): ((26, 22), (4, 28)),
    formula("floor(i * float(n / m))", "ceil((i + 1) * float(n / m))"): ((30, 22), (14, 50)),
    formula("floor(f32(i) / m * n)", "ceil(f32(i + 1) / m * n)"): ((13, 13), (13, 26)),
    formula("floor(float(i) / m * n)", "ceil(float(i + 1) / m * n)"): ((22, 22), (22, 44)),
    formula("floor(f32(i * n) * f32(1 / m))", "ceil(f32((i + 1) * n) * f32(1 / m))"): ((7, 7), (5, 15)),
    formula("i * n // m", "(i + 1) * n // m"): ((3, 2), (1, 2)),
    formula("round(i * n / m)", "round((i + 1) * n / m)"): ((3, 2), (1, 2)),
    "s = n // m\nstart = i * s\nstop = start + n - (m - 1) * s": ((5, 3), (2, 3)),
}


@pytest.mark.parametrize("text", RIGHT_TO_64)
def test_formulas_that_are_often_written_fail_first_where_they_are_known_to(text):
    below, above = RIGHT_TO_64[text]
    differing = try_rule(text).found.differing
    assert differing.smallest == below
    assert differing.smallest_of_all == min(filter(None, (below, above)), key=sum, default=None)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "count"),
    {
        "float32": 13_020,
        "float64_ratio": 11_311,
        formula("floor(f32(i * n) * f32(1 / m))", "ceil(f32((i + 1) * n) * f32(1 / m))"): 20_018,
    }.items(),
)
def test_the_counts_to_512_are_those_that_were_measured(text, count):
    assert try_rule(text, 512).found.differing.count == count


@pytest.mark.parametrize("rule", ["float32", formula("i * n // (m - 1)", "n"), PYTORCH])
def test_a_part_at_a_time_is_the_same_as_all_at_once(rule, monkeypatch):
    at_once = try_rule(rule, 30).found
    monkeypatch.setattr(counterexamples, "AT_ONCE", 1)
    assert try_rule(rule, 30).found == at_once


# Known rules -----------------------------------------------------------------------------------------------


KNOWN = {
    "equal_kernel": formula("floor(n * i / m)", "start + -(-n // m)"),
    "forum": "k = -(-n // m)\nstart = round(i * (n - k) / (m - 1))\nstop = start + k",  # divides by 0 where m is 1
    "fixed_stride": formula("i * (n // m)", "start + n - (m - 1) * (n // m)"),  # goes on where the rule has no windows
    "float64_ratio": (lambda i, n, m: floor(i * (n / m)), lambda i, n, m: ceil((i + 1) * (n / m))),
    "split": tuple(lambda i, n, m, end=end: (i + end) * (n // m) + min(i + end, n % m) for end in (0, 1)),
    "pytorch": formula("i * n // m", "((i + 1) * n + m - 1) // m"),
}


@pytest.mark.parametrize("name", KNOWN)
def test_a_known_rule_is_recognised_however_it_is_written(name):
    trial = try_rule(KNOWN[name], 32)
    assert trial.known == name
    assert (f"the rule '{RULES[name].title}', written differently" in trial.text) == (name != "pytorch")


@pytest.mark.parametrize("rule", [
    formula("i", "i + 1"),
    formula("i * n // m", "((i + 1) * n + m - 1) // m + (1 if n == 30 else 0)"),  # PyTorch's but for one size
    formula("1 / 0", "n"),
    formula("i * n // m", "-(-((i + 1) * n) // m) + 0 // (64 // (n + m - 1) - 1)"),  # none at one more size than m = 1
])  # fmt: skip
def test_an_unknown_rule_has_no_name(rule):
    assert try_rule(rule, 32).known is None


def test_a_rule_that_is_named_is_known_by_its_name_and_not_told_it():
    trial = try_rule("forum", 8)
    assert trial.known == "forum"
    assert "written" not in trial.text


# Truth -----------------------------------------------------------------------------------------------------


def test_a_right_rule_is_true_and_has_no_picture():
    trial = try_rule(PYTORCH, 20)
    assert trial
    assert repr(trial) == "✓ The windows are PyTorch's at all 400 sizes from 1 → 1 to 20 → 20."
    assert (trial.smallest, trial.picture, "<img" in trial._repr_html_()) == (None, None, False)


def test_a_stop_beyond_the_input_is_named_though_a_slice_forgives_it():
    trial = try_rule(formula("i * n // m", "-(-((i + 1) * n) // m) + (2 if i + 1 == m else 0)"), 9)
    assert trial
    headline, line = trial.lines
    assert headline == "Clipped to the input, the windows are PyTorch's at all 81 sizes from 1 → 1 to 9 → 9."
    assert line.startswith("At 81 sizes a window stops beyond the input, first at 1 → 1: window 0 at 3. A slice does")
    assert line.endswith("not notice; C reads out of bounds, and JAX gives NaN.")


def test_a_start_below_0_is_wrong_though_clipping_hides_it():
    trial = try_rule(formula("i * n // m - (1 if i == 0 else 0)", "-(-((i + 1) * n) // m)"), 9)
    assert not trial
    assert trial.found.differing.count == 0
    assert "first at 1 → 1: window 0 at -1. A slice counts from the end then" in trial.text


def test_where_there_are_no_windows_nothing_is_right():
    trial = try_rule(formula("i * n // m", "-(-((i + 1) * n) // m) + 0 // (m - 1)"), 8)
    assert not trial
    said = "this divides by zero at i = 0 of 1 → 1 (line 2, character 35)"
    assert trial.lines == [
        "The windows are PyTorch's at 56 of 64 sizes from 1 → 1 to 8 → 8, and there are none at the others.",
        f"There are no windows at 8 sizes. At the smallest of them: {said}",
    ]


# Functions -------------------------------------------------------------------------------------------------


def fails_from(total, raises):
    def stop(i, n, m):
        if n + m >= total:
            raise raises
        return PYTORCH[1](i, n, m)

    return PYTORCH[0], stop


def returns(value):
    return PYTORCH[0], lambda i, n, m: value


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (fails_from(9, KeyError("two\nlines")), "at 1 → 8 the function stops with KeyError: 'two\\nlines'"),
        (fails_from(5, ValueError("two\n  lines")), "at 1 → 4 the function stops with ValueError: two lines"),
        (fails_from(2, ValueError("x" * 10**6)), f"at 1 → 1 the function stops with ValueError: {'x' * 188}"),
        (fails_from(2, RecursionError("deep")), "at 1 → 1 the function stops with RecursionError: deep"),
        ((lambda i: i, lambda i: i), "at 1 → 1 the function stops with TypeError: "),
        (returns(None), "stop is None at i = 0 of 1 → 1: round it with floor, ceil, round or int"),
        (returns(0.5), "stop is 0.5 at i = 0 of 1 → 1: round it with floor, ceil, round or int"),
        (returns("3"), "stop is '3' at i = 0 of 1 → 1: round it with floor, ceil, round or int"),
        (returns([1]), "stop is [1] at i = 0 of 1 → 1: round it with floor, ceil, round or int"),
        (returns(float("nan")), "stop is nan at i = 0 of 1 → 1: round it with floor, ceil, round or int"),
    ],
)
def test_what_a_function_does_wrong_is_said_of_the_smallest_size(rule, sentence):
    trial = try_rule(rule, 8)
    assert not trial
    assert trial.lines[-1].split("At the smallest of them: ")[1].startswith(sentence)
    assert max(map(len, trial.lines)) < 320


@pytest.mark.parametrize("large", [2**63, 10**30, 10**5000], ids=["63 bits", "30 digits", "5000 digits"])
def test_integers_of_any_length_are_only_wrong(large):
    trial = try_rule((lambda i, n, m: -large, lambda i, n, m: large), 4)
    assert (trial.found.differing.count, trial.found.beyond.count, trial.found.below.count) == (9, 16, 16)
    assert max(map(len, trial.lines)) < 320


@pytest.mark.parametrize("kind", [np.int64, np.uint8, np.float32, float])
def test_whole_numbers_of_every_kind_are_taken(kind):
    assert try_rule(tuple(lambda *given, end=end: kind(end(*given)) for end in PYTORCH), 12)


def test_an_interruption_is_no_answer():
    with pytest.raises(KeyboardInterrupt):
        try_rule(fails_from(5, KeyboardInterrupt()), 8)


# How it shows itself ---------------------------------------------------------------------------------------


def test_the_picture_is_the_duel_at_the_smallest_failure():
    trial = try_rule("equal_kernel", 8)
    assert trial.smallest == (5, 3)
    assert trial.picture.headline.get_text() == "✗ Window 1 is 1:3 under one kernel, 1:4 under PyTorch."
    assert try_rule(formula("i", "n"), 2).picture.title.startswith("2 → 2")


def test_a_notebook_shows_the_sentences_and_the_picture():
    trial = try_rule((lambda i, n, m: "<b>", PYTORCH[1]), 4)
    html = trial._repr_html_()
    assert "start is &#x27;&lt;b&gt;&#x27; at i = 0" in html
    assert "<b>" not in html.replace("<b>✗</b>", "")
    pictured = try_rule(PYTORCH[:1] * 2, 4)._repr_html_()
    assert 'src="data:image/png;base64,iVBOR' in pictured
    assert "&lt;lambda&gt;" not in pictured, "the alternative text says what the picture shows, and not its formulas"
    assert pictured.count("<li>") == 1


def test_matplotlib_is_loaded_where_a_picture_is_wanted_and_torch_never():
    code = "import sys, pooltutor\ntrial = pooltutor.try_rule('split', 4); repr(trial)\n"
    code += "answer = [['matplotlib' in sys.modules, 'torch' in sys.modules]]\n"
    code += "trial._repr_html_(); answer += [['matplotlib' in sys.modules, 'torch' in sys.modules]]"
    assert in_a_fresh_process(code, folder=ROOT) == [[False, False], [True, False]]


def test_every_word_of_a_trial_is_used_and_every_place_filled(monkeypatch):
    read, texts = words_read(monkeypatch), []
    for rule in (
        "pytorch",
        formula("i * n // m - 1", "-(-((i + 1) * n) // m) + 1"),
        formula("i * n // m - (1 if i + n + m == 2 else 0)", "-(-((i + 1) * n) // m) + (1 if i + n + m == 2 else 0)"),
        formula("i * n // m", "-(-((i + 1) * n) // m) + 0 // (n + m - 2)"),
        formula("1 / 0", "n"),
        KNOWN["forum"],
        fails_from(5, ValueError("no")),
    ):
        texts += try_rule(rule, 5).lines
    assert {path for path in read if path.startswith("trial.")} == {
        f"trial.{path}" for path in paths(words.load()["trial"])
    }
    assert "{" not in "".join(texts)


# Refusals --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("most", [0, 1025, -1, 10**10])
def test_sizes_that_are_not_tried(most):
    with spec.refused(ValueError, f"up_to must be an integer from 1 to 1024, got {most}"):
        try_rule("forum", most)


@pytest.mark.parametrize("rule", ["nobody", None, 7, (len,), (len, 3), "start = i", "stop = start = 3"])
def test_what_is_no_rule_is_refused_before_anything_is_tried(rule):
    with pytest.raises(ValueError, match=r"\A[^\n]+\Z"):
        try_rule(rule)


def test_up_to_must_be_an_integer():
    with spec.refused(TypeError, "up_to must be an integer from 1 to 1024, got 6.0"):
        try_rule("forum", 6.0)


def test_it_is_there_under_its_name():
    assert pooltutor.try_rule is try_rule
