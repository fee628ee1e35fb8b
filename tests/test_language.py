"""One file of words is one language: without it nothing speaks, and another one that needs more room finds it."""

import json
import re
import shlex
from argparse import Action
from collections import Counter
from contextlib import suppress
from itertools import combinations
from pathlib import Path

import pytest

from pooltutor import RULES, bins, check, compare, figures, laws, page, pairs, words
from pooltutor.cli import binder_link, main
from pooltutor.cli.commands import PICTURES, parser
from pooltutor.formula.parser import FUNCTIONS
from pooltutor.kinds import KINDS
from pooltutor.legend import GRID_COLOURS, THEMES
from pooltutor.live import atlas, explore, explore2d
from pooltutor.live.shared import shared
from pooltutor.reference import TYPES
from tests import spec
from tests.extent import extent
from tests.pseudo import DATA, LETTERS, outside, spoken
from tests.quick import quick_takes
from tests.test_cli import COMMANDS, REFUSED

HOUSE = Path(words.__file__).parent.parent


@pytest.fixture
def pseudo(tmp_path):
    with spoken(tmp_path):
        yield


# The file ---------------------------------------------------------------------------------------------------


def texts(part, key="", path=""):
    """The path and the text of all that is said in the file, apart from what refers to another text."""
    if isinstance(part, (dict, list)):
        for name, each in part.items() if isinstance(part, dict) else enumerate(part):
            yield from texts(each, name, f"{path}.{name}" if path else str(name))
    elif isinstance(part, str) and key not in DATA and not part.startswith(words.REFERENCE):
        yield path, part


def english():
    return json.loads((words.FOLDER / "en.json").read_text(encoding="utf-8"))


def test_no_text_stands_twice_in_the_file():
    """But for symbols, which no language has other ones for."""
    counts = Counter(text for _, text in texts(english()) if LETTERS.search(re.sub("dL|d[xy]", "", text)))
    assert [text for text, count in counts.items() if count > 1] == []


def test_what_refers_to_another_text_reads_as_that():
    assert words.load()["figure"]["empty"] == words.load()["common"]["empty"] == "empty"
    assert not [text for _, text in texts(words.load()) if text.startswith(words.REFERENCE)]


def test_every_sentence_that_the_code_says_is_there_and_every_error_is_said():
    code = "\n".join(path.read_text(encoding="utf-8") for path in HOUSE.rglob("*.py"))
    said = set(re.findall(r'say\(\s*"([\w.]+)"', code))
    assert len(said) > 100
    known = {path for path, _ in texts(words.load())}
    assert said - known == set()
    errors = {path for path in known if path.startswith("errors.")} - said
    assert [path for path in errors if f'"{path.rpartition(".")[2]}"' not in code] == []


def test_a_language_is_used_if_it_has_a_file(tmp_path):
    with spoken(tmp_path):
        assert (words.languages(), words.current()) == (["en", "pseudo"], "pseudo")
        assert words.say("common.empty") == "«empty »"
    assert (words.languages(), words.current()) == (["en"], "en")


@pytest.mark.parametrize(
    ("language", "shown"), [("xx", "'xx'"), ("../en", "'../en'"), (None, "None"), (["en"], "['en']")]
)
def test_another_language_is_refused_in_one_sentence(language, shown):
    with spec.refused(ValueError, f"language must be one of en, got {shown}"):
        words.use(language)
    assert words.current() == "en"


# One process, several languages -------------------------------------------------------------------------------


def told():
    """What is said in places that remember numbers, or pictures, or what a browser has."""
    atlas()
    return {
        "rule": RULES["forum"].title,
        "chart": (pairs.chart("agreement", "forum").title, *pairs.chart("avgpool").labels, *pairs.chart("gcd").labels),
        "law": laws.equivalent_avg_pool(14, 4)[1],
        "html": bins(3, 2)._repr_html_(),
        "report": REPORT.text,
        "picture": figures.windows(bins(3, 2)).bars.texts[0].axes.texts[0].get_text(),
        "previews": (explore(3, 2).preview(), explore2d((2, 3), (1, 2)).preview(), atlas().preview()),
        "words": (shared().words["title"], shared().words["grid"]["title"]),
        "rules": [rule["title"] for rule in shared().rules],
        "legends": shared().charts["legends"]["gcd,pytorch"]["title"],
    }


REPORT = check(5, 3, rule="forum")


def test_a_change_of_language_shows_at_once_and_everywhere(tmp_path):
    before = told()
    with spoken(tmp_path):
        meanwhile = told()
    assert before == told()
    assert [name for name in before if before[name] == meanwhile[name]] == []
    assert not [one for one, other in zip(before["previews"], meanwhile["previews"], strict=True) if one == other]


def test_what_is_remembered_are_numbers(pseudo):
    gcd = pairs.chart("gcd")
    words.use("en")
    assert pairs.chart("gcd") is gcd
    assert gcd.title == "Greatest common divisor of n and m"


# The terminal -------------------------------------------------------------------------------------------------


def options_of(command):
    """All names that a parser and those below it take."""
    for action in command._actions:
        yield from action.option_strings
        yield action.metavar or action.dest.upper()
        choices = action.choices if isinstance(action, Action) and isinstance(action.choices, dict) else {}
        for name, each in choices.items():
            yield name
            yield from options_of(each)


NAMES = {
    *(*RULES, *KINDS, *TYPES, *THEMES, *pairs.CHARTS, *GRID_COLOURS, *PICTURES, *COMMANDS),
    *("pooltutor", "pooling.html", "pooltutor-lessons", "cpu", "cuda", "None", "help"),
    *(*FUNCTIONS, "mod"),  # formulas are written alike in every language
}
SAID = [
    "explain 7 5",
    "explain 60 50",
    "explain 5 3 --rule forum",
    "explain 8 4 --rule split",
    "check --up-to 5 --start 'i*n//m - 1' --stop 'start + n//m + 2'",
    "check --up-to 5 --start i*n//m --stop '(i+1)*n//(m-1)'",
    "check --up-to 5 --start i*n//m --stop -(-(i+1)*n//m)+i//m+1-(n+m)//(n+m)",
    "compare 5 3 --outputs 0.5,2.5,3.5",
    "compare 5 3 --outputs 0.5,2,3.5",
    "compare 5 3 --outputs 0.5,2,9",
    "explain 3 7 --rule round",
    "explain 6x8 4xNone --kind max",
    "check 14 4",
    "check 5 3 --rule forum --dtype float32",
    "check --up-to 2",
    "check --up-to 5 --rule fixed_stride --dtype float32",
    "figure gradient 7 5 -o out.svg",
    "figure atlas --colour agreement --rule forum -o out.svg",
    "figure 2d 6x8 4x3 --rule forum --kind max -o out.svg",
    "lab mine --copy-only",
    "page out.html",
    "",
    *(f"{command} --help" for command in [*COMMANDS, *(f"figure {name}" for name in PICTURES)]),
    *(line for line in REFUSED if "nodir" not in line),  # what is wrong with a file is said by the system
    *(
        "explain",
        "figure",
        "nothing",
        "explain 7 5 --json=3",
        "explain 7 5 --rule",
        "figure windows 6x8 4x3 -o out.svg",
    ),
    *("check 14", "explain 6x8 4x3x2", "explain 3 5 --rule fixed_stride", "check 14 4 --device nowhere"),
]


def is_code(line):
    """An example of a command, or a line of Python."""
    return re.match(r"  pooltutor |import |y = ", line)


@pytest.mark.parametrize("line", SAID)
def test_the_terminal_says_nothing_but_words_and_names(line, pseudo, capsys, tmp_path, monkeypatch):
    record = {"version": "2", "date": "2026-01-02", "count": "1", "program": "1"}
    monkeypatch.setattr(page, "recorded", lambda: record)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "400")
    with suppress(SystemExit):
        main(shlex.split(line))
    found = capsys.readouterr()
    shown = "\n".join(text for text in (found.out + found.err).splitlines() if not is_code(text))
    names = {part for name in (*NAMES, *options_of(parser())) for part in LETTERS.findall(name)}
    assert "«" in shown
    assert set(outside(shown)) - names == set()


def test_reports_tables_and_badges_are_said_in_words(pseudo):
    reports = (
        check((6, 8), (4, None)),
        check(5, 3, rule="forum"),
        check(14, 4, device="meta"),
        compare(5, 3, windows=[(0, 2)]),
        compare((4, 5), (2, 2), x=[[[0] * 5] * 4] * 2, outputs=[[[1, 0], [0, 0]]] * 2),
    )
    for report in reports:
        assert outside(repr(report)) == []
        assert outside(re.sub("<[^>]*>", "", report._repr_html_())) == []
    for b in (bins(14, 4), bins(60, 50), bins(3, 5, rule="round")):
        assert outside(re.sub("<[^>]*>", "", b._repr_html_())) == []
        assert set(outside(repr(b))) <= {"bins", "rule", "round"}
    assert outside(binder_link.markdown("git@github.com:someone/pooltutor.git")) == []
    assert {rule.found_in[0] for rule in RULES.values()} == {"«"}


# Pictures -----------------------------------------------------------------------------------------------------

DRAWN = {
    "windows": lambda: figures.windows(bins(14, 4), window=1),
    "maxima": lambda: figures.windows(bins(14, 4), kind="max"),
    "hidden": lambda: figures.windows(bins(14, 4, "forum"), hidden=True),
    "tiles": lambda: figures.windows(bins(8, 4)),
    "dual": lambda: figures.windows(bins(6, 8, "split")),
    "wrong": lambda: figures.windows(bins(5, 3, "forum")),
    "same": lambda: figures.windows(bins(14, 4, "forum")),
    "gradient": lambda: figures.gradient(bins(7, 5, "equal_kernel")),
    "gradient dual": lambda: figures.gradient(bins(6, 8)),
    "matrix": lambda: figures.matrix(bins(7, 5, "forum")),
    "matrix small": lambda: figures.matrix(bins(2, 2)),
    "matrix large": lambda: figures.matrix(bins(64, 40)),
    "matrix empty": lambda: figures.matrix(bins(3, 7, "round")),
    "duel": lambda: figures.duel(5, 3, "forum"),
    "duel undefined": lambda: figures.duel(6, 8, "fixed_stride", "split"),
    "duel same": lambda: figures.duel(8, 4, "split"),
    **{f"atlas {name}": lambda name=name: figures.atlas(name, "fixed_stride") for name in pairs.CHARTS},
    "grid": lambda: figures.grid(bins(6, 4), bins(8, 3), window=(1, 1)),
    "grid maxima": lambda: figures.grid(bins(6, 4), bins(8, 3), window=(1, 1), kind="max", colour="gradient"),
    "grid wrong": lambda: figures.grid(bins(6, 4, "forum"), bins(8, 3, "forum"), window=(1, 1), colour="overlaps"),
    "grid same": lambda: figures.grid(bins(6, 3, "split"), bins(8, 4, "split"), colour="influence"),
    "grid dual": lambda: figures.grid(bins(6, 8), bins(8, 9), window=(1, 1), colour="influence"),
    "grid hidden": lambda: figures.grid(bins(6, 4, "forum"), bins(8, 3, "forum"), hidden=True),
    "grid empty": lambda: figures.grid(bins(2, 3, "split"), bins(3, 2, "split"), window=(2, 0)),
    "grid pixels": lambda: figures.grid(bins(128, 7), bins(96, 5)),
    "arrays": lambda: figures.arrays({"12": [1, 2, 3], "34": [[1, 2]]}),
}
QUICK = [
    "windows",
    "wrong",
    "gradient",
    "matrix",
    "duel",
    "atlas gcd",
    "grid",
    "grid hidden",
    "arrays",
]  # of each kind one
FORMULAS = {rule.formula for rule in RULES.values()}


@pytest.mark.parametrize("name", quick_takes(QUICK, DRAWN))
def test_a_picture_has_room_for_longer_words_and_says_nothing_else(name, pseudo):
    picture = DRAWN[name]()
    shown = [text for text in picture.ax.texts if text.get_text()]
    assert [text.get_text() for text in shown if outside(text.get_text()) and text.get_text() not in FORMULAS] == []
    assert any("«" in text.get_text() for text in shown)
    assert outside(picture.title) == []
    left, bottom, right, top = extent(picture.ax).extents
    places = [(text.get_text(), *extent(text).extents) for text in shown]
    assert [text for text, x0, y0, x1, y1 in places if x0 < left or y0 < bottom or x1 > right or y1 > top] == []
    assert [(one[0], other[0]) for one, other in combinations(places, 2) if overlap(one[1:], other[1:])] == []


def overlap(one, other):
    """Whether two boxes (left, bottom, right, top) have a part in common."""
    return all(min(one[k + 2], other[k + 2]) > max(one[k], other[k]) for k in (0, 1))
