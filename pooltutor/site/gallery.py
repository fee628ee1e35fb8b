"""Each kind of view with the call that opens it: a page, and the explorer of the front page."""

from types import SimpleNamespace
from typing import Any

from pooltutor.live.atlas import atlas
from pooltutor.live.explorer import explore
from pooltutor.live.grid import explore2d
from pooltutor.live.preview import Previewed
from pooltutor.live.story import story
from pooltutor.site.figures import Figures
from pooltutor.still import Still
from pooltutor.words import load

CALLS = {
    "explorer": "pooltutor.explore(14, 4)",
    "question": 'pooltutor.explore(5, 3, question={"kind": "windows"})',
    "influence": 'pooltutor.explore(7, 5, upstream="ones", show=["windows", "gradient", "influence"])',
    "grid": 'pooltutor.explore2d(image="photo", target_size=(7, 7))',
    "atlas": "pooltutor.atlas()",
    "duel": 'pooltutor.explore(5, 3, rule="equal_kernel", x="powers", show=["windows", "duel"])',
    "own": 'pooltutor.explore(26, 22, rule="start = int(i * (n / m))\\nstop = ceil((i + 1) * (n / m))", window=11)',
    "story": 'pooltutor.story("tour")',
}
"""The calls, by the names that ``site.gallery`` of the words has for them; what is shown is what they open."""


def opened(call: str) -> Any:
    """Return the view that a call opens."""
    functions = SimpleNamespace(explore=explore, explore2d=explore2d, atlas=atlas, story=story)
    return eval(call, {"pooltutor": functions})  # one of the constants above


def figure(figures: Figures, view: Previewed, still: Still | None = None) -> str:
    """Return the figure of a view that was just made."""
    still = still or view.still()
    return figures.view(view.saved_state(), still.png, {"width": view.preview_width, "alt": still.alt})


def gallery_source(figures: Figures) -> str:
    """Return the page of all views in Markdown."""
    words = load()["site"]["gallery"]
    parts = [f"# {words['title']}\n\n{words['lead']}"]
    for name, call in CALLS.items():
        title, text = words[name]
        parts.append(f"## {title}\n\n{text}\n\n```python\n{call}\n```\n\n{figure(figures, opened(call))}")
    return "\n\n".join(parts) + "\n"
