"""From a key press on a slider to the changed picture, in JupyterLab: `python -m benchmarks.slider_latency`.

Around 64 -> 32 the arrow keys move both sliders. A capturing `keydown` listener notes the time, a MutationObserver on
the picture notes the last change of that press, and a message posted in the next animation frame arrives when that
frame has been painted. Beside the explorer, in the same run, a notebook that redraws the same bars with `interact`
and matplotlib, as most teaching notebooks do: there the change is the new picture's arrival.
"""

import statistics
import tempfile
from pathlib import Path

from tests.conftest import FLAGS, browser_path
from tests.lab import Lab, LabPage
from tests.view import View

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
  const watch = new MutationObserver(() => {
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
    return tuple(page.evaluate("() => window.__stop()"))


def measure_explorer(page: LabPage) -> list[tuple[float, float]]:
    """Walk both sliders of the explorer around 64 -> 32."""
    view = View(page.page)
    view.wait("agrees", "64,32,pytorch")
    root = page.page.query_selector(".pooltutor svg.pt-picture")
    results = []
    for name in ("Input size", "Target size"):
        view.slider(name).focus()
        for k in range(PRESSES // 2):
            results.append(press(page.page, root, "ArrowLeft" if k % 4 < 2 else "ArrowRight", 250))
    return results


def measure_baseline(page: LabPage) -> list[tuple[float, float]]:
    """Walk the input size of the notebook that draws with matplotlib."""
    page.page.wait_for_selector(".jp-OutputArea-output img")
    page.page.wait_for_timeout(1500)
    root = page.page.query_selector(".jp-Notebook")
    page.page.locator(".widget-slider .noUi-handle").nth(0).focus()
    return [press(page.page, root, "ArrowLeft" if k % 4 < 2 else "ArrowRight", 900) for k in range(PRESSES // 2)]


def row(name: str, times: list[float]) -> str:
    """One line of the result."""
    p95 = statistics.quantiles(times, n=20)[-1]
    return f"{name:46} median {statistics.median(times):7.1f} ms   p95 {p95:7.1f} ms   {len(times)} presses"


def main() -> None:
    """Measure both in one browser and print the table."""
    from playwright.sync_api import sync_playwright

    lab = Lab(Path(tempfile.mkdtemp()))
    try:
        lab.write("explorer.ipynb", "import pooltutor\npooltutor.explore(64, 32)")
        lab.write("baseline.ipynb", BASELINE)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
            context = browser.new_context(viewport={"width": 1280, "height": 1000})
            live = measure_explorer(LabPage(context.new_page(), lab).open("explorer.ipynb"))
            drawn = measure_baseline(LabPage(context.new_page(), lab).open("baseline.ipynb"))
            browser.close()
    finally:
        lab.close()
    print(row("explorer: key press to changed DOM", [dom for dom, _ in live]))
    print(row("explorer: key press to painted frame", [frame for _, frame in live]))
    print(row("interact + matplotlib: to changed DOM", [dom for dom, _ in drawn]))
    ratio = statistics.median(dom for dom, _ in drawn) / statistics.median(dom for dom, _ in live)
    print(f"ratio of the medians: {ratio:.0f}x")


if __name__ == "__main__":
    main()
