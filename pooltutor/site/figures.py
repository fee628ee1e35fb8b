"""One output of a notebook as HTML: a view with its state, a still picture, or what an object says in HTML."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from html import escape
from typing import Any

from pooltutor.live.preview import STATE
from pooltutor.site.pictures import Pictures, decoded
from pooltutor.site.questions import Question, questions_of
from pooltutor.words import load, say

PNG = "image/png"
INLINE = re.compile(r' style="([^"]*)"')


@dataclass
class Figures:
    """Makes the outputs of one page; ``root`` leads from the page to the top of the site."""

    pictures: Pictures
    root: str
    styles: dict[str, str]
    """Declarations by the name of the class that has them: no page may have style attributes."""
    page: str = ""
    """The page that they are for, as its reader's browser keeps answers under its name: ``lessons/01-windows``."""
    count: int = field(default=0, init=False)
    questions: list[Question] = field(default_factory=list, init=False)

    def output(self, output: dict[str, Any]) -> dict[str, Any]:
        """Return an output as the site shows it; what is text stays as it is."""
        data = output.get("data", {})
        if STATE in data:
            html = self.view(data[STATE], decoded(data[PNG]), output["metadata"].get(PNG, {}))
        elif PNG in data:
            image = self._image(decoded(data[PNG]), output["metadata"].get(PNG, {}))
            html = f'<figure class="site-still">{image}</figure>'
        elif "text/html" in data:
            html = self._said(data)
        else:
            return output
        return {"output_type": "display_data", "data": {"text/html": html}, "metadata": {}}

    def view(self, saved: dict[str, Any], png: bytes, about: dict[str, Any]) -> str:
        """Return the figure of a view: its state, and the picture that stands for it until it lives."""
        self.count += 1
        name = f"view-{self.count}"
        self.questions += questions_of(saved, f"{self.page}#{name}")
        state = escape(json.dumps(saved, ensure_ascii=False, separators=(",", ":")))
        image = self._image(png, about)
        return f'<figure class="site-figure" id="{name}" data-saved="{state}">{image}</figure>'

    def _image(self, png: bytes, about: dict[str, Any]) -> str:
        alt = about.get("alt") or say("site.picture")
        return self.pictures.element(png, width=int(about.get("width", 900)), alt=alt, root=self.root)

    def _said(self, data: dict[str, Any]) -> str:
        """The HTML of an object; a question that Python marks says where Python is."""
        html = joined(data["text/html"])
        if load()["exercises"]["your_turn"] in joined(data.get("text/plain", "")):
            return f'<p class="site-python">{say("site.needs_python", command="<code>python3 run.py</code>")}</p>'
        html = re.sub(r"<style[^>]*>(.*?)</style>", self._sheet, html, flags=re.DOTALL)
        return f'<div class="site-html">{INLINE.sub(self._class, html)}</div>'

    def _class(self, found: re.Match[str]) -> str:
        name = f"s{hashlib.sha256(found[1].encode()).hexdigest()[:8]}"
        self.styles[name] = f".{name} {{ {found[1]} }}"
        return f' class="{name}"'

    def _sheet(self, found: re.Match[str]) -> str:
        self.styles[hashlib.sha256(found[1].encode()).hexdigest()] = found[1]
        return ""


def joined(text: str | list[str]) -> str:
    """Return a text as one, which a notebook may hold as lines."""
    return text if isinstance(text, str) else "".join(text)
