"""The JavaScript modules, joined into one in the order that their own imports ask for.

Code reaches the browser from a blob, where no import resolves. So the modules become one, imports and exports are
dropped, and a module stands behind those it imports.
"""

import posixpath
import re
from functools import cache
from importlib.resources import files

from pooltutor.words import say

IMPORT = re.compile(r'^import \{[^}]*\} from "(\.[^"]+)";\n', re.MULTILINE)
COMMENT = re.compile(r"^ *//.*\n|^ */\*\*(?:(?!\*/)[\s\S])*\*/\n|/\*\* @type .*?\*/ ?", re.MULTILINE)

# Indentation, and what is said behind code in its line: a fifteenth of all that is sent, even when it is deflated.
UNREAD = re.compile(r"^ +|(?<=[;{},(\[]) // .*$", re.MULTILINE)


def read(name: str) -> str:
    """Return the text of one file of this folder: ``read("css/view.css")``.

    Raises FileNotFoundError where there is none.
    """
    return (files(__package__) / name).read_text(encoding="utf-8")


def imported_by(name: str) -> list[str]:
    """Return the modules that a module imports, by their places in this folder, as they are written there."""
    return [posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) for path in IMPORT.findall(read(name))]


def in_order(*entries: str) -> list[str]:
    """Return the modules that ``entries`` need, and the entries, each behind all that it imports.

    Raises ValueError where modules import each other in a circle, or one that is not there.
    """
    ordered: list[str] = []
    for entry in entries:
        _place(entry, (), ordered)
    return ordered


def _place(name: str, importers: tuple[str, ...], ordered: list[str]) -> None:
    """Put a module behind what it imports, unless it stands there already."""
    if name in ordered:
        return
    if name in importers:
        circle = [*importers[importers.index(name) :], name]
        raise ValueError(say("live.circle", modules=" → ".join(circle)))
    try:
        needed = imported_by(name)
    except FileNotFoundError:
        raise ValueError(say("live.missing", importer=importers[-1], module=name)) from None
    for each in needed:
        _place(each, (*importers, name), ordered)
    ordered.append(name)


@cache
def joined_code(*entries: str) -> str:
    """Return ``entries``, and all that they import, as one module that exports what its last entry does.

    Comments stay at home.
    """
    parts = [IMPORT.sub("", read(name)) for name in in_order(*entries)]
    inner = [re.sub(r"^export ", "", part, flags=re.MULTILINE) for part in parts[:-1]]
    return COMMENT.sub("", "\n".join([*inner, parts[-1]]))


def sent_code(*entries: str) -> str:
    """Return the same module as it is sent, without what no browser reads."""
    return UNREAD.sub("", joined_code(*entries))
