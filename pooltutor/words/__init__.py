"""Every word that views, figures and reports show: one JSON file per language, read once."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(language: str = "en") -> dict[str, Any]:
    """Return the words of a language as nested dictionaries.

    >>> load()["report"]["unchecked"]
    'not checked: {reason}'
    """
    return json.loads(files(__package__).joinpath(f"{language}.json").read_text(encoding="utf-8"))
