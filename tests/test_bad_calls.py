"""Every public function is called with nonsense: it answers, or says in one short sentence what is wrong, at once.

Each parameter of each function gets each of the values below, the others being right; then several at once, by a
seed. A call may return, or raise TypeError, ValueError or IndexError with one line of our own. It takes no two
seconds of the processor and gives no warning.
"""

import inspect
import itertools
import random
import re
import signal
import warnings
from contextlib import contextmanager

import numpy as np
import pytest

import pooltutor
from pooltutor import bins, figures, laws, pairs

NONSENSE = {
    "None": lambda: None,
    "''": lambda: "",
    "'a'": lambda: "a",
    "b'x'": lambda: b"x",
    "1.5": lambda: 1.5,
    "nan": lambda: float("nan"),
    "inf": lambda: float("inf"),
    "True": lambda: True,
    "-1": lambda: -1,
    "0": lambda: 0,
    "2**31": lambda: 2**31,
    "2**70": lambda: 2**70,
    "10**5000": lambda: 10**5000,
    "1j": lambda: 1j,
    "[]": list,
    "ragged": lambda: [[1], [1, 2]],
    "object()": object,
    "2 x 2": lambda: np.ones((2, 2)),
    "names": lambda: np.array(["avg", "avg"]),
    "masked": lambda: np.ma.masked_array([1.0, 2.0, 3.0], [0, 1, 0]),
    "complex": lambda: np.ones(3, complex),
    "objects": lambda: np.array([None, 1, "a"], object),
    "a megabyte": lambda: "x" * 10**6,
    "count()": itertools.count,
    "{}": lambda: {"a": 1},
    "lambda": lambda: lambda: 0,
    "set": lambda: {1, 2},
    "slice": lambda: slice("a"),
}

SIZES = {"input_size": 5, "target_size": 3}
RULE = {"rule": "pytorch"}
PICTURE = {"ax": None, "theme": "light"}
DRAWN = {"b": bins(5, 3), **PICTURE}
# A right call of each, by every parameter.
RIGHT = {
    pooltutor.bins: {**SIZES, **RULE},
    pooltutor.Bins: {**SIZES, **RULE},
    pooltutor.Bins.__getitem__: {"self": bins(5, 3), "i": 1},
    pooltutor.Bins.cut: {"self": bins(5, 3), "i": 1},
    pooltutor.Bins.differs: {"self": bins(5, 3), "other": bins(6, 3)},
    pooltutor.Bins.cut_text: {"self": bins(5, 3), "i": 1},
    pooltutor.pool: {
        "x": [1.0, 2, 3], "target_size": 2, "axes": None, "kind": "max", **RULE, "return_indices": False,
    },
    pooltutor.gradient: {
        "upstream": [1.0, 2], "input_size": 3, "axes": None, "kind": "max", "x": [1.0, 2, 3], **RULE,
    },
    pooltutor.matrix: {**SIZES, **RULE},
    pooltutor.check: {**SIZES, **RULE, "kind": "avg", "device": "cpu", "dtype": "float64"},
    pooltutor.compare: {
        **SIZES, "x": [1.0, 2, 3, 4, 5], "upstream": [1.0, 2, 3], "windows": bins(5, 3), "outputs": [1.5, 3, 4.5],
        "gradients": [1.0] * 5, "winners": [1, 3, 4], "kind": "max", "device": "cpu", "dtype": "float64",
    },
    pooltutor.try_rule: {**RULE, "up_to": 8},
    laws.overlap_count: SIZES,
    laws.window_lengths: SIZES,
    laws.influence: {**SIZES, **RULE},
    laws.exact_influence: {"b": bins(5, 3)},
    laws.influence_ratio: {**SIZES, **RULE},
    laws.equivalent_avg_pool: SIZES,
    laws.dual: {"b": bins(5, 3)},
    laws.mirror: {"b": bins(5, 3)},
    laws.period: SIZES,
    pairs.check_chart: {"name": "gcd"},
    pairs.chart: {"name": "gcd", **RULE},
    pairs.wrong_sizes: RULE,
    pairs.defined_sizes: RULE,
    pairs.smallest_wrong: RULE,
    figures.windows: {
        **DRAWN, "x": None, "upstream": None, "kind": "avg", "gradient": True, "hidden": False, "window": None,
    },
    figures.gradient: {**DRAWN, "upstream": None},
    figures.matrix: {**DRAWN, "x": None, "upstream": None},
    figures.duel: {**SIZES, **RULE, "against": "round", "x": None, "kind": "avg", **PICTURE},
    figures.atlas: {"colour": "gcd", **RULE, **PICTURE},
    figures.grid: {
        "rows": bins(3, 2), "columns": bins(2, 1), "x": None, "upstream": None, "kind": "avg", "colour": "values",
        "hidden": False, "window": None, **PICTURE,
    },
    figures.arrays: {"arrays": {"x": [1, 2, 3]}, "theme": "light", "digits": 3, "columns": None},
    figures.readme_picture: {"theme": "light"},
}  # fmt: skip
# Classes of what comes back, and views, whose settings have tests of their own.
NOT_HERE = [pooltutor.Bin, pooltutor.Report, laws.AvgPool, laws.Period, pairs.Chart, figures.Picture]
NOT_HERE += [pooltutor.atlas, pooltutor.explore, pooltutor.explore2d, pooltutor.story]


def public(module):
    """What a module offers to call: by its __all__, or what is its own and bears no underscore."""
    own = [name for name, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__]
    offered = [getattr(module, name) for name in getattr(module, "__all__", own) if not name.startswith("_")]
    return {value for value in offered if callable(value)}


def test_every_public_function_is_here():
    offered = set.union(*map(public, (pooltutor, laws, pairs, figures)))
    assert offered - set(NOT_HERE) == {call for call in RIGHT if "." not in call.__qualname__}


@contextmanager
def in_time(seconds):
    """Interrupt what takes longer, counted in time of the processor, so that a busy machine changes nothing."""

    def interrupt(*_):
        raise AssertionError(f"takes longer than {seconds} seconds")

    if not hasattr(signal, "setitimer"):  # Windows
        yield
        return
    before = signal.signal(signal.SIGPROF, interrupt)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


OURS = re.compile(r"must |up to |no windows|step cannot be zero")


def fault(call, given, seconds=2):
    """What is wrong with how a call ends; empty if nothing is."""
    try:
        with warnings.catch_warnings(), in_time(seconds):
            warnings.simplefilter("error")
            call(**given)
    except (TypeError, ValueError, IndexError) as error:
        text = str(error)
        if len(text) < 300 and "\n" not in text and OURS.search(text):
            return ""
        return f"{type(error).__name__}: {text[:200]}"
    except BaseException as error:
        return f"{type(error).__name__}: {str(error)[:200]}"
    return ""


def written(call, wrong):
    return f"{call.__module__}.{call.__qualname__}({', '.join(f'{name}={value}' for name, value in wrong.items())})"


def faults(call, tried):
    """The faults of the calls in which the parameters have these nonsensical values, by the call as text."""
    for wrong in tried:
        given = {**RIGHT[call], **{name: NONSENSE[value]() for name, value in wrong.items()}}
        if found := fault(call, given):
            yield written(call, wrong), found


def each_alone(call):
    return [{name: value} for name in RIGHT[call] if name != "self" for value in NONSENSE]


def some_together(call, count=30):
    draw = random.Random(call.__qualname__)
    names = [name for name in RIGHT[call] if name != "self"]
    for _ in range(count):
        chosen = draw.sample(names, draw.randint(1, len(names)))
        yield {name: draw.choice(list(NONSENSE)) for name in chosen}


@pytest.mark.parametrize("call", RIGHT, ids=lambda call: f"{call.__module__}.{call.__qualname__}")
def test_nonsense_is_refused_in_one_sentence(call):
    assert set(inspect.signature(call).parameters) == set(RIGHT[call]), "each parameter has its right value above"
    call(**RIGHT[call])  # the first call may load libraries, which takes its time
    assert fault(call, RIGHT[call]) == ""
    assert dict(faults(call, [*each_alone(call), *some_together(call)])) == {}


# What the harness calls a fault ------------------------------------------------------------------------------


def speaks(text, error=ValueError):
    def call():
        raise error(text)

    return call


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (speaks("The truth value of an array is ambiguous"), "ValueError: The truth"),
        (speaks("x must be " + "x" * 300), "ValueError: x must be"),
        (speaks("x must be\n1"), "ValueError: x must be"),
        (speaks("x must be 1", KeyError), "KeyError"),
        (lambda: warnings.warn("x must be 1", stacklevel=1), "UserWarning"),
        pytest.param(
            lambda: sum(1 for _ in itertools.count()),
            "AssertionError: takes longer",
            marks=pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Windows has no such clock"),
        ),
        (speaks("x must be 1, got 2"), ""),
        (lambda: None, ""),
    ],
)
def test_the_harness_finds_faults(call, said):
    found = fault(call, {}, seconds=0.3)
    assert found.startswith(said) if said else not found
