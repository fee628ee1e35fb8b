"""What README says is so. Its Python lines are run as doctests, beside these tests."""

import re
from pathlib import Path

from pooltutor.binning import bins
from pooltutor.rules import RULES

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_first_screen_has_a_sentence_a_picture_two_commands_and_python():
    first_screen = README.split("## What it is")[0]
    assert first_screen.startswith("# pooltutor\n\n**")
    assert first_screen.count("docs/windows-14-4-") == 2
    assert "```\npython3 run.py\npython3 run.py test\n```" in first_screen
    assert first_screen.count(">>> ") == 6  # one import and five lines


def test_every_file_that_is_linked_exists():
    links = re.findall(r"\]\(([^)#]+)\)|(?:src|srcset)=\"([^\"]+)\"", README)
    files = [a or b for a, b in links if not (a or b).startswith("http")]
    assert len(files) >= 6
    assert [name for name in files if not (ROOT / name).exists()] == []


def test_the_table_of_rules_is_what_the_rules_give():
    rows = re.findall(r"^\| `(\w+)` \| (.+) \| ((?:\d:\d ?)+) \|$", README, re.M)
    for name, _, windows in rows:
        assert windows.split() == [str(window) for window in bins(5, 3, name)]
    [(names, sizes)] = re.findall(r"^\| (`\w+`, .+`) \| .+ \| right here, wrong at (.+) \|$", README, re.M)
    floats = dict(zip(re.findall(r"`(\w+)`", names), re.findall(r"(\d+) → (\d+)", sizes), strict=True))
    for name, (n, m) in floats.items():
        assert list(bins(5, 3, name)) == list(bins(5, 3))
        assert list(bins(int(n), int(m), name)) != list(bins(int(n), int(m)))
    assert sorted([*(name for name, _, _ in rows), *floats]) == sorted(RULES)


def test_every_lesson_is_in_the_table():
    lessons = sorted(path.name for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"))
    assert re.findall(r"\(notebooks/([\w-]+\.ipynb)\)", README) == lessons


def test_the_rules_in_the_text_are_the_rules_in_the_code():
    lines = re.findall(r"^    (?:start|stop)  ?= ([^#\n]+)", README, re.M)
    for n in range(1, 25):
        for m in range(1, 25):
            assert [tuple(eval(line, {"i": i, "n": n, "m": m}) for line in lines) for i in range(m)] == list(bins(n, m))
