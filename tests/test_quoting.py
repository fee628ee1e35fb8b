"""What came is quoted in one short line, whatever it is."""

import itertools

import numpy as np
import pytest

from pooltutor.quoting import LONGEST, quoted


@pytest.mark.parametrize("value", ["four", "it's", b"\0\xff", 10**12, 2.5, None, True, (6, 8, 3), [], {"a": 1}, 1j])
def test_a_short_value_is_quoted_as_python_writes_it(value):
    assert quoted(value) == repr(value)


class Unwritable:
    def __repr__(self):
        raise RuntimeError


LONG = {
    "text": "x" * 10**6,
    "bytes": b"x" * 10**6,
    "integer": 10**100,
    "integer that Python does not write": 10**5000,
    "list": list(range(10**6)),
    "texts": ["x" * 1000] * 9,
    "dict": dict.fromkeys(range(1000), "x" * 1000),
    "array": np.zeros((1000, 1000)),
    "small array of two rows": np.zeros((2, 3)),
    "iterator": itertools.count(),
    "object": Unwritable(),
}


@pytest.mark.parametrize("name", LONG)
def test_anything_is_quoted_in_one_short_line(name):
    text = quoted(LONG[name])
    assert 0 < len(text) <= LONGEST
    assert "\n" not in text


def test_a_quotation_may_be_longer_where_it_is_asked_for():
    assert quoted("x" * 298, 300) == repr("x" * 298)
    assert len(quoted("x" * 299, 300)) <= 300


def test_what_is_left_out_is_shown_as_dots():
    assert quoted("x" * 10**6).count("...") == 1
    assert quoted("x" * 10**6).startswith("'xxx")
