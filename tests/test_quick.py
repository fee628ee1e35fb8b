"""What --quick leaves out, and that nobody takes it for the whole; in which order files are shared out."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.conftest import longest_files_first
from tests.lab import PATIENCE
from tests.quick import quick_takes

ROOT = Path(__file__).resolve().parent.parent
FILE = """
import pytest

@pytest.mark.browser
def test_in_a_browser(): ...

@pytest.mark.browser
@pytest.mark.slow
def test_slow_in_a_browser(): ...

@pytest.mark.slow
def test_slow(): ...

def test_quick(): ...

@pytest.mark.engine
def test_in_other_engines(): ...
"""
APART = "1 tests in Chromium, Firefox and WebKit did NOT run: python3 run.py test --engines runs them."


def last_lines(folder, *options):
    """How pytest ends on a file of five tests, as if that lay in tests/."""
    (folder / "test_five.py").write_text(FILE, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-c", str(ROOT / "pyproject.toml"), "-p"]
    done = subprocess.run(
        [*command, "no:cacheprovider", f"--rootdir={folder}", *options, str(folder / "test_five.py")],
        cwd=ROOT, capture_output=True, encoding="utf-8", timeout=PATIENCE, check=True,
        env={**os.environ, "POOLTUTOR_BROWSER": "a browser that nobody opens"},
    )  # fmt: skip
    return done.stdout.splitlines()[-3:]


@pytest.mark.parametrize("processes", ["0", pytest.param("2", marks=pytest.mark.slow)])
def test_quick_leaves_out_browser_and_slow_tests_and_says_how_many(tmp_path, processes):
    said, apart, counted = last_lines(tmp_path, "--quick", "-n", processes)
    assert apart == APART
    assert said == "2 browser tests and 1 slow tests did NOT run: python3 run.py test runs them too."
    assert "1 passed" in counted


@pytest.mark.slow
def test_the_whole_leaves_out_other_engines_alone_and_says_so(tmp_path):
    *_, apart, counted = last_lines(tmp_path)
    assert apart == APART
    assert "4 passed, 1 deselected" in counted


def test_engines_alone_run_when_they_are_asked_for(tmp_path):
    *said, counted = last_lines(tmp_path, "--engines")
    assert "did NOT run" not in " ".join(said)
    assert "1 passed, 4 deselected" in counted


def test_the_files_that_take_longest_come_first_each_in_its_own_order():
    files = {"plain": [(), ()], "slow": [(), ("slow",)], "page": [("browser",), ()], "lab": [("browser", "lab"), ()]}
    items = [
        SimpleNamespace(path=path, name=f"{path} {k}", fixturenames=[*each], get_closest_marker={*each}.__contains__)
        for path, tests in files.items()
        for k, each in enumerate(tests)
    ]
    longest_files_first(items)
    names = [item.name for item in items]
    assert names == ["lab 0", "lab 1", "slow 0", "slow 1", "page 0", "page 1", "plain 0", "plain 1"]


def test_quick_takes_some_values_and_the_whole_run_all_of_them():
    first, marked, last = quick_takes([1, 3], [1, 2, 3])
    assert (first, marked.values, last) == (1, (2,), 3)
    assert [mark.name for mark in marked.marks] == ["slow"]
    with pytest.raises(AssertionError, match="is gone"):
        quick_takes([4], [1, 2, 3])
