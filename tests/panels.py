"""What stands in the panels of an explorer, read from the page."""

import io
import json
from contextlib import redirect_stdout

import numpy as np

SMALLEST = """root => Math.min(...[...root.querySelectorAll('*')].filter(e => {
  const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
  const box = e.getBoundingClientRect();
  return (own || e.matches('input:not([type=checkbox]):not([type=range]), select')) && box.width > 2 && box.height > 2;
}).map(e => parseFloat(getComputedStyle(e).fontSize)))"""
DISABLED = "all => all.map(some => some.map(e => e.matches(':disabled')))"


def panel(view, name):
    return view.root.locator(f".pt-panel-{name}")


def attributes(view, mark, *names):
    script = "(all, names) => all.map(e => names.map(name => e.getAttribute(`data-${name}`)))"
    found = view.root.locator(f"[data-{mark}]").evaluate_all(script, list(names))
    return np.array([[float(value) for value in values] for values in found])


def shown_matrix(view, n):
    rows = attributes(view, "row", "from", "to", "weight")
    return np.array([[weight if a <= j < b else 0 for j in range(n)] for a, b, weight in rows])


def point_at(view, row, column):
    """Hover the entry of the matrix in that row and column; None for outside."""
    svg = view.root.locator("svg.pt-matrix")
    svg.scroll_into_view_if_needed()
    marks = {
        name: view.root.locator(f"[data-side-{name}='{k or 0}'] rect").bounding_box()
        for name, k in [("x", column), ("y", row)]
    }
    side = marks["x"] if column is not None else marks["y"]
    x = side["x"] + side["width"] / 2
    other = marks["y"] if row is not None else marks["x"]
    view.page.mouse.move(x, other["y"] + other["height"] / 2)


def table_of(view):
    rows = panel(view, "table").locator("tbody tr[data-table-row]")
    return rows.evaluate_all("all => all.map(r => [...r.cells].map(c => c.textContent))")


def code_of(view, name):
    return view.root.locator(f"[data-code='{name}']").text_content()


def duel_says(view):
    return panel(view, "duel").locator(".pt-duel-said p").all_inner_texts()


def printed_by(code: str) -> list[np.ndarray]:
    """The numbers that a displayed program prints, line by line."""
    with redirect_stdout(io.StringIO()) as out:
        exec(code, {})
    texts = [line.replace("nan", "NaN").replace("inf", "Infinity") for line in out.getvalue().splitlines()]
    return [np.array(json.loads(text)) for text in texts]


def as_json(view):
    """The state of a view as JSON has it."""
    return json.loads(json.dumps(view.state(), default=lambda array: [str(array.dtype), str(array.tolist())]))


def opened_by(code):
    """The state that a displayed call opens."""
    imports, call = code.rsplit("\n\n", 1)
    space = {}
    exec(f"{imports}\nagain = {call}", space)
    return as_json(space["again"])


def each_lock(view, python, locks, controls: dict[str, list]):
    """Each lock, and which controls are disabled under it alone; Python sets it, and all are asked at once."""
    handles = {name: [control.element_handle() for control in some] for name, some in controls.items()}
    python("view.lock = []")
    view.page.wait_for_function("all => all.flat().every(e => !e.disabled)", arg=list(handles.values()))
    for lock in locks:
        python(f"view.lock = [{lock!r}]")
        view.page.wait_for_function("e => e.disabled", arg=handles[lock][0])
        disabled = view.page.evaluate(DISABLED, list(handles.values()))
        yield lock, dict(zip(handles, disabled, strict=True))
