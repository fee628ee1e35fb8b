"""What all views of one kernel share: the code, the words, the colours and the tables, sent to the browser once."""

import re
from functools import cache
from importlib.resources import files
from typing import Any

import ipywidgets
import traitlets

from pooltutor.binning import LARGEST_SHOWN, RULES, SLIDER_MAX
from pooltutor.legend import THEMES
from pooltutor.live.numbers import RANDOM
from pooltutor.live.tables import packed
from pooltutor.words import load

# In the order of their imports: each may use those before it.
MODULES = (
    "tables.js",
    "numbers.js",
    "facts.js",
    "layout.js",
    "scene.js",
    "patch.js",
    "sentences.js",
    "claim.js",
    "checker.js",
    "controls.js",
    "explorer.js",
    "views.js",
)


def read(name: str) -> str:
    """Return the text of one file of this folder."""
    return (files(__package__) / name).read_text(encoding="utf-8")


@cache
def joined_code() -> str:
    """Join the JavaScript modules into one: views load code from a blob, where relative imports do not resolve.

    Imports from neighbours are dropped, and so is every ``export`` but those of the last module.
    """
    parts = [re.sub(r'^import \{[^}]*\} from "\./[^"]+";\n', "", read(name), flags=re.MULTILINE) for name in MODULES]
    inner = [re.sub(r"^export ", "", part, flags=re.MULTILINE) for part in parts[:-1]]
    return "\n".join([*inner, parts[-1]])


def rule_words() -> list[dict[str, Any]]:
    """What a view shows of each rule."""
    return [
        {
            "name": rule.name,
            "title": rule.title,
            "formula": rule.formula,
            "starts": rule.starts,
            "stops": rule.stops,
            "undefined": rule.undefined,
        }
        for rule in RULES.values()
    ]


class Shared(ipywidgets.Widget):
    """A widget without a view that carries what every view needs; one per kernel."""

    code = traitlets.Unicode().tag(sync=True)
    css = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    themes = traitlets.Dict().tag(sync=True)
    rules: "traitlets.List[dict[str, Any]]" = traitlets.List().tag(sync=True)
    limits = traitlets.Dict().tag(sync=True)
    random: "traitlets.List[float]" = traitlets.List().tag(sync=True)
    tables = traitlets.Bytes().tag(sync=True)


_shared: Shared | None = None


def shared() -> Shared:
    """Return this kernel's shared widget; a new one after ``Widget.close_all()``."""
    global _shared
    if _shared is None or _shared.comm is None:
        _shared = Shared(
            code=joined_code(),
            css=read("theme.css"),
            words=load()["view"],
            themes=THEMES,
            rules=rule_words(),
            limits={"slider": SLIDER_MAX, "typed": LARGEST_SHOWN},
            random=RANDOM,
            tables=packed(),
        )
    return _shared
