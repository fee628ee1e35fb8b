"""From a key press on a slider to the changed picture, in one dimension and in two, in JupyterLab and in Voila.

Around 64 -> 32, 32 x 32 -> 16 x 16 and 256 x 256 -> 64 x 64 the arrow keys move the sliders. A capturing `keydown`
listener notes the time, a MutationObserver on the picture notes the last change of that press, and a message posted in
the next animation frame arrives when that frame has been painted. Labels for screen readers, which the explorers set
when the slider rests, do not count. Beside the first two, in the same run, a notebook that redraws the same with
`interact` and matplotlib, as most teaching notebooks do: there the change is the new picture's arrival.
"""

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from benchmarks.servers import chromium, jupyterlab, new_page
from benchmarks.table import Row, attempted
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
GRID_BASELINE = """
import matplotlib.pyplot as plt, numpy as np
from ipywidgets import interact
from pooltutor import bins, pool
%matplotlib inline

@interact(height=(1, 64), width=(1, 64), rows=(1, 64), columns=(1, 64))
def draw(height=32, width=32, rows=16, columns=16):
    x = np.arange(height * width).reshape(height, width)
    figure, axes = plt.subplots(2, 2, figsize=(10, 6), width_ratios=(1, 1), height_ratios=(1, 8))
    for k, b in enumerate(bins(width, columns)):
        axes[0, 0].barh(k % 2, b.length, left=b.start)
        axes[0, 0].text((b.start + b.stop) / 2, k % 2, str(b), ha="center")
    axes[1, 0].imshow(x)
    for b in bins(height, rows):
        axes[1, 0].axhline(b.start - 0.5, lw=0.5)
    y = pool(x, (rows, columns))
    axes[1, 1].imshow(y)
    if y.size <= 256:
        for (i, j), value in np.ndenumerate(y):
            axes[1, 1].text(j, i, f"{value:g}", ha="center", va="center", fontsize=6)
    plt.show()
"""
LARGE = """
import numpy as np, pooltutor
pixels = np.random.default_rng(0).integers(0, 256, (256, 256, 3)).astype(np.uint8)
pooltutor.explore2d(image=pixels, target_size=(64, 64))
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


@dataclass(frozen=True)
class Case:
    """A notebook with an explorer: what it shows, which sliders are walked, and the budget for the script."""

    name: str
    source: str
    about: str
    sliders: tuple[str, ...]
    picture: str
    budget: float
    frame: float | None = None  # budget to the painted frame
    baseline: str = ""  # a notebook that draws the same with interact and matplotlib


TARGETS = ("Target height", "Target width")
CASES = (
    Case("64 → 32", "import pooltutor\npooltutor.explore(64, 32)", "64,32,pytorch", ("Input size", "Target size"),
         "svg.pt-picture", 4, 16, BASELINE),
    Case("32 × 32 → 16 × 16", "import pooltutor\npooltutor.explore2d((32, 32), (16, 16))", "32x32,16x16,pytorch",
         ("Input height", "Input width", *TARGETS), ".pt-stage", 8, None, GRID_BASELINE),
    Case("256 × 256 → 64 × 64, in colour", LARGE, "256x256,64x64,pytorch", TARGETS, ".pt-stage", 25),
)  # fmt: skip
# What the notebooks beside the explorers took on the machine that the budgets are for, 2026-11-25, in milliseconds.
REFERENCES = {
    ("JupyterLab", "64 → 32"): 149,
    ("JupyterLab", "32 × 32 → 16 × 16"): 426,
    ("Voila", "64 → 32"): 139,
    ("Voila", "32 × 32 → 16 × 16"): 432,
}


def measure_explorer(page, case: Case) -> list[tuple[float, float]]:
    """Walk the sliders of an explorer."""
    view = View(page)
    view.wait("agrees", case.about)
    root = page.query_selector(f".pooltutor {case.picture}")
    results = []
    for name in case.sliders:
        view.slider(name).focus()
        results += walk(page, root, PRESSES // len(case.sliders), 250)
    return results


def shown_baseline(open_notebook: Callable):
    """The page of the notebook that draws with matplotlib, opened again where Voila does not finish it.

    That happens to `interact` alone: nbclient answers its Output widget on the socket on which it awaits the kernel's
    reply, and can miss that reply.
    """
    from playwright.sync_api import TimeoutError

    for last in (False, False, True):
        page = open_notebook()
        try:
            page.wait_for_selector(".jp-OutputArea-output img")
            return page
        except TimeoutError:
            if last:
                raise
            page.close()


def measure_baseline(page) -> list[tuple[float, float]]:
    """Walk the input size of the notebook that draws with matplotlib."""
    page.wait_for_timeout(1500)
    page.locator(".widget-slider .noUi-handle").nth(0).focus()
    return walk(page, page.query_selector(".jp-OutputArea-output"), PRESSES // 3, 1500)


def live_rows(place: str, case: Case, live: list) -> list[Row]:
    """The explorer of one case in one place, from (milliseconds to changed DOM, to painted frame) of each press."""
    script, frame = [dom for dom, _ in live], [paint for _, paint in live]
    return [
        Row(f"{place}: slider key press to changed DOM, around {case.name}", script, budget=case.budget),
        Row(f"{place}: slider key press to painted frame, around {case.name}", frame, budget=case.frame),
    ]


def baseline_rows(place: str, case: Case, live: list, drawn: list) -> list[Row]:
    """The notebook beside that explorer."""
    script = [dom for dom, _ in live]
    baseline = [dom for dom, _ in drawn]
    ratio = statistics.median(baseline) / statistics.median(script)
    what = f"{place}: a notebook with `interact` and matplotlib, around {case.name}"
    return [
        Row(what, baseline, reference=REFERENCES[place, case.name]),
        Row(f"{place}: that notebook over the explorer", [ratio], "×", 40, "median", at_least=True),
    ]


NOTEBOOKS = ("explorer", "baseline")


def case_rows(place: str, case: Case, open_explorer: Callable, open_baseline: Callable) -> list[Row]:
    """What can be measured of one case in one place: the explorer, and the notebook beside it."""
    live: list[tuple[float, float]] = []

    def explorer() -> list[Row]:
        live.extend(measure_explorer(open_explorer(), case))
        return live_rows(place, case, live)

    def baseline() -> list[Row]:
        return baseline_rows(place, case, live, measure_baseline(shown_baseline(open_baseline)))

    found = attempted(f"{place}: the explorer around {case.name}", explorer)
    if case.baseline and live:
        found += attempted(f"{place}: a notebook with `interact` and matplotlib, around {case.name}", baseline)
    return found


def rows() -> list[Row]:
    """Measure the explorers and the notebooks beside them, in JupyterLab and then in Voila."""
    with jupyterlab() as lab, chromium() as browser:
        for k, case in enumerate(CASES):
            lab.write(f"explorer{k}.ipynb", case.source)
            lab.write(f"baseline{k}.ipynb", case.baseline)

        def measure(place, open_notebook):
            found = []
            for k, case in enumerate(CASES):
                found += case_rows(place, case, *(partial(open_notebook, f"{name}{k}.ipynb") for name in NOTEBOOKS))
                lab.end_sessions()
            return found

        found = measure("JupyterLab", lambda name: LabPage(new_page(browser), lab).open(name).page)
        voila = Voila(lab)
        try:
            return found + measure("Voila", lambda name: voila.open(new_page(browser), name))
        finally:
            voila.close()
