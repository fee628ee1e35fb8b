"""The shipped stories: each is walked through, gives no answer before its question, and says what PyTorch does."""

import json
import re
from fractions import Fraction

import numpy as np
import pytest

import pooltutor
from pooltutor import bins, check, stories
from pooltutor.stories import STORIES
from pooltutor.words import load
from tests.test_teaching import avg_pool, coverage, gradient, influence, lengths, one_avg_pool, read, windows_of


def shipped():
    """(story, step's name, step) for every step of every shipped story."""
    for story in STORIES:
        names = [step["name"] for step in json.loads((stories.story.FOLDER / f"{story}.json").read_text("utf-8"))]
        yield from zip([story] * len(names), names, pooltutor.story(story).story.steps, strict=True)


def test_every_sentence_of_the_words_is_said_by_a_step():
    said = {(story, name) for story, name, _ in shipped()}
    words = {(story, name) for story in STORIES for name in load()["stories"][story] if name != "title"}
    assert said == words


def test_every_state_agrees_with_pytorch_unless_its_rule_is_another():
    compared = set()
    for _, name, step in shipped():
        size = step.set["input_size"], step.set["target_size"]
        if step.view == "atlas" or size in compared:
            continue
        assert check(*size), name
        compared.add(size)
    assert len(compared) > 10


def test_no_step_shows_an_answer_before_its_question():
    """Where a step asks, windows are hidden or the question is about a gradient, which is not shown."""
    asking = [(name, step) for _, name, step in shipped() if step.ask]
    assert len(asking) > 10
    for name, step in asking:
        assert step.set["show"] == [] or (step.ask["kind"] == "rank" and step.set["show"] == ["windows"]), name
        assert step.point == []


def given(condition, *texts):
    """Texts that may be said where a condition holds."""
    return texts if condition else ()


def listed(values):
    *most, last = [str(value) for value in values]
    return f"{', '.join(most)} and {last}"


def size(step):
    return step.set["input_size"], step.set["target_size"]


def spans(step, rule=None):
    return windows_of(read(*size(step))) if rule is None else [str(each) for each in bins(*size(step), rule)]


def shared(step):
    return np.flatnonzero(coverage(*size(step)) > 1).tolist()


def fraction(value):
    return str(Fraction(float(value)).limit_denominator(99))


def arrows(n, m):
    return f"{n} → {m}"


def pool_call(n, m, text, *arguments, **options):
    """The text of an AvgPool1d, where it gives what PyTorch's adaptive pooling gives."""
    assert np.allclose(avg_pool(n, *arguments, **options), read(n, m))
    return f"{arrows(n, m)} was {text}"


def outer(n, m, row, column):
    return fraction(influence(n, m)[row] * influence(n, m)[column])


def feeding(count):
    counts = np.outer(coverage(6, 4), coverage(8, 3))
    return int((counts == count).sum())


def cuts(step):
    n, m = size(step)
    return [f"{i * n / m:g}" for i in range(1, m)]


def starts(n, m):
    return [int(window.split(":")[0]) for window in windows_of(read(n, m))]


def not_one(n, m):
    assert not one_avg_pool(n, m)
    return arrows(n, m)


def mixed(n, m):
    """n/m as a whole number and thirds."""
    return {Fraction(5, 3): "1⅔", Fraction(10, 3): "3⅓"}[Fraction(n, m)]


def float32_at(i, n, m):
    return np.float32(i) * np.float32(n / m)


# What each sentence says in numbers, computed from PyTorch: what is left of it then has no number.
FACTS = {
    ("tour", "input"): lambda s: [f"{size(s)[0]} numbers", f"{size(s)[1]} averages"],
    ("tour", "cuts"): lambda s: [f"14 / 4 = {14 / 4:g} cells", listed(cuts(s))],
    ("tour", "windows"): lambda s: [listed(spans(s))],
    ("tour", "shared"): lambda s: [f"Cells {listed(shared(s))}"],
    ("ten-minute-demo", "half"): lambda s: [
        f"{size(s)[0]} numbers",
        f"{size(s)[1]} averages",
        f"output {s.ask['index']}",
    ],
    ("ten-minute-demo", "half_shown"): lambda s: [f"at {cuts(s)[0]}", f"Cells {listed(shared(s))}"],
    ("ten-minute-demo", "tells"): lambda s: [f"{size(s)[0]} numbers", f"{size(s)[1]} go out"],
    ("ten-minute-demo", "tells_shown"): lambda s: [
        *(listed(spans(s)), f"{listed(lengths(5, 3))} cells"),
        "3 · {:g} = {:g}".format(*(np.array([1, 3]) * (read(5, 3) @ 10.0 ** np.arange(5))[1])),
        f"cells {listed(np.flatnonzero(read(5, 3)[1]))}",
    ],
    ("ten-minute-demo", "one_kernel"): lambda s: [
        *(listed(spans(s, "equal_kernel")), f"ceil(5/3) = {-(-5 // 3)}"),
        f"window {next(i for i in range(3) if spans(s)[i] != spans(s, 'equal_kernel')[i])}",
    ],
    ("ten-minute-demo", "one_kernel_right"): lambda s: given(spans(s) == spans(s, "equal_kernel"), arrows(*size(s))),
    ("ten-minute-demo", "avgpool_12"): lambda s: [arrows(*size(s))],
    ("ten-minute-demo", "avgpool_13"): lambda s: [pool_call(12, 4, "AvgPool1d(3, 3)", 3, 3), arrows(*size(s))],
    ("ten-minute-demo", "avgpool_14"): lambda s: [
        *(pool_call(13, 4, "AvgPool1d(4, 3)", 4, 3), arrows(*size(s))),
        *given(lengths(14, 4) == [4, 4, 4, 4], "every window has four cells"),
    ],
    ("ten-minute-demo", "avgpool_15"): lambda s: [
        *(not_one(14, 4), f"start {listed(np.diff(starts(14, 4)))} cells apart", arrows(*size(s)))
    ],
    ("ten-minute-demo", "avgpool_16"): lambda s: [
        pool_call(
            *(15, 4, "AvgPool1d(5, 4, padding=1, count_include_pad=False)", 5, 4),
            **{"padding": 1, "count_include_pad": False},
        ),
        arrows(*size(s)),
    ],
    ("ten-minute-demo", "shared_7"): lambda s: [
        *(pool_call(16, 4, "AvgPool1d(4, 4)", 4, 4), f"Only {not_one(14, 4)}", arrows(*size(s)))
    ],
    ("ten-minute-demo", "shared_10"): lambda s: [
        *given(coverage(14, 7).max() == 1, f"At {arrows(14, 7)} no cell"),
        *(arrows(*size(s)), f"{size(s)[0]} cells"),
    ],
    ("ten-minute-demo", "shared_10_shown"): lambda s: [
        *(f"Cells {listed(shared(s))} are", f"{len(shared(s))} = 10 - gcd(14, 10)"),
        *given(spans(s)[4].split(":")[1] == spans(s)[5].split(":")[0], "Windows 4 and 5 meet"),
        *given(np.array_equal(np.kron(np.eye(2), read(7, 5)), read(14, 10)), "14 → 10 is two copies of 7 → 5"),
    ],
    ("ten-minute-demo", "least"): lambda s: [
        *(f"{size(s)[1]} outputs", "gradient of 1", f"cells {listed(s.ask['cells'])}"),
        f"Cell {size(s)[0] // 2} is the centre",
    ],
    ("ten-minute-demo", "least_shown"): lambda s: [
        f"Cell 3 is alone in the longest window and gets {fraction(influence(7, 5)[3])}",
        f"Cell 1 gets {fraction(influence(7, 5)[1])}, three times",
        f"cell 0 gets {fraction(influence(7, 5)[0])}",
    ],
    ("ten-minute-demo", "larger"): lambda s: [
        *(f"{size(s)[1]} outputs", ", ".join(map(str, range(size(s)[0]))), f"output {s.ask['index']}")
    ],
    ("ten-minute-demo", "larger_shown"): lambda s: [
        f"Output 1 is {(read(6, 8) @ np.arange(6))[1]:g}, the average of {listed(np.flatnonzero(read(6, 8)[1]))}"
    ],
    ("ten-minute-demo", "vgg"): lambda s: [f"{32} pixels", f"{32 // 32} cell", f"asks for {size(s)[1]}"],
    ("ten-minute-demo", "corner"): lambda s: [
        *("256 pixels", f"{256 // 32} × {256 // 32} cells", "{} × {}".format(*size(s)[1])),
        *(f"{np.prod(size(s)[1])} outputs", "sends back 1"),
    ],
    ("ten-minute-demo", "corner_shown"): lambda s: [
        f"gets {outer(8, 7, 0, 0)}",
        "border {0}, and {0} · {0} is {1}".format(fraction(influence(8, 7)[0]), outer(8, 7, 0, 0)),
    ],
    ("ten-minute-demo", "exit"): lambda s: [arrows(*size(s))],
    ("ten-minute-demo", "exit_shown"): lambda s: [
        *(f"Cells {listed(shared(s))}", f"cuts at {cuts(s)[0]} and {cuts(s)[2]}", f"cut at {cuts(s)[1]} falls")
    ],
    ("predict-windows", "ask"): lambda s: [
        *(f"{size(s)[0]} cells, {size(s)[1]} outputs", f"5 / 3 is {mixed(5, 3)}"),
        f"cuts are at {mixed(5, 3)} and {mixed(10, 3)}",
    ],
    ("predict-windows", "shown"): lambda s: [
        *(listed(spans(s)), f"from {mixed(5, 3)} to {mixed(10, 3)}", f"cells {listed(np.flatnonzero(read(5, 3)[1]))}")
    ],
    ("predict-overlaps", "ask"): lambda s: [
        *("{} cells, {} outputs".format(*size(s)), f"{size(s)[0]} cells are"),
    ],
    ("predict-overlaps", "shown"): lambda s: [
        ": {}, {}, {}, {} and {}, {}, {}, {}".format(*shared(s)),
        *given(not (read(14, 10)[4] * read(14, 10)[5]).any(), "windows 4 and 5 share nothing"),
    ],
    ("predict-image", "corner"): lambda s: [f"{np.prod(size(s)[1])} outputs", "gradient of 1"],
    ("predict-image", "edge"): lambda s: ["row {} and column {}".format(*s.ask["index"])],
    ("predict-image", "centre"): lambda s: ["row {} and column {}".format(*s.ask["index"])],
    ("predict-image", "shown"): lambda s: [
        *(f"corner gets {outer(8, 7, 0, 0)}", f"edge {outer(8, 7, 0, 4)}", f"other cell {outer(8, 7, 4, 4)}")
    ],
    ("predict-four", "ask"): lambda s: [f"{np.prod(size(s)[0])} cells"],
    ("predict-four", "shown"): lambda s: [f"{feeding(2)} cells feed two", f"{feeding(1)} feed one"],
    ("predict-rules", "kernel_14"): lambda s: given(spans(s) == spans(s, "equal_kernel"), arrows(*size(s))),
    ("predict-rules", "kernel_5"): lambda s: [arrows(*size(s))],
    ("predict-rules", "kernel_5_shown"): lambda s: [f"window 1 is {spans(s, 'equal_kernel')[1]}", f"is {spans(s)[1]}"],
    ("predict-rules", "float_26"): lambda s: [
        *("float32", arrows(*size(s)), f"Window {s.set['window']}", f"11 · 26/22 = {11 * 26 // 22}")
    ],
    ("predict-rules", "float_26_shown"): lambda s: [
        *(f"starts at {spans(s, 'float32')[11].split(':')[0]}", "float32", "11 * (26 / 22)"),
        *(f"is {float32_at(11, 26, 22):.6f}", f"makes that {int(float32_at(11, 26, 22))}"),
    ],
    ("predict-relatives", "ask"): lambda s: [s.set["x"], f"output {s.ask['index']}"],
    ("predict-relatives", "shown"): lambda s: [f"are {(read(3, 2) @ [0, 3, 0])[0]:g}", "the 3 is"],
}
FACTS["predict-gradients", "ask"] = FACTS["ten-minute-demo", "least"]
FACTS["predict-gradients", "shown"] = FACTS["ten-minute-demo", "least_shown"]


def test_every_number_of_every_sentence_is_computed():
    for story, name, step in shipped():
        facts = FACTS[story, name](step) if re.search(r"\d", step.say) else []
        left = step.say
        for fact in facts:
            assert fact in left, (story, name, fact, left)
            left = left.replace(fact, "", 1)
        assert not re.search(r"\d", left), (story, name, left)


def test_what_sentences_say_in_words_is_true():
    assert int(coverage(14, 10).max()) == 2
    assert len(np.flatnonzero(coverage(14, 10) > 1)) == 8, "eight"
    assert influence(7, 5)[1] == pytest.approx(3 * influence(7, 5)[3])
    assert np.argmax(lengths(7, 5)) == 2
    assert np.flatnonzero(read(7, 5)[:, 3]).tolist() == [2], "cell 3 is alone in the longest window"
    assert len(set(lengths(15, 4))) > 1, "the lengths differ"
    assert feeding(4) == 4, "four cells feed four outputs"
    assert (read(1, 7) == 1).all(), "seven copies of one number"
    assert gradient([1.0] * 5, list(range(7)))[1] == pytest.approx(1)
    assert np.flatnonzero(read(3, 2)[:, 1]).tolist() == [0, 1], "the 3 is in both windows"
