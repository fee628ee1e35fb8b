"""Lesson 08: each exercise tells right from wrong, and what folds under it is right."""

import re
import textwrap

import nbformat
import pytest

import pooltutor
from pooltutor import bins, exercises
from tests.lessons import NOTEBOOKS, value_of
from tests.quick import quick_takes

CELLS = nbformat.read(NOTEBOOKS / "08-exercises.ipynb", 4).cells
NUMBER = re.compile(r"^marked\[(\d+)\] = ", re.M)
PLACES = {int(found[1]): k for k, cell in enumerate(CELLS) if (found := NUMBER.search(cell.source))}
"""Where the cell of each exercise is."""
SETUP = """
def start(i, n, m):
    return i * n // m
def stop(i, n, m):
    return -(-(i + 1) * n // m)
"""


def answered(number, answer):
    """What an exercise says to an answer, or to the body of its function."""
    source = CELLS[PLACES[number]].source
    body = textwrap.indent(textwrap.dedent(answer), "    ") if isinstance(answer, str) else ""
    names = {"__name__": "__main__", "pooltutor": pooltutor, "exercises": exercises, "marked": {}, "given": answer}
    exec(SETUP, names)
    for cell in CELLS[: PLACES[number]]:
        if cell.source.startswith("one_more"):
            exec(cell.source, names)
        exec("\n".join(re.findall("^import .+", cell.source, re.M)), names)  # what a learner has imported by then
    if number == 7 and body:
        start, stop = body.split("\n")
        source = source.replace("    return ...", start, 1).replace("    return ...", stop, 1)
    elif "answer = ..." in source:
        source = source.replace("answer = ...", "answer = given", 1)
    else:
        source = source.replace("    return ...", body, 1)
    return value_of(source, names)


RIGHT = {
    1: "0:3 2:6 5:9 8:11",
    2: [2, 7, 12],
    3: [(0, 1), (0, 2), (1, 2), (1, 3), (2, 3)],
    4: (3, 5, 2, 5, 3),
    5: [32, 24, 4],
    6: {15, 16, 19, 20},
    12: (4, 3),
    13: ["equal_kernel", "forum", "fixed_stride"],
}
WRONG = {  # an answer, and what is said of it
    1: ([(0, 3), (2, 5), (5, 8), (8, 11)], "one kernel for all windows, with ceil(11/4) = 3 cells"),
    2: ([2, 4, 7, 9, 12], "every pair of neighbours a shared cell"),
    3: ([(0, 1), (0, 1), (1, 2), (1, 2), (2, 3)], "one kernel for all windows"),
    4: ([6, 12, 6, 12, 6], "all of an output's gradient"),
    5: ([21, 30, 9], "counts every cut"),
    6: ([15, 16, 20], "AvgPool without padding"),
    7: ("return i * n // m\nreturn (i + 1) * n // m", "both ends down"),
    8: ("return n % m", "remainder of n by m"),
    9: ("n = len(x)\nreturn [x[i * n // m : (i + 1) * n // m + 1].mean() for i in range(m)]", "adds 1 to every stop"),
    10: ("return [sum(upstream) / n] * n", "every cell the same"),
    11: ("return [[x.mean()] * target[1]] * target[0]", "not the mean of its box"),
    12: ((6, 4), "there is a size with m ≤ n and n + m below 10"),
    13: (["forum", "round"], "'round' are not PyTorch's at 13 → 4"),
    14: ("return np.full(size, upstream.sum() / (size[0] * size[1]))", "every cell the same"),
}


def folded_code(number):
    """The answers in code that fold under an exercise."""
    fold = re.search(r"<details>.*?</details>", CELLS[PLACES[number] + 1].source, re.S)[0]
    blocks = re.findall(r"(?:^    .*\n)+", fold, re.M)
    return blocks or ["\n".join(re.findall(r"`(return .+?)`", fold))]


def test_there_are_fourteen_exercises_and_each_has_an_answer_that_folds():
    assert list(PLACES) == list(range(1, 15)) == list(WRONG)
    assert set(RIGHT) | {7, 8, 9, 10, 11, 14} == set(PLACES)
    for k in PLACES.values():
        assert re.search("<details>.+</details>", CELLS[k + 1].source, re.S)
        assert "… Your turn" in CELLS[k].outputs[0].data["text/plain"]


@pytest.mark.parametrize("number", RIGHT)
def test_a_right_answer_is_right(number):
    marked = answered(number, RIGHT[number]) if number != 1 else answered(1, bins(11, 4))
    assert marked.right, marked


@pytest.mark.parametrize("number", quick_takes([9], sorted(set(PLACES) - set(RIGHT))))
def test_the_code_that_folds_is_right(number):
    if number == 8:
        answers = re.findall(r"`(return .+?)`", CELLS[PLACES[8] + 1].source)
        assert len(answers) == 2
    else:
        answers = folded_code(number)
    for answer in answers:
        marked = answered(number, answer)
        assert marked.right, marked


@pytest.mark.parametrize("number", quick_takes([*RIGHT, 9], WRONG))
def test_a_wrong_answer_is_told_why(number):
    answer, said = WRONG[number]
    marked = answered(number, answer)
    assert marked.right is False
    assert said in marked.text, marked


@pytest.mark.parametrize("number", RIGHT)
def test_the_form_that_is_shown_is_not_the_answer(number):
    text = re.search(r"# for example (.+)", CELLS[PLACES[number]].source)[1]
    example = re.match(r"\[.*\]|\(.*?\)", text)[0]
    marked = answered(number, eval(example))
    assert marked.right is False, "it can be read"


def test_the_folded_answers_say_what_is_right():
    said = {number: CELLS[PLACES[number] + 1].source.split("</details>")[0] for number in PLACES}
    assert "0:3, 2:6, 5:9, 8:11" in said[1]
    assert "0:1, 0:2, 1:2, 1:3, 2:3" in said[3]
    assert [str(window) for window in bins(3, 5)] == ["0:1", "0:2", "1:2", "1:3", "2:3"]
    assert "3, 5, 2, 5, 3" in said[4]
    assert "cells 2, 7 and 12" in said[2]
    assert "at 15, 16, 19 and 20" in said[6]
    assert said[12].split("\n\n")[1].startswith("4 → 3.")
    assert "0:4, 3:7, 6:10, 9:13" in said[13]


def test_the_formula_to_break_is_right_where_the_lesson_says():
    text = next(cell.source for cell in CELLS if cell.source.startswith("It is right at"))
    sizes = [tuple(map(int, size)) for size in re.findall(r"(\d+) → (\d+)", text)]
    assert len(sizes) == 3
    names = {}
    exec(next(cell.source for cell in CELLS if cell.source.startswith("one_more")), names)
    assert all(list(bins(*size, names["one_more"])) == list(bins(*size)) for size in sizes)
