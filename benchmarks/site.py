"""The lessons' web site: how long it takes to make, when its first view lives, what moves meanwhile, what is loaded."""

import tempfile
import time
import zlib
from pathlib import Path
from typing import Any

from benchmarks import site_peers
from benchmarks.pages import RECORD
from benchmarks.servers import chromium
from benchmarks.table import Row
from pooltutor.site.building import build

TIMES = 12
LOADED = ("views.js", "data.js", "head.js", "theme.js", "site.css", "outputs.css")
TRIED = "a profile says that more than half is the browser itself: files, layout, paint; scripts are the rest."
# Milliseconds from the start of the navigation until the first view lives and is painted.
ALIVE = """async living => {
  while (!document.querySelector(living)) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now();
}"""
# How much of what was seen has moved by itself, as browsers measure it, when the page has come to rest.
MOVED = """async () => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) sum += value;
  }).observe({ type: 'layout-shift', buffered: true });
  await new Promise((rested) => setTimeout(rested, 500));
  return sum;
}"""


def rows() -> list[Row]:
    """All rows."""
    with tempfile.TemporaryDirectory() as work, chromium() as browser:
        site = Path(work) / "site"
        started = time.perf_counter()
        build(site, RECORD)
        made = time.perf_counter() - started
        opened = [row for name in ("index", "lessons/01-windows") for row in opening(browser, site, name)]
        opened += opening(browser, site, "pooling", "[role=tabpanel] .pt-picture [data-cell]")
        beside = site_peers.rows(browser, site, Path(work))
        code = sum(len(zlib.compress((site / "_static" / name).read_bytes(), 9)) for name in LOADED)
        largest = max(path.stat().st_size for path in site.rglob("*.html") if path.name != "pooling.html")
    return [
        Row("site: to make all pages, without the comparison", [made], "s"),
        *opened,
        Row("site: code, words and colours that a page loads, deflated", [code / 1000], "KB", 250, "median"),
        Row("site: the largest page, without what it loads", [largest / 1000], "KB"),
        *beside,
    ]


def opening(browser: Any, site: Path, name: str, living: str = "[data-alive]") -> list[Row]:
    """From the request of a page to its first living view, and what has moved by then."""
    taken, moved = [], []
    for _ in range(TIMES):
        context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.goto((site / f"{name}.html").as_uri(), wait_until="commit")
        taken.append(page.evaluate(ALIVE, living))
        moved.append(page.evaluate(MOVED))
        context.close()
    what = "one-file page" if name == "pooling" else f"site: {name}"
    budget = None if name == "pooling" else 600
    return [
        Row(f"{what}, opened from disk to the first living view", taken[1:], "ms", budget, "median", tried=TRIED),
        Row(f"{what}, layout shift (below 0.1 is good)", moved[1:], "", 0.1, "median"),
    ]
