"""docs/teaching.md against the program and PyTorch: its calls and links open, its numbers are computed again."""

import json
import re
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path

import nbformat
import numpy as np
import pytest
import torch
import torch.nn.functional as F

import pooltutor
from pooltutor.binning import bins
from pooltutor.live.shared import USUAL
from pooltutor.rules import RULES
from pooltutor.words import load
from tests.lessons import value_of
from tests.onepage import written

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")


# PyTorch's own answer --------------------------------------------------------------------------------------


@cache
def read(n, m):
    """P, shape (m, n), as PyTorch shows it: row i says what output i takes of each cell."""
    return F.adaptive_avg_pool1d(torch.eye(n, dtype=torch.float64)[None], m)[0].T.numpy()


def windows_of(p):
    return [f"{np.flatnonzero(row)[0]}:{np.flatnonzero(row)[-1] + 1}" for row in p]


def lengths(n, m):
    return (read(n, m) > 0).sum(1).tolist()


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


@pytest.mark.slow
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


def said_outputs(n, m, said):
    x = np.array(listed(said[1]))
    in_part = said[3] is None or np.allclose(area(n, m) @ x, listed(said[3]))
    return len(x) == n and np.allclose(read(n, m) @ x, listed(said[2])) and in_part


SPANS, FLOATS, INTS = r"((?:\d+:\d+ ?)+)", r"\[([-\d., ]+)\]", r"((?:\d+, )*\d+)"
# What may be said of a size n -> m, and whether the words that were found say it rightly.
STATEMENTS = {
    rf"windows {SPANS}": lambda n, m, said: said[1].split() == windows_of(read(n, m)),
    rf"lengths {INTS}": lambda n, m, said: said[1] == numbers(lengths(n, m)),
    rf"steps {INTS}": lambda n, m, said: said[1] == numbers(np.diff((read(n, m) > 0).argmax(1))),
    r"cells? ((?:\d+(?:, | and |(?= )))+) (?:is|are) shared": lambda n, m, said: (
        [int(j) for j in re.findall(r"\d+", said[1])] == np.flatnonzero(coverage(n, m) > 1).tolist()
    ),
    r"no cell is shared": lambda n, m, said: not overlaps(n, m).any(),
    r"influence ((?:\d+(?:/\d+)? ?)+)": lambda n, m, said: (
        [Fraction(text) for text in said[1].split()] == [Fraction(k).limit_denominator(99) for k in influence(n, m)]
    ),
    r"cell (\d+) is in (\d+) window": lambda n, m, said: int(coverage(n, m)[int(said[1])]) == int(said[2]),
    r"`(AvgPool1d\([^`]+\))`": lambda n, m, said: torch.allclose(
        eval(f"torch.nn.{said[1]}")(torch.eye(n)[None])[0].T, torch.tensor(read(n, m)).float()
    ),
    r"no `AvgPool1d`": lambda n, m, said: not one_avg_pool(n, m),
    rf"{FLOATS} gives {FLOATS}(?:; in part would be {FLOATS})?": said_outputs,
    rf"gradient {FLOATS} comes back to the maximum of {FLOATS} as {FLOATS}": lambda n, m, said: (
        gradient(listed(said[1]), listed(said[2]), "max") == listed(said[3])
    ),
    rf"`(\w+)` has {SPANS}": lambda n, m, said: said[2].split() == [str(each) for each in bins(n, m, said[1])],
    r"window (\d+) is (\d+:\d+), and (\d+:\d+) by `(\w+)`": lambda n, m, said: (
        [said[2], said[3]] == [windows_of(read(n, m))[int(said[1])], str(bins(n, m, said[4])[int(said[1])])]
    ),
    r"is (two|three) copies of (\d+) → (\d+)": lambda n, m, said: np.array_equal(
        np.kron(np.eye({"two": 2, "three": 3}[said[1]]), read(int(said[2]), int(said[3]))), read(n, m)
    ),
    r"the remainder is (\d+)": lambda n, m, said: n % m == int(said[1]),
    r"windows of (\d+) and (\d+) cells": lambda n, m, said: set(lengths(n, m)) == {int(said[1]), int(said[2])},
    r"neighbours share (\d+) cell at most": lambda n, m, said: overlaps(n, m).max() == int(said[1]),
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


# Wrong beliefs ---------------------------------------------------------------------------------------------


def area(n, m):
    """P of true area: output i takes of cell j the part that lies in its exact interval."""
    cuts, lines = np.arange(m + 1)[:, None] * n / m, np.arange(n)
    inside = np.minimum(cuts[1:], lines + 1) - np.maximum(cuts[:-1], lines)
    return np.maximum(inside, 0) * m / n


def nearest(n, m):
    return np.eye(n)[np.arange(m) * n // m]


def by_rule(rule):
    return lambda n, m: pooltutor.matrix(n, m, rule)


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
    "both ends rounded down": (agrees("floor_floor"), UNEVEN),
    "tiles of n // m cells, the rest to the last": (agrees("rest_to_last"), UNEVEN),
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
    names = {"pooltutor": pooltutor, "exercises": pooltutor.exercises, "marked": {}}
    last = next(cell.source for cell in reversed(notebook.cells) if cell.source.startswith("answer = ..."))
    marked = value_of(last.replace("answer = ...", f"answer = {answer.strip('`')}", 1), names)
    assert marked.right, marked


def test_every_lesson_has_its_answer():
    lessons = {
        path.name
        for path in (ROOT / "notebooks").glob("[0-9]*.ipynb")
        if "answer = ..." in path.read_text(encoding="utf-8")
    }
    linked = {
        Path(path).name for row in only_table("lesson", "last question") for path in re.findall(r"\(([^)]+)\)", row[0])
    }
    assert lessons == linked


# Ways to run it --------------------------------------------------------------------------------------------


def test_every_relative_link_leads_to_a_file_or_a_heading():
    slugs = {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", TEXT, re.M)
    }
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", TEXT) if not target.startswith("http")]
    assert len(targets) >= 15
    assert [target for target in targets if target.startswith("#") and target[1:] not in slugs] == []
    assert [target for target in targets if target[0] != "#" and not (ROOT / "docs" / target).exists()] == []


def test_quotes_of_the_program_are_its_words():
    words = json.dumps(load(), ensure_ascii=False)
    quotes = [" ".join(quote.split()) for quote in re.findall("“([^”]+)”", TEXT)]
    assert len(quotes) >= 3
    assert [quote for quote in quotes if quote not in words] == []


@pytest.mark.browser
def test_the_page_opens_every_link(follow):
    from playwright.sync_api import expect

    for link in LINKS:
        shown, view = follow(link), followed(link)
        if hasattr(view, "explorer"):
            for name, value in (("Colour", view.colour), ("Rule", view.rule)):
                panel = shown.page.locator("[role=tabpanel]:not([hidden])")
                expect(panel.get_by_label(name, exact=True).first).to_have_value(value)
            view = pooltutor.explore(view.input_size, view.target_size, rule=view.rule)
        sizes = [written(tuple(np.ravel(size).tolist())) for size in (view.input_size, view.target_size)]
        right = pooltutor.check(view.input_size, view.target_size, rule=view.rule)
        verdict = "unchecked" if "windows" not in view.show else "recorded" if right else "disagrees"
        shown.wait(verdict, f"{','.join(sizes)},{view.rule}")
