"""Drive a formula of one's own in a view: its text, the values beside it, and how it compares with PyTorch."""

FORUM = "k = (n + m - 1) // m\nstart = round(i * (n - k) / max(m - 1, 1))\nstop = start + k"
"""The forum's rule, with a ceiling that is written differently."""

RIGHT = "start = floor(i * n / m)\nstop = ceil((i * n + n) / m)"
"""PyTorch's rule, written differently."""


class OwnFormula:
    """The one in a view, or in an element of it; ``root`` is a locator."""

    def __init__(self, root, name: str = "Your own formula") -> None:
        self.root, self.page = root, root.page
        self.element = root.locator(".pt-formula").filter(has=self.page.get_by_label(name, exact=True))
        self.area = self.element.locator("textarea")
        self.report = self.element.locator(".pt-formula-report")
        self.said = self.element.locator(".pt-formula-said")

    def type(self, text: str) -> None:
        """Put another text in place of all that stands there, key by key."""
        self.area.focus()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def values(self) -> list[str]:
        return self.element.locator(".pt-formula-values div").all_inner_texts()

    def told(self, words: str = "") -> str:
        """All that the report says, once it is about the text and these words stand in it."""
        self.element.locator(".pt-formula-report:not([aria-busy])", has_text=words).wait_for()
        return " ".join(self.report.inner_text().split())

    def open(self, n: int, m: int) -> None:
        self.report.get_by_role("button", name=f"Open {n} → {m}", exact=True).first.click()


def about(n, m, rule: str) -> str:
    """What a verdict is about, as a string in a selector of CSS."""
    text = f"{n},{m},{rule}".replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\a ")
    return f'"{text}"'


def wait_for(view, n, m, rule: str, verdict: str) -> str:
    """Wait for the verdict about a size under a formula; return its sentence."""
    status = view.root.locator(f"[role=status][data-verdict='{verdict}'][data-for={about(n, m, rule)}]")
    status.wait_for()
    return status.inner_text()
