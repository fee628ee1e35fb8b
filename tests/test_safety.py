"""What a page may do to the kernel: set the states that a view has, ask whether PyTorch agrees, and nothing else.

Also: what is refused changes nothing, however many traits are set together, and what is closed stays closed.
"""

import builtins
import json
import random
import sys
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from ipywidgets import Widget

import pooltutor
from pooltutor import atlas, explore, explore2d
from pooltutor.live import Explorer2d, judged, shared
from pooltutor.live.atlas import Atlas
from pooltutor.live.classroom import Classroom, ClassroomBar, ClassroomTabs, classroom
from pooltutor.live.explorer import Explorer
from pooltutor.live.traits import Checked, Guarded

COLOUR = np.random.default_rng(6).integers(0, 256, (5, 7, 3), dtype=np.uint8)

# What a page may set -----------------------------------------------------------------------------------------

PAGE_MAY_SET = {
    Explorer: {
        *("input_size", "target_size", "window", "rule", "kind", "x", "upstream"),
        *("show", "lock", "against", "presenter", "verdict"),
    },
    Explorer2d: {
        *("input_size", "target_size", "window", "rule", "kind", "image", "_own", "_own_id", "colour", "channel"),
        *("upstream", "show", "lock", "presenter", "verdict"),
    },
    Atlas: {"colour", "rule", "input_size", "target_size"},
    ClassroomTabs: {"selected_index"},
    ClassroomBar: set(),
    Classroom: set(),
    shared.Shared: set(),
}


def all_kinds(kind=Guarded):
    """Every class of widgets that the package makes; anywidget adds an unnamed one for each instance."""
    named = [each for each in kind.__subclasses__() if each.__module__.startswith("pooltutor.") and each is not kind]
    own = {each for each in named if getattr(sys.modules[each.__module__], each.__name__, None) is each}
    return own.union(*(all_kinds(each) for each in own))


def test_every_widget_of_the_package_is_guarded():
    abstract = {judged.Judged, pooltutor.live.preview.Previewed}
    assert all_kinds() - abstract == set(PAGE_MAY_SET)
    for module in [each for name, each in sys.modules.items() if name.startswith("pooltutor.live")]:
        for thing in vars(module).values():
            if isinstance(thing, type) and issubclass(thing, Widget) and thing.__module__ == module.__name__:
                assert issubclass(thing, Guarded)


@pytest.mark.parametrize("kind", PAGE_MAY_SET)
def test_a_page_may_set_what_is_named_here_and_nothing_else(kind):
    checked = {name for name, trait in kind.class_traits(sync=True).items() if isinstance(trait, Checked)}
    assert checked == PAGE_MAY_SET[kind]


def opened():
    """One view of each kind, and the parts of a classroom."""
    bar, tabs = (room := classroom()).children
    own = explore2d(image=COLOUR)
    return {
        "explorer": explore(14, 4, window=2),
        "grid": explore2d((6, 8), (4, None), window=(1, 2)),
        "own picture": own,
        "atlas": atlas("agreement", rule="forum"),
        "shared": shared.shared(),
        "room": room,
        "bar": bar,
        "tabs": tabs,
    }


@pytest.fixture(scope="module")
def views():
    return opened()


NAMES = ("explorer", "grid", "own picture", "atlas", "shared", "room", "bar", "tabs")
DEEP = json.loads("[" * 200 + "]" * 200)
HOSTILE = [
    *(
        None,
        True,
        False,
        -1,
        0,
        10**9,
        10**400,
        0.5,
        float("nan"),
        float("inf"),
        "",
        "own",
        "x" * 10**6,
        "\u0663",
        "\0",
    ),
    *(
        "/etc/passwd",
        "../../etc/passwd",
        "file:///etc/passwd",
        "all",
        "constructor",
        "__class__",
        b"",
        b"\x89PNG\r\n\x1a\n",
    ),
    *([], {}, [None], [1], [[1], [2]], [1, 2, 3], [10**9, 10**9], ["windows"] * 10**5, DEEP, {"a": {"b": DEEP}}),
    *(memoryview(b"abc"), "IPY_MODEL_", "IPY_MODEL_nothing", {"__proto__": 1}),
    *(
        {"channels": c, "height": h, "width": w, "dtype": dtype, "data": data}
        for c, h, w, dtype, data in [
            (1, 1, 1, "O", b"12345678"),
            (1, 2, 2, "uint8", b"123"),
            (2, 1, 1, "uint8", b"12"),
            (1, 257, 1, "uint8", bytes(257)),
            (10**9, 10**9, 10**9, "float64", b""),
            (1, -1, -1, "uint8", b"1"),
            (1.0, 1, 1, "uint8", b"1"),
            (1, 1, 1, ["uint8"], b"1"),
            (1, 1, 1, "uint8", "1"),
            (1, 1, 1, "uint8", None),
        ]
    ),
]


@pytest.fixture
def no_files(monkeypatch):
    """Opening a file is a failure, and not one that the code under test can turn into a sentence."""
    asked = []

    def forbidden(*what, **how):
        asked.append(what)
        raise AssertionError(what)

    monkeypatch.setattr(builtins, "open", forbidden)
    for owner, name in ((Path, "open"), (Path, "read_bytes"), (Path, "read_text"), (PIL.Image, "open")):
        monkeypatch.setattr(owner, name, forbidden)
    yield asked
    monkeypatch.undo()
    assert asked == []


def snapshot(view):
    """Every synced value."""
    return {name: getattr(view, name) for name in view.traits(sync=True)}


def works(view):
    """A view still does all that it does."""
    assert repr(view)
    if isinstance(view, judged.Judged):
        assert set(view.state()) == {"input_size", "target_size", *view.usual}
        if isinstance(view, Explorer2d):
            assert view.x.shape[-2:] == view.input_size
            assert len(view.whole_size) == 2
        opens = explore2d if isinstance(view, Explorer2d) else explore
        assert repr(opens(**view.state()).state()) == repr(view.state())


@pytest.mark.parametrize("name", NAMES)
def test_no_state_that_a_page_sends_breaks_a_view_or_opens_a_file(views, no_files, name, caplog):
    view = views[name]
    others = {each: snapshot(other) for each, other in views.items() if each != name}
    settable = PAGE_MAY_SET[next(kind for kind in PAGE_MAY_SET if isinstance(view, kind))]
    fixed = {
        trait: getattr(view, trait) for trait in view.traits(sync=True) if trait not in settable | {"_bins", "_axes"}
    }
    assert len(fixed) > 5
    foreign = [f"IPY_MODEL_{other.model_id}" for other in views.values()]
    for trait in [*view.traits(), "no trait", "comm", "keys"]:
        for value in [*HOSTILE, *foreign]:
            before = snapshot(view)
            view.set_state({trait: value})
            if trait not in settable:
                assert snapshot(view) == before, (trait, value)
        works(view)
    for trait, value in fixed.items():
        assert getattr(view, trait) is value or getattr(view, trait) == value, trait
    for each in ("shared", "bar", "room"):
        if each != name:
            assert snapshot(views[each]) == others[each]
    assert caplog.text == ""


@pytest.mark.parametrize("name", NAMES)
def test_many_hostile_values_together_change_nothing_or_what_is_right(views, no_files, name):
    view, chance = views[name], random.Random(3)
    traits = list(view.traits(sync=True))
    for _ in range(100):
        view.set_state({chance.choice(traits): chance.choice(HOSTILE) for _ in range(chance.randint(1, 6))})
    works(view)
    for junk in (None, 5, "state", [], [["window", 1]]):
        view.set_state(junk)


@pytest.mark.parametrize("name", ["explorer", "grid", "own picture", "atlas"])
def test_a_view_that_hostile_states_have_reached_still_has_a_preview(views, name):
    assert views[name].preview().startswith(b"\x89PNG")


def test_the_page_hears_what_holds_when_it_is_refused():
    view = explore(14, 4)
    sent = []
    view._send = lambda message, buffers=None: sent.append(message)
    view.set_state({"window": 99, "kind": "max"})
    assert (view.window, view.kind) == (0, "avg")
    assert sent[-1]["method"] == "update"
    assert sent[-1]["state"] == {"window": 0, "kind": "avg"}


def test_a_page_cannot_give_the_verdict_of_pytorch():
    view = explore(14, 4)
    for verdict in ("agrees", "disagrees"):
        view.set_state({"verdict": verdict})
        assert (view.verdict, view.report) == ("unchecked", None)
    view.set_state({"verdict": "checking"})
    assert view.verdict == "checking"


def test_a_page_may_send_a_picture_of_its_own():
    view = explore2d((2, 3), (1, 1))
    own = {"channels": 1, "height": 2, "width": 3, "dtype": "uint8", "data": memoryview(bytes(range(6)))}
    view.set_state({"image": "own", "_own_id": "7", "_own": own})
    assert view.x.tolist() == [[0, 1, 2], [3, 4, 5]]
    before = snapshot(view)
    view.set_state({"_own": {}})
    view.set_state({"_own": {**own, "height": 3}})
    view.set_state({"_own_id": "7" * 61})
    assert snapshot(view) == before
    view.set_state({"_own": {}, "image": "ramp"})
    assert view._own == {}
