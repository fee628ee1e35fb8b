"""Drive one explorer in a browser page by its contract: accessible names, data attributes, verdict."""

import numpy as np
from playwright.sync_api import TimeoutError as PlaywrightTimeout

ALL_NUMBERS = """root => {
  const marks = name => [...root.querySelectorAll(`[data-${name}]`)].sort((a, b) => a.dataset[name] - b.dataset[name]);
  const read = (name, keys) => Object.fromEntries(keys.map(key => [key, marks(name).map(e => e.dataset[key])]));
  return {...read('cell', ['x', 'grad']), ...read('window', ['start', 'stop']), ...read('output', ['y', 'upstream'])};
}"""
SET_RANGE = "(range, value) => { range.value = value; range.dispatchEvent(new Event('input', {bubbles: true})); }"

FOCUSED = """() => {
  const e = document.activeElement;
  return [!!e.closest('.pooltutor'), e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent ?? ''];
}"""


class View:
    """One explorer on a page."""

    def __init__(self, page, nth: int = 0) -> None:
        self.page = page
        self.root = page.locator(".pooltutor").nth(nth)
        self.status = self.root.get_by_role("status")

    def slider(self, name: str):
        return self.root.get_by_role("slider", name=name, exact=True)

    def box(self, name: str):
        return self.root.get_by_role("spinbutton", name=f"{name} as a number", exact=True)

    def menu(self, name: str):
        return self.root.get_by_label(name, exact=True)

    def mark(self, kind: str, index: int):
        return self.root.locator(f"[data-{kind}='{index}']")

    def set_sizes(self, n: int, m: int) -> None:
        """Move both sliders, as a drag does."""
        self.slider("Input size").evaluate(SET_RANGE, n)
        self.slider("Target size").evaluate(SET_RANGE, m)

    def set_in_kernel(self, python, state: dict) -> None:
        """
        Set the view's state from Python, in one message, by way of another size.

        The page has then forgotten its verdict about the same sizes when the state arrives: the next one is about it.
        """
        away = 2 if (state["input_size"], state["target_size"]) == (1, 1) else 1
        self.page.mouse.move(2, 2)  # where the test before left it, the view may come to tell of what is under it
        self.page.wait_for_timeout(250)  # what was changed last on the page is on its way, and would win over this
        go = "with view.hold_sync():\n    "
        python(f"{go}view.lock, view.window = [], 0\n    view.target_size = view.input_size = {away}")
        self.root.locator(f"[role=status][data-for^='{away},{away},']").wait_for()
        sizes_first = sorted(state, key=lambda name: not name.endswith("_size"))
        python(go + "\n    ".join(f"view.{name} = {state[name]!r}" for name in sizes_first))

    def wait(self, verdict: str, about: str | None = None) -> str:
        """Wait for a verdict, about "n,m,rule" if given; return its sentence."""
        which = f"[data-verdict='{verdict}']" + (f"[data-for='{about}']" if about else "")
        try:
            self.root.locator(f"[role=status]{which}").wait_for()
        except PlaywrightTimeout as late:
            told = self.page.get_by_role("status").evaluate_all("all => all.map(line => line.outerHTML)")
            raise AssertionError(f"{which} did not come; what stands there at {self.page.url[-120:]}: {told}") from late
        return self.status.inner_text()

    def numbers(self) -> dict[str, np.ndarray]:
        """Every displayed number at full precision, by its data attribute."""
        texts = self.root.evaluate(ALL_NUMBERS)
        return {name: np.array([float(text) if text else np.nan for text in values]) for name, values in texts.items()}

    def raw(self) -> dict[str, list[str]]:
        """The data attributes as they stand."""
        return self.root.evaluate(ALL_NUMBERS)

    def names_by_tab(self, most: int) -> list[str]:
        """The accessible names that Tab comes to from here on, until the focus leaves the view; at most so many."""
        names = []
        for _ in range(most):
            self.page.keyboard.press("Tab")
            inside, name = self.page.evaluate(FOCUSED)
            if not inside:
                return names
            names.append(name)
        raise AssertionError("the focus never left the view")

    def line(self) -> str:
        return " ".join(self.root.locator(".pt-line").inner_text().split())

    def note(self) -> str:
        return "".join(self.root.locator(".pt-note:not([hidden])").all_inner_texts())

    def more(self, on: bool = True) -> None:
        """Fold out the controls under More, or fold them away."""
        button = self.root.get_by_role("button", name="more controls")
        if (button.get_attribute("aria-expanded") == "true") != on:
            button.click()
        self.root.locator(f".pt-more[aria-expanded={str(on).lower()}]").wait_for()

    def show(self, panel: str, on: bool = True) -> None:
        self.more()
        self.root.get_by_label(panel, exact=True).set_checked(on)


def pytorch_numbers(n: int, m: int, x, upstream, kind: str = "avg") -> dict[str, np.ndarray]:
    """Windows, outputs and gradients asked of PyTorch directly, without any of pooltutor's code."""
    import torch  # not above: conftest.py imports this file, and few tests need seconds of torch
    import torch.nn.functional as F

    member = F.adaptive_avg_pool1d(torch.eye(n, dtype=torch.float64)[None], m)[0] > 0
    leaf = torch.tensor(np.asarray(x), dtype=torch.float64)[None].requires_grad_()
    y = getattr(F, f"adaptive_{kind}_pool1d")(leaf, m)
    y.backward(torch.tensor(np.asarray(upstream), dtype=torch.float64)[None])
    cells = [np.flatnonzero(member[:, i].numpy()) for i in range(m)]
    return {
        "start": np.array([c[0] for c in cells]),
        "stop": np.array([c[-1] + 1 for c in cells]),
        "y": y[0].detach().numpy(),
        "grad": leaf.grad[0].numpy(),
    }


def assert_same_as_pytorch(view: View, n: int, m: int, kind: str = "avg") -> None:
    shown = view.numbers()
    true = pytorch_numbers(n, m, shown["x"], shown["upstream"], kind)
    assert len(shown["x"]) == len(shown["grad"]) == n
    assert len(shown["upstream"]) == len(shown["y"]) == len(shown["start"]) == m
    np.testing.assert_array_equal(shown["start"], true["start"])
    np.testing.assert_array_equal(shown["stop"], true["stop"])
    np.testing.assert_allclose(shown["y"], true["y"], rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(shown["grad"], true["grad"], rtol=1e-12, atol=1e-12)
