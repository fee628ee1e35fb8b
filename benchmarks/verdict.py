"""From the last key press on a slider to PyTorch's verdict, with PyTorch loaded, and PyTorch's share of that."""

from benchmarks.servers import chromium, jupyterlab, new_page
from benchmarks.table import Row
from tests.lab import LabPage
from tests.view import View

PRESSES = 40
REST = 60  # milliseconds: REST_MS in pure/store.js, for which a slider must stand still
NOTEBOOK = """
import time
import pooltutor
from pooltutor import reference

spent, worked = [], []

def timed(ask):
    def asked(*arguments):
        started, began = time.perf_counter(), time.thread_time()
        answer = ask(*arguments)
        for times, end, start in ((spent, time.perf_counter(), started), (worked, time.thread_time(), began)):
            times[-1:] = [sum(times[-1:]) + 1000 * (end - start)]
        return answer
    return asked

for name in ("windows", "values", "matrix", "winners"):
    setattr(reference, name, timed(getattr(reference, name)))
pooltutor.explore(64, 32)
"""
TRIED = (
    "a few answers wait for the interpreter's lock, 5 ms at a time, which the kernel's other threads hold: JupyterLab "
    "asks in a thread beside the main one. Asking small questions on one of PyTorch's threads lowered the median; the "
    "row below leaves the waiting out."
)
MEASURE = """about => {
  const status = document.querySelector('.pooltutor [role=status]');
  window.__verdict = new Promise(resolve => {
    let pressed = 0;
    window.addEventListener('keydown', () => { pressed = performance.now(); }, {capture: true, once: true});
    const watch = new MutationObserver(() => {
      if (status.dataset.verdict === 'agrees' && status.dataset.for === about) {
        watch.disconnect();
        resolve(performance.now() - pressed);
      }
    });
    watch.observe(status, {attributes: true});
  });
}"""


def rows() -> list[Row]:
    """Step the input size to and fro; the kernel notes how long it asked PyTorch for each verdict."""
    with jupyterlab() as lab, chromium() as browser:
        lab.write("verdict.ipynb", NOTEBOOK)
        page = LabPage(new_page(browser), lab).open("verdict.ipynb").page
        view = View(page)
        view.wait("agrees", "64,32,pytorch")
        kernel = lab.python("verdict.ipynb")
        view.slider("Input size").focus()
        verdicts = [_verdict(page, kernel, n) for n in [63, 64] * (PRESSES // 2 + 2)][4:]
        asked, worked = (
            [float(text) for text in kernel(f"print(*{name})").split()][-PRESSES:] for name in ("spent", "worked")
        )
    return [
        Row("verdict after the slider rests, PyTorch loaded", verdicts, budget=100, waiting=REST),
        Row("of which asking PyTorch", asked, budget=3, tried=TRIED),
        Row("of which PyTorch and this package work, waiting left out", worked),
    ]


def _verdict(page, kernel, n: int) -> float:
    kernel("spent.append(0.0); worked.append(0.0)")
    page.evaluate(MEASURE, f"{n},32,pytorch")
    page.keyboard.press("ArrowLeft" if n == 63 else "ArrowRight")
    milliseconds = page.evaluate("() => window.__verdict")
    page.wait_for_timeout(50)  # the kernel is idle again
    return milliseconds
