"""A language that nobody speaks: every text of en.json in « », and half as long again.

Where it is current, a text without « » does not come from the file of words, and a text that was just short enough in
English is too long.
"""

import json
import re
from contextlib import contextmanager
from math import ceil

import pytest

from pooltutor import words

PLACES = re.compile(r"\{[^}]*\}|%\(\w+\)\w|%\w")  # those of our own, and those of argparse's sentences
DATA = ("language", "image")  # keys of what is no text: the tag of a language, the name of a picture
LETTERS = re.compile(r"[^\W\d_]{2,}")
INNERMOST = re.compile(r"«[^«»]*»")


def pseudo(text: str) -> str:
    """The text in brackets, half as long again, with its places.

    >>> pseudo("{n} windows"), pseudo("no cell, so no value")
    ('«{n} windows l»', '«no cell, so no value longer »')
    """
    missing = ceil(len(PLACES.sub("", text)) / 2) - 2  # the brackets are two
    return f"«{text}{(' longer' * 99)[: max(0, missing)]}»"


def changed(part, key=""):
    """A part of the words with every text as :func:`pseudo` has it; what stands for another text still does."""
    if isinstance(part, dict):
        return {name: changed(each, name) for name, each in part.items()}
    if isinstance(part, list):
        return [changed(each) for each in part]
    is_text = isinstance(part, str) and key not in DATA and not part.startswith(words.REFERENCE)
    return pseudo(part) if is_text else part


@contextmanager
def spoken(folder):
    """Have the language as a file beside the English one, and use it."""
    english = (words.FOLDER / "en.json").read_text(encoding="utf-8")
    (folder / "en.json").write_text(english, encoding="utf-8")
    (folder / "pseudo.json").write_text(json.dumps(changed(json.loads(english))), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "FOLDER", folder)
        words.use("pseudo")
        yield
        words.use("en")


def unbracketed(text: str) -> str:
    """A text without all that stands in brackets."""
    while INNERMOST.search(text):
        text = INNERMOST.sub(" ", text)
    return text


def outside(text: str) -> list[str]:
    """The words of two or more letters that stand in no brackets.

    >>> outside("«a «b» c» and 12 x «d»")
    ['and']
    """
    return LETTERS.findall(unbracketed(text))
