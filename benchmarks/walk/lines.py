"""Command lines: status 0, 1 or 2, and for 2 one sentence."""

import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from random import Random

from benchmarks.walk.steps import Fell, Step, check_sentence
from pooltutor.cli import main

# What serves or measures for long gets a word that refuses it, or the one that ends it soon.
COMMANDS = ("explain", "check", "figure windows", "figure atlas", "figure 2d", "figure", "page no/x", "demo --port 80",
            "lab --copy-only", "binder-link --print", "nothing", "")  # fmt: skip
WORDS = (
    "7", "5", "14", "4", "6x8", "4x3", "4xNone", "None", "0", "-1", "x", "6x", "1e3", "7.5", "\u0663", "9" * 40, "",
    "~", "--",
    "1000001", str(2**31 + 1), "a" * 10**5, "~nosuchuser/x", "-o", "out.png", "out.svg", "out.jpg", "no/out.pdf",
    "--rule",
    "forum", "pytorch", "--kind", "max", "--json", "--up-to", "3", "--theme", "dark", "--dtype", "float16",
    "--device", "cuda",
    "--colour", "gcd", "values", "--against", "--help", "\n", "\\", "%s", "{}", "\udcff",
)  # fmt: skip


def line(random: Random) -> None:
    """One command line, in a folder of its own."""
    words = [*random.choice(COMMANDS).split(), *(random.choice(WORDS) for _ in range(random.randint(0, 5)))]
    tried = f"pooltutor {' '.join(word if len(word) < 50 else word[:20] + '...' for word in words)!r}"
    error = io.StringIO()
    with redirect_stdout(io.StringIO()), redirect_stderr(error):
        try:
            status = main(words)
        except SystemExit as left:  # argparse leaves by itself
            status = left.code
        except Exception as fault:
            raise Fell(f"{tried} raises {type(fault).__name__}: {str(fault)[:200]}") from fault
    if status not in (0, 1, 2):
        raise Fell(f"{tried} ends with {status}")
    if status == 2:
        check_sentence(error.getvalue(), tried)


@contextmanager
def steps() -> Iterator[Step]:
    """The step of this part, in a folder that is thrown away."""
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield line
        finally:
            os.chdir(before)
