"""What stands beside the site: the one-file page, and a lesson as HTML that nbconvert has made with its widgets."""

import json
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import nbformat
from ipywidgets import Widget
from nbconvert import HTMLExporter

import pooltutor
from benchmarks.table import Row
from pooltutor.live.preview import STATE
from pooltutor.site.lessons import Lesson, lessons, source
from tests.built_site import wake
from tests.lessons import WIDGET, value_of

LESSON = "01-windows"
VIEW = ".pooltutor:not(.pooltutor .pooltutor):has(.pt-picture [data-cell])"
WAITS = 3000
"""Milliseconds that an exported page gets: a view that lives from a disk is there sooner."""


def rows(browser: Any, site: Path, work: Path) -> list[Row]:
    """How many bytes each of them takes, and how many views live where there is no network."""
    (lesson,) = (each for each in lessons() if each.key == LESSON)
    exported = work / f"{LESSON}.html"
    exported.write_text(exported_html(lesson), encoding="utf-8")
    pages = {
        f"site: lessons/{LESSON}": site / "lessons" / f"{LESSON}.html",
        "one-file page": site / "pooling.html",
        f"{LESSON} exported by nbconvert with its widgets": exported,
    }
    found = {name: opened(browser, path) for name, path in pages.items()}
    (here, _), _, (there, asked) = found.values()
    of = sum(STATE in output.get("data", {}) for cell in lesson.notebook["cells"] for output in cell.get("outputs", []))
    names = list(pages)
    return [
        *(Row(f"{name}: its files, deflated", [deflated(path, found[name][1])], "KB") for name, path in pages.items()),
        Row(f"{names[0]}, without a network: views that live", [float(here)], f"of {of}", of, "median", at_least=True),
        Row(f"{names[2]}, without a network: views that live", [float(there)], f"of {of}"),
        Row(f"{names[2]}: scripts that it asks other machines for, at least", [float(remote(asked))], ""),
    ]


def opened(browser: Any, path: Path) -> tuple[int, list[str]]:
    """How many views live on a page that is opened without a network, and all that it asks for."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri(), wait_until="load")
    if not wake(page):  # no view of the site
        page.wait_for_timeout(WAITS)
    count = page.locator(VIEW).count()
    context.close()
    return count, asked


def remote(asked: list[str]) -> int:
    """How many of these addresses are on other machines."""
    return sum(urlsplit(url).scheme in ("http", "https") for url in asked)


def deflated(path: Path, asked: list[str]) -> float:
    """Kilobytes of the files of this machine that a page has asked for, each as a server would send it."""
    files = {path, *(Path(unquote(urlsplit(url).path)) for url in asked if url.startswith("file:"))}
    return sum(len(zlib.compress(file.read_bytes(), 9)) for file in files) / 1000


def exported_html(lesson: Lesson) -> str:
    """The lesson as JupyterLab saves it with the state of its views, and as nbconvert makes HTML of that."""
    notebook = nbformat.reads(json.dumps(lesson.notebook), 4)
    for cell in notebook.cells:
        if any(STATE in output.get("data", {}) for output in cell.get("outputs", [])):
            data, metadata = value_of(source(cell), {"pooltutor": pooltutor})._repr_mimebundle_()
            cell.outputs = [nbformat.v4.new_output("display_data", data, metadata=metadata)]
    notebook.metadata["widgets"] = {WIDGET.replace("view", "state"): Widget.get_manager_state()}
    return str(HTMLExporter().from_notebook_node(notebook)[0])
