"""docs/teaching.md against the program and PyTorch: its calls and links open, its numbers are computed again."""

import io
import json
import re
from contextlib import redirect_stdout
from fractions import Fraction
from functools import cache
from itertools import pairwise, product
from pathlib import Path

import nbformat
import numpy as np
import pytest
import torch
import torch.nn.functional as F

import pooltutor
import run
from pooltutor.binning import bins
from pooltutor.live.shared import USUAL
from pooltutor.page import page_html
from pooltutor.rules import RULES
from pooltutor.words import load

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")
PROMISED: set[str] = set()  # linked files that may still be missing


# PyTorch's own answer --------------------------------------------------------------------------------------


@cache
def read(n, m):
    """P, shape (m, n), as PyTorch shows it: row i says what output i takes of each cell."""
    return F.adaptive_avg_pool1d(torch.eye(n, dtype=torch.float64)[None], m)[0].T.numpy()


def windows_of(p):
    return [f"{np.flatnonzero(row)[0]}:{np.flatnonzero(row)[-1] + 1}" for row in p]


def lengths(n, m):
    return (read(n, m) > 0).sum(1).tolist()


def starts(n, m):
    return (read(n, m) > 0).argmax(1)


def coverage(n, m):
    return (read(n, m) > 0).sum(0)


def influence(n, m):
    return read(n, m).sum(0).round(12)


def overlaps(n, m):
    reads = read(n, m) > 0
    return (reads[:-1] & reads[1:]).sum(1)


def gradient(upstream, x, kind="avg"):
    """What the cells of x get when `upstream` arrives."""
    x = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    pool = {"avg": F.adaptive_avg_pool1d, "max": F.adaptive_max_pool1d}[kind]
    pool(x[None], len(upstream))[0].backward(torch.tensor(upstream, dtype=torch.float64))
    return x.grad.tolist()


def avg_pool(n, *arguments, **options):
    """The matrix of an AvgPool1d on n cells."""
    return F.avg_pool1d(torch.eye(n, dtype=torch.float64)[None], *arguments, **options)[0].T.numpy()


@cache
def one_avg_pool(n, m):
    """Whether some kernel, stride and padding give PyTorch's windows: all are tried."""
    return any(
        p.shape == (m, n) and np.allclose(p, read(n, m))
        for kernel, stride in product(range(1, n + 3), range(1, n + 3))
        for padding in range(kernel // 2 + 1)
        if n + 2 * padding >= kernel
        for p in [avg_pool(n, kernel, stride, padding, count_include_pad=False)]
    )


def same_order(a, b):
    return np.array_equal(np.sign(np.subtract.outer(a, a)), np.sign(np.subtract.outer(b, b)))


# The document, in parts ------------------------------------------------------------------------------------


def blocks():
    """Rows of tables, items of lists and paragraphs, each as one line."""
    parts = re.split(r"\n(?=\||- |\d\. |\n|#)", TEXT)
    return [" ".join(part.split()) for part in parts if part.strip()]


def cells_of(row):
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def tables(*header):
    """The rows of the tables whose first columns have these titles, each with the text before its table."""
    found = []
    for match in re.finditer(r"(?:^\|.*\n)+", TEXT, re.M):
        first, _, *rows = match[0].splitlines()
        if cells_of(first)[: len(header)] == list(header):
            found.append((TEXT[: match.start()], [cells_of(row) for row in rows]))
    return found


def only_table(*header):
    [(_, rows)] = tables(*header)
    return rows


SIZE = re.compile(r"(?:\d+ × )?(\d+) → (?:\d+ × )?(\d+)(?: → (\d+))?")


def size_in(text):
    return tuple(int(k) for k in SIZE.search(text).groups() if k)


def listed(text):
    return [float(token) for token in text.split(",")]


# Calls and links -------------------------------------------------------------------------------------------

CALL = r"`(pooltutor\.(?:explore|explore2d|atlas)\([^`]*\))`"
LINK = r"`(#[^`]*=[^`]*)`"


def opened(call):
    return eval(call, {"pooltutor": pooltutor})


def followed(link):
    """The view that a link opens, as the page opens it."""
    said = dict(part.split("=") for part in link[1:].split("&"))
    tab = said.pop("tab", "explorer")
    assert tab in load()["page"]["tabs"]
    kind = {"2d": "grid", "duel": "explorer"}.get(tab, tab)
    assert set(said) <= {"n", "m", *USUAL[kind]} - {"lock"}, link
    sizes = {"input_size": said.pop("n"), "target_size": said.pop("m")}
    sizes = {name: [int(side) for side in text.split("x")] for name, text in sizes.items()}
    if kind == "atlas":
        view = pooltutor.atlas(**said)
        view.explorer.input_size, view.explorer.target_size = (side for [side] in sizes.values())
        return view
    show = [name for name in said.pop("show").split(",") if name]  # said by all: the app starts with windows hidden
    state = {name: int(text) if name == "window" else text for name, text in said.items()}
    if kind == "grid":
        return pooltutor.explore2d(**sizes, show=show, **state)
    return pooltutor.explore(**{name: side for name, [side] in sizes.items()}, show=show, **state)


CALLS = re.findall(CALL, TEXT)
LINKS = re.findall(LINK, TEXT)


@pytest.mark.parametrize("call", sorted(set(CALLS)))
def test_every_call_opens_a_view(call):
    view = opened(call)
    assert view.preview().startswith(b"\x89PNG")
    assert call.split("(")[0].endswith(repr(view).split("(")[0])


def test_every_link_that_stands_beside_a_call_opens_the_same():
    compared = []
    for block in blocks():
        calls, links = re.findall(CALL, block), re.findall(LINK, block)
        if not (calls and links):
            continue
        assert len(calls) == len(links), block
        for call, link in zip(calls, links, strict=True):
            one, other = opened(call), followed(link)
            assert (repr(one), one.input_size, one.target_size) == (repr(other), other.input_size, other.target_size)
            assert not hasattr(one, "state") or one.state() == other.state(), (call, link)
            compared.append(link)
    assert len(compared) >= 15


@pytest.mark.parametrize("link", sorted(set(LINKS)))
def test_every_link_has_names_and_values_that_a_view_takes(link):
    assert max(np.ravel(followed(link).input_size)) <= 64


def test_every_step_of_the_demo_has_a_call_a_link_and_the_positions_of_the_sliders():
    demo = TEXT[TEXT.index("## The ten-minute demo") : TEXT.index("## A lesson of 45")]
    steps = re.split(r"^### ", demo, flags=re.M)[1:]
    times = [sum(int(k) * unit for k, unit in zip(step.split()[0].split(":"), (60, 1), strict=True)) for step in steps]
    assert times == sorted(times)
    assert (times[0], times[-1] < 600) == (0, True)
    for step in steps:
        text = " ".join(step.split())
        view = opened(re.search(CALL, text)[1])
        positions = re.search(r"Input (?:size|height and width) (\d+), Target (?:size|height and width) (\d+)", text)
        assert set(np.ravel(view.input_size)) == {int(positions[1])}, step
        assert set(np.ravel(view.target_size)) == {int(positions[2])}, step
        assert re.search(rf"\*\*Open\*\* {CALL} or {LINK}:", text), step
        assert re.search(r"\*\*(Ask|Do)\*\*", text), step


def test_the_programs_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {"pooltutor": pooltutor}
    for program in re.findall(r"```python\n(.*?)```", TEXT, re.S):
        exec(program, names)
    assert (names["view"].show, names["view"].lock) == (["windows"], [])
    assert [path.read_bytes()[:4] for path in tmp_path.iterdir()] == [b"%PDF"]


# What is said of a size, wherever it is said ---------------------------------------------------------------


def numbers(values):
    return ", ".join(f"{value:g}" for value in values)


def said_windows(n, m, said):
    return said[1].split() == windows_of(read(n, m))


def said_lengths(n, m, said):
    return said[1] == numbers(lengths(n, m))


def said_steps(n, m, said):
    return said[1] == numbers(np.diff(starts(n, m)))


def said_shared(n, m, said):
    return [int(j) for j in re.findall(r"\d+", said[1])] == np.flatnonzero(coverage(n, m) > 1).tolist()


def said_none_shared(n, m, said):
    return not overlaps(n, m).any()


def said_influence(n, m, said):
    return [Fraction(text) for text in said[1].split()] == [Fraction(k).limit_denominator(99) for k in influence(n, m)]


def said_cell(n, m, said):
    return int(coverage(n, m)[int(said[1])]) == int(said[2])


def said_avg_pool(n, m, said):
    layer = eval(f"torch.nn.{said[1]}", {"torch": torch})
    return torch.allclose(layer(torch.eye(n)[None])[0].T, torch.tensor(read(n, m)).float())


def said_no_avg_pool(n, m, said):
    return not one_avg_pool(n, m)


def said_outputs(n, m, said):
    x = np.array(listed(said[1]))
    in_part = said[3] is None or np.allclose(area(n, m) @ x, listed(said[3]))
    return len(x) == n and np.allclose(read(n, m) @ x, listed(said[2])) and in_part


def said_gradient(n, m, said):
    return gradient(listed(said[1]), listed(said[2]), "max") == listed(said[3])


def said_rule(n, m, said):
    return said[2].split() == [str(window) for window in bins(n, m, said[1])]


def said_one_window(n, m, said):
    i = int(said[1])
    return said[2] == windows_of(read(n, m))[i] and said[3] == str(bins(n, m, said[4])[i])


def said_copies(n, m, said):
    copies, size = {"two": 2, "three": 3}[said[1]], (int(said[2]), int(said[3]))
    return np.array_equal(np.kron(np.eye(copies), read(*size)), read(n, m))


def said_remainder(n, m, said):
    return n % m == int(said[1])


def said_two_lengths(n, m, said):
    return set(lengths(n, m)) == {int(said[1]), int(said[2])}


def said_most_shared(n, m, said):
    return overlaps(n, m).max() == int(said[1])


SPANS, FLOATS, INTS = r"((?:\d+:\d+ ?)+)", r"\[([-\d., ]+)\]", r"((?:\d+, )*\d+)"
STATEMENTS = {
    rf"windows {SPANS}": said_windows,
    rf"lengths {INTS}": said_lengths,
    rf"steps {INTS}": said_steps,
    r"cells? ((?:\d+(?:, | and |(?= )))+) (?:is|are) shared": said_shared,
    r"no cell is shared": said_none_shared,
    r"influence ((?:\d+(?:/\d+)? ?)+)": said_influence,
    r"cell (\d+) is in (\d+) window": said_cell,
    r"`(AvgPool1d\([^`]+\))`": said_avg_pool,
    r"no `AvgPool1d`": said_no_avg_pool,
    rf"{FLOATS} gives {FLOATS}(?:; in part would be {FLOATS})?": said_outputs,
    rf"gradient {FLOATS} comes back to the maximum of {FLOATS} as {FLOATS}": said_gradient,
    rf"`(\w+)` has {SPANS}": said_rule,
    r"window (\d+) is (\d+:\d+), and (\d+:\d+) by `(\w+)`": said_one_window,
    r"is (two|three) copies of (\d+) → (\d+)": said_copies,
    r"the remainder is (\d+)": said_remainder,
    r"windows of (\d+) and (\d+) cells": said_two_lengths,
    r"neighbours share (\d+) cell at most": said_most_shared,
}


def statements():
    """(block, size, check, match) for everything that is said of the size named last before it."""
    for block in blocks():
        found = [
            (match.start(), check, match) for text, check in STATEMENTS.items() for match in re.finditer(text, block)
        ]
        sizes = [(match.start(), size_in(match[0])) for match in SIZE.finditer(block)]
        for at, check, match in found:
            before = [size for place, size in sizes if place < at]
            yield block, before[-1] if before else None, check, match


def test_what_is_said_of_a_size_is_what_pytorch_does():
    found = list(statements())
    assert [block for block, size, _, _ in found if size is None] == []
    assert [(match[0], size) for _, size, check, match in found if not check(*size[:2], match)] == []
    assert {check for _, _, check, _ in found} == set(STATEMENTS.values())  # none of them is said in other words only


def test_products_are_right():
    products = re.findall(r"(\d+) · (\d+) = (\d+)", TEXT)
    assert products
    assert [each for each in products if int(each[0]) * int(each[1]) != int(each[2])] == []


# The answers that a class gives ----------------------------------------------------------------------------


def area(n, m):
    """P of true area: output i takes of cell j the part that lies in its exact interval."""
    cuts, lines = np.arange(m + 1)[:, None] * n / m, np.arange(n)
    inside = np.minimum(cuts[1:], lines + 1) - np.maximum(cuts[:-1], lines)
    return np.maximum(inside, 0) * m / n


def tile(n, m):
    return np.kron(np.eye(m), np.full((1, n // m), m / (n - n % m)))[:, : n - n % m] @ np.eye(n - n % m, n)


def nearest(n, m):
    return np.eye(n)[np.arange(m) * n // m]


def straight_line(n, m):
    return F.interpolate(torch.eye(n, dtype=torch.float64)[None], m, mode="linear")[0].T.numpy()


def by_rule(rule):
    return lambda n, m: pooltutor.matrix(n, m, rule)


# Each idea by the words of the document.
POOLINGS = {
    "tile with n // m cells, drop the rest": tile,
    "as even as whole cells allow": by_rule("split"),
    "every interval rounded outwards": by_rule("pytorch"),
    "a cell that is cut counts in part": area,
    "one kernel, one stride": by_rule("fixed_stride"),
    "kernel ceil(n/m), starts rounded down": by_rule("equal_kernel"),
    "kernel ceil(n/m), starts spread evenly": by_rule("forum"),
    "copy the nearest cell": nearest,
    "a straight line between the cells": straight_line,
}
COUNTS = {
    "all neighbours share": lambda n, m: m - 1,
    "the remainder is shared": lambda n, m: n % m,
    "the windows that the remainder does not reach": lambda n, m: m - n % m,
    "windows tile": lambda n, m: 0,
    "cuts inside cells": lambda n, m: sum(i * n % m > 0 for i in range(m)),
}
SHARES = {
    "the centre counts most, as in a convolution": lambda n, m: np.minimum(np.arange(n), np.arange(n)[::-1]),
    "count the windows of each cell": coverage,
    "an average treats all alike": lambda n, m: np.full(n, m / n),
    "add up the slices": lambda n, m: pooltutor.laws.influence(n, m).round(12),
}


def idea_holds(idea, n, m, squared=False):
    """Whether an idea gives PyTorch's answer; on an image, where shares multiply, in numbers and not in order only."""
    if idea in POOLINGS:
        return np.allclose(POOLINGS[idea](n, m), read(n, m))
    if idea in COUNTS:
        return COUNTS[idea](n, m) == overlaps(n, m).sum()
    mine = SHARES[idea](n, m)
    if squared:
        return np.allclose(np.outer(mine, mine), np.outer(influence(n, m), influence(n, m)))
    return same_order(mine, influence(n, m))


def is_answer(answer, idea, n, m, squared):
    """Whether this is what somebody with this idea says."""
    if idea in COUNTS:
        said = {"no": 0, "two": 2, "three": 3}.get(answer.split()[0], answer)
        return int(said) == COUNTS[idea](n, m)
    if idea in POOLINGS:
        p = POOLINGS[idea](n, m)
        y = p @ np.arange(n)
        if ":" in answer:
            return answer == " ".join(windows_of(p))
        return answer == (numbers(y.round(2)) if "," in answer else f"{y[1]:g}")
    shares = SHARES[idea](n, m)
    if squared:
        return Fraction(answer) == Fraction(float(shares[0]) ** 2)
    order = re.findall(r"\d+|[>=]", answer)
    cells = [shares[int(j)] for j in order[::2]]
    return len(cells) == 3 and all(
        a > b if sign == ">" else a == b for (a, b), sign in zip(pairwise(cells), order[1::2], strict=True)
    )


QUESTIONS = [
    (re.findall(CALL, before)[-1], answer, idea, right, hands)
    for before, rows in tables("they say", "idea", "right at")
    for answer, idea, right, *hands in rows
]


@pytest.mark.parametrize(("call", "answer", "idea", "right", "hands"), QUESTIONS)
def test_every_answer_follows_from_its_idea_and_is_right_where_it_is_said_to_be(call, answer, idea, right, hands):
    view = opened(call)
    (n, m), squared = (np.ravel(size)[0] for size in (view.input_size, view.target_size)), "explore2d" in call
    assert is_answer(answer.strip("*"), idea, int(n), int(m), squared)
    assert idea_holds(idea, n, m, squared) == answer.startswith("**") == (right == "everywhere")
    everywhere = list(product(range(1, 17), repeat=2))
    for size in everywhere if right == "everywhere" else [size_in(right)]:
        assert idea_holds(idea, *size, squared or "×" in right), size
    assert not hands or re.match("most|some|few", hands[0])


def test_each_question_has_one_right_answer_and_not_always_in_the_same_place():
    places = [
        [answer.startswith("**") for answer, *_ in rows].index(True)
        for _, rows in tables("they say", "idea", "right at")
    ]
    assert len(places) >= 6
    assert len(set(places)) > 1
    assert sum(answer.startswith("**") for _, answer, *_ in QUESTIONS) == len(places)


# Wrong beliefs ---------------------------------------------------------------------------------------------


def reads_depend_on_x(n, m, kind="avg"):
    """Whether other numbers make other cells count."""
    x = np.random.default_rng(5).permuted(np.arange(float(n)))
    return np.not_equal(gradient([1.0] * m, x, kind), gradient([1.0] * m, -x, kind)).any()


def equal_outputs_prove(n, m):
    """Whether every rule that gives PyTorch's outputs for 0, 1, 2, ... has its windows."""
    return all(
        by_rule(rule)(n, m).tolist() == by_rule("pytorch")(n, m).tolist()
        for rule in RULES
        if np.allclose(by_rule(rule)(n, m) @ np.arange(n), read(n, m) @ np.arange(n))
    )


def most_of_a_maximum(n, m):
    return max(max(gradient([1.0] * m, x, "max")) for x in np.eye(n))


def agrees(rule):
    return lambda n, m: [str(window) for window in bins(n, m, rule)] == windows_of(read(n, m))


def shares_length_less_step(n, m):
    return overlaps(n, m).tolist() == [length - n // m for length in lengths(n, m)[:-1]]


def refused(n, m):
    return read(n, m).shape != (m, n)  # PyTorch would have raised


def two_steps(n, a, b):
    return np.allclose(read(a, b) @ read(n, a), read(n, b))


UNEVEN = [(n, m) for n in range(2, 50) for m in range(1, n) if n % m]
LARGER = [(n, m) for m in range(2, 16) for n in range(1, m)]
THREE = [(n, a, b) for n in range(1, 13) for a in range(1, n) for b in range(1, a)]
# By the words of the document: when the belief holds, of which sizes it speaks, what else "right at" means.
BELIEFS = {
    "adaptive: the windows depend on the data": (
        reads_depend_on_x,
        UNEVEN,
        lambda n, m: reads_depend_on_x(n, m, "max"),
    ),
    "a cell that is cut counts in part": (lambda n, m: np.allclose(area(n, m), read(n, m)), UNEVEN),
    "windows tile": (lambda n, m: not overlaps(n, m).any(), UNEVEN),
    "one kernel size for all": (lambda n, m: len(set(lengths(n, m))) == 1, UNEVEN),
    "kernel ceil(n/m), starts rounded down": (agrees("equal_kernel"), UNEVEN),
    "kernel ceil(n/m), starts spread evenly": (agrees("forum"), UNEVEN),
    "stride n // m, kernel n - (m - 1) · stride": (agrees("fixed_stride"), UNEVEN),
    "equal lengths make it an AvgPool": (lambda n, m: len(set(lengths(n, m))) > 1 or one_avg_pool(n, m), UNEVEN),
    "longer windows share more: length less n // m": (shares_length_less_step, UNEVEN),
    "all neighbours share": (lambda n, m: overlaps(n, m).all(), UNEVEN),
    "the remainder is shared": (lambda n, m: overlaps(n, m).sum() == n % m, UNEVEN),
    "a cell is in two windows at most": (lambda n, m: coverage(n, m).max() <= 2, LARGER),
    "the centre counts most": (lambda n, m: influence(n, m)[n // 2] == influence(n, m).max(), UNEVEN),
    "count the windows, and you know who counts more": (
        lambda n, m: same_order(coverage(n, m), influence(n, m)),
        UNEVEN,
    ),
    "the mean is kept": (lambda n, m: np.allclose(influence(n, m), m / n), UNEVEN),
    "the target cannot exceed the input": (
        refused,
        LARGER,
        lambda n, m: {len(avg_pool(n, k, s)) for k in range(1, n + 1) for s in range(1, n + 1)} <= set(range(1, n + 1)),
    ),
    "a larger target copies the nearest cell": (lambda n, m: np.allclose(nearest(n, m), read(n, m)), LARGER),
    "two steps are as good as one": (two_steps, THREE),
    "equal outputs prove equal windows": (equal_outputs_prove, UNEVEN),
    "a float formula is safe": (agrees("float32"), UNEVEN),
    "a cell cannot get more gradient than an output has": (
        lambda n, m: most_of_a_maximum(n, m) <= 1,
        UNEVEN,
        lambda n, m: influence(n, m).max() <= 1,
    ),
}


def test_every_belief_of_the_table_is_known_here():
    assert [row[0] for row in only_table("belief")] == list(BELIEFS)
    spoken = {cells_of(block)[0] for block, *_ in statements()}
    assert set(BELIEFS) <= spoken  # something checkable is said of each


@pytest.mark.parametrize(("belief", "right", "refuting"), [row[:3] for row in only_table("belief")])
def test_a_belief_is_right_where_it_is_said_to_be_and_the_size_that_refutes_it_is_the_smallest(belief, right, refuting):
    holds, sizes, *elsewhere = BELIEFS[belief]
    assert (elsewhere or [holds])[0](*size_in(right))
    size = size_in(refuting)
    assert size in sizes
    assert not holds(*size)
    assert [smaller for smaller in sizes if sum(smaller) < sum(size) and not holds(*smaller)] == []


# Lesson and lab --------------------------------------------------------------------------------------------


def test_the_table_for_the_board_is_counted_by_pytorch():
    [(before, [shared, missing])] = tables("input size, to target 12")
    header = cells_of(TEXT[len(before) :].splitlines()[0])
    target = int(header[0].split()[-1])
    counted = [int(overlaps(int(n), target).sum()) for n in header[1:]]
    assert [int(cell) for cell in shared[1:]] == counted
    assert [int(cell) for cell in missing[1:]] == [target - count for count in counted]


def notebook_of(cell):
    return [nbformat.read(ROOT / "docs" / path, as_version=4) for path in re.findall(r"\(([^)]+\.ipynb)\)", cell)]


@pytest.mark.parametrize(("lesson", "answer"), [(row[0], row[2]) for row in only_table("lesson", "last question")])
def test_the_answers_are_what_the_lessons_call_right(lesson, answer):
    [notebook] = notebook_of(lesson)
    last = next(cell.source for cell in reversed(notebook.cells) if cell.source.startswith("answer = None"))
    said = io.StringIO()
    with redirect_stdout(said):
        exec(last.replace("answer = None", f"answer = {answer.strip('`')}"), {"pooltutor": pooltutor})
    assert said.getvalue() == "right\n"


def test_every_lesson_has_its_answer():
    lessons = {
        path.name
        for path in (ROOT / "notebooks").glob("[0-9]*.ipynb")
        if "answer = None" in path.read_text(encoding="utf-8")
    }
    linked = {
        Path(path).name for row in only_table("lesson", "last question") for path in re.findall(r"\(([^)]+)\)", row[0])
    }
    assert lessons == linked


def test_what_the_lab_does_and_skips_are_parts_of_its_lessons():
    names = 0
    for row in only_table("minutes", "lesson"):
        notebooks = notebook_of(" ".join(row))
        markdown = "\n".join(
            cell.source for notebook in notebooks for cell in notebook.cells if cell.cell_type == "markdown"
        )
        for name in re.findall(r"\*([^*]+)\*", " ".join(row[2:])):
            assert re.search(rf"(?m)^#+ {re.escape(name)}$|<summary>{re.escape(name)}<", markdown), name
            names += 1
    assert names >= 10


def test_minutes_follow_each_other_to_the_end():
    ends = []
    for _, rows in tables("minutes"):
        spans = [tuple(map(int, row[0].split(" to "))) for row in rows]
        assert spans[0][0] == 0
        assert all(a[1] == b[0] for a, b in pairwise(spans))
        ends.append(spans[-1][1])
    assert ends == [int(minutes) for minutes in re.findall(r"^## A \w+ of (\d+) minutes$", TEXT, re.M)]


def test_the_lesson_names_steps_of_the_demo():
    headings = [line.casefold() for line in re.findall(r"^### (.+)$", TEXT, re.M)]
    [names] = [re.findall(r"\*([^*]+)\*", " ".join(row[1] for row in rows)) for _, rows in tables("minutes", "what")]
    assert len(names) >= 3
    assert [name for name in names if not any(name.casefold() in heading for heading in headings)] == []


# Ways to run it --------------------------------------------------------------------------------------------


def test_every_relative_link_leads_to_a_file_or_a_heading():
    slugs = {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", TEXT, re.M)
    }
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", TEXT) if not target.startswith("http")]
    assert len(targets) >= 15
    assert [target for target in targets if target.startswith("#") and target[1:] not in slugs] == []
    missing = {target for target in targets if not target.startswith("#") and not (ROOT / "docs" / target).exists()}
    assert missing <= PROMISED


def test_the_commands_exist():
    asked = set(re.findall(r"`python3 run\.py (\w+)", TEXT))
    assert asked
    assert asked <= set(run.COMMANDS)


def test_quotes_of_the_program_are_its_words():
    words = json.dumps(load(), ensure_ascii=False)
    quotes = [" ".join(quote.split()) for quote in re.findall("“([^”]+)”", TEXT)]
    assert len(quotes) >= 3
    assert [quote for quote in quotes if quote not in words] == []


@pytest.mark.browser
def test_the_page_opens_every_link(chromium, tmp_path):
    from playwright.sync_api import expect

    path = tmp_path / "pooling.html"
    path.write_text(
        page_html({"version": "1.2.3", "date": "2000-02-03", "count": "6", "program": "0"}), encoding="utf-8"
    )
    assert path.stat().st_size < 1000 * int(re.search(r"below (\d+) KB", TEXT)[1])
    page = chromium.new_page(viewport={"width": 1024, "height": 768})
    page.goto(path.as_uri())
    for link in LINKS:
        page.evaluate("link => { location.hash = link; }", link)
        panel = page.locator("[role=tabpanel]:not([hidden])")
        view = followed(link)
        if hasattr(view, "explorer"):
            for name, value in (("Colour", view.colour), ("Rule", view.rule)):
                expect(panel.get_by_label(name, exact=True).first).to_have_value(value)
            view = pooltutor.explore(view.input_size, view.target_size, rule=view.rule)
        sizes = ["x".join(str(side) for side in np.ravel(size)) for size in (view.input_size, view.target_size)]
        right = pooltutor.check(view.input_size, view.target_size, rule=view.rule)
        verdict = "unchecked" if "windows" not in view.show else "recorded" if right else "disagrees"
        panel.locator(f"[role=status][data-for='{','.join(sizes)},{view.rule}'][data-verdict='{verdict}']").wait_for()
    page.close()
