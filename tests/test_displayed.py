"""The table of displayed numbers: it names parts of a claim, and each mark of a picture has one meaning."""

from dataclasses import fields

from pooltutor.displayed import DISPLAYED, GIVEN, PLACES, as_data, unjudged
from pooltutor.verify import Claim
from pooltutor.words import load
from tests.alterations import ALTERED


def test_every_row_is_a_part_of_a_claim_and_has_its_sentences():
    parts = {field.name for field in fields(Claim)}
    assert {*DISPLAYED, *GIVEN} <= parts
    assert {kind.word for kind in DISPLAYED.values()} <= set(load()["report"])


def test_a_mark_is_of_one_kind():
    marks = [mark for kind in DISPLAYED.values() for mark in kind.marks]
    everything = [*marks, *(mark for part in GIVEN.values() for mark in part), *PLACES]
    assert len(everything) == len(set(everything))


def test_each_mark_is_altered_once_in_the_tests_of_the_browser():
    assert set(ALTERED) == {mark for part in (*(k.marks for k in DISPLAYED.values()), *GIVEN.values()) for mark in part}


def test_what_is_in_no_row_is_unjudged():
    assert unjudged([*DISPLAYED, *GIVEN]) == []
    assert unjudged(["outputs", "variances"]) == ["variances"]


def test_the_browser_gets_the_whole_table():
    sent = as_data()
    assert [row["part"] for row in sent["kinds"]] == list(DISPLAYED)
    assert (sent["given"], sent["places"]) == (GIVEN, PLACES)
