"""Exercises in code: right functions are right, wrong ones are told their idea, and hostile ones harm nobody."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from pooltutor import bins, exercises, words
from pooltutor.exercises import coding
from pooltutor.exercises.coding import plane_tasks, running, sandbox, task
from pooltutor.exercises.coding.gradient_task import GradientTask
from pooltutor.exercises.coding.overlap_task import OverlapTask
from pooltutor.exercises.coding.plane_tasks import Gradient2dTask, Pool2dTask
from pooltutor.exercises.coding.pool_task import PoolTask, powers, windows_of
from pooltutor.exercises.coding.rule_task import RuleTask
from pooltutor.exercises.coding.task import CLOSE, MOST
from pooltutor.rules import RULES
from tests.learner_code import RIGHT, written
from tests.pseudo import outside, spoken
from tests.quick import quick_takes

TASKS = {
    task.name: task for task in (RuleTask(), PoolTask(), GradientTask(), Pool2dTask(), Gradient2dTask(), OverlapTask())
}
TRY = {name: getattr(exercises, f"try_{name}") for name in TASKS}


@pytest.fixture(autouse=True)
def few_sizes(monkeypatch):
    """Sizes to 8, and to 3 on a plane: where more are needed, a test says so."""
    monkeypatch.setattr(task, "MOST", 8)
    monkeypatch.setattr(plane_tasks, "MOST", 3)


@pytest.fixture
def all_sizes(monkeypatch):
    monkeypatch.setattr(task, "MOST", MOST)
    monkeypatch.setattr(plane_tasks, "MOST", 6)


def tried(kind, source):
    functions = written(source, "start", "stop") if kind == "rule" else [written(source)]
    return TRY[kind](*functions)


# Right ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", RIGHT)
def test_a_right_function_is_right_and_says_what_was_tried(kind):
    attempt = tried(kind, RIGHT[kind])
    assert attempt, attempt
    assert (attempt.right, attempt.smallest, attempt.picture) == (True, None, None)
    assert str(len(TASKS[kind].sizes)) in attempt.text
    assert attempt.text.startswith("Right: you")


def test_whoever_uses_torch_gets_tensors():
    source = """
import torch
def f(x, m):
    n, y = len(x), torch.zeros(m)
    for i in range(m):
        y[i] = x[i * n // m : -(-(i + 1) * n // m)].mean()
    return y[None]
"""
    assert tried("pool", source)


@pytest.mark.usefixtures("all_sizes")
def test_sizes_come_in_the_order_of_n_plus_m():
    for kind in TASKS.values():
        sums = [sum(size) for size in kind.sizes]
        assert sums == sorted(sums)
        assert len(set(kind.sizes)) == len(sums) >= 500


def test_each_window_of_the_numbers_that_are_pooled_has_another_mean():
    x = powers(MOST)
    means = [x[a:b].mean() for a in range(MOST) for b in range(a + 1, MOST + 1)]
    assert min(abs(a / b - 1) for k, a in enumerate(means) for b in means[:k]) > 50 * CLOSE
    assert windows_of(x[:5] + 0.5, 5) is None


# Wrong: one idea each, and the smallest size -------------------------------------------------------------------

POOL_BY = """
from pooltutor import pool
def f(x, m):
    return pool(x, m, rule="{rule}")
"""
GRADIENT_BY = """
from pooltutor import gradient
def f(upstream, n):
    return gradient(upstream, n, rule="{rule}")
"""


def rule_of(start, stop):
    return f"from math import *\ndef start(i, n, m):\n  return {start}\ndef stop(i, n, m):\n  return {stop}"


WRONG = [
    ("rule", rule_of("i * n // m", "i * n // m + ceil(n / m)"), "exercises.windows.equal_kernel", (5, 3)),
    ("rule", rule_of("i * n // m", "(i + 1) * n // m"), "exercises.windows.floor_floor", (3, 2)),
    ("rule", rule_of("i * n // m", "(i + 1) * n // m + 1"), "exercises.windows.floor_plus_one", (2, 2)),
    ("rule", rule_of("i * n // m", "-(-(i + 1) * n // m) - 1"), "exercises.windows.last_cell", (1, 1)),
    ("rule", rule_of("i * n // m - n", "-(-(i + 1) * n // m)"), "coding.below", (1, 1)),
    ("rule", rule_of("i", "i + 1"), "exercises.windows.hint", (2, 1)),
    ("pool", POOL_BY.format(rule="equal_kernel"), "exercises.windows.equal_kernel", (5, 3)),
    ("pool", POOL_BY.format(rule="forum"), "exercises.windows.forum", (5, 3)),
    ("pool", RIGHT["pool"].replace("mean", "sum"), "coding.ideas.sum", (2, 1)),
    ("pool", RIGHT["pool"].replace("mean", "max"), "coding.ideas.maximum", (2, 1)),
    ("pool", "from pooltutor.exercises.coding.pool_task import exact_means as f", "coding.ideas.exact", (3, 2)),
    ("pool", "def f(x, m):\n  return [7] * m", "coding.hints.pool", (1, 1)),
    ("gradient", GRADIENT_BY.format(rule="equal_kernel"), "exercises.gradient.equal_kernel", (5, 3)),
    ("gradient", RIGHT["gradient"].replace(" / (stop - start)", ""), "exercises.gradient.given_whole", (2, 1)),
    ("gradient", RIGHT["gradient"].replace("+=", "="), "exercises.gradient.not_added", (3, 2)),
    ("gradient", "def f(g, n):\n  return [sum(g) / n] * n", "exercises.gradient.equal_slices", (2, 2)),
    ("gradient", "def f(g, n):\n  return [1] * n", "exercises.gradient.sum", (2, 1)),
    ("pool2d", POOL_BY.format(rule="split"), "coding.along", (1, 3, 1, 2)),
    ("pool2d", RIGHT["pool2d"].replace("mean", "sum"), "coding.ideas.sum", (1, 2, 1, 1)),
    (
        "pool2d",
        "def f(x, t):\n  n, (r, c) = len(x), t\n"
        "  def w(m): return [slice(i * n // m, -(-(i + 1) * n // m)) for i in range(m)]\n"
        "  return [[x[a, b].mean() for b in w(c)] for a in w(r)]",
        "coding.ideas.one_side",
        (1, 2, 1, 1),
    ),
    ("pool2d", "def f(x, t):\n  return [[0] * t[1]] * t[0]", "coding.hints.pool2d", (1, 1, 1, 1)),
    ("gradient2d", GRADIENT_BY.format(rule="split"), "coding.along", (1, 3, 1, 2)),
    ("gradient2d", RIGHT["gradient2d"].replace(" / ((b - a) * (d - c))", ""), "coding.ideas.whole", (1, 2, 1, 1)),
    ("gradient2d", RIGHT["gradient2d"].replace("+=", "="), "coding.ideas.replaced", (1, 3, 1, 2)),
    (
        "gradient2d",
        "def f(g, s):\n  return [[g.sum() / (s[0] * s[1])] * s[1]] * s[0]",
        "coding.ideas.equal",
        (1, 2, 1, 2),
    ),
    ("gradient2d", "def f(g, s):\n  return [[0] * s[1]] * s[0]", "coding.hints.gradient2d", (1, 1, 1, 1)),
    ("overlap_count", "def f(n, m):\n  return m - 1", "coding.ideas.all_pairs", (2, 2)),
    ("overlap_count", "def f(n, m):\n  return 0", "coding.ideas.tile", (3, 2)),
    ("overlap_count", "def f(n, m):\n  return n % m", "coding.ideas.remainder", (4, 3)),
    ("overlap_count", "def f(n, m):\n  return -n % m", "coding.ideas.less_remainder", (5, 3)),
    ("overlap_count", "def f(n, m):\n  return n - m", "coding.ideas.difference", (2, 1)),
    ("overlap_count", "def f(n, m):\n  return 100", "coding.hints.overlap_count", (1, 1)),
]


def pattern(path):
    """A pattern for the text at a path, whatever stands in its places."""
    text = words.load()
    for key in path.split("."):
        text = text[key]
    return re.sub(r"\\{\w+\\}", ".+", re.escape(text))


@pytest.mark.parametrize(("kind", "source", "idea", "smallest"), WRONG, ids=lambda value: str(value)[:12])
def test_a_wrong_function_is_told_its_idea_and_the_smallest_size(kind, source, idea, smallest):
    attempt = tried(kind, source)
    assert re.match("Not yet: " + pattern(idea), attempt.text), attempt.text
    assert (attempt.right, attempt.smallest) == (False, smallest)
    assert "{" not in repr(attempt)
    assert any(TASKS[kind].title(smallest) in line for line in attempt.details), attempt


@pytest.mark.usefixtures("all_sizes")
def test_floats_are_found_at_the_sizes_where_they_fail():
    attempt = tried("rule", rule_of("floor(i * (n / m))", "ceil((i + 1) * (n / m))"))
    assert re.match("Not yet: " + pattern("exercises.windows.float64_ratio"), attempt.text), attempt.text
    assert attempt.smallest == (30, 22)
    attempt = tried("pool", POOL_BY.format(rule="float32"))
    assert re.match("Not yet: " + pattern("exercises.windows.float32"), attempt.text), attempt.text
    assert attempt.smallest == (26, 22)


def test_every_idea_and_every_hint_is_tried_above():
    said = {idea for _, _, idea, _ in WRONG}
    part = words.load()["coding"]
    assert {f"coding.ideas.{idea}" for idea in part["ideas"]} <= said
    assert {f"coding.hints.{hint}" for hint in part["hints"]} <= said


@pytest.mark.usefixtures("all_sizes")
@pytest.mark.parametrize("rule", quick_takes(["forum", "float32"], [rule for rule in RULES if rule != "pytorch"]))
def test_the_smallest_size_is_where_the_windows_first_differ(rule):
    """Neither the numbers that are pooled nor those that are sent back hide a wrong window."""
    pool, gradient = PoolTask(), GradientTask()
    from pooltutor import gradient as gradient_of
    from pooltutor import pool as pool_of

    for size in pool.sizes:
        if not RULES[rule].defined(*size):
            continue
        wrong = list(bins(*size, rule)) != list(bins(*size))
        assert pool.same(pool_of(powers(size[0]), size[1], rule=rule), size) != wrong, size
        by_rule = gradient_of([k * k for k in range(1, size[1] + 1)], size[0], rule=rule)
        assert gradient.same(by_rule, size) != wrong, size


def test_the_picture_is_a_duel_where_windows_can_be_told():
    attempt = tried("pool", POOL_BY.format(rule="equal_kernel"))
    assert type(attempt.picture).__name__ == "DuelPicture"
    assert attempt.picture.headline.get_text() == "✗ Window 1 is 1:3 under one kernel, 1:4 under PyTorch."
    html = attempt._repr_html_()
    assert html.count("<img ") == 1
    assert "<li>" in html
    for kind, arrived in (("gradient", "what arrives"), ("pool2d", "x")):
        source = next(source for each, source, *_ in WRONG if each == kind)
        panels = tried(kind, source).picture.panels
        assert [panel.title.get_text() for panel in panels] == [arrived, "yours", "PyTorch's"]


ODD = [
    ("rule", rule_of("n - i", "n")),
    ("rule", rule_of("n", "0")),
    ("rule", rule_of("-1e300", "1e300")),
    ("rule", rule_of("-10**12", "10**12")),
    ("rule", rule_of("i * n // m + .0", "-(-(i + 1) * n // m) + 1e15")),
    ("pool", RIGHT["pool"] + "\ng = f\ndef f(x, m):\n  return g(x, m)[::-1]"),
    ("pool", "def f(x, m):\n  return [float('inf')] * m"),
    ("pool", "def f(x, m):\n  return [-x[0]] * m"),
    ("gradient", "def f(g, n):\n  return [float('nan')] * n"),
    ("gradient2d", "def f(g, s):\n  return [[float('nan')] * s[1]] * s[0]"),
    ("pool2d", "def f(x, t):\n  return [[1e308] * t[1]] * t[0]"),
    ("overlap_count", "def f(n, m):\n  return float('nan')"),
]


@pytest.mark.parametrize(("kind", "source"), ODD)
def test_an_odd_answer_has_a_sentence_and_a_picture(kind, source):
    attempt = tried(kind, source)
    assert attempt.right is False
    assert attempt.text.startswith("Not yet: ")
    assert len(attempt.details) >= 2
    assert "<img " in attempt._repr_html_()


def test_a_bar_shows_how_far_a_slow_run_has_got_and_goes_away(monkeypatch):
    told = []

    class Bar:
        console, task_ids = SimpleNamespace(is_jupyter=False, quiet=False), ["only"]

        def update(self, task, completed, refresh):
            told.append(completed)

        def stop(self):
            told.append("gone")

    monkeypatch.setattr(running, "SECONDS_WITHOUT_BAR", 0.0)
    monkeypatch.setattr(running, "_new_bar", lambda count: Bar())
    assert tried("overlap_count", RIGHT["overlap_count"])
    assert told == [*range(1, 37), "gone"]
    told.clear()
    tried("overlap_count", "def f(n, m):\n  return 0 if n < 3 else 1 / 0")
    assert told == [1, 2, 3, "gone"]


# No answer -----------------------------------------------------------------------------------------------------


def test_what_is_not_filled_in_is_the_learners_turn():
    for attempt in (
        exercises.try_pool(...),
        exercises.try_rule(None, ...),
        tried("pool", "def f(x, m):\n  return ..."),
        tried("rule", "def start(i, n, m):\n  return ...\ndef stop(i, n, m):\n  return ..."),
        tried("gradient", "def f(g, n):\n  return [..., ...]"),
    ):
        assert (attempt.right, attempt.text) == (None, words.say("exercises.your_turn"))


def test_what_is_no_function_gets_a_sentence_with_an_example():
    for kind in TRY:
        attempt = TRY[kind](*([5] if kind != "rule" else [5, 6]))
        assert attempt.right is None
        assert attempt.text.startswith("This cannot be read. Type ")


# Hostile -------------------------------------------------------------------------------------------------------

PATIENCE = 20.0  # seconds for what does end, on a machine that is busy with other tests
HOSTILE = {  # what the function does: its body, and what is said of it
    "loops": ("while True: pass", "took more than 1 seconds"),
    "sleeps": ("import time; time.sleep(99)", "took more than 1 seconds"),
    "loops in C": ("sum(range(10**12))", "took more than 1 seconds"),
    "catches all": (
        "while True:\n    try:\n      while True: pass\n    except BaseException: pass",
        "took more than 1",
    ),
    "ignores signals": (
        "import signal\n  signal.signal(15, signal.SIG_IGN)\n  while True: pass",
        "took more than 1 seco",
    ),
    "recurses": ("return f(x, m)", "RecursionError: .+, in line 2: return f\\(x, m\\)"),
    "recurses deep": (
        "import sys\n  sys.setrecursionlimit(10**9)\n  return f(x, m)",
        "(ended the process|memory|Error|took)",
    ),
    "leaves": ("import sys; sys.exit(3)", "SystemExit: 3, in line 2: import sys; sys.exit\\(3\\)"),
    "leaves at once": ("import os; os._exit(0)", "ended the process"),
    "kills itself": ("import os; os.kill(os.getpid(), 9)", "ended the process"),
    "interrupts itself": ("raise KeyboardInterrupt", "KeyboardInterrupt, in line 2"),
    "crashes": ("import ctypes; ctypes.string_at(0)", "ended the process"),
    "allocates": ("return [0] * 10**11", "MemoryError"),
    "allocates bit by bit": ("y = []\n  while True: y.append(bytearray(10**7))", "(MemoryError|MB of memory)"),
    "closes all files": ("import os; os.closerange(0, 99)", "(ended the process|Error)"),
    "asks": ("return input('?')", "EOFError"),
    "divides by zero": ("return [1 / 0]", "ZeroDivisionError: division by zero, in line 2: return \\[1 / 0\\]"),
    "raises with much to say": ("raise ValueError('word ' * 10**6)", "ValueError: word word .{150,190}, in line 2"),
    "raises what cannot be said": ("class E(Exception):\n    __str__ = None\n  raise E", "stops with E, in line 4"),
    "returns itself": ("return f", "returns <function f"),
    "returns text": ("return 'yes'", "returns 'yes'. It should return one number"),
    "returns nothing": ("pass", "Put return before its result"),
    "returns one number too many": ("return [1.0] * (m + 1)", "returns 2 numbers. It should return one number"),
    "returns a million numbers": ("return list(range(10**6))", "returns \\[0, 1, 2, 3, 4, 5, \\.\\.\\.\\]"),
    "returns without end": ("import itertools; return itertools.count()", "returns \\[0, 1, 2"),
    "returns a huge array": (
        "import numpy; return numpy.zeros((9999, 9999))",
        "(returns \\(9999, 9999\\)|MemoryError)",
    ),
    "returns a huge number": ("return [10 ** 9999]", "returns 10000"),
    "returns rows": ("return [[1, 2], [3]]", "rows of unequal length"),
    "returns truth": ("return [True]", "returns True"),
    "returns NaN": ("return [float('nan')] * m", "an output is no mean"),
    "returns what raises": (
        "class A:\n    def __iter__(self): raise OSError('no')\n  return A()",
        "OSError: no, in line 3",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("deed", HOSTILE)
def test_hostile_code_gets_a_sentence_and_harms_nobody(deed, capfd, monkeypatch):
    body, said = HOSTILE[deed]
    monkeypatch.setattr(sandbox, "MEMORY", 2**28)
    monkeypatch.setattr(sandbox, "CALL_SECONDS", 1.0 if "took" in said else PATIENCE)
    begun, threads = time.monotonic(), threading.active_count()
    attempt = tried("pool", f"def f(x, m):\n  {body}")
    assert attempt.right is False
    assert re.search(said, attempt.text), attempt.text
    assert "Traceback" not in attempt.text
    assert len(attempt.text) < 500
    assert time.monotonic() - begun < 30
    assert threading.active_count() <= threads + 1, "the one that listens may need a moment to end"
    assert capfd.readouterr() == ("", "")


HARMLESS = {  # right all the same
    "prints a million lines": "for k in range(10**6 if m == 1 and len(x) == 1 else 0): print(k)",
    "prints one endless line": "print('x' * 10**7, end='') if m == 1 and len(x) == 1 else None",
    "writes to the files of the system": "import os, sys; os.write(1, b'x'); os.write(2, b'y');"
    " print('z', file=sys.stderr)",
    "starts threads that never end": "import threading, time; [threading.Thread(target=time.sleep, args=(99,)).start()"
    " for _ in range(9 if m == len(x) == 1 else 0)]",
    "starts a process that never ends": "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time;"
    " time.sleep(99)']) if m == len(x) == 1 else None",
    "changes what it got": "x = x.copy(); x *= 1",
}


@pytest.mark.slow
@pytest.mark.parametrize("deed", HARMLESS)
def test_what_a_function_does_besides_stays_in_its_process(deed, capfd, monkeypatch):
    monkeypatch.setattr(sandbox, "CALL_SECONDS", PATIENCE)
    attempt = tried("pool", RIGHT["pool"].replace("    n = len(x)", f"    {HARMLESS[deed]}\n    n = len(x)"))
    assert attempt, attempt
    assert len(attempt.printed) <= 6
    assert len(repr(attempt)) < 1200
    assert capfd.readouterr() == ("", "")


def test_the_first_lines_that_are_printed_are_shown():
    attempt = tried("pool", "def f(x, m):\n  print('size', len(x), m)\n  return x[:m] if m <= len(x) else [0] * m")
    assert attempt.shown_lines == ["size 1 1", "size 1 2", "size 2 1", "size 1 3", "size 2 2", "..."]
    assert "<pre>size 1 1\n" in attempt._repr_html_()
    assert repr(attempt).endswith("  ...")


@pytest.mark.skipif(not os.path.exists("/proc"), reason="looks at processes as Linux has them")
def test_no_process_is_left_behind():
    mark = f"left-behind-{time.time()}"
    body = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(99)', '{mark}'])"
    tried("pool", f"def f(x, m):\n  {body}\n  while True: pass")
    for _ in range(50):
        lines = [read(f"/proc/{pid}/cmdline") for pid in os.listdir("/proc") if pid.isdigit()]
        left = [line for line in lines if mark in line]
        if not left:
            break
        time.sleep(0.1)
    assert left == []


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read().decode(errors="replace")
    except OSError:
        return ""


def test_what_cannot_be_sent_is_named():
    attempt = tried("pool", "import threading\nlock = threading.Lock()\ndef f(x, m):\n  with lock: return [1]")
    assert attempt.right is None
    assert "lock cannot be taken there" in attempt.text


@pytest.fixture
def hears_interrupts():
    """A job in the background, as the tests may be, ignores them."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("hears_interrupts")
def test_an_interrupt_ends_it_and_raises_nothing():
    before = signal.getsignal(signal.SIGINT)
    timer = threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    attempt = tried("pool", RIGHT["pool"].replace("    n = len(x)", "    import time; time.sleep(0.3)\n    n = len(x)"))
    timer.cancel()
    assert attempt.right is None
    assert re.match(r"You stopped this after \d of 64 sizes\.", attempt.text)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_slow_function_is_stopped_and_what_is_known_of_it_is_said(monkeypatch):
    monkeypatch.setattr(running, "ALL_SECONDS", 0.5)
    slow = RIGHT["pool"].replace("    n = len(x)", "    import time; time.sleep(0.1)\n    n = len(x)")
    attempt = tried("pool", slow)
    assert attempt.right is False
    assert re.search(r"right at the first \d sizes, but it is slow: after 0.5 seconds", attempt.text)


def test_a_failure_comes_before_the_error_after_it():
    attempt = tried("pool", "def f(x, m):\n  if len(x) == 4: raise OSError('four')\n  return [1] * m")
    assert attempt.smallest == (2, 1)
    assert attempt.details[-1].startswith(
        "It got no further: at 4 → 1 your function stops with OSError: four, in line 2"
    )


PROGRAM = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from pooltutor import exercises
def f(x, m):
    import time
    print('called')
    time.sleep(0.2)
    return [x[i * len(x) // m : -(-(i + 1) * len(x) // m)].mean() for i in range(m)]
print("ready", flush=True)
print(exercises.try_pool(f))
print(1 + 1)
"""


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="Windows has no groups of processes")
def test_an_interrupt_of_the_whole_group_stops_it_and_the_program_goes_on():
    """So does Jupyter interrupt a kernel. The function is one of `__main__`, as those of a notebook are."""
    command = [sys.executable, "-c", PROGRAM]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True, text=True) as program:
        assert program.stdout.readline() == "ready\n"
        time.sleep(1.5)
        os.killpg(program.pid, signal.SIGINT)
        output = program.stdout.read()
    assert re.match(r"… You stopped this after \d+ of 1024 sizes\.", output), output
    assert output.endswith("\n2\n")
    assert program.returncode == 0


# Words ---------------------------------------------------------------------------------------------------------


def test_what_is_said_is_words(tmp_path):
    with spoken(tmp_path):
        attempts = [
            tried("rule", rule_of("i * n // m", "i * n // m + ceil(n / m)")),
            tried("gradient", "def f(g, n):\n  return [sum(g) / n] * n"),
            tried("pool2d", "def f(x, t):\n  return [[0] * t[1]] * t[0]"),
            tried("overlap_count", "def f(n, m):\n  return m - 1"),
            tried("pool", "def f(x, m):\n  return [1, 2, 3, 4]"),
            tried("pool", RIGHT["pool"]),
            exercises.try_pool(5),
        ]
        texts = [text for attempt in attempts for text in (attempt.text, *attempt.details)]
    assert len(texts) > 15
    assert {word for text in texts for word in outside(text)} == set()


def test_every_word_about_code_is_used():
    source = "".join(path.read_text(encoding="utf-8") for path in Path(coding.__file__).parent.glob("*.py"))
    assert {key for key in words.load()["coding"] if f"coding.{key}" not in source} == set()
