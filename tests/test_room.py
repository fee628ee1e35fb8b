"""The room without a socket: who counts, when an answer is taken, what is told to whom."""

import io

import pytest

from pooltutor.access import numeric_refusal
from pooltutor.room import protocol, qr
from pooltutor.room.protocol import LOBBY, Answer, Command, Join, Nonsense, Refused, Room, read_phone, read_teacher
from tests.rooms import ASKS, STEPS

SENT = {**ASKS, "ask": {"kind": "windows", "send": True}}
A, B, C = ("a" * 32, "b" * 32, "c" * 32)


@pytest.fixture
def room():
    """A room with two phones, at its first question."""
    room = Room(STEPS)
    room.join(A)
    room.join(B)
    assert room.obey(Command("go", 1))
    return room


def reason_of(function, *arguments):
    with pytest.raises(Refused) as refused:
        function(*arguments)
    return refused.value.reason


def test_a_phone_is_told_the_open_step_and_no_other(room):
    assert room.for_phone(A) == {"step": 1, "steps": 3, "content": SENT, "revealed": False, "given": ""}
    room.obey(Command("go", LOBBY))
    assert room.for_phone(A)["content"] is None


def test_an_answer_may_be_changed_until_the_reveal_and_counts_once(room):
    for given in ("0:2 1:3 3:5", "0:2 1:4 3:5"):
        room.answer(A, Answer(1, given))
    assert room.for_teacher() == {"step": 1, "phones": 2, "answered": 1, "revealed": False, "answers": None}
    assert room.obey(Command("reveal", 1))
    assert room.for_teacher()["answers"] == [("0:2 1:4 3:5", 1)]
    assert reason_of(room.answer, A, Answer(1, "0:1 1:2 2:3")) == "late"
    assert room.for_phone(A)["given"] == "0:2 1:4 3:5"
    assert room.for_phone(B) == {"step": 1, "steps": 3, "content": SENT, "revealed": True, "given": ""}


def test_what_was_answered_is_nowhere_in_what_the_teacher_is_told_before_the_reveal(room):
    room.answer(A, Answer(1, "0:2 1:3 3:5"))
    assert "1:3" not in str(room.for_teacher())
    assert "1:3" not in str(room.for_phone(B))


def test_only_the_open_step_takes_an_answer_and_only_if_it_asks(room):
    assert reason_of(room.answer, A, Answer(2, "0:2")) == "late"
    assert reason_of(room.answer, A, Answer(0, "0:2")) == "late"
    room.obey(Command("go", 0))
    assert reason_of(room.answer, A, Answer(0, "0:2")) == "late"
    room.obey(Command("go", LOBBY))
    assert reason_of(room.answer, A, Answer(LOBBY, "0:2")) == "late"


def test_a_phone_that_sleeps_still_counts_and_one_with_two_pages_counts_once(room):
    room.answer(A, Answer(1, "0:2"))
    room.leave(A)
    assert (room.for_teacher()["answered"], room.for_teacher()["phones"]) == (1, 2)
    room.join(A)
    room.join(A)
    assert room.for_teacher()["phones"] == 2
    room.leave(A)
    assert room.here == {A: 1, B: 1}
    room.leave(A)
    room.leave(B)
    assert room.here == {}
    room.obey(Command("go", 2))
    assert room.for_teacher()["phones"] == 0


def test_a_step_that_is_opened_again_has_kept_its_answers(room):
    room.answer(A, Answer(1, "0:2"))
    room.obey(Command("reveal", 1))
    room.obey(Command("go", 2))
    assert room.for_teacher() == {"step": 2, "phones": 2, "answered": 0, "revealed": False, "answers": None}
    room.obey(Command("go", 1))
    assert room.for_teacher()["answers"] == [("0:2", 1)]


def test_a_question_may_be_asked_once_more(room):
    room.answer(A, Answer(1, "0:2"))
    assert not room.obey(Command("again", 1))  # it is still open
    room.obey(Command("reveal", 1))
    assert room.obey(Command("again", 1))
    assert room.for_teacher() == {"step": 1, "phones": 2, "answered": 0, "revealed": False, "answers": None}
    room.answer(A, Answer(1, "0:3"))
    assert room.for_teacher()["answered"] == 1


@pytest.mark.parametrize(
    "command",
    [("go", 1), ("go", 3), ("go", -2), ("go", 10**30), ("reveal", 0), ("reveal", 2), ("again", 2), ("again", 10**9)],
)
def test_a_command_that_comes_twice_or_too_late_changes_nothing(room, command):
    assert not room.obey(Command(*command))
    assert (room.step, room.revealed) == (1, set())


def test_a_step_that_does_not_ask_is_not_revealed(room):
    room.obey(Command("go", 0))
    assert not room.obey(Command("reveal", 0))


def test_a_full_room_lets_those_in_who_are_in(room, monkeypatch):
    monkeypatch.setattr(protocol, "MOST_PHONES", 2)
    assert reason_of(room.join, C) == "full"
    room.join(A)
    for phone in (A, B):
        room.answer(phone, Answer(1, "0:2"))
    room.leave(B)
    room.join(C)
    assert reason_of(room.answer, C, Answer(1, "0:2")) == "full"  # or whoever comes under new names fills the memory
    room.answer(B, Answer(1, "0:3"))


# What is said ----------------------------------------------------------------------------------------------


def test_a_phone_joins_and_answers_and_the_teacher_leads():
    assert read_phone(f'{{"type": "join", "phone": "{A}"}}') == Join(A)
    assert read_phone('{"type": "answer", "step": 1, "given": " start = i\\nstop = 2 "}') == Answer(
        1, "start = i\nstop = 2"
    )
    assert read_teacher('{"type": "join", "secret": "s"}') == Join("s")
    assert read_teacher('{"type": "again", "step": 1}') == Command("again", 1)


HOSTILE = {
    "nothing": "",
    "no JSON": "hello",
    "a list": "[]",
    "a number": "1",
    "null": "null",
    "deep": "[" * 10_000,
    "bytes": b"{}",
    "no type": "{}",
    "an unknown type": '{"type": "reveal", "step": 1}',
    "a type that is a list": '{"type": []}',
    "a short name": '{"type": "join", "phone": "ab"}',
    "a name of letters": f'{{"type": "join", "phone": "{"z" * 32}"}}',
    "a name with a line": f'{{"type": "join", "phone": "{A}\\n"}}',
    "a name that is a number": '{"type": "join", "phone": 1}',
    "no step": '{"type": "answer", "given": "1"}',
    "a step in text": '{"type": "answer", "step": "1", "given": "1"}',
    "half a step": '{"type": "answer", "step": 1.5, "given": "1"}',
    "true": '{"type": "answer", "step": true, "given": "1"}',
    "no number": '{"type": "answer", "step": NaN, "given": "1"}',
    "no answer": '{"type": "answer", "step": 1}',
    "an empty answer": '{"type": "answer", "step": 1, "given": " "}',
    "a list of answers": '{"type": "answer", "step": 1, "given": []}',
    "half a letter": '{"type": "answer", "step": 1, "given": "\\ud800"}',
    "a bell": '{"type": "answer", "step": 1, "given": "\\u0007"}',
    "text that runs to the left": '{"type": "answer", "step": 1, "given": "\\u202e1"}',
}


@pytest.mark.parametrize("said", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_no_page_of_ours_says_is_nonsense(said):
    with pytest.raises(Nonsense):
        read_phone(said)


@pytest.mark.parametrize(
    "said", ['{"type": "join"}', '{"type": "close", "step": 1}', '{"type": "go"}', '{"type": "go", "step": null}', "{"]
)
def test_the_teachers_page_is_held_to_its_words_too(said):
    with pytest.raises(Nonsense):
        read_teacher(said)


def test_an_answer_may_have_as_many_letters_as_a_formula():
    long = '{{"type": "answer", "step": 1, "given": "{}"}}'
    assert len(read_phone(long.format("1" * 1000)).given) == 1000
    assert reason_of(read_phone, long.format("1" * 1001)) == "long"


# The way in ------------------------------------------------------------------------------------------------


WHITE = {"█": "00", "▀": "01", "▄": "10", " ": "11"}  # of two squares, the upper one first; dark is "1"


def test_the_code_in_the_terminal_is_that_of_the_page(monkeypatch):
    address = "http://192.168.1.20:8866"
    rows, lines = qr.qr_rows(address), qr.qr_text(address, coloured=False).splitlines()
    unfolded = ["".join(WHITE[block][half] for block in line) for line in lines for half in (0, 1)]
    assert [row[4:-4] for row in unfolded[4 : 4 + len(rows)]] == rows  # four squares of quiet zone on each side
    assert all(set(row) == {"0"} for row in unfolded[:4])
    assert qr.qr_text(address, coloured=True).startswith("\033[97;40m█")
    monkeypatch.setattr(qr.sys, "stdout", io.TextIOWrapper(io.BytesIO(), "ascii"))
    assert qr.qr_text(address) == ""


@pytest.mark.parametrize(
    ("host", "origin", "answer"),
    [
        ("192.168.1.20:8866", None, None),
        ("localhost:8866", "http://localhost:8866", None),
        ("192.168.1.20:8866", "http://192.168.1.20:8866", None),
        ("192.168.1.20", None, "host"),
        ("192.168.1.20:80", None, "host"),
        ("rebound.example:8866", "http://rebound.example:8866", "host"),
        ("192.168.1.20.example:8866", None, "host"),
        ("", None, "host"),
        ("192.168.1.20:8866", "http://192.168.1.20:8867", "foreign"),
        ("192.168.1.20:8866", "https://elsewhere.example", "foreign"),
        ("192.168.1.20:8866", "null", "foreign"),
    ],
)
def test_a_phone_asks_for_a_machine_by_its_number_and_for_nobody_else(host, origin, answer):
    headers = {"Host": host} | ({} if origin is None else {"Origin": origin})
    assert numeric_refusal(headers, 8866) == answer
