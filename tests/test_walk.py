"""The hostile walk's own machinery: a few steps of each part that needs no browser, and what counts as a failure."""

from random import Random

import pytest

from benchmarks.walk import __main__ as walk
from benchmarks.walk.steps import LONGEST, Fell, check_sentence, numbers, walked

QUICK = ("images", "poolings", "lines", "room")  # calls may ask for much memory, the page needs a browser


@pytest.mark.parametrize("name", QUICK)
def test_a_few_steps_of_a_part_fall_nowhere(name):
    with walk.PARTS[name]() as step:
        found = walked(name, step, 0, numbers(60, most=3))
    assert (found.tried, found.failures) == (3, {})


def test_a_step_is_the_same_each_time_and_with_another_seed_another():
    seen = []
    for seed in (1, 1, 2):
        walked("part", lambda random: seen.append(random.random()), seed, iter([7]))
    assert seen[0] == seen[1] != seen[2]


def test_what_falls_is_told_with_how_to_repeat_it_and_the_walk_goes_on(monkeypatch, capsys):
    def step(random):
        if random.random() < 0.5:
            raise Fell("it was tried")

    class Part:
        def __enter__(self):
            return step

        def __exit__(self, *error):
            return None

    monkeypatch.setattr(walk, "numbers", lambda seconds: iter(range(20)))
    monkeypatch.setattr(walk, "limit_memory", lambda: None)
    monkeypatch.setattr(walk, "PARTS", {"part": Part})
    assert walk.main(["--seed", "3"]) == 1
    first, *lines = capsys.readouterr().out.splitlines()
    assert first == f"part: 20 tried, {len(lines) // 2} fell"
    assert 0 < len(lines) // 2 < 20
    assert lines[0] == "  Fell: it was tried"
    repeated = lines[1].split()[3:]
    assert walk.main(repeated) == 1
    assert capsys.readouterr().out.startswith("part: 1 tried, 1 fell")


def test_a_walk_without_a_fall_ends_with_0_and_an_unknown_part_with_2(monkeypatch, capsys):
    assert walk.walk("images", 0, 0.1) == 0
    with pytest.raises(SystemExit) as left:
        walk.main(["nothing"])
    assert left.value.code == 2
    assert "there is no part 'nothing'; there is events, addresses, images," in capsys.readouterr().err


def test_the_walk_ends_when_its_time_is_over_or_its_steps_are_done():
    assert list(numbers(60, most=3)) == [0, 1, 2]
    assert list(numbers(-1)) == []


@pytest.mark.parametrize("text", ["", " ", "two\nlines", "x" * (LONGEST + 1)])
def test_what_is_no_sentence_is_a_fall(text):
    with pytest.raises(Fell):
        check_sentence(text, "something")


def test_a_sentence_is_none():
    check_sentence("n must be an integer from 1 to 4, got 5\n", "something")


def test_a_pooling_that_is_wrong_falls(monkeypatch):
    from benchmarks.walk import poolings

    monkeypatch.setattr(poolings.pooltutor, "pool", lambda x, m, kind: poolings.np.zeros(m))
    found = walked("poolings", poolings.compare, 0, iter([0]))
    assert found.failures[0].endswith("outputs differ from PyTorch's")


def test_a_phone_that_gets_no_page_is_a_fall(monkeypatch):
    from benchmarks.walk import room
    from pooltutor.room.server import serving

    monkeypatch.setattr(room, "serving", lambda page: serving("another page"))
    with room.steps() as step, pytest.raises(Fell, match="10 of 10 phones did not get the page"):
        step(Random(0))
