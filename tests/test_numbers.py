"""What Python and the browser take for a list of numbers, and what they refuse: the same texts."""

import itertools

import numpy as np
import pytest

from pooltutor import explore
from pooltutor.live.joining import joined_code
from pooltutor.live.numbers import LONGEST_TEXT, MOST_NUMBERS, PRESETS, check_numbers, numbers
from tests.spec import refused

ACCEPTED = [
    *(
        "1",
        "1, 2",
        " 1;2\t3\n",
        "1.",
        ".5",
        "-1e5",
        "+3E-2",
        "inf",
        "-Infinity",
        "NaN",
        "1\u00a02",
        "1\u20032",
        "\ufeff7",
    ),
    *("ramp", " ramp ", "1,", ",1", "00012", "1e400", "9007199254740993", "0.1"),
    *("1," * MOST_NUMBERS, "1" * LONGEST_TEXT),
]
REFUSED = [
    *(
        "",
        ",",
        " ",
        ";;",
        "\u0663",
        "1\u06f2",
        "\uff11",
        "1\u00b2",
        "0x10",
        "1_000",
        "1e",
        "e5",
        ".",
        "+",
        "--1",
        "1,two",
    ),
    *(
        "\u0131nf",
        "\u0130nf",
        "\u017f",
        "infini",
        "+nan",
        "1\x1c2",
        "1\x852",
        "1\x1f",
        "1\u200b2",
        "1\0",
        "Ramp",
        "ramp,",
    ),
    *("constructor", "__proto__", "toString", "1e5.5", "1.2.3", "\u22121", "\u221e", "1" * 5000 + "x"),
    *("1," * MOST_NUMBERS + "1", "1" * (LONGEST_TEXT + 1)),
]


def taken_by_python(text):
    try:
        return [str(number) for number in numbers(check_numbers(text, "x"), 4)]
    except ValueError:
        return None


TAKEN = """
Object.assign(window, { firstBad });
window.taken = (text) => (isPreset(text) || firstBad(text) === undefined ? numbersOf(text, 4, []).map(String) : null);
"""


@pytest.fixture(scope="module")
def page(context):
    page = context.new_page()
    page.add_script_tag(type="module", content=joined_code("js/pure/numbers.js") + TAKEN)
    page.wait_for_function("window.taken !== undefined")  # modules run when they are ready
    yield page
    page.close()


@pytest.mark.parametrize("text", ACCEPTED, ids=lambda text: repr(text)[:20])
def test_python_takes_what_is_a_list_of_numbers(text):
    assert taken_by_python(text) is not None


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: repr(text)[:20])
def test_python_refuses_what_is_none(text):
    assert taken_by_python(text) is None


@pytest.mark.browser
def test_the_browser_takes_the_same_texts_for_the_same_numbers(page):
    for text in ACCEPTED:
        assert [*map(float, page.evaluate("taken", text))] == pytest.approx(
            [*map(float, taken_by_python(text))], 0, nan_ok=True
        ), text
    assert [text[:20] for text in REFUSED if page.evaluate("taken", text) is not None] == []


@pytest.mark.browser
def test_the_browser_shortens_what_it_refuses(page):
    assert page.evaluate("firstBad('1, ' + 'x'.repeat(1e6))") == "x" * 40


HUGE = {
    "text": "x" * 10**8,
    "list as text": "1," * 10**7,
    "array": np.zeros(MOST_NUMBERS + 1),
    "one token": "1" * (LONGEST_TEXT - 1) + "x",
    "endless": itertools.count(),
    "object": object(),
}


@pytest.mark.parametrize("name", HUGE)
def test_what_is_huge_is_refused_in_one_short_sentence(name):
    with pytest.raises(ValueError, match=r"^x must be a list of ") as refusal:
        explore(x=HUGE[name])
    assert len(str(refusal.value)) < 200


def test_as_many_numbers_as_a_view_can_show_are_taken():
    listed = np.random.default_rng(1).normal(size=MOST_NUMBERS)
    assert numbers(check_numbers(listed, "x"), MOST_NUMBERS).tolist() == listed.tolist()


def test_rows_of_several_lengths_are_no_list_of_numbers():
    presets = ", ".join(PRESETS)
    with refused(ValueError, f"x must be a list of numbers or one of {presets}, got [[1], [2, 3]]"):
        explore(x=[[1], [2, 3]])
