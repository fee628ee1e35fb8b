"""Questions as data: accepted or refused in one sentence, carried by a view, hidden in its still picture."""

import json

import pytest

from pooltutor import explore, explore2d
from pooltutor.stories.questions import FRESH, KINDS, LONGEST_ANSWER, check_answer, check_question, is_open
from tests.spec import refused

QUESTIONS = {
    1: [
        {"kind": "windows"},
        {"kind": "shared"},
        {"kind": "output", "index": 1},
        {"kind": "gradient", "index": 3},
        {"kind": "rank", "cells": [0, 1, 3]},
        {"kind": "count", "of": "shared"},
        {"kind": "size", "rule": "equal_kernel"},
        {"kind": "formula"},
    ],
    2: [
        {"kind": "count", "of": "four"},
        {"kind": "gradient", "index": [0, 0]},
        {"kind": "output", "index": [0, 1]},
    ],
}
KINDS_NAMED = "windows, shared, output, gradient, rank, count, size, formula"


@pytest.mark.parametrize("axes", QUESTIONS)
def test_each_kind_of_question_is_data_that_goes_through_a_view_unchanged(axes):
    assert {question["kind"] for question in QUESTIONS[axes]} == set(KINDS[axes])
    opens = {1: explore, 2: explore2d}[axes]
    for question in QUESTIONS[axes]:
        view = opens(question=question)
        assert view.question == question == json.loads(json.dumps(view.question))
        assert view.answer == FRESH
        assert opens(**view.state()).state() == view.state()
        assert check_question({**question, "send": None}, "question") == question


def test_own_words_and_tuples_are_taken():
    own = {"kind": "output", "index": (1, 2), "prompt": "Guess!", "hints": ("a", "b"), "send": True}
    taken = {"kind": "output", "index": [1, 2], "prompt": "Guess!", "hints": ["a", "b"], "send": True}
    assert check_question(own, "question") == taken


@pytest.mark.parametrize(
    ("wrong", "error", "sentence"),
    [
        (3, TypeError, "question must be a question such as {'kind': 'windows'} or None, got 3"),
        ({}, ValueError, f"question['kind'] must be one of {KINDS_NAMED}, got None"),
        ({"kind": "constructor"}, ValueError, f"question['kind'] must be one of {KINDS_NAMED}, got 'constructor'"),
        ({"kind": "output"}, TypeError, "question['index'] must be an integer from 0 to 4095, got None"),
        (
            {"kind": "windows", "right": "0:2"},
            ValueError,
            "question may have the fields hints, kind, prompt, send, got 'right'",
        ),
        (
            {"kind": "rank", "cells": [1]},
            ValueError,
            "question['cells'] must be a list of 2 to 6 different cells, got [1]",
        ),
        ({"kind": "windows", "send": 1}, TypeError, "question['send'] must be True or False, got 1"),
        (
            {"kind": "windows", "hints": "no"},
            ValueError,
            "question must have a list of at most 3 hints, got 'no'",
        ),
        (
            {"kind": "windows", "prompt": 4},
            TypeError,
            "question['prompt'] must be a text of at most 400 characters, got 4",
        ),
    ],
)
def test_anything_else_is_refused_in_one_sentence(wrong, error, sentence):
    view = explore(5, 3, question={"kind": "windows"})
    with refused(error, sentence):
        view.question = wrong
    assert view.question == {"kind": "windows"}


def test_a_view_asks_only_what_it_can():
    for axes, opens in ((2, explore), (1, explore2d)):
        for question in QUESTIONS[axes]:
            with pytest.raises((TypeError, ValueError)):
                opens(question=question)


def test_an_answer_is_complete_and_bounded():
    assert check_answer({"given": "0:2"}, "answer") == {**FRESH, "given": "0:2"}
    assert check_answer(None, "answer") == FRESH
    assert check_answer(None, "answer") is not FRESH
    long = "1" * (LONGEST_ANSWER + 1)
    bad = [
        {"given": 3},
        {"given": long},
        {"state": "wrong"},
        {"tries": -1},
        {"hints": 4},
        {"seed": 1.5},
        {"x": 1},
        [],
        "a",
    ]
    for wrong in bad:
        with pytest.raises((TypeError, ValueError), match="answer"):
            check_answer(wrong, "answer")


def test_a_page_cannot_send_a_question_that_is_none():
    view = explore(5, 3, question={"kind": "windows"})
    for sent in ({"question": {"kind": "x"}}, {"answer": {"given": "x" * 5000}}, {"answer": {"state": 5}}):
        view.set_state(sent)
    assert (view.question, view.answer) == ({"kind": "windows"}, FRESH)
    view.set_state({"answer": {**FRESH, "given": "0:2", "tries": 1}})
    assert view.answer["tries"] == 1


def test_another_question_begins_without_an_answer_unless_one_is_set_with_it():
    right = {"given": "0:2 1:4 3:5", "state": "right"}
    view = explore(5, 3, question={"kind": "windows"}, answer=right)
    assert view.answer == {**FRESH, **right}
    view.question = {"kind": "shared"}
    assert view.answer == FRESH
    for names in (("question", "answer"), ("answer", "question")):
        values = {"question": {"kind": "output", "index": len(names[0])}, "answer": {"given": names[0], "tries": 1}}
        with view.hold_trait_notifications():
            for name in names:
                setattr(view, name, values[name])
        assert view.answer["given"] == names[0]


def test_the_still_picture_hides_what_a_question_asks_until_it_is_answered():
    for opens, sizes in ((explore, (5, 3)), (explore2d, ((6, 8), (4, 3)))):
        question = QUESTIONS[1 if opens is explore else 2][0 if opens is explore else 2]
        hidden = opens(*sizes, show=[])
        assert opens(*sizes, question=question).still().alt == hidden.still().alt
        shown = opens(*sizes, question=question, answer={"state": "shown"})
        assert shown.still().alt == opens(*sizes).still().alt != hidden.still().alt


def test_a_question_is_open_until_it_is_answered_or_shown():
    states = {
        state: is_open({"kind": "windows"}, {**FRESH, "state": state}) for state in ("open", "sent", "right", "shown")
    }
    assert states == {"open": True, "sent": True, "right": False, "shown": False}
    assert not is_open(None, FRESH)
