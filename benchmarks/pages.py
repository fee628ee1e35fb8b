"""The ways to hand it out: how large the one-file page is, when it can be used, and when the classroom is painted."""

import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.servers import chromium
from benchmarks.table import Row
from pooltutor import demo, page
from pooltutor.access import TOP
from tests.checksums import CHECKSUMS, TARGETS

TIMES = 12
APP_TIMES = 5
FORMULAS = 12
ABOUT = {"version": "2.13.0", "date": "2026-01-01", "count": "4,096", "program": "0"}  # as long as a real one
RECORD = {**ABOUT, "targets": TARGETS, "checksums": CHECKSUMS}
SLIDES = 60
# Milliseconds from the start of the navigation until a picture is there and has answered a slider.
USED = """async () => {
  const there = () => document.querySelector('[role=tabpanel] svg.pt-picture [data-cell]');
  while (!there()) await new Promise(requestAnimationFrame);
  const range = document.querySelector('input[type=range]');
  const count = () => document.querySelectorAll('[data-cell]').length;
  range.value = 9;
  range.dispatchEvent(new Event('input', {bubbles: true}));
  while (count() !== 9) await new Promise(requestAnimationFrame);
  return performance.now();
}"""

# Milliseconds from a move of the target's slider, there and back, to the picture that is laid out again.
SLID = """async (times) => {
  const range = [...document.querySelectorAll('input[type=range]')].filter((each) => each.offsetParent)[1];
  const [here, taken] = [Number(range.value), []];
  for (let k = 0; k < times; k++) {
    await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
    const started = performance.now();
    range.value = here - (k % 2 ? 0 : 1);
    range.dispatchEvent(new Event('input', {bubbles: true}));
    document.querySelector('svg.pt-picture').getBoundingClientRect();
    taken.push(performance.now() - started);
  }
  return taken;
}"""

# Milliseconds from a formula that is typed to what is told of it at all 4,096 sizes. Each time it is a new one.
TYPED = """async (times) => {
  const area = document.querySelector('.pt-formula textarea');
  const report = area.closest('.pt-formula').querySelector('.pt-formula-report');
  const taken = [];
  for (let k = 1; k <= times; k++) {
    await new Promise((rested) => setTimeout(rested, 200));
    const started = performance.now();
    area.value = `start = i * n // m\\nstop = -(-(i + 1) * n // m) + ${k} // ${k + 1}`;
    area.dispatchEvent(new Event('input', {bubbles: true}));
    while (!report.hasAttribute('aria-busy')) await new Promise(requestAnimationFrame);
    while (report.hasAttribute('aria-busy')) await new Promise(requestAnimationFrame);
    taken.push(performance.now() - started);
  }
  return taken;
}"""


def page_rows() -> list[Row]:
    """Size and first use of the page, opened from disk."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        path = Path(folder) / "pooling.html"
        path.write_text(page.page_html(RECORD), encoding="utf-8")
        used = []
        for _ in range(TIMES):
            context = browser.new_context(offline=True)
            opened = context.new_page()
            opened.goto(path.as_uri(), wait_until="commit")
            used.append(opened.evaluate(USED))
            context.close()
        size = path.stat().st_size / 1000
        slid = [slides(browser, path, n, m, budget) for n, m, budget in ((64, 32, 4), (512, 100, 16))]
        slid.append(own_formula(browser, path))
    return [
        Row("one-file page: size", [size], "KB", 300, "median"),
        Row("one-file page: opened from disk to the first slider answered", used[1:], "ms", 120, "median"),
        *slid,
    ]


def slides(browser: Any, path: Path, n: int, m: int, budget: float) -> Row:
    """How long the page takes for a move of a slider around one size, layout included."""
    opened = browser.new_page(viewport={"width": 1024, "height": 768})
    opened.goto(f"{path.as_uri()}#n={n}&m={m}")
    opened.locator("svg.pt-picture:visible [data-cell]").first.wait_for()
    taken = opened.evaluate(SLID, SLIDES)
    opened.close()
    return Row(f"one-file page: slider around {n} → {m} to laid-out picture", taken[4:], "ms", budget)


def own_formula(browser: Any, path: Path) -> Row:
    """How long the page takes to compare a formula of one's own with PyTorch at all sizes, once it has been typed."""
    opened = browser.new_page(viewport={"width": 1024, "height": 768})
    opened.goto(f"{path.as_uri()}#n=14&m=4&more=1")
    opened.get_by_label("Rule", exact=True).filter(visible=True).select_option("own")
    opened.locator(".pt-formula-report:not([aria-busy]) .pt-formula-count").first.wait_for()
    taken = opened.evaluate(TYPED, FORMULAS)
    opened.close()
    return Row("one-file page: own formula typed to its report on all 4,096 sizes", taken[2:], "ms", 150, "median")


def app_rows() -> list[Row]:
    """From the request of the classroom to its painted explorer, with a kernel started in advance."""
    taken = []
    with tempfile.TemporaryFile() as log, demo.app_process(None, log, TOP) as process, chromium() as browser:
        address = f"http://127.0.0.1:{int(process.stdout.readline())}/"
        for _ in range(APP_TIMES):
            time.sleep(10)  # until the next kernel is warm
            context = browser.new_context(viewport={"width": 1024, "height": 768})
            opened = context.new_page()
            started = time.perf_counter()
            opened.goto(address, wait_until="commit", timeout=60_000)
            opened.locator("svg.pt-picture:visible [data-cell]").first.wait_for(timeout=60_000)
            taken.append(time.perf_counter() - started)
            context.close()
    return [Row("`run.py demo`: page request to painted explorer, warm kernel", taken[1:], "s", 1.2, "median")]


def rows() -> list[Row]:
    """All rows."""
    return page_rows() + app_rows()
