"""The one-file page under hostile addresses, and as a file that is cut off or damaged."""

import re
from itertools import product
from urllib.parse import parse_qsl

import pytest

from pooltutor import page
from pooltutor.words import load
from tests.lab import PATIENCE
from tests.onepage import RECORD

pytestmark = pytest.mark.browser

# Addresses -------------------------------------------------------------------------------------------------------

OWNED = ("constructor", "__proto__", "valueOf", "toString", "hasOwnProperty")
HOSTILE = [
    *(f"tab=2d&n={name}x5&m=3x{name}" for name in OWNED),
    *(f"tab={name}" for name in OWNED),
    *(f"{part}={name}" for part, name in product(("presenter", "rule", "kind", "show", "x", "upstream"), OWNED)),
    *(f"tab=2d&{part}={name}" for part, name in product(("image", "colour", "channel", "window"), OWNED)),
    *(f"tab=atlas&{part}={name}" for part, name in product(("colour", "rule"), OWNED[:2])),
    *(f"n={n}&m={m}" for n, m in product(("0", "-3", "65", "1e1", "9999", "9" * 40, "", " 7", "0x10"), ("4", "-1"))),
    *(f"n={digits}&m=4" for digits in ("\u0663", "\uff17", "\u2167", "7\u0301")),  # digits of other scripts
    *("n=%&m=%zz", "n=%E0%A4%A&m=%00", "%&%%=%", "&&&=&=", "#n=7#m=5", "n=7&n=8&m=5&m=6", "n=7%0A&m=5"),
    *("x=<script>alert(1)</script>", "show=<img%20src=x%20onerror=alert(1)>", "tab=<b>2d</b>&n='\"><svg/onload=1>"),
    *("x=" + "1" * 30_000 + "x", "x=" + "1," * 20_000, "show=" + "windows," * 5_000, "tab=" + "2d" * 10_000),
    *("x=nan,inf,-inf,1e999,-0", "upstream=1e400", "x=NaN", "window=99", "window=-1", "tab=2d&window=9x9"),
    *("tab=2d&n=128x96&m=65x1", "tab=2d&n=129x96&m=4x3", "tab=2d&n=128x128&m=keepxkeep", "tab=2d&n=5x&m=x3"),
    *("tab=2d&image=own", "tab=2d&image=photo&n=1x1&channel=2", "tab=2d&n=5x5x5&m=1", "tab=duel&against=mine"),
]
FAIR = {  # what an address that the page writes may say
    **dict.fromkeys(("n", "m"), r"\d{1,4}|(\d+|keep)x(\d+|keep)"),
    **dict.fromkeys(("x", "upstream"), r"[a-z]+|[-+\d.,einfaEN ]+"),
    **dict.fromkeys(("tab", "rule", "against", "kind", "image", "colour"), r"\w{1,13}"),
    "show": r"[a-z,]{0,60}",
    **dict.fromkeys(("window", "channel", "presenter"), r"\d{1,4}(x\d{1,3})?"),
}


# Follows a link, waits for the verdict, and tells all in one answer: there are more than a hundred of them.
FOLLOW_AND_TELL = """async link => {
  const opened = new Promise(done => addEventListener('hashchange', () => done(location.hash), { once: true }));
  location.hash = `again=${Math.random()}&` + link;
  const atOnce = await opened;
  const shown = '[role=tabpanel]:not([hidden]) [role=status]:not([data-verdict=checking])';
  while (!document.querySelector(shown)) await new Promise(done => setTimeout(done, 5));
  const { verdict, for: about } = document.querySelector(shown).dataset;
  return [atOnce, verdict, about, location.hash];
}"""


def test_whatever_an_address_says_the_page_opens_and_writes_a_clean_one(open_page):
    assert len(HOSTILE) >= 100
    view = open_page()
    view.wait("recorded")
    for link in HOSTILE:
        at_once, verdict, about, at_last = view.page.evaluate(FOLLOW_AND_TELL, link)
        beyond = max(map(int, re.findall(r"\d+", about.rpartition(",")[0]))) > 64
        assert verdict in ("recorded", "disagrees", *(["unchecked"] if beyond else [])), link
        assert re.fullmatch(r"(\d+,\d+|\d+x\d+,\d+x\d+),\w+", about), link
        for written in (at_once, at_last):
            for name, value in parse_qsl(written[1:], keep_blank_values=True):
                assert re.fullmatch(FAIR[name], value), (link, name, value[:80])
                assert value not in OWNED


def test_every_example_opens_and_says_whether_it_was_compared(open_page):
    view = open_page()
    view.wait("recorded")  # the menus are there as soon as the view is
    options = view.menu("Example").locator("option")
    examples = [value for value in options.evaluate_all("all => all.map(option => option.value)") if value]
    assert len(examples) > 10
    assert "224,100" in examples
    for value in examples:
        view.menu("Example").select_option(value)
        view.wait("recorded" if value != "224,100" else "unchecked", f"{value},pytorch")


def test_pictures_beyond_64_are_recorded(follow):
    for link, about in (("m=4x3", "128x96,4x3"), ("m=keepxkeep", "128x96,128x96"), ("m=64x64", "128x96,64x64")):
        view = follow(f"#tab=2d&image=photo&n=128x96&{link}")
        assert "The windows of this size were compared" in view.wait("recorded", f"{about},pytorch")


# The file --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole():
    return page.page_html(RECORD).encode()


def places_of(whole):
    """Where the data of a page begins and ends."""
    return whole.index(b"pooltutor-data") + 20, whole.rindex(b"</script>\n<script>")


def cut_off(whole):
    """The file cut off in different places; inside the head, the first kilobytes, no word has come yet."""
    start, loader = places_of(whole)[0], whole.rindex(b"<script>")
    yield "after the sentence", whole[: start - 40]
    yield "in the data", whole[: (start + loader) // 2]
    yield "before the end of the data", whole[: loader - 30]
    yield "in the loader", whole[: loader + 200]


def with_a_wrong_byte(whole):
    """The file with another byte in its data, its loader or its policy."""
    start, end = places_of(whole)
    for share, flip in product((0.001, 0.5, 0.999), (b"A", b"!", b"\x00", b"<")):
        at = int(start + share * (end - start))
        at += whole[at] == flip[0]
        yield f"{flip!r} at {share}", whole[:at] + flip + whole[at + 1 :]
    for words in (b"async function load", b"script-src 'sha256-"):
        at = whole.index(words) + len(words)
        yield words.decode(), whole[:at] + b"#" + whole[at + 1 :]


@pytest.fixture
def say_that_they_are_damaged(chromium, tmp_path):
    """Open files in tabs beside each other, as the sentence takes its time, and see each of them say it."""
    context = chromium.new_context(viewport={"width": 360, "height": 700})

    def opened(files):
        tabs = {}
        for name, content in files:
            path = tmp_path / f"{len(tabs)}.html"
            path.write_bytes(content)
            tabs[name] = context.new_page()
            tabs[name].goto(path.as_uri())
        for name, tab in tabs.items():
            tab.get_by_text(load()["page"]["damaged"]).wait_for(timeout=PATIENCE * 1000)
            assert tab.locator("svg").count() == 0, name
            tab.close()
        return len(tabs)

    yield opened
    context.close()


def test_a_file_that_is_cut_off_says_so(say_that_they_are_damaged, whole):
    assert say_that_they_are_damaged(cut_off(whole)) == 4


def test_a_file_with_a_wrong_byte_says_so(say_that_they_are_damaged, whole):
    assert say_that_they_are_damaged(with_a_wrong_byte(whole)) == 14


def test_what_comes_before_the_sentence_is_short(whole):
    assert whole.index(b'id="pooltutor-damaged"') < 6_000 < len(whole) / 30


def test_a_whole_file_says_nothing_of_damage(open_page):
    view = open_page()
    view.wait("recorded")
    assert view.page.get_by_text(load()["page"]["damaged"]).count() == 0
