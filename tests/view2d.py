"""Drive one 2-D explorer in a browser page: by its controls, and by what it says that it shows."""

import time

import numpy as np

from tests.lab import PATIENCE
from tests.view import View

SIDES = ("height", "width")

SET_SIZES = """(root, [n, m]) => {
  const named = (name) => [...root.querySelectorAll('label')].find((label) => label.textContent === name).control;
  const tell = (control, type, change) => (Object.assign(control, change), control.dispatchEvent(new Event(type)));
  ['height', 'width'].forEach((side, k) => {
    tell(named(`Input ${side}`), 'input', { value: n[k] });
    const keep = root.querySelector(`[aria-label='keep the ${side}']`);
    if (keep.checked !== (m[k] === null)) tell(keep, 'change', { checked: m[k] === null });
    if (m[k] !== null) tell(named(`Target ${side}`), 'input', { value: m[k] });
  });
}"""
SHOWN = "root => Object.fromEntries(Object.entries(root.shown()).map(([name, values]) => [name, [values].join(' ')]))"
MARKS = """(root, [mark, name]) => [...root.querySelectorAll(`[data-${mark}]`)]
  .filter((e) => e.dataset[name] !== undefined).map((e) => [e.dataset[mark], e.dataset[name]])"""
PIXELS = """(root, k) => {
  const canvas = root.querySelectorAll('canvas')[k];
  const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return canvas.hidden ? null : [canvas.height, canvas.width, data.join(' ')];
}"""
ABOUT = {"x": ("cell", "x"), "grad": ("cell", "grad"), "y": ("output", "y"), "upstream": ("output", "upstream")}


def numbers_of(text: str) -> np.ndarray:
    return np.array(text.split(), float)


class View2d(View):
    """One 2-D explorer on a page. Numbers have the shape (channels, rows, columns)."""

    right = "agrees"  # what is said of a right picture beside a kernel

    def set_sizes(self, n, m) -> None:
        """Move the sliders as a drag does; None ticks "keep"."""
        self.root.evaluate(SET_SIZES, [n, m])

    def wait_for(self, n, m, rule="pytorch", verdict=None) -> str:
        """Wait for a verdict about these sizes; return its sentence."""
        m = [size if target is None else target for size, target in zip(n, m, strict=True)]
        return self.wait(verdict or self.right, f"{n[0]}x{n[1]},{m[0]}x{m[1]},{rule}").split("\n")[-1]

    def shown(self) -> dict[str, np.ndarray]:
        """Every displayed number, as the view itself says; an array without entries where it shows none."""
        flat = {name: numbers_of(text.replace(",", " ")) for name, text in self.root.evaluate(SHOWN).items()}
        n, m = (tuple(flat.pop(name).astype(int)) for name in ("input_size", "target_size"))
        sizes = {"x": n, "grad": n, "y": m, "upstream": m, "winners": m}
        assert list(flat.pop("channels")) == [flat["x"].size / np.prod(n)]
        return {name: values.reshape(-1, *sizes[name]) for name, values in flat.items()}

    def marks(self, name: str) -> np.ndarray | None:
        """The numbers in the attributes of the cells or outputs; None where they are pixels."""
        found = dict(self.root.evaluate(MARKS, list(ABOUT[name])))
        if not found:
            return None
        places = {place: tuple(map(int, place.split(","))) for place in found}
        rows, columns = (max(place[axis] for place in places.values()) + 1 for axis in (0, 1))
        assert len(found) == rows * columns
        values = {places[place]: numbers_of(text) for place, text in found.items()}
        return np.moveaxis([[values[r, c] for c in range(columns)] for r in range(rows)], -1, 0)

    def pixels(self, name: str) -> np.ndarray | None:
        """The painted colours of "input" or "output", shape (rows, columns, 3); None where cells are marks."""
        found = self.root.evaluate(PIXELS, ["input", "output"].index(name))
        return found and numbers_of(found[2]).reshape(found[0], found[1], 4)[..., :3]

    def is_painted(self, name: str) -> bool:
        """Whether the cells of "input" or "output" are pixels."""
        return self.root.locator("canvas").nth(["input", "output"].index(name)).is_visible()

    def grid(self, name: str):
        """What has the keys of "input" or "output"."""
        return self.root.locator(f"[data-grid='{name}']")

    def point(self, name: str, row: int, column: int, press: bool = False) -> None:
        """Move the mouse to a cell or an output, marks or pixels, and press it there."""
        self.grid(name).scroll_into_view_if_needed()
        box = self.grid(name).bounding_box()
        rows, columns = self.shown()[{"input": "x", "output": "upstream"}[name]].shape[1:]
        at = box["x"] + (column + 0.5) * box["width"] / columns, box["y"] + (row + 0.5) * box["height"] / rows
        self.page.mouse.move(*at)
        if press:
            self.page.mouse.click(*at)

    def leave(self) -> None:
        """Take the mouse out of the picture."""
        self.status.hover()

    def code(self, name: str) -> str:
        return self.root.locator(f"[data-code='{name}']").text_content()

    def choose(self, file) -> None:
        """Choose an image file: a path, or {name, mimeType, buffer}."""
        self.chooser.set_input_files(file)

    @property
    def chooser(self):
        return self.root.get_by_label("image file", exact=True)

    def settled(self, python, verdict: str) -> None:
        """Wait until the kernel has this verdict about the very state that it holds."""
        deadline = time.monotonic() + PATIENCE
        while python("view.verdict") != repr(verdict):
            assert time.monotonic() < deadline, f"the kernel has no verdict {verdict!r}"
            self.page.wait_for_timeout(20)


def pytorch_numbers(shown: dict, kind: str) -> dict[str, np.ndarray]:
    """Outputs, gradients and winners asked of PyTorch directly, without any of pooltutor's code."""
    import torch  # not above: conftest.py imports this file, and few tests need seconds of torch
    import torch.nn.functional as F

    x, upstream = torch.tensor(shown["x"]).requires_grad_(), torch.tensor(shown["upstream"])
    size = upstream.shape[-2:]
    pooled = F.adaptive_avg_pool2d(x, size) if kind == "avg" else F.adaptive_max_pool2d(x, size, return_indices=True)
    y, *winners = [pooled] if kind == "avg" else pooled
    y.backward(upstream.expand_as(y))
    found = {"y": y.detach(), "grad": x.grad, **({"winners": winners[0]} if winners else {})}
    return {name: tensor.numpy() for name, tensor in found.items()}


def assert_same_as_pytorch(view: View2d, kind: str = "avg") -> dict[str, np.ndarray]:
    """Compare all that is displayed with PyTorch, and attributes with what the view says; return the latter."""
    shown = view.shown()
    true = pytorch_numbers(shown, kind)
    assert shown["y"].shape == true["y"].shape
    np.testing.assert_allclose(shown["y"], true["y"], rtol=1e-12, atol=1e-12)
    assert len(shown["grad"]) == (1 if kind == "avg" else len(shown["x"])), "averages: one gradient for all channels"
    grad = np.broadcast_to(shown["grad"], true["grad"].shape)
    np.testing.assert_allclose(grad, true["grad"], rtol=1e-12, atol=1e-12)
    if kind == "max":
        np.testing.assert_array_equal(shown["winners"], true["winners"])
    for name in ("x", "grad", "y", "upstream"):
        marked = view.marks(name)
        if marked is not None:
            np.testing.assert_array_equal(marked, shown[name], err_msg=name)
    return shown


def assert_darker(pixels, numbers):
    """Larger numbers are painted darker, equal ones alike, and different ones differently."""
    painted = pixels.sum(-1)
    order = np.argsort(numbers, axis=None)
    assert (np.diff(painted.flat[order]) <= 0).all()
    assert len(np.unique(painted)) == len(np.unique(numbers.round(12))) > 2


def rgb(colour: str) -> str:
    """A colour of the legend as the browser names it."""
    return f"rgb({', '.join(str(int(colour[k : k + 2], 16)) for k in (1, 3, 5))})"


STICKS_OUT = """root => {
  const box = root.getBoundingClientRect();
  const sticksOut = (r) => r.width && (r.left < box.left - 1 || r.right > box.right + 1);
  const all = [...root.querySelectorAll(':not(g)')].filter((e) => !e.closest('.pt-unseen, .pt-scroll, defs'));
  return all.filter((e) => sticksOut(e.getBoundingClientRect())).map((e) => e.outerHTML.slice(0, 200));
}"""
