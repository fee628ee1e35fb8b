"""The one-file page under random events and hostile addresses: no error, and never a verdict about nothing."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.pages import RECORD
from benchmarks.servers import chromium
from benchmarks.walk.steps import Fell, Step
from pooltutor import page

NAMES = ("tab", "n", "m", "rule", "kind", "show", "window", "x", "upstream", "image", "colour", "presenter", "channel",
         "__proto__", "constructor", "")  # fmt: skip
TEXTS = ("explorer", "2d", "atlas", "duel", "7", "5", "64", "0", "-1", "6x8", "4xkeep", "constructorx5", "NaN",
         "1e9", "forum",
         "max", "windows,gradient", "__proto__", "valueOf", "%00", "%E0%A4%A", "photo", "own", "\u0663", "9" * 400,
         "gcd", "1", "",
         "<img src=x onerror=alert(1)>", "powers", "1,2,nan", "inf")  # fmt: skip
KEYS = ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageDown", "PageUp", "w", "W", "Enter",
         "Escape", "Tab",
        "Space", "5", "b", "x")  # fmt: skip
# Every control that is seen gets its turn: a press, another entry, a number or text that is typed, a key.
ACT = """([where, what, text]) => {
  const seen = [...document.querySelectorAll('button, select, input, textarea, [tabindex], [role=tab]')].filter(
    each => each.checkVisibility() && each.type !== 'file' && !each.download && each.tagName !== 'A');
  const control = seen[Math.floor(where * seen.length)];
  if (!control) return;
  control.focus();
  if (control.tagName === 'SELECT') control.selectedIndex = Math.floor(what * control.options.length);
  else if (control.type === 'range') control.value = +control.min + what * (control.max - control.min);
  else if (['number', 'text'].includes(control.type) || control.tagName === 'TEXTAREA') control.value = text;
  else if (!/save|screen|download/i.test(control.textContent)) {
    control.dispatchEvent(new MouseEvent('click', {bubbles: true}));
  }
  for (const name of ['input', 'change']) control.dispatchEvent(new Event(name, {bubbles: true}));
}"""
WRONG = """() => [...document.querySelectorAll('[role=status][data-verdict]')].filter(each => each.checkVisibility()
  && (!['agrees', 'disagrees', 'checking', 'recorded', 'unchecked'].includes(each.dataset.verdict)
  || /NaN|undefined|null|function/.test(each.dataset.for))
).map(each => each.dataset.verdict + ' ' + each.dataset.for)"""
SETTLED = "() => [...document.querySelectorAll('[data-verdict=checking]')].every(each => !each.checkVisibility())"


@contextmanager
def _opened() -> Iterator[tuple[Any, list[str]]]:
    """The page without a network, and what it has logged as errors."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        file = Path(folder) / "pooling.html"
        file.write_text(page.page_html(RECORD), encoding="utf-8")
        opened = browser.new_context(offline=True).new_page()
        errors: list[str] = []
        opened.on("pageerror", lambda error: errors.append(str(error)))
        opened.on("console", lambda message: message.type == "error" and errors.append(message.text))
        opened.on("dialog", lambda dialog: errors.append(f"dialog: {dialog.message}") or dialog.dismiss())
        opened.goto(file.as_uri())
        yield opened, errors


def _judge(opened: Any, errors: list[str], tried: str) -> None:
    from playwright.sync_api import TimeoutError

    said, errors[:] = list(errors), []
    wrong = opened.evaluate(WRONG)
    if said or wrong:
        raise Fell(f"{tried} brings {(said or wrong)[0][:300]}")
    try:
        opened.wait_for_function(SETTLED, timeout=6000)
    except TimeoutError:
        raise Fell(f"{tried} leaves the page checking") from None


@contextmanager
def event_steps() -> Iterator[Step]:
    """A step starts from a fresh page and does fifteen things to it."""
    with _opened() as (opened, errors):

        def step(random: Random) -> None:
            opened.goto(opened.url.split("#")[0] + f"#tab={random.choice(TEXTS[:4])}&show=windows")
            opened.reload()
            for _ in range(15):
                if random.random() < 0.4:
                    opened.keyboard.press(random.choice(KEYS))
                else:
                    opened.evaluate(ACT, [random.random(), random.random(), random.choice(TEXTS)])
            _judge(opened, errors, "a walk over the controls")

        yield step


@contextmanager
def address_steps() -> Iterator[Step]:
    """A step opens one address."""
    with _opened() as (opened, errors):

        def step(random: Random) -> None:
            parts = [f"{random.choice(NAMES)}={random.choice(TEXTS)}" for _ in range(random.randint(1, 7))]
            address = "#" + "&".join(parts)
            opened.evaluate("address => { location.hash = address; }", address)
            _judge(opened, errors, address[:300])

        yield step
