"""check() and judge(): agreement is found, every kind of disagreement is found, silence is never a pass."""

import os
import subprocess
import sys
import tracemalloc
from dataclasses import replace
from functools import cache, reduce
from itertools import product
from math import prod
from pathlib import Path

import numpy as np
import pytest
import torch

from pooltutor import RULES, Report, bins, check, gradient, laws, pool, reference
from pooltutor.pooling import winners
from pooltutor.verify import Claim, Difference, NotChecked, judge
from tests import spec

VERSION = torch.__version__.split("+")[0]
KINDS = ("avg", "max")
PARTS = ("windows", "outputs", "gradients")


def claim(n=(14,), m=(4,), kind="avg", x=None, **changes):
    """A claim in which everything is right, but for ``changes``."""
    x = np.arange(np.prod(n), dtype=float).reshape(n) if x is None else np.asarray(x, dtype=float)
    front = x.shape[: x.ndim - len(n)]
    upstream = np.arange(1.0, np.prod(m) + 1).reshape(m)
    right = Claim(
        n,
        m,
        x,
        upstream,
        windows=[(b.start, b.stop) for b in map(bins, n, m)],
        outputs=pool(x, m, kind=kind),
        gradients=gradient(np.broadcast_to(upstream, (*front, *m)), n, kind=kind, x=x),
        kind=kind,
    )
    return replace(right, **changes)


def full_claim(front, n, m, kind="avg", **changes):
    """A right claim of everything but the matrix; no two channels are alike, and maxima have ties."""
    cells = np.arange(prod((*front, *n)))
    x = ((3 * cells * cells + 5 * cells) % 11 - 3.0).reshape(*front, *n)
    pairs = list(zip(n, m, strict=True))
    right = claim(
        n,
        m,
        kind,
        x,
        influence=gradient(np.ones((*front, *m)), n, kind=kind, x=x),
        coverage=reduce(np.multiply.outer, [coverage(*pair) for pair in pairs]),
        truth=[bars(*pair) for pair in pairs],
    )
    if kind == "max":
        right = replace(right, winners=winners(x, [bins(*pair) for pair in pairs]))
    return replace(right, **changes)


def coverage(n, m):
    return [sum(start <= j < stop for start, stop in spec.pytorch(n, m)) for j in range(n)]


def bars(n, m):
    """Windows, or above n the outputs that each cell feeds: those are the windows of m -> n."""
    return [(k, *bar) for k, bar in enumerate(spec.pytorch(max(n, m), min(n, m)))]


def changed(array, at, value):
    copy = np.array(array)
    copy[at] = value
    return copy


# check(): agreement ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_pair_to_16_agrees(kind):
    for n, m in product(range(1, 17), repeat=2):
        report = check(n, m, kind=kind)
        assert report, report
        assert report.compared == {"windows": m, "outputs": m, "gradients": n}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("n", "m", "windows", "outputs", "gradients"),
    [
        ((5, 7), (3, 4), 7, 12, 35),
        ((5, 7), (9, 4), 13, 36, 35),
        ((5, 7), (None, 4), 9, 20, 35),
        ((5, 7), 3, 6, 9, 35),
        ((4, 6, 5), (3, 2, 7), 12, 42, 120),
        ((4, 6, 5), (2, None, None), 13, 60, 120),
        ([14], [4], 4, 4, 14),
    ],
)
def test_one_two_and_three_axes_agree_and_are_counted(kind, n, m, windows, outputs, gradients):
    report = check(n, m, kind=kind)
    assert report, report
    assert report.compared == {"windows": windows, "outputs": outputs, "gradients": gradients}


@pytest.mark.parametrize("dtype", reference.TYPES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_dtype_agrees(kind, dtype):
    for n, m in [
        (14, 4),
        (7, 5),
        (5, 9),
        (64, 49),
        (300, 7),
        (1, 64),
        ((5, 7), (3, 4)),
        ((8, 40), (1, 3)),
        ((9, 8, 7), (2, 3, 1)),
    ]:
        report = check(n, m, kind=kind, dtype=dtype)
        assert report, report
        assert report.dtype == dtype


@pytest.mark.parametrize(("dtype", "m"), [("float32", (1, 2, 3)), ("float16", (1, 2, 3)), ("bfloat16", (2, 2, 3))])
def test_pytorch_may_lose_digits_for_each_number_that_it_sums_in_its_own_type(dtype, m):
    n = (12, 11, 10)  # in bfloat16 a sum of 288 numbers no longer grows: that is not rounding
    x = 1 + np.random.default_rng(0).random(n)
    report = judge(claim(n, m, x=x, dtype=dtype))
    assert report, report
    assert report.largest_difference > 4 * float(torch.finfo(getattr(torch, dtype)).eps)


# check(): disagreement -------------------------------------------------------------------------------------


WRONG_AT = {  # a size where the rule is wrong, the first wrong window, and a size where the rule is right
    "equal_kernel": (5, 3, Difference("window", 1, "1:3", "1:4"), (14, 4)),
    "forum": (7, 5, Difference("window", 2, "2:4", "2:5"), (14, 4)),
    "fixed_stride": (14, 4, Difference("window", 0, "0:5", "0:4"), (7, 3)),
    "float32": (26, 22, Difference("window", 11, "12:15", "13:15"), (14, 4)),
    "float64_ratio": (30, 22, Difference("window", 11, "14:17", "15:17"), (14, 4)),
    "split": (14, 4, Difference("window", 1, "4:8", "3:7"), (12, 4)),
    "round": (2, 3, Difference("window", 1, "empty", "0:2"), (12, 4)),
    "fraction_first": (13, 13, Difference("window", 6, "6:8", "6:7"), (14, 4)),
    "floor_floor": (3, 2, Difference("window", 0, "0:1", "0:2"), (12, 4)),
    "rest_to_last": (3, 2, Difference("window", 0, "0:1", "0:2"), (12, 4)),
    "ceil_kernel": (5, 3, Difference("window", 1, "1:3", "1:4"), (3, 2)),
    "equal_tiles": (3, 2, Difference("window", 0, "0:1", "0:2"), (12, 4)),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rule", [rule for rule in RULES if rule != "pytorch"])
def test_a_wrong_rule_disagrees_where_it_is_wrong_and_agrees_where_it_is_right(rule, kind):
    n, m, first, right_at = WRONG_AT[rule]
    report = check(n, m, rule=rule, kind=kind)
    assert not report
    assert (report.agrees, report.verdict, report.first_difference) == (False, "disagrees", first)
    assert report.compared == {"windows": m, "outputs": m, "gradients": n}
    assert check(*right_at, rule=rule, kind=kind)


@pytest.mark.parametrize("dtype", reference.TYPES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_dtype_is_so_coarse_that_wrong_numbers_alone_would_pass(kind, dtype):
    wrong = claim(kind=kind, windows=None, dtype=dtype, outputs=pool(np.arange(14), 4, kind=kind, rule="split"))
    assert judge(wrong).first_difference.what == "output"


def test_a_wrong_window_on_one_of_several_axes_is_named_with_its_axis():
    report = check((14, 7), (4, 5), rule="equal_kernel")
    assert report.first_difference == Difference("window", 2, "2:4", "2:5", axis=-1)
    assert str(report.first_difference) == "window 2 of the columns is 2:4 here, PyTorch's is 2:5"


@pytest.mark.parametrize(
    ("n", "m", "where"),
    [
        ((7,), (5,), ""),
        ((7, 4), (5, 2), " of the rows"),
        ((4, 7), (2, 5), " of the columns"),
        ((7, 4, 9), (5, 2, 3), " of the depth"),
        ((4, 7, 9), (2, 5, 3), " of the rows"),
        ((4, 9, 7), (2, 3, 5), " of the columns"),
    ],
)
def test_an_axis_is_named_as_in_an_image(n, m, where):
    report = check(n, m, rule="equal_kernel")
    assert str(report.first_difference) == f"window 2{where} is 2:4 here, PyTorch's is 2:5"
    axis = report.first_difference.axis
    assert (axis is None and len(n) == 1) or n[axis] == 7


def test_an_empty_window_is_called_empty():
    report = judge(claim((2,), (3,), windows=[([0, 0, 1], [1, 2, 1])]))
    assert str(report.first_difference) == "window 2 is empty here, PyTorch's is 1:2"


# The report ------------------------------------------------------------------------------------------------


def test_the_text_of_agreement_says_what_was_compared_and_how_closely():
    report = check(14, 4)
    assert report.text == (
        f"Same numbers as PyTorch {VERSION}. 4 windows, 4 outputs, 14 gradients compared; largest difference 0."
    )
    assert (report.verdict, report.agrees, report.mark, bool(report)) == ("agrees", True, "✓", True)
    assert repr(report) == f"✓ {report.text}"
    assert (report.version, report.first_difference, report.reason) == (VERSION, None, "")
    assert (report.input_size, report.target_size, report.kind, report.device) == ((14,), (4,), "avg", "cpu")


def test_the_text_of_disagreement_names_the_first_wrong_place():
    right = claim()
    report = judge(replace(right, outputs=right.outputs + np.array([0, 0.25, 0.5, 0])))
    assert report.text == (
        f"Not the same as PyTorch {VERSION}: output 1 is 4.75 here, PyTorch's is 4.5. "
        "4 windows, 4 outputs, 14 gradients compared; largest difference 0.5."
    )
    assert (report.verdict, report.agrees, report.mark, bool(report)) == ("disagrees", False, "✗", False)
    assert repr(report) == f"✗ {report.text}"


def test_the_text_names_device_and_dtype_unless_they_are_the_usual_ones():
    assert check(14, 4, dtype="float32").text.startswith(f"Same numbers as PyTorch {VERSION} (cpu, float32). 4 windows")


def test_the_version_is_pytorchs_without_the_build(monkeypatch):
    monkeypatch.setattr(torch, "__version__", "9.8.7+cpu")
    assert check(14, 4).version == "9.8.7"


def test_html_shows_mark_and_sentence_and_escapes_them():
    report = check(14, 4)
    assert f"<b>✓</b> {report.text}</div>" in report._repr_html_()
    assert "<b>✗</b> Not the same as PyTorch" in check(14, 4, rule="split")._repr_html_()
    unchecked = Report("unchecked", (14,), (4,), "avg", "cpu", "float64", reason="<i>&</i>")
    assert "<b>?</b> not checked: &lt;i&gt;&amp;&lt;/i&gt;</div>" in unchecked._repr_html_()


# judge(): each way to disagree ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("n", "m"), [((14,), (4,)), ((5,), (8,)), ((5, 7), (3, 4)), ((4, 6, 5), (3, 2, 7))])
def test_a_claim_in_which_everything_is_right_agrees(n, m, kind):
    report = judge(claim(n, m, kind))
    assert report, report


@pytest.mark.parametrize(
    ("part", "wrong", "sentence"),
    [
        ("windows", [([0, 3, 8, 10], [4, 7, 12, 14])], "window 2 is 8:12 here, PyTorch's is 7:11"),
        ("windows", [([0, 3, 7, 10], [4, 7, 11, 13])], "window 3 is 10:13 here, PyTorch's is 10:14"),
        ("windows", [([0, 3, 7, 10], [4, 7, 11, 15])], "window 3 is 10:15 here, PyTorch's is 10:14"),
        ("windows", [([0, 3.5, 7, 10], [4, 7, 11, 14])], "window 1 is 3.5:7 here, PyTorch's is 3:7"),
        ("windows", [([0, np.nan, 7, 10], [4, 7, 11, 14])], "window 1 is nan:7 here, PyTorch's is 3:7"),
        ("windows", [([0, 3, 7], [4, 7, 11])], "3 windows here, PyTorch has 4"),
        ("windows", [([0, 3, 7], [4, 7, 11, 14])], "(3,) and (4,) windows here, PyTorch has 4"),
        ("windows", [([0], [4]), ([0], [4])], "windows for 2 axes here, PyTorch pools 1"),
        ("outputs", [1.5, 4.501, 8.5, 11.5], "output 1 is 4.5010000000000003 here, PyTorch's is 4.5"),
        ("outputs", [1.5, 4.5, np.nan, 11.5], "output 2 is nan here, PyTorch's is 8.5"),
        ("outputs", [1.5, 4.5, 8.5, np.inf], "output 3 is inf here, PyTorch's is 11.5"),
        ("outputs", [1.5, 4.5, 8.5], "the outputs have shape (3,) here, PyTorch's have (4,)"),
        ("gradients", [0.25] * 14, "the gradient of cell 3 is 0.25 here, PyTorch's is 0.75"),
        ("gradients", [np.nan] * 14, "the gradient of cell 0 is nan here, PyTorch's is 0.25"),
        ("gradients", [[0.25] * 14], "the gradients have shape (1, 14) here, PyTorch's have (14,)"),
    ],
)
def test_one_wrong_part_turns_the_report_false_and_is_named(part, wrong, sentence):
    only_this_part = dict.fromkeys(PARTS)
    for others in ({}, only_this_part):
        report = judge(claim(**{**others, part: wrong}))
        assert (report.verdict, bool(report)) == ("disagrees", False)
        assert str(report.first_difference) == sentence
        assert report.text.startswith(f"Not the same as PyTorch {VERSION}: {sentence}.")


def test_a_wrong_shape_alone_is_a_disagreement_although_no_number_was_compared():
    report = judge(claim(windows=None, gradients=None, outputs=np.zeros(3)))
    assert (report.agrees, report.compared) == (False, {})
    assert report.text == f"Not the same as PyTorch {VERSION}: the outputs have shape (3,) here, PyTorch's have (4,)."


def test_on_several_axes_the_place_is_a_tuple_and_a_missing_axis_is_named():
    right = claim((5, 7), (3, 4))
    report = judge(replace(right, outputs=changed(right.outputs, (1, 2), 0.0)))
    assert str(report.first_difference) == "output (1, 2) is 0 here, PyTorch's is 18"
    report = judge(replace(right, gradients=changed(right.gradients, (4, 0), 0.0)))
    assert str(report.first_difference) == "the gradient of cell (4, 0) is 0 here, PyTorch's is 2.25"
    report = judge(replace(right, windows=right.windows[:1]))
    assert str(report.first_difference) == "windows for 1 axes here, PyTorch pools 2"
    swapped = judge(replace(right, windows=right.windows[::-1]))
    assert str(swapped.first_difference) == "4 windows of the rows here, PyTorch has 3"


@pytest.mark.parametrize("part", ["outputs", "gradients"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("error", "agrees"), [(1e-3, False), (1e-9, False), (1e-11, False), (1e-14, True)])
def test_a_number_may_be_off_by_rounding_only(kind, part, error, agrees):
    for right in (claim(kind=kind), claim((5, 7), (3, 4), kind), claim(kind=kind, x=np.arange(14) * 1e6)):
        numbers = getattr(right, part)
        last = tuple(size - 1 for size in numbers.shape)
        report = judge(replace(right, **{part: changed(numbers, last, numbers[last] * (1 + error))}))
        assert bool(report) is agrees
        assert report.largest_difference == pytest.approx(error * numbers[last], rel=0.1)
        if not agrees:
            index = last if len(last) > 1 else last[0]
            assert (report.first_difference.what, report.first_difference.index) == (part[:-1], index)


def test_windows_come_before_outputs_and_outputs_before_gradients():
    wrong = {"windows": [([0, 3, 7, 10], [4, 7, 11, 13])], "outputs": np.zeros(4), "gradients": np.zeros(14)}
    for part in PARTS:
        assert judge(claim(**wrong)).first_difference.what == part[:-1]
        wrong[part] = None


# NaN and infinity ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("special", [np.nan, np.inf, -np.inf])
def test_nan_and_infinity_in_x_agree_with_pytorch(kind, special):
    report = judge(claim(kind=kind, x=changed(np.arange(14.0), [3, 5], special)))
    assert report, report
    assert report.largest_difference == 0


@pytest.mark.parametrize(
    ("in_x", "claimed", "sentence"),
    [
        (np.nan, 4.5, "output 1 is 4.5 here, PyTorch's is nan"),
        (np.nan, np.inf, "output 1 is inf here, PyTorch's is nan"),
        (np.inf, -np.inf, "output 1 is -inf here, PyTorch's is inf"),
        (np.inf, 1e308, "output 1 is 1e+308 here, PyTorch's is inf"),
        (-np.inf, np.nan, "output 1 is nan here, PyTorch's is -inf"),
    ],
)
def test_nan_and_infinity_must_stand_at_the_same_places(in_x, claimed, sentence):
    right = claim(x=changed(np.arange(14.0), 5, in_x))
    report = judge(replace(right, outputs=changed(right.outputs, 1, claimed)))
    assert not report
    assert str(report.first_difference) == sentence
    assert report.largest_difference == np.inf


def test_a_difference_too_large_for_a_float_is_infinite():
    right = claim(kind="max", x=np.full(14, 1.5e308))
    report = judge(replace(right, outputs=-right.outputs))
    assert (report.agrees, report.largest_difference) == (False, np.inf)


# Parts that are not claimed, claims that make no sense -----------------------------------------------------


@pytest.mark.parametrize("part", PARTS)
def test_what_is_not_claimed_is_neither_compared_nor_counted(part):
    report = judge(claim(**{part: None}))
    assert report
    assert list(report.compared) == [other for other in PARTS if other != part]
    assert part not in report.text


def test_a_claim_of_nothing_is_not_checked():
    report = judge(claim(**dict.fromkeys(PARTS)))
    assert (report.verdict, report.agrees, report.compared) == ("unchecked", None, {})
    assert report.text == "not checked: there was nothing to compare"


def test_numbers_that_do_not_belong_to_the_sizes_are_refused():
    for n, m, shape, message in [
        ((14,), (4,), (15,), "x must have shape (..., 14), got (15,)"),
        ((14,), (4,), (14, 3), "x must have shape (..., 14), got (14, 3)"),
        ((5, 7), (3, 4), (7, 5), "x must have shape (..., 5, 7), got (7, 5)"),
        ((5, 7), (3, 4), (7,), "x must have shape (..., 5, 7), got (7,)"),
        ((5, 7), (3, 4), (0, 5, 7), "x must have at least one channel, got shape (0, 5, 7)"),
    ]:
        with spec.refused(ValueError, message):
            judge(Claim(n, m, np.zeros(shape), np.ones(m), coverage=np.ones(n)))
    with spec.refused(ValueError, "upstream must have shape (4,), got (1, 4)"):
        judge(claim(upstream=np.ones((1, 4))))
    with spec.refused(ValueError, "upstream must have shape (3, 4) or (2, 3, 4), got (3, 3, 4)"):
        judge(full_claim((2,), (5, 7), (3, 4), upstream=np.ones((3, 3, 4))))
    with spec.refused(ValueError, "truth must be one list of bars for each axis, got 1 for sizes (5, 7)"):
        judge(full_claim((), (5, 7), (3, 4), truth=[bars(5, 3)]))


# Channels in front ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("front", [(), (3,), (1,), (2, 3)])
@pytest.mark.parametrize(("n", "m"), [((14,), (4,)), ((5,), (8,)), ((5, 7), (6, 3)), ((3, 7, 5), (5, 4, 2))])
def test_everything_is_compared_in_every_channel(front, n, m, kind):
    report = judge(full_claim(front, n, m, kind))
    assert report, report
    channels, outputs, cells = prod(front), prod(m), prod(n)
    counts = {"windows": sum(m), "outputs": channels * outputs, "gradients": channels * cells}
    counts |= {"winners": channels * outputs} if kind == "max" else {}
    assert report.compared == counts | {"overlap counts": cells, "influences": channels * cells}


@pytest.mark.parametrize("kind", KINDS)
def test_each_channel_may_have_its_own_upstream_gradient(kind):
    right = full_claim((3,), (5, 7), (3, 4), kind)
    upstream = np.arange(36.0).reshape(3, 3, 4) % 7
    own = replace(right, upstream=upstream, gradients=gradient(upstream, (5, 7), kind=kind, x=right.x))
    assert judge(own)
    assert judge(replace(own, upstream=upstream[::-1])).first_difference.what == "gradient"


@pytest.mark.parametrize("dtype", reference.TYPES)
@pytest.mark.parametrize("kind", KINDS)
def test_channels_agree_in_every_dtype(kind, dtype):
    report = judge(full_claim((2,), (5, 7), (3, 4), kind, dtype=dtype))
    assert report, report


@pytest.mark.parametrize(
    ("part", "at", "front", "sentence"),
    [
        ("outputs", (2, 1, 3), (3,), "output (1, 3) of channel 2 is 99 here, PyTorch's is "),
        ("outputs", (0, 1, 2, 0), (1, 2), "output (2, 0) of channel (0, 1) is 99 here, PyTorch's is "),
        ("gradients", (1, 4, 6), (3,), "the gradient of cell (4, 6) of channel 1 is 99 here, PyTorch's is "),
        ("winners", (1, 2, 3), (3,), "the winner of window (2, 3) of channel 1 is cell 99 here, PyTorch's is "),
        ("influence", (2, 0, 5), (3,), "the influence of cell (0, 5) of channel 2 is 99 here, PyTorch's is "),
    ],
)
def test_one_wrong_number_in_one_channel_is_named(part, at, front, sentence):
    right = full_claim(front, (5, 7), (3, 4), "max")
    report = judge(replace(right, **{part: changed(getattr(right, part), at, 99)}))
    assert not report
    assert str(report.first_difference) == sentence + f"{getattr(right, part)[at]:.17g}"


@pytest.mark.parametrize("part", ["outputs", "gradients", "winners", "influence"])
def test_channels_in_another_order_disagree(part):
    right = full_claim((3,), (5, 7), (3, 4), "max")
    report = judge(replace(right, **{part: getattr(right, part)[::-1]}))
    assert (report.agrees, report.first_difference.channel) == (False, 0)
    assert " of channel 0 is " in str(report.first_difference)


@pytest.mark.parametrize(("part", "name"), [("gradients", "gradient"), ("influence", "influence")])
def test_a_gradient_may_be_claimed_once_where_all_channels_have_the_same(part, name):
    average = full_claim((2, 3), (5, 7), (3, 4))
    once = getattr(average, part)[0, 0]
    report = judge(replace(average, **{part: once}))
    assert report, report
    assert report.compared[f"{name}s"] == 35
    wrong = judge(replace(average, **{part: changed(once, (4, 0), 9)}))
    assert str(wrong.first_difference) == f"the {name} of cell (4, 0) is 9 here, PyTorch's is {once[4, 0]:.17g}"
    assert wrong.first_difference.channel is None


@pytest.mark.parametrize("part", ["gradients", "influence"])
def test_a_gradient_that_is_claimed_once_is_compared_in_every_channel(part):
    """A maximum sends the gradient elsewhere in each channel, unless all of them have the same numbers."""
    differ = full_claim((3,), (5, 7), (3, 4), "max")
    for channel in range(3):
        assert not judge(replace(differ, **{part: getattr(differ, part)[channel]}))
    alike = replace(differ, x=differ.x[[1, 1]], **dict.fromkeys((*PARTS, "winners", "influence")))
    assert judge(replace(alike, **{part: getattr(differ, part)[1]}))


def test_outputs_and_winners_are_claimed_for_every_channel():
    right = full_claim((3,), (5, 7), (3, 4), "max")
    for part in ("outputs", "winners"):
        report = judge(replace(right, **{part: getattr(right, part)[0]}))
        assert str(report.first_difference) == f"the {part} have shape (3, 4) here, PyTorch's have (3, 3, 4)"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("special", [np.nan, np.inf, -np.inf])
def test_nan_and_infinity_in_one_channel_stay_there(kind, special):
    x = changed(full_claim((3,), (5, 7), (3, 4)).x, (1, 2, 3), special)
    report = judge(claim((5, 7), (3, 4), kind, x))
    assert report, report
    elsewhere = changed(x, [1, 2], x[[2, 1]])
    assert not judge(claim((5, 7), (3, 4), kind, x, outputs=pool(elsewhere, (3, 4), kind=kind)))


def test_windows_that_are_empty_are_empty_in_every_channel():
    right = full_claim((3,), (6, 2), (3, 4))
    empty = np.isnan(pool(right.x, (3, 4), rule="split"))
    report = judge(replace(right, outputs=np.where(empty, np.nan, right.outputs)))
    assert str(report.first_difference).startswith("output (0, 2) of channel 0 is nan here, PyTorch's is ")
    assert empty[:, :, 2:].all()


# Influence and overlap counts on several axes --------------------------------------------------------------


@pytest.mark.parametrize(("n", "m"), [((7, 5), (5, 3)), ((5, 3), (3, 8)), ((4, 6, 5), (3, 2, 7)), ((7,), (5,))])
def test_the_influence_on_several_axes_is_the_product_of_the_axes(n, m):
    product_of_axes = reduce(np.multiply.outer, map(laws.influence, n, m))
    zeros, ones = np.zeros(n), np.ones(m)
    report = judge(Claim(n, m, zeros, ones, influence=product_of_axes))
    assert report, report
    assert report.compared == {"influences": prod(n)}
    assert not judge(Claim(n, m, zeros, ones, influence=product_of_axes[::-1] + product_of_axes))
    assert not judge(Claim(n, m, zeros, ones, influence=np.swapaxes(product_of_axes, 0, -1) * 2))


def test_the_influence_of_a_maximum_counts_the_windows_that_a_cell_wins():
    x = np.zeros((2, 3, 5))
    x[0, 1, 2], x[1, 0, 0] = 9, 9  # in channel 0 the cell that all four windows of (3, 5) -> (2, 2) share
    expected = gradient(np.ones((2, 2, 2)), (3, 5), kind="max", x=x)
    assert expected[0, 1, 2] == 4
    assert judge(Claim((3, 5), (2, 2), x, np.ones((2, 2)), influence=expected, kind="max"))
    assert not judge(Claim((3, 5), (2, 2), x, np.ones((2, 2)), influence=expected[0], kind="max"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("front", [(), (3,)])
def test_overlap_counts_are_those_of_pytorchs_windows(kind, front):
    """(6, 8) -> (4, 3): 24, 20 and 4 cells feed 1, 2 and 4 outputs."""
    counts = np.multiply.outer(coverage(6, 4), coverage(8, 3))
    assert [int((counts == k).sum()) for k in (1, 2, 4)] == [24, 20, 4]
    right = Claim((6, 8), (4, 3), np.zeros((*front, 6, 8)), np.ones((4, 3)), coverage=counts, kind=kind)
    report = judge(right)
    assert report.text == f"Same numbers as PyTorch {VERSION}. 48 overlap counts compared; largest difference 0."
    wrong = judge(replace(right, coverage=changed(counts, (5, 3), 2)))
    assert str(wrong.first_difference) == "the overlap count of cell (5, 3) is 2 here, PyTorch's is 1"
    assert wrong.largest_difference == 1
    shape = judge(replace(right, coverage=counts.T))
    theirs = (*front, 6, 8)
    assert str(shape.first_difference) == f"the overlap counts have shape (8, 6) here, PyTorch's have {theirs}"


def test_overlap_counts_have_no_rounding():
    counts = np.array(coverage(14, 4), float)
    for error in (1e-14, np.nan):
        report = judge(Claim((14,), (4,), np.zeros(14), np.ones(4), coverage=changed(counts, 13, 1 + error)))
        assert report.first_difference.index == 13


# Not checked is never a pass -------------------------------------------------------------------------------


def test_without_pytorch_nothing_is_checked_and_nothing_passes(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    message = "not checked: PyTorch is not installed (pip install torch); pooltutor[lab] brings it, too"
    for report in (check(14, 4), check(14, 4, rule="split"), check((5, 7), (3, None), kind="max"), judge(claim())):
        assert (report.verdict, report.agrees, report.mark, report.text) == ("unchecked", None, "?", message)
        assert (report.version, report.compared, report.first_difference) == ("", {}, None)
        assert repr(report) == f"? {message}"
        with spec.refused(NotChecked, message):
            bool(report)
        with spec.refused(NotChecked, message):
            assert report


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (
            "raise OSError('libgomp.so.1: cannot open shared object file\\nmore')",
            "libgomp.so.1: cannot open shared object file",
        ),
        ("import a_part_of_torch", "No module named 'a_part_of_torch'"),
    ],
)
def test_a_pytorch_that_does_not_start_is_not_said_to_be_missing(tmp_path, line, reason):
    (tmp_path / "torch.py").write_text(line)
    program = "import pooltutor\nprint(pooltutor.check(14, 4).text)"
    found = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout == f"not checked: PyTorch is installed, but import torch fails: {reason}\n"


def test_a_large_pair_is_read_a_part_at_a_time():
    n, m = 9000, 8999
    tracemalloc.start()
    (start, stop), *_ = reference.windows((n,), (m,), "avg", "cpu", "float64")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert list(zip(start.tolist(), stop.tolist(), strict=True)) == spec.pytorch(n, m)
    assert most < n * m, "all that the one-hot inputs give would take 8 bytes for each cell and output"


def test_windows_that_come_in_parts_are_those_of_the_whole():
    whole = np.eye(7, dtype=bool) | np.eye(7, k=-1, dtype=bool)  # cell by window: window i has cells i and i + 1
    for size in range(1, 8):
        parts = (whole[first : first + size].astype(float) for first in range(0, 7, size))
        start, stop = reference._axis_windows(parts)
        assert (start.tolist(), stop.tolist()) == ([0, 1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 7, 7])
    hole = whole.copy()
    hole[2] = [0, 1, 0, 0, 0, 0, 0]
    hole[4, 1] = True
    for size in (1, 3, 7):
        parts = (hole[first : first + size].astype(float) for first in range(0, 7, size))
        with spec.refused(reference.Unavailable, "PyTorch's windows are not contiguous on this device"):
            reference._axis_windows(parts)


def test_bad_arguments_are_refused_without_pytorch_too(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    with spec.refused(ValueError, "target_size must be an integer from 1 to 2147483648, got 0"):
        check(14, 0)


@cache  # asked inside tests: some devices take seconds to say no
def works(device):
    try:
        return bool((torch.ones(1, device=device) + 1).cpu().item())
    except Exception:  # every backend says no in its own way
        return False


OTHER_DEVICES = ("cuda", "mps", "xpu", "mtia", "hpu", "xla", "meta")  # meta has shapes only, so it never works


@pytest.mark.parametrize("kind", KINDS)
def test_a_device_that_is_not_there_is_not_checked(kind):
    missing = [device for device in OTHER_DEVICES if not works(device)]
    assert "meta" in missing
    for device in missing:
        report = check(14, 4, device=device, kind=kind)
        assert (report.verdict, report.agrees, report.compared) == ("unchecked", None, {})
        assert report.text.startswith(f"not checked: PyTorch refused on {device}: ")
        with pytest.raises(NotChecked, match=rf"^not checked: PyTorch refused on {device}: "):
            bool(report)


@pytest.mark.parametrize("kind", KINDS)
def test_every_other_device_of_this_machine_agrees(kind):
    devices = [device for device in OTHER_DEVICES if works(device)]
    if not devices:
        pytest.skip("this PyTorch has no device besides the CPU")
    for device in devices:
        # Apple's MPS has no adaptive pooling for sizes that do not divide.
        sizes = [(12, 4), (7, 7)] if device == "mps" else [(14, 4), (7, 5), (5, 9), ((5, 7), (3, 4)), (64, 49)]
        for n, m in sizes:
            report = check(n, m, kind=kind, device=device, dtype="float32")
            assert report, report
            assert report.device.startswith(device)


def test_windows_that_are_not_contiguous_are_not_checked(monkeypatch):
    members = np.eye(14, 4, dtype=bool) | np.eye(14, 4, -2, dtype=bool)  # window i has the cells i and i + 2
    monkeypatch.setattr(reference, "_probe", lambda *_: members)
    report = check(14, 4)
    assert (report.verdict, report.agrees) == ("unchecked", None)
    assert report.text == "not checked: PyTorch's windows are not contiguous on this device"


@pytest.mark.parametrize("refused", [False, True])
def test_asking_leaves_the_number_of_threads_as_it_was(refused):
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        assert check(14, 4, device="meta" if refused else "cpu").agrees is (None if refused else True)
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


def test_another_winner_is_another_winner_however_near():
    """Cells have no rounding: in bfloat16, where numbers may differ by per cents, 49 is still not 48."""
    x = np.arange(200.0)
    claim = Claim((200,), (4,), x, np.ones(4), winners=[48, 98, 148, 198], kind="max", dtype="bfloat16")
    report = judge(claim)
    assert not report
    assert str(report.first_difference) == "the winner of window 0 is cell 48 here, PyTorch's is 49"
    assert report.largest_difference == 0


def test_a_bar_that_is_wrongly_shown_as_pytorchs_is_named():
    x, ones = np.arange(14.0), np.ones(4)
    report = judge(Claim((14,), (4,), x, ones, outputs=pool(x, 4), truth=[[(0, 0, 4), (1, 3, 8)]]))
    assert str(report.first_difference) == "the bar 1 that is shown as PyTorch's is 3:8, PyTorch's is 3:7"
    dual = Claim((6,), (8,), np.arange(6.0), np.ones(8), outputs=pool(range(6), 8), truth=[[(1, 1, 3), (2, 2, 3)]])
    assert str(judge(dual).first_difference) == "the bar 2 that is shown as PyTorch's is 2:3, PyTorch's is 2:4"


@pytest.mark.parametrize(
    ("axis", "bar", "sentence"),
    [
        (0, (1, 1, 3), "the bar 1 of the rows that is shown as PyTorch's is 1:3, PyTorch's is 1:4"),
        (1, (2, 2, 3), "the bar 2 of the columns that is shown as PyTorch's is 2:3, PyTorch's is 2:4"),
        (1, (2, 2, 2), "the bar 2 of the columns that is shown as PyTorch's is empty, PyTorch's is 2:4"),
        (1, (2, np.nan, 4), "the bar 2 of the columns that is shown as PyTorch's is nan:4, PyTorch's is 2:4"),
        (0, (3, 1, 4), "the bar 3 of the rows that is shown as PyTorch's is 1:4, PyTorch's is nan:nan"),
        (0, (-1, 3, 5), "the bar -1 of the rows that is shown as PyTorch's is 3:5, PyTorch's is nan:nan"),
    ],
)
def test_a_bar_of_one_of_several_axes_is_named_with_its_axis(axis, bar, sentence):
    some = [bars(5, 3)[1:], bars(6, 8)[:2]]  # a view shows only the bars that differ
    right = full_claim((2,), (5, 6), (3, 8), truth=some)
    assert judge(right)
    assert judge(replace(right, truth=[[], []]))
    some[axis] = [bar]
    assert str(judge(replace(right, truth=some)).first_difference) == sentence


def test_a_matrix_is_of_one_axis_and_one_channel():
    for front, n, m in [((), (2, 3), (1, 1)), ((2,), (3,), (1,))]:
        shape = (*front, *n)
        with spec.refused(ValueError, f"matrix is of one axis and one channel, got x of shape {shape}"):
            judge(Claim(n, m, np.zeros(shape), np.zeros(m), matrix=np.zeros((1, 6))))


# Twins: the checker can fail -------------------------------------------------------------------------------


def test_if_pytorch_moved_one_window_check_would_disagree(monkeypatch):
    ((start, stop),) = reference.windows((14,), (4,), "avg", "cpu", "float64")
    monkeypatch.setattr(reference, "windows", lambda *_: ((changed(start, 2, 6), stop),))
    report = check(14, 4)
    assert not report
    assert str(report.first_difference) == "window 2 is 7:11 here, PyTorch's is 6:11"


def test_if_pytorch_pooled_otherwise_check_would_disagree(monkeypatch):
    def average(x, target):
        return torch.nn.functional.interpolate(x, target)

    monkeypatch.setattr(torch.nn.functional, "adaptive_avg_pool1d", average)
    report = check(14, 4)
    assert not report
    assert str(report.first_difference) == "window 0 is 0:4 here, PyTorch's is 0:1"


# reference.py ----------------------------------------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch):
    """The shapes of the inputs, and the targets, that PyTorch is asked to pool."""
    questions, run = [], reference._run

    def noted(inputs, target_size, *about):
        questions.append((inputs.shape, tuple(target_size)))
        return run(inputs, target_size, *about)

    monkeypatch.setattr(reference, "_run", noted)
    return questions


@pytest.mark.parametrize("kind", KINDS)
def test_windows_read_in_chunks_are_the_same(monkeypatch, asked, kind):
    monkeypatch.setattr(reference, "_ENTRIES_AT_ONCE", 40)
    ((start, stop),) = reference.windows((14,), (4,), kind, "cpu", "float32")
    assert list(zip(start, stop, strict=True)) == spec.pytorch(14, 4)
    assert asked == [((2, 1, 14), (4,))] * 7


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("n", "m", "limit", "whole", "at_once"),
    [
        ((14, 15), (4, 13), 14 * (14 * 15), True, 14),  # 14 inputs of 14 x 15 cells
        ((14, 15), (4, 13), 14 * (14 * 15) - 1, False, 14),
        ((14, 15), (4, 13), 14 * 14 - 1, False, 13),
        ((14, 15), (4, 13), 5, False, 1),
        ((3, 2), (5, 4), 3 * (5 * 4), True, 3),  # above n the outputs are more
        ((3, 2), (5, 4), 3 * (5 * 4) - 1, False, 3),
    ],
)
def test_windows_are_asked_at_the_true_sizes_where_that_is_not_too_much(
    monkeypatch, asked, kind, n, m, limit, whole, at_once
):
    monkeypatch.setattr(reference, "_ENTRIES_AT_ONCE", limit)
    for axis, found in enumerate(reference.windows(n, m, kind, "cpu", "float64")):
        assert list(zip(*found, strict=True)) == spec.pytorch(n[axis], m[axis])
    assert asked[0] == (((at_once, 1, *n), m) if whole else ((at_once, 1, n[0], 1), (m[0], 1)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("n", "m"), [((5, 7), (3, 4)), ((6, 4), (4, 9)), ((3, 4, 5), (2, 5, 3))])
def test_in_pytorch_a_box_is_the_product_of_the_windows_of_its_axes(kind, n, m):
    """So it is no other question to shrink the other axes. Each cell alone is 1, the operation is asked directly."""
    operation = getattr(torch.nn.functional, f"adaptive_{kind}_pool{len(n)}d")
    feeds = operation(torch.eye(prod(n)).reshape(1, -1, *n), m)[0].numpy() > 0
    members = [
        np.array([[start <= j < stop for start, stop in spec.pytorch(*pair)] for j in range(pair[0])])
        for pair in zip(n, m, strict=True)
    ]
    for cell, found in zip(np.ndindex(n), feeds, strict=True):
        box = reduce(np.logical_and.outer, [axis[j] for axis, j in zip(members, cell, strict=True)])
        assert np.array_equal(found, box)


@pytest.mark.parametrize("kind", KINDS)
def test_channels_are_asked_together_and_stay_apart(kind):
    x = full_claim((2, 3), (5, 7), (3, 4)).x
    y, grad = reference.values(x, (3, 4), np.ones((3, 4)), kind, "cpu", "float64")
    assert (y.shape, grad.shape) == ((2, 3, 3, 4), (2, 3, 5, 7))
    alone, _ = reference.values(x[1, 2], (3, 4), np.ones((3, 4)), kind, "cpu", "float64")
    assert np.array_equal(y[1, 2], alone)
    took = reference.winners(x, (3, 4), "cpu", "float64")
    assert np.array_equal(took[1, 2], reference.winners(x[1, 2], (3, 4), "cpu", "float64"))
    assert took.shape == y.shape


# Arguments -------------------------------------------------------------------------------------------------


def test_bad_sizes_are_refused_in_full_sentences():
    same = "input_size and target_size must have the same 1 to 3 entries, got {!r} and {!r}"
    for n, m in [((5, 7), (3,)), (14, (4, 4)), ((), ()), ((2, 3, 4, 5), 2), ((2, 3, 4, 5), (1, 2, 3, 4))]:
        with spec.refused(ValueError, same.format(n, m)):
            check(n, m)
    with spec.refused(TypeError, "input_size must be an integer from 1 to 2147483648, got 2.5"):
        check(2.5, 4)
    with spec.refused(TypeError, "target_size must be an integer from 1 to 2147483648, got True"):
        check((5, 7), (3, True))
    with spec.refused(TypeError, "target_size must be an integer or a tuple; None keeps an axis only inside a tuple"):
        check(14, None)
    with spec.refused(TypeError, "input_size must be an integer or a tuple of integers, got (5, None)"):
        check((5, None), (3, 4))


def test_bad_words_are_refused_in_full_sentences():
    with spec.refused(ValueError, "kind must be one of avg, max, got 'mean'"):
        check(14, 4, kind="mean")
    with spec.refused(ValueError, "dtype must be one of float64, float32, float16, bfloat16, got 'int64'"):
        check(14, 4, dtype="int64")
    accepted = f"rule must be one of {', '.join(RULES)}, the text of a formula or a pair of functions"
    with spec.refused(ValueError, f"{accepted}, got 'floor'"):
        check(14, 4, rule="floor")
    with spec.refused(ValueError, "The rule 'AvgPool recipe' has no windows when m > n, got 4 -> 14"):
        check(4, 14, rule="fixed_stride")


@pytest.mark.parametrize("device", ["gpu", "", None, 3.5])
def test_a_device_that_pytorch_does_not_know_is_a_value_error(device):
    sentence = f"device must be one that PyTorch knows, such as 'cpu' or 'cuda:0', got {device!r}"
    with spec.refused(ValueError, sentence):
        check(14, 4, device=device)
