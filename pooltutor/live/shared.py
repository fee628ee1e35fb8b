"""What all views of one kernel share: the code, the words, the colours and the rules, sent to the browser once."""

import zlib
from typing import Any

import traitlets

from pooltutor import displayed, pairs, pictures
from pooltutor.legend import THEMES
from pooltutor.live.as_text import AS_TEXT, IN_ORDER
from pooltutor.live.charts import charts
from pooltutor.live.joining import read, sent_code
from pooltutor.live.numbers import RANDOM
from pooltutor.live.packed_picture import packed_picture
from pooltutor.live.traits import Guarded
from pooltutor.rules import RULES
from pooltutor.stories.questions import FRESH
from pooltutor.validation import LARGEST_SHOWN, SLIDER_MAX
from pooltutor.words import current, load

VIEWS = "js/views.js"
"""The door to every view: the module whose imports bring all the others."""

USUAL: dict[str, dict[str, Any]] = {
    "explorer": {
        "rule": "pytorch",
        "kind": "avg",
        "show": ["windows", "gradient"],
        "lock": [],
        "window": 0,
        "x": "ramp",
        "upstream": "count",
        "against": "pytorch",
        "presenter": False,
        "more": False,
        "question": None,
        "answer": FRESH,
    },
    "grid": {
        "rule": "pytorch",
        "kind": "avg",
        "image": "ramp",
        "colour": "values",
        "upstream": "ones",
        "show": ["windows"],
        "lock": [],
        "window": (0, 0),
        "channel": None,
        "presenter": False,
        "more": False,
        "question": None,
        "answer": FRESH,
    },
    "atlas": {"colour": "gcd", "rule": "pytorch"},
}
"""The state of each kind of explorer, apart from its sizes, that nobody has changed."""

CLAIMED: dict[str, tuple[str, ...]] = {
    "explorer": ("input_size", "target_size", "rule", "kind", "x", "upstream"),
    "grid": ("input_size", "target_size", "rule", "kind", "upstream", "image", "_own_id", "colour", "channel"),
}
"""The names of the state that a verdict depends on."""

IDEAS = ("windows", "shared_cells", "gradient", "wrong", "elsewhere", "unreadable", "size", "sizes")
"""The sentences of the lessons' exercises that a question in a view says, too."""

STYLES = (
    "css/view.css",
    "css/formula.css",
    "css/atlas.css",
    "css/grid.css",
    "css/classroom.css",
    "css/question.css",
    "css/story.css",
    "css/hosts.css",
)


def view_words() -> dict[str, Any]:
    """The words of the explorers, of their questions and of the classroom's bar."""
    ideas = {name: load()["exercises"][name] for name in IDEAS}
    return {
        **load()["view"],
        **{name: load()[name] for name in ("grid", "classroom", "formula", "question")},
        "exercises": ideas,
    }


def rule_words() -> list[dict[str, Any]]:
    """What a view shows of each rule."""
    return [
        {
            "name": rule.name,
            "title": rule.title,
            "found_in": rule.found_in,
            "text": rule.text,
            "needs_m_up_to_n": rule.needs_m_up_to_n,
            "undefined": rule.undefined,
            "wrong_sizes": pairs.wrong_sizes(rule.name),
            "defined_sizes": pairs.defined_sizes(rule.name),
            "smallest": pairs.smallest_wrong(rule.name),
        }
        for rule in RULES.values()
    ]


class Shared(Guarded):
    """A widget without a view that carries what every view needs; one per kernel."""

    code = traitlets.Bytes(help="joined and deflated").tag(**AS_TEXT)
    css = traitlets.Unicode().tag(sync=True)
    language = traitlets.Unicode(help="that of the words")
    words = traitlets.Dict().tag(**IN_ORDER)
    themes = traitlets.Dict().tag(sync=True)
    rules: "traitlets.List[dict[str, Any]]" = traitlets.List().tag(sync=True)
    limits = traitlets.Dict().tag(sync=True)
    displayed = traitlets.Dict(help="the kinds of displayed numbers").tag(sync=True)
    usual = traitlets.Dict().tag(**IN_ORDER)
    claimed = traitlets.Dict(help="what a verdict depends on").tag(sync=True)
    random: "traitlets.List[float]" = traitlets.List().tag(sync=True)
    charts = traitlets.Dict(help="of the atlas; sent when the first one opens").tag(**IN_ORDER)
    pictures = traitlets.Dict(help="of the 2-D explorer; sent when the first one opens").tag(**AS_TEXT)

    def open_pictures(self) -> None:
        """Carry the pictures that come with the package from now on."""
        if not self.pictures:
            self.pictures = packed_pictures()

    def open_charts(self) -> None:
        """Carry the charts of the atlas from now on: once per kernel, and never where no atlas opens."""
        self.charts = charts()

    def change_language(self) -> None:
        """Carry the words of the current language, for views that open from now on."""
        self.language, self.words, self.rules = current(), view_words(), rule_words()
        if self.charts:
            self.open_charts()


def packed_pictures() -> dict[str, Any]:
    """Return the pictures of the package as the browser takes them."""
    return {
        "pictures": {name: packed_picture(pictures.picture(name)) for name in pictures.PICTURES},
        "file": {"bytes": pictures.LARGEST_FILE, "pixels": pictures.LARGEST_PIXELS},
    }


_shared: Shared | None = None


def contents() -> dict[str, Any]:
    """Return what every view needs, apart from the code."""
    return {
        "css": "\n".join(map(read, STYLES)),
        "words": view_words(),
        "themes": THEMES,
        "rules": rule_words(),
        "limits": {"slider": SLIDER_MAX, "typed": LARGEST_SHOWN, "grid": pictures.LARGEST},
        "displayed": displayed.as_data(),
        "usual": USUAL,
        "claimed": CLAIMED,
        "random": RANDOM,
    }


def shared() -> Shared:
    """Return this kernel's shared widget, in the current language; a new one after ``Widget.close_all()``."""
    global _shared
    if _shared is None or _shared.comm is None:
        _shared = Shared(code=zlib.compress(sent_code(VIEWS).encode(), 9), language=current(), **contents())
    elif _shared.language != current():
        _shared.change_language()
    return _shared
