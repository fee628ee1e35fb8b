"""Every word that a person reads: one JSON file per language, of which one is current.

A text may have named places, ``{n}``, and a list holds the forms for one and for several. A text that two sections
need stands in ``common`` once, and they refer to it: ``"= common.empty"``.
"""

from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
REFERENCE = "= "
"""What a text begins with that stands for another: behind it comes the path of that one."""

_language = "en"


def languages() -> list[str]:
    """Return the languages that there are, by the names of their files."""
    return sorted(file.stem for file in FOLDER.glob("*.json"))


def current() -> str:
    """Return the language that words are read in.

    >>> current()
    'en'
    """
    return _language


def use(language: str) -> None:
    """Read all words in another language from now on; what was made before stays as it is.

    >>> use("en")

    Raises ValueError, with the languages that there are, for any other.
    """
    global _language
    if language not in languages():
        from reprlib import repr as quoted  # quoting.py has words of its own, and stands above

        raise ValueError(say("errors.name", name="language", names=", ".join(languages()), came=quoted(language)))
    _language = language


def load() -> dict[str, Any]:
    """Return the words of the current language as nested dictionaries.

    >>> load()["report"]["unchecked"]
    'not checked: {reason}'
    """
    return _read(_language)


def say(path: str, /, **places: Any) -> str:
    """Return the text at a path of the current language, with its places filled in.

    >>> say("errors.true_or_false", name="hidden", came=1)
    'hidden must be True or False, got 1'
    """
    return str(_at(load(), path)).format(**places)


def _at(words: Any, path: str) -> Any:
    for key in path.split("."):
        words = words[key]
    return words


@cache
def _read(language: str) -> dict[str, Any]:
    import json  # a millisecond that `import pooltutor` need not spend

    words = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return dict(_resolved(words, words))


def _resolved(part: Any, words: dict[str, Any]) -> Any:
    """A part of the words in which no text stands for another."""
    if isinstance(part, dict):
        return {key: _resolved(each, words) for key, each in part.items()}
    if isinstance(part, list):
        return [_resolved(each, words) for each in part]
    if isinstance(part, str) and part.startswith(REFERENCE):
        return _resolved(_at(words, part.removeprefix(REFERENCE)), words)
    return part
