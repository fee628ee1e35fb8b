"""The charts of all pairs of sizes to 64: values against slow twins, classes against labels, published counts."""

import math
import re
from fractions import Fraction
from functools import cache
from itertools import product

import numpy as np
import pytest

from pooltutor import RULES, bins, laws, pairs
from pooltutor.legend import THEMES
from pooltutor.words import load
from tests import spec
from tests.test_words import paths, words_read

PAIRS = list(product(range(1, 65), repeat=2))


def table(function):
    """A value for every pair, in a chart's places."""
    return np.array([function(n, m) for n, m in PAIRS]).reshape(64, 64)


@cache
def influence_ratios():
    return [laws.influence_ratio(n, m) for n, m in PAIRS]


def all_charts():
    for name in pairs.CHARTS:
        yield from (pairs.chart(name, rule) for rule in (RULES if name == "agreement" else ["pytorch"]))


# Values ----------------------------------------------------------------------------------------------------


def test_gcd_is_the_greatest_common_divisor():
    assert np.array_equal(pairs.chart("gcd").values, table(math.gcd))


def test_longest_is_the_longest_window():
    slow = table(lambda n, m: max(stop - start for start, stop in spec.windows("pytorch", n, m)))
    assert np.array_equal(pairs.chart("longest").values, slow)


def test_influence_is_the_exact_ratio_to_the_last_digit():
    assert pairs.chart("influence").values.ravel().tolist() == [float(ratio) for ratio in influence_ratios()]


def test_avgpool_is_0_none_1_plain_2_padded():
    def slow(n, m):
        if m <= n and (n % m == 0 or (n - 1) % m == 0):
            return 1
        return 2 if (n + 1) % m == 0 else 0

    assert np.array_equal(pairs.chart("avgpool").values, table(slow))


def slow_wrong(rule, n, m):
    """How many windows are not PyTorch's, from the definitions; -1 where the rule has none."""
    if not spec.defined(rule, n, m):
        return -1
    both = zip(spec.windows(rule, n, m), spec.windows("pytorch", n, m), strict=True)
    return sum(one != other for one, other in both)


@pytest.mark.parametrize("rule", RULES)
def test_agreement_counts_the_windows_that_are_not_pytorchs(rule):
    values = pairs.chart("agreement", rule).values
    some = list(product(range(1, 25), repeat=2)) + [(n, m) for n, m in PAIRS if n in (26, 30, 64) or m in (28, 50)]
    assert [values[n - 1, m - 1] for n, m in some] == [slow_wrong(rule, n, m) for n, m in some]


def wrong_windows(b):
    true = bins(b.input_size, b.target_size)
    return np.count_nonzero((b.start != true.start) | (b.stop != true.stop))


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_wrong_sizes_are_what_a_walk_over_all_pairs_counts(rule):
    walked = [wrong_windows(bins(n, m, rule)) for n, m in PAIRS if RULES[rule].defined(n, m)]
    assert pairs.defined_sizes(rule) == len(walked)
    assert pairs.wrong_sizes(rule) == np.count_nonzero(walked)
    assert pairs.chart("agreement", rule).values.sum() + 4096 - len(walked) == sum(walked)


def test_the_published_counts():
    assert {rule: pairs.wrong_sizes(rule) for rule in RULES} == {
        "pytorch": 0,
        "equal_kernel": 3145,
        "forum": 3342,
        "fixed_stride": 1590,
        "float32": 86,
        "float64_ratio": 38,
        "split": 3816,
        "round": 3816,
        "fraction_first": 133,
        "floor_floor": 3816,
        "rest_to_last": 3816,
        "ceil_kernel": 1590,
        "equal_tiles": 1800,
    }
    not_above_n = ["fixed_stride", "ceil_kernel", "equal_tiles"]
    assert [rule for rule in RULES if pairs.defined_sizes(rule) != 4096] == not_above_n
    assert pairs.defined_sizes("fixed_stride") == 2080


# Classes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["gcd", "longest"])
def test_a_label_of_integers_names_the_values_of_its_class(name):
    chart = pairs.chart(name)
    for k, label in enumerate(chart.labels):
        low, high = re.fullmatch(r"(\d+)(?: to (\d+))?", label).groups()
        inside = (chart.values >= int(low)) & (chart.values <= int(high or low))
        assert np.array_equal(chart.classes == k, inside), label


def test_the_classes_of_integers_are_these():
    assert pairs.chart("gcd").labels == ("1", "2", "3", "4 to 7", "8 to 15", "16 to 31", "32 to 64")
    assert pairs.chart("longest").labels == ("1", "2", "3", "4", "5 to 8", "9 to 16", "17 to 64")


RATIOS = {  # label: from here (included unless it is open), up to here
    "1, all cells count the same": lambda ratio: ratio == 1,
    "up to 1.25": lambda ratio: 1 < ratio <= Fraction(5, 4),
    "up to 1.5": lambda ratio: Fraction(5, 4) < ratio <= Fraction(3, 2),
    "2": lambda ratio: ratio == 2,
    "below 2.5": lambda ratio: 2 < ratio < Fraction(5, 2),
    "below 3": lambda ratio: Fraction(5, 2) <= ratio < 3,
    "3": lambda ratio: ratio == 3,
}


def test_a_label_of_ratios_names_the_exact_ratios_of_its_class():
    chart = pairs.chart("influence")
    assert chart.labels == tuple(RATIOS)
    named = [[within(ratio) for within in RATIOS.values()].index(True) for ratio in influence_ratios()]
    assert np.array_equal(chart.classes, np.reshape(named, (64, 64)))


def test_the_classes_of_kinds_follow_their_values():
    assert pairs.chart("avgpool").labels == ("no", "yes", "yes, with padding")
    assert pairs.chart("avgpool").colours == ("map_none", "map_plain", "map_padded")
    assert np.array_equal(pairs.chart("avgpool").classes, pairs.chart("avgpool").values)
    for rule in RULES:
        chart = pairs.chart("agreement", rule)
        assert chart.labels == ("all are", "some are not", "the rule has none here")
        assert chart.colours == ("map_agrees", "map_differs", "map_undefined")
        for k, within in enumerate((chart.values == 0, chart.values > 0, chart.values == -1)):
            assert np.array_equal(chart.classes == k, within)


def test_every_class_has_pairs_a_label_and_a_colour_of_its_own_in_both_themes():
    for chart in all_charts():
        assert chart.values.shape == chart.classes.shape == (64, 64)
        assert chart.classes.dtype == np.uint8
        assert len(chart.labels) == len(set(chart.labels)) == len(chart.colours)
        if chart.name != "agreement":
            assert np.unique(chart.classes).tolist() == list(range(len(chart.labels)))
        for colours in THEMES.values():
            assert len({colours[key] for key in chart.colours}) == len(chart.colours)


# Charts and rays -------------------------------------------------------------------------------------------


def test_charts_have_their_names_and_titles():
    assert {name: pairs.chart(name, "split").title for name in pairs.CHARTS} == {
        "gcd": "Greatest common divisor of n and m",
        "longest": "Cells in the longest window",
        "influence": "Largest influence of a cell over the smallest",
        "avgpool": "Is it one AvgPool?",
        "agreement": "Are the windows PyTorch's? Rule: split",
    }
    assert [pairs.chart(name).name for name in pairs.CHARTS] == list(pairs.CHARTS)


def test_charts_are_made_once_and_cannot_be_written():
    assert pairs.chart("gcd", "split") is pairs.chart("gcd")
    assert pairs.chart("agreement", "split") is pairs.chart("agreement", "split")
    assert pairs.chart("agreement", "split") is not pairs.chart("agreement")
    for chart in all_charts():
        for array in (chart.values, chart.classes):
            with spec.refused(ValueError, "assignment destination is read-only"):
                array[0, 0] = 7


def test_rays_are_whole_lines_of_the_map():
    slopes = {"same": (1, 1), "half": (2, 1), "double": (1, 2)}
    assert {key for key, *_ in pairs.RAYS} == set(slopes) == set(load()["pairs"]["rays"])
    for key, first, last in pairs.RAYS:
        assert first == slopes[key]
        assert max(last) == 64
        assert last[0] * first[1] == last[1] * first[0]
    assert load()["pairs"]["rays"] == {"same": "m = n", "half": "n = 2m", "double": "m = 2n"}


def test_every_word_for_pairs_is_used(monkeypatch):
    read = words_read(monkeypatch)
    for chart in all_charts():
        assert not [text for text in (chart.title, *chart.labels) if "{" in text]
    rays = {f"pairs.rays.{key}" for key, *_ in pairs.RAYS}  # read by those who draw the rays
    read = {path for path in read if path.startswith("pairs.")}
    assert read | rays == {f"pairs.{path}" for path in paths(load()["pairs"])}


# Errors ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["GCD", "", None, 3, ["gcd"]])
def test_an_unknown_chart_is_a_value_error_that_lists_the_charts(name):
    message = f"colour must be one of gcd, longest, influence, avgpool, agreement, got {name!r}"
    for ask in (pairs.check_chart, pairs.chart):
        with spec.refused(ValueError, message):
            ask(name)


def test_an_unknown_rule_is_a_value_error_whatever_the_chart():
    message = f"rule must be one of {', '.join(RULES)}, the text of a formula or a pair of functions, got 'ceil'"
    for ask in (*(lambda rule, name=name: pairs.chart(name, rule) for name in pairs.CHARTS), pairs.wrong_sizes):
        with spec.refused(ValueError, message):
            ask("ceil")
    with spec.refused(ValueError, message):
        pairs.defined_sizes("ceil")
