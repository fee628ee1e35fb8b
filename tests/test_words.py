"""Words and colours: every sentence of a report is used and complete, every text can be read on its ground."""

import re

import numpy as np
import pytest

from pooltutor import bins, check, gradient, matrix, pool, reference, words
from pooltutor.legend import DARK, LIGHT, THEMES
from pooltutor.live.joining import read
from pooltutor.pooling import winners
from pooltutor.verify import Claim, judge
from pooltutor.words import load


class Reads(dict):
    """A dictionary that remembers which of its words were read."""

    def __init__(self, words, log, path=""):
        super().__init__(words)
        self.log, self.path = log, path

    def __getitem__(self, key):
        value = super().__getitem__(key)
        if isinstance(value, dict):
            return Reads(value, self.log, f"{self.path}{key}.")
        self.log.add(self.path + key)
        return value


def words_read(monkeypatch):
    """The paths of all words that are read from now on, as they are read."""
    read, real = set(), words._read
    monkeypatch.setattr(words, "_read", lambda language: Reads(real(language), read))
    return read


def paths(words, path=""):
    for key, value in words.items():
        yield from paths(value, f"{path}{key}.") if isinstance(value, dict) else [path + key]


def every_kind_of_report():
    x, upstream = np.arange(14.0), np.ones(4)
    b = bins(14, 4)
    right = {
        "windows": [(b.start, b.stop)],
        "outputs": pool(x, 4),
        "gradients": gradient(upstream, 14),
    }
    for changes in (
        {},
        dict.fromkeys(right),
        {"windows": [(b.start, b.start)]},
        {"windows": [(b.start[:3], b.stop[:3])]},
        {"windows": [(b.start, b.stop[:3])]},
        {"windows": []},
        {"outputs": np.zeros(4)},
        {"outputs": np.zeros(3)},
        {"gradients": np.zeros(14)},
        {"gradients": np.zeros(3)},
    ):
        yield judge(Claim((14,), (4,), x, upstream, **{**right, **changes}))
    further = {"winners": winners(x, [b]), "matrix": matrix(14, 4), "influence": matrix(14, 4).sum(0)}
    for what, values in further.items():
        for claimed in (values, values + 1, values[:3]):
            kind = "max" if what == "winners" else "avg"
            yield judge(Claim((14,), (4,), x, upstream, kind=kind, **{what: claimed}))
    yield judge(Claim((14,), (4,), x, upstream, **right, truth=[[(1, 3, 8)]]))
    for claimed in (b.coverage, b.coverage + 1, b.coverage[:3]):
        yield judge(Claim((14,), (4,), np.stack([x, x]), upstream, coverage=claimed))
    yield judge(Claim((14,), (4,), np.stack([x, x]), upstream, outputs=np.zeros((2, 4))))
    yield check((14, 7), (4, 5), rule="equal_kernel")
    yield check(14, 4, device="meta")
    ones, many = np.ones((1, 1, 2)), np.ones(4096)
    yield judge(Claim((16, 56, 56), (1, 1, 2), np.ones((16, 56, 56)), ones, outputs=ones, dtype="float16"))
    for part in ("gradients", "influence"):
        yield judge(Claim((1,), (4096,), np.ones(1), many, **{part: many[:1]}, dtype="bfloat16"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reference, "matrix", lambda *about: matrix(14, 4) * 2)
        yield judge(Claim((14,), (4,), x, upstream, matrix=matrix(14, 4)))


def test_every_word_for_reports_is_used_and_every_place_filled(monkeypatch):
    read = words_read(monkeypatch)
    for answer in every_kind_of_report():
        assert "{" not in answer.text
        assert "None" not in answer.text
        assert answer.text == answer.text.strip()
    assert {path for path in read if path.startswith("report.")} == {
        f"report.{path}" for path in paths(load()["report"])
    }


def test_words_are_read_once():
    assert load() is load()


# Colours: contrast as WCAG 2 defines it --------------------------------------------------------------------


def luminance(colour):
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


TEXTS = [
    ("ink", "ground"),
    ("ink", "panel"),
    ("ink_soft", "ground"),
    ("ink_soft", "panel"),
    ("input_ink", "input"),
    ("window_ink", "window_even"),
    ("window_ink", "window_odd"),
    ("output_ink", "output"),
    ("gradient", "ground"),
    ("wrong", "ground"),
    ("agrees_ink", "agrees_ground"),
    ("disagrees_ink", "disagrees_ground"),
    ("unchecked_ink", "unchecked_ground"),
]


def test_both_themes_give_every_meaning_a_colour():
    assert THEMES == {"light": LIGHT, "dark": DARK}
    assert list(LIGHT) == list(DARK)
    for colour in (*LIGHT.values(), *DARK.values()):
        assert len(colour) == 7
        assert colour[0] == "#"
        assert int(colour[1:], 16) >= 0


def test_contrast_is_computed_as_wcag_computes_it():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the well-known grey that just fails


def mixed(one, other, share):
    """The colour that has this share of one and the rest of another."""
    channels = ([int(colour[k : k + 2], 16) for k in (1, 3, 5)] for colour in (one, other))
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02x}" for a, b in zip(*channels, strict=True))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("hue", ["even", "odd"])
def test_text_can_be_read_on_the_tint_of_a_learners_bar(hue, theme):
    [share] = re.findall(r"TINT = ([\d.]+);", read("js/pure/question/own_bars.js"))
    colours = THEMES[theme]
    assert contrast(colours[f"edge_{hue}"], mixed(colours[f"window_{hue}"], colours["ground"], float(share))) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_text_has_a_contrast_of_at_least_4_5_to_its_ground(ink, ground, theme):
    assert contrast(THEMES[theme][ink], THEMES[theme][ground]) >= 4.5
