"""From a key press on a slider to the changed picture, in JupyterLab and in Voila.

Around 64 -> 32 the arrow keys move both sliders. A capturing `keydown` listener notes the time, a MutationObserver on
the picture notes the last change of that press, and a message posted in the next animation frame arrives when that
frame has been painted. Labels for screen readers, which the explorer sets when the slider rests, do not count. Beside
the explorer, in the same run, a notebook that redraws the same bars with `interact` and matplotlib, as most teaching
notebooks do: there the change is the new picture's arrival.
"""

import statistics

from benchmarks.servers import chromium, jupyterlab, new_page
from benchmarks.table import Row
from tests.lab import LabPage
from tests.view import View
from tests.voila import Voila

PRESSES = 60
BASELINE = """
import matplotlib.pyplot as plt
from ipywidgets import interact
from pooltutor import bins
%matplotlib inline

@interact(n=(1, 64), m=(1, 64))
def draw(n=64, m=32):
    figure, axes = plt.subplots(figsize=(10, 3))
    for i, b in enumerate(bins(n, m)):
        axes.barh(i % 2, b.length, left=b.start)
        axes.text((b.start + b.stop) / 2, i % 2, str(b), ha="center")
    plt.show()
"""
MEASURE = """root => {
  const seen = window.__seen = {pressed: 0, changed: 0, painted: 0};
  const watch = new MutationObserver(records => {
    // What is seen; labels for screen readers follow when the slider rests.
    if (records.every(record => ['aria-label', 'aria-valuetext'].includes(record.attributeName))) return;
    seen.changed = performance.now();
    requestAnimationFrame(() => {
      const after = new MessageChannel();  // its message comes when the frame has been handed over
      after.port1.onmessage = () => { seen.painted = performance.now(); };
      after.port2.postMessage(0);
    });
  });
  watch.observe(root, {subtree: true, childList: true, attributes: true, characterData: true});
  window.addEventListener('keydown', () => { seen.pressed = performance.now(); }, {capture: true, once: true});
  window.__stop = () => { watch.disconnect(); return [seen.changed - seen.pressed, seen.painted - seen.pressed]; };
}"""


def press(page, root, key: str, settle: int) -> tuple[float, float]:
    """One key press; milliseconds to the changed DOM and to the frame that shows it."""
    page.evaluate(MEASURE, root)
    page.keyboard.press(key)
    page.wait_for_timeout(settle)
    changed, painted = page.evaluate("() => window.__stop()")
    if min(changed, painted) <= 0:
        raise RuntimeError(f"a key press changed nothing within {settle} ms")
    return changed, painted


def walk(page, root, times: int, settle: int) -> list[tuple[float, float]]:
    """Two steps to the left and two to the right, over and over; the first four are not counted."""
    keys = ["ArrowLeft", "ArrowLeft", "ArrowRight", "ArrowRight"]
    return [press(page, root, keys[k % 4], settle) for k in range(times + 4)][4:]


def measure_explorer(page) -> list[tuple[float, float]]:
    """Walk both sliders of the explorer around 64 -> 32."""
    view = View(page)
    view.wait("agrees", "64,32,pytorch")
    root = page.query_selector(".pooltutor svg.pt-picture")
    results = []
    for name in ("Input size", "Target size"):
        view.slider(name).focus()
        results += walk(page, root, PRESSES // 2, 250)
    return results


def measure_baseline(page) -> list[tuple[float, float]]:
    """Walk the input size of the notebook that draws with matplotlib."""
    page.wait_for_selector(".jp-OutputArea-output img")
    page.wait_for_timeout(1500)
    page.locator(".widget-slider .noUi-handle").nth(0).focus()
    return walk(page, page.query_selector(".jp-OutputArea-output"), PRESSES // 2, 1200)


def table_rows(place: str, live: list[tuple[float, float]], drawn: list[tuple[float, float]]) -> list[Row]:
    """The rows of one place, from (milliseconds to changed DOM, to painted frame) of each press."""
    script, frame, baseline = [dom for dom, _ in live], [paint for _, paint in live], [dom for dom, _ in drawn]
    ratio = statistics.median(baseline) / statistics.median(script)
    return [
        Row(f"{place}: slider key press to changed DOM, around 64 → 32", script, budget=8),
        Row(f"{place}: slider key press to painted frame", frame, budget=33),
        Row(f"{place}: the same in a notebook with `interact` and matplotlib", baseline),
        Row(f"{place}: that notebook over the explorer", [ratio], "×", 25, "median", at_least=True),
    ]


def rows() -> list[Row]:
    """Measure the explorer and the notebook beside it, in JupyterLab and then in Voila."""
    with jupyterlab() as lab, chromium() as browser:
        lab.write("explorer.ipynb", "import pooltutor\npooltutor.explore(64, 32)")
        lab.write("baseline.ipynb", BASELINE)

        def measure(place, open_notebook):
            live = measure_explorer(open_notebook("explorer.ipynb"))
            return table_rows(place, live, measure_baseline(open_notebook("baseline.ipynb")))

        found = measure("JupyterLab", lambda name: LabPage(new_page(browser), lab).open(name).page)
        lab.end_sessions()
        voila = Voila(lab)
        try:
            return found + measure("Voila", lambda name: voila.open(new_page(browser), name))
        finally:
            voila.close()
