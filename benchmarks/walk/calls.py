"""Bad calls of every public function: each gets an answer or one sentence of ours, in a few seconds."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import numpy as np

import pooltutor
from benchmarks.walk.steps import Fell, Step, check_sentence

PATIENCE = 10  # seconds
VALUES = (
    0, 1, 2, 3, 4, 7, 14, 64, -1, 10**5, 2**31, 2**31 + 1, 10**30, 2.0, float("nan"), True, None, "", "7", "pytorch",
    "max",
    "forum", "\u0663", "x" * 10**6, b"7", [], [1.0, 2.0, 5.0], [[1], [2, 3]], (2, 3), (None, 2), {}, {"a": 1},
    object(), 1j,
    np.arange(7.0), np.arange(7), np.float32(3), np.int64(5), np.array("pytorch"), np.zeros((0, 3)), np.ones((2, 3, 4)),
    np.ma.masked_array([1.0, 2.0], [True, False]), np.array([1, None], dtype=object), lambda i, n, m: (i, i + 1),
)  # fmt: skip
NAMED = {
    "bins": ("rule",), "pool": ("kind", "rule"), "gradient": ("kind", "x", "rule"), "matrix": ("rule",),
    "check": ("rule", "kind", "device", "dtype"), "explore": ("rule", "kind", "show", "x"),
    "explore2d": ("rule", "kind", "image", "show", "colour"), "atlas": (),
}  # fmt: skip
OTHERS = {"atlas": 1}  # what takes another number of arguments than two


def call(random: Random) -> None:
    """One function, with good and bad values by chance."""
    name = random.choice(list(NAMED))
    positional = [random.choice(VALUES) for _ in range(OTHERS.get(name, 2))]
    named = {each: random.choice(VALUES) for each in NAMED[name] if random.random() < 0.3}
    tried = f"{name}({', '.join([*map(_shown, positional), *(f'{k}={_shown(v)}' for k, v in named.items())])})"
    started = time.monotonic()
    try:
        found = getattr(pooltutor, name)(*positional, **named)
        if name in ("explore", "explore2d", "atlas"):
            found.close()
    except (TypeError, ValueError, OSError) as error:
        check_sentence(str(error), tried)
    except Exception as error:
        raise Fell(f"{tried} raises {type(error).__name__}: {str(error)[:200]}") from error
    if time.monotonic() - started > PATIENCE:
        raise Fell(f"{tried} took {time.monotonic() - started:.0f} s")


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) < 60 else f"{text[:40]}...{len(text)}"


@contextmanager
def steps() -> Iterator[Step]:
    """The step of this part."""
    yield call
