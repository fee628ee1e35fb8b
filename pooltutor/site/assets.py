"""Scripts and style sheets of the site, and the module that draws a view on other people's pages."""

import json
from typing import Any

from pooltutor.legend import THEMES
from pooltutor.live.as_text import to_text
from pooltutor.live.joining import read, sent_code
from pooltutor.live.shared import VIEWS
from pooltutor.page import page_contents
from pooltutor.site.lessons import folder_of

HEAD = ("js/site/head.js",)
"""What every page runs."""
BODY = (VIEWS, "js/site/site.js")
"""What pages with views run besides."""
EMBED = (VIEWS, "js/site/embed.js")
"""What other people's pages import."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; base-uri 'none'; "
    "form-action 'self'"
)
"""What a page may load: files of the site. None has a script, a style sheet or a style attribute in its text."""


def static_files(record: dict[str, Any], styles: dict[str, str]) -> dict[str, str]:
    """Return the text of each file beside the pages, by its name."""
    return {
        "theme.js": read("js/site/theme.js"),
        "head.js": _alone(sent_code(*HEAD)),
        "views.js": _alone(sent_code(*BODY)),
        "data.js": f"globalThis.pooltutorSite = {_carried(record)};\n",
        "site.css": "\n".join([_colours(), _style_sheet(), read("css/print.css")]),
        "outputs.css": "\n".join(styles.values()) + "\n",
    }


def embedded(record: dict[str, Any]) -> str:
    """Return ``pooltutor.mjs``: one module with all that a view needs."""
    return f"globalThis.pooltutorEmbedded ??= {_carried(record)};\n{sent_code(*EMBED)}"


def _alone(code: str) -> str:
    """A script that shares no names with others. It is no module: pages that are opened from a disk may load none."""
    return f"(() => {{\n{code}\n}})();\n"


def _carried(record: dict[str, Any]) -> str:
    data = {"record": record, "shared": to_text(page_contents())}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _colours() -> str:
    """The colours of the legend, light and dark, as the page has them: by the system, or as its reader chose."""
    light, dark = (
        "".join(f"--{name.replace('_', '-')}: {colour}; " for name, colour in THEMES[theme].items())
        for theme in ("light", "dark")
    )
    return (
        f":root {{ color-scheme: light; {light}}}\n"
        "@media screen {\n"
        f'  :root[data-theme="dark"] {{ color-scheme: dark; {dark}}}\n'
        f'  @media (prefers-color-scheme: dark) {{ :root:not([data-theme="light"]) {{ color-scheme: dark; {dark}}} }}\n'
        "}"
    )


def _style_sheet() -> str:
    return (folder_of("site") / "site.css").read_text(encoding="utf-8")
