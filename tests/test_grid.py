"""The 2-D explorer without a browser: its state, what it pools, the kernel's side of its check, its preview."""

import base64
import inspect
import itertools
import re

import numpy as np
import pytest
from PIL import Image

from pooltutor import bins, explore2d, laws, matrix
from pooltutor.legend import GRID_COLOURS
from pooltutor.live import Explorer2d, shared
from pooltutor.live import grid as live
from pooltutor.live.joining import joined_code
from pooltutor.live.numbers import PRESETS, numbers
from pooltutor.live.own_picture import IMAGES
from pooltutor.live.packed_picture import packed_picture
from pooltutor.pictures import PATTERNS, PICTURES, pattern, picture
from pooltutor.rules import RULES
from pooltutor.words import load
from tests.spec import refused
from tests.test_live import leaves

COLOUR = np.random.default_rng(5).integers(0, 256, (5, 7, 3), dtype=np.uint8)
FLOATS = np.array([[0.5, np.nan, -3], [1e21, np.inf, -0.1]])

# State -----------------------------------------------------------------------------------------------------

FILE = "image must be a PNG or JPEG file of at most 10 MB and 40 megapixels, got "
ARRAY = "image must be an array of shape (H, W) or (H, W, 3) with H and W from 1 to 256, got "
PAIR = "input_size must be a pair (height, width) of integers from 1 to 256, got "
TARGETS = "target_size must be a pair (height, width) of integers from 1 to 256 or None, got "
NUMBERS = f"upstream must be a list of numbers or one of {', '.join(PRESETS)}, got "
REFUSED = [
    ({"input_size": 6}, f"{PAIR}6"),
    ({"input_size": (6, 8, 3)}, f"{PAIR}(6, 8, 3)"),
    ({"input_size": "68"}, f"{PAIR}'68'"),
    ({"input_size": (0, 8)}, "input_size[0] must be an integer from 1 to 256, got 0"),
    ({"input_size": (6, 257)}, "input_size[1] must be an integer from 1 to 256, got 257"),
    ({"input_size": (6, None)}, "input_size[1] must be an integer from 1 to 256, got None"),
    ({"input_size": (True, 8)}, "input_size[0] must be an integer from 1 to 256, got True"),
    ({"target_size": 4}, f"{TARGETS}4"),
    ({"target_size": None}, f"{TARGETS}None"),
    ({"target_size": (257, 3)}, "target_size[0] must be an integer from 1 to 256, got 257"),
    ({"target_size": (None, 2.5)}, "target_size[1] must be an integer from 1 to 256, got 2.5"),
    ({"window": (4, 0)}, "window[0] must be an integer from 0 to 3, got 4"),
    ({"window": (0, 3)}, "window[1] must be an integer from 0 to 2, got 3"),
    ({"window": 2}, "window must be a pair (row, column) of integers, got 2"),
    ({"rule": "Forum"}, f"rule must be one of {', '.join(RULES)} or the text of a formula, got 'Forum'"),
    ({"kind": "mean"}, "kind must be one of avg, max, got 'mean'"),
    ({"colour": "heat"}, "colour must be one of values, overlaps, influence, gradient, got 'heat'"),
    ({"channel": 3}, "channel must be 0, 1, 2 or None for all channels, got 3"),
    ({"channel": True}, "channel must be 0, 1, 2 or None for all channels, got True"),
    ({"upstream": []}, f"{NUMBERS}[]"),
    ({"show": ["heat"]}, "show must be a list of windows, code, words, got 'heat'"),
    ({"lock": ["x"]}, f"lock must be a list of {', '.join(live.LOCKS)}, got 'x'"),
    ({"presenter": 1}, "presenter must be True or False, got 1"),
]


@pytest.mark.parametrize(("change", "message"), REFUSED, ids=lambda value: str(value)[:40])
def test_a_refused_state_says_what_is_accepted_and_changes_nothing(change, message):
    view = explore2d()
    before = view.state()
    ((name, value),) = change.items()
    with refused((TypeError, ValueError), message):
        setattr(view, name, value)
    assert view.state() == before
    if value is not None:  # which the function takes for "not given"
        with refused((TypeError, ValueError), message):
            explore2d(**change)


NAMES = "image must be one of ramp, checkerboard, spot, digit, photo, or a picture of your own by "
NAMES += "explore2d(image=...) or open_image(...), got "


@pytest.mark.parametrize("value", ["cat.png", "/etc/hostname", "Digit", b"\x89PNG", None, 5, ["digit"]], ids=repr)
def test_what_is_pooled_is_set_by_its_name_alone(value):
    view = explore2d()
    with refused(ValueError, f"{NAMES}{value!r}"):
        view.image = value
    with refused(ValueError, f"{NAMES}'own' and no picture"):
        view.image = "own"
    with pytest.raises(ValueError, match=re.escape(NAMES)):
        view.image = COLOUR
    assert view.image == "ramp"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("Digit", f"{FILE}'Digit', which is not there"),
        ("own", f"{FILE}'own', which is not there"),
        (b"0, 3, 0", f"{FILE}a file that begins with b'0, 3, 0'"),
        (np.zeros((5, 7, 4)), f"{ARRAY}(5, 7, 4)"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_picture_that_cannot_be_opened_leaves_the_view_as_it_was(source, message):
    view = explore2d(image=COLOUR)
    with refused(ValueError, message):
        explore2d(image=source)
    with refused(ValueError, message):
        view.open_image(source)
    np.testing.assert_array_equal(view.x, np.moveaxis(COLOUR, -1, 0))


def test_a_view_opens_another_picture_at_the_same_size(tmp_path):
    view = explore2d((3, 4), (2, 2))
    Image.fromarray(COLOUR).save(tmp_path / "own.png")
    for source in (COLOUR, tmp_path / "own.png", "digit", "ramp"):
        view.open_image(source)
        assert (view.input_size, view.x.shape[-2:]) == ((3, 4), (3, 4))
        np.testing.assert_array_equal(view.x, explore2d((3, 4), (2, 2), image=source).x)


def test_the_usual_state_is_that_of_the_function_and_of_the_class():
    given = {name: p.default for name, p in inspect.signature(explore2d).parameters.items()}
    assert {*given} == {"input_size", "target_size", *Explorer2d.usual, "story"}
    assert {name: given[name] or usual for name, usual in Explorer2d.usual.items()} == Explorer2d.usual
    assert (
        explore2d().state() == Explorer2d().state() == {"input_size": (6, 8), "target_size": (4, 3), **Explorer2d.usual}
    )


def test_all_panels_and_all_locks_have_one_word():
    view = explore2d(show="all", lock="all")
    assert (view.show, view.lock) == ([*live.PANELS], [*live.LOCKS])
    assert repr(explore2d((5, 7), (3, None), rule="split", image="spot")) == (
        "explore2d((5, 7), (3, None), rule='split', image='spot')"
    )


@pytest.mark.parametrize("image", ["photo", "spot", COLOUR, COLOUR[..., 1], FLOATS], ids=lambda image: str(type(image)))
def test_a_state_opens_the_same_view_again(image):
    view = explore2d(
        (9, 4),
        (None, 3),
        rule="split",
        kind="max",
        image=image,
        colour="overlaps",
        upstream=[1, -2.5],
        show=["code"],
        lock=["rule", "image"],
        window=(8, 2),
        channel=1,
        presenter=True,
    )
    again = explore2d(**view.state())
    for name, value in view.state().items():
        np.testing.assert_array_equal(again.state()[name], value)
    np.testing.assert_array_equal(again.x, view.x)
    assert again._own_id == view._own_id


def test_the_current_window_stays_inside_when_sizes_shrink():
    view = explore2d(window=(3, 2))
    view.target_size = (2, None)
    assert view.window == (1, 2)
    view.window = (1, 7)
    view.input_size = (6, 5)
    assert view.window == (1, 4)


def test_a_change_of_what_a_verdict_depends_on_drops_the_report():
    view = explore2d(image=COLOUR)
    changes = {"input_size": (3, 4), "target_size": (2, 2), "rule": "forum", "kind": "max", "upstream": "count"}
    for name, value in {**changes, "colour": "influence", "channel": 2, "image": "photo"}.items():
        view.verdict = "agrees"
        setattr(view, name, value)
        assert view.verdict == "checking", name
    view.verdict = "agrees"
    view.open_image(255 - COLOUR)
    assert view.verdict == "checking"
    view.verdict = "agrees"
    view.window, view.presenter = (1, 1), True
    assert view.verdict == "agrees"


# What is pooled --------------------------------------------------------------------------------------------


def test_an_input_size_that_is_not_given_is_the_pictures():
    sizes = {"photo": (128, 96), "digit": (16, 16)}
    for image in (None, *PATTERNS, *PICTURES):
        assert explore2d(image=image).input_size == sizes.get(image, (6, 8))
    assert explore2d(image=COLOUR).input_size == (5, 7)


@pytest.mark.parametrize("size", [(3, 4), (9, 2), (5, 7), (200, 30)])
def test_x_is_the_picture_cut_to_size_or_filled_up_with_zeros(size):
    for name in PATTERNS:
        np.testing.assert_array_equal(explore2d(size, image=name).x, pattern(name, *size))
    for image in ("digit", "photo", COLOUR, COLOUR[..., 1], FLOATS):
        whole = picture(image) if isinstance(image, str) else image
        x = explore2d(size, image=image).x
        assert x.shape == (*whole.shape[2:], *size)
        for r, c in itertools.product(range(0, size[0], 3), range(size[1])):
            inside = r < whole.shape[0] and c < whole.shape[1]
            np.testing.assert_array_equal(x[..., r, c], whole[r, c] if inside else 0)


def test_an_image_may_be_a_file_or_an_array(tmp_path):
    Image.fromarray(COLOUR).save(tmp_path / "own.png")
    for image in (tmp_path / "own.png", str(tmp_path / "own.png"), (tmp_path / "own.png").read_bytes(), COLOUR):
        view = explore2d(image=image)
        assert (view.image, view.input_size) == ("own", (5, 7))
        np.testing.assert_array_equal(view.x, np.moveaxis(COLOUR, -1, 0))
    view.image = "ramp"
    view.image = "own"
    assert view.x.shape == (3, 5, 7)


def test_another_image_of_the_same_shape_has_another_name():
    names = {explore2d(image=image)._own_id for image in (COLOUR, 255 - COLOUR, COLOUR[..., 0], COLOUR.astype(float))}
    assert len(names) == 4


# Pictures -------------------------------------------------------------------------------------------------


def test_pictures_travel_channel_after_channel():
    for image, dtype in ((COLOUR, "uint8"), (COLOUR[..., 2], "uint8"), (FLOATS, "float64")):
        carried = packed_picture(image)
        size = [carried[side] for side in ("channels", "height", "width")]
        planes = image[None] if image.ndim == 2 else np.moveaxis(image, -1, 0)
        assert (size, carried["dtype"]) == ([*planes.shape], dtype)
        np.testing.assert_array_equal(np.frombuffer(carried["data"], dtype).reshape(size), planes)
    assert set(shared.shared().pictures["pictures"]) == set(PICTURES)


# The kernel's side of the check ----------------------------------------------------------------------------


def displayed(view, **changes):
    """What a correct view displays of its state, as the browser sends it, and the numbers in buffers."""
    n, m = view.input_size, view._targets
    axes = [bins(*size, view.rule) for size in zip(n, m, strict=True)]
    planes = view.x if view.x.ndim == 3 else view.x[None]
    upstream = numbers(view.upstream, m[0] * m[1]).reshape(m)
    shares = [matrix(*size, rule=view.rule) for size in zip(n, m, strict=True)]
    shown = {
        "x": planes,
        "outputs": np.stack([[[x[r.slice, c.slice].mean() for c in axes[1]] for r in axes[0]] for x in planes]),
        "gradients": shares[0].T @ upstream @ shares[1],
        "coverage": np.outer(axes[0].coverage, axes[1].coverage),
        "upstream": upstream,
        **changes,
    }
    arrays = {name: np.ascontiguousarray(values, "<f8") for name, values in shown.items()}
    parts = {
        name: {"dtype": "<f8", "channels": array[..., 0, 0].size, "shape": [*array.shape[-2:]], "buffer": k}
        for k, (name, array) in enumerate(arrays.items())
    }
    sides = {
        "windows": [[[*map(str, axis.start)], [*map(str, axis.stop)]] for axis in axes],
        "truth": [[], []],
    }
    state = view._claimed_state()
    claim = {"n": [*n], "m": [*m], "kind": view.kind, "state": state, "parts": {**sides, **parts}}
    return claim, [array.tobytes() for array in arrays.values()]


def judged(view, claim, buffers):
    sent = []
    view.send = lambda content, buffers=None: sent.append(content)
    view._handle_custom_msg({"type": "check", "view": "7-1", "rev": 5, "claim": claim}, buffers)
    return sent[-1]


@pytest.mark.parametrize("image", ["ramp", "photo", FLOATS], ids=lambda image: str(type(image)))
def test_the_kernel_confirms_what_a_correct_view_displays(image):
    view = explore2d((5, 7), (3, None), image=image, upstream="random")
    answer = judged(view, *displayed(view))
    assert {name: answer[name] for name in ("type", "view", "rev")} == {"type": "verdict", "view": "7-1", "rev": 5}
    assert answer["verdict"] == view.verdict == "agrees", answer["text"]
    outputs = 3 * 7 * (3 if view.x.ndim == 3 else 1)
    assert view.report.compared == {"windows": 10, "outputs": outputs, "gradients": 35, "overlap counts": 35}


@pytest.mark.parametrize("part", ["x", "outputs", "gradients", "coverage", "upstream"])
@pytest.mark.parametrize("wrong", [99, np.nan])
def test_the_kernel_refutes_one_wrong_number(part, wrong):
    view = explore2d((5, 7), (3, 4), image=COLOUR)
    claim, buffers = displayed(view)
    k = claim["parts"][part]["buffer"]
    values = np.frombuffer(buffers[k]).copy()
    values[9] = wrong
    buffers[k] = values.tobytes()
    assert judged(view, claim, buffers)["verdict"] == "disagrees"
    assert not view.report


@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("wrong", ["99", "nonsense", ""])
def test_the_kernel_refutes_one_wrong_or_unreadable_window(axis, side, wrong):
    view = explore2d((5, 7), (3, 4))
    claim, buffers = displayed(view)
    claim["parts"]["windows"][axis][side][1] = wrong
    answer = judged(view, claim, buffers)
    assert answer["verdict"] == "disagrees"
    assert f"window 1 of the {['rows', 'columns'][axis]} is " in answer["text"]


def test_small_integers_travel_as_bytes():
    view = explore2d((5, 7), (3, 4), image=COLOUR)
    claim, buffers = displayed(view)
    claim["parts"]["x"]["dtype"], buffers[0] = "u1", view.x.astype(np.uint8).tobytes()
    assert judged(view, claim, buffers)["verdict"] == "agrees"


def test_an_answer_for_a_state_that_has_passed_does_not_become_the_traits():
    view = explore2d((5, 7), (3, 4), image=COLOUR)
    claim, buffers = displayed(view)
    view.open_image(255 - COLOUR)
    assert judged(view, claim, buffers)["verdict"] == "agrees"
    assert view.report is None


def test_a_report_that_comes_before_its_state_is_kept_for_it():
    claim, buffers = displayed(explore2d((5, 7), (3, None)))
    view = explore2d((5, 7), (3, 4))
    judged(view, claim, buffers)
    view.target_size = (3, None)
    assert (view.verdict, bool(view.report)) == ("agrees", True)


def test_a_claim_that_cannot_be_read_is_answered():
    view = explore2d()
    claim, buffers = displayed(view)
    answer = judged(view, claim, buffers[:-1])
    assert (answer["verdict"], answer["text"][:13]) == ("unchecked", "not checked: ")
    assert view.report is None


# Words -----------------------------------------------------------------------------------------------------


def test_every_word_of_the_view_is_used_by_the_code():
    code = joined_code(shared.VIEWS)
    # looked up by a value, not by name
    lookups = {"images", "colours", "upstreams", "panels", "refusals", "shows"}
    words = load()["grid"]
    built = {f"{which}_{side}" for which in ("input", "target", "keep") for side in ("height", "width")}
    built |= {"input_grid", "output_grid"}
    unused = [
        ".".join(path)
        for path in leaves(words)
        if not lookups & {*path[:-1]} and path[-1] not in built and not re.search(rf"[.\"]{path[-1]}\b", code)
    ]
    assert unused == []
    assert set(words["images"]) == {*IMAGES, "own"}
    assert set(words["colours"]) == set(words["picture_words"]["shows"]) == set(GRID_COLOURS)
    assert set(words["upstreams"]) <= set(PRESETS)
    assert live.PANELS == ("windows", "code", "words")


def test_what_the_examples_say_is_so():
    why = {(*example["input"], *example["target"]): example["why"] for example in load()["grid"]["grid_examples"]}
    counts = np.outer(bins(6, 4).coverage, bins(8, 3).coverage)
    assert [int((counts == k).sum()) for k in (1, 2, 4)] == [24, 20, 4], why[6, 8, 4, 3]
    corner = np.outer(laws.influence(8, 7), laws.influence(8, 7))
    assert (corner[0, 0], corner[0, 3], corner[3, 3]) == (1 / 4, 1 / 2, 1), why[8, 8, 7, 7]
    assert laws.influence_ratio(7, 5) ** 2 == 9, why[7, 7, 5, 5]
    assert bins(7, 1)[0] == (0, 7), why[7, 7, 1, 1]
    assert set(bins(16, 6).lengths) == {3, 4}, why[16, 16, 6, 6]
    assert (bins(16, 6).coverage > 1).any()
    assert set(bins(8, 8).lengths) == {1}, why[6, 8, 4, None]
    assert {*bins(3, 5).lengths, *bins(4, 6).lengths} == {1, 2}, why[3, 4, 5, 6]
    assert set(bins(1, 7)) == {(0, 1)}, why[1, 1, 7, 7]
    assert len(why) == 8


# Preview ---------------------------------------------------------------------------------------------------


def preview(view):
    data, metadata = view._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert metadata["image/png"] == {"width": view.preview_width, "alt": view.still().alt}
    return base64.b64decode(data["image/png"])


@pytest.mark.slow
def test_every_view_carries_a_picture_of_its_own_state():
    changes = [{}, {"rule": "split"}, {"kind": "max"}, {"image": "spot"}, {"image": COLOUR}, {"window": (1, 2)}]
    changes += [{"colour": colour} for colour in GRID_COLOURS[1:]] + [{"image": COLOUR, "channel": 1}, {"show": []}]
    changes += [{"upstream": "count", "colour": "gradient"}, {"input_size": (6, 7)}, {"target_size": (3, None)}]
    pictures = [preview(explore2d(**{"input_size": (5, 7), "target_size": (3, 5), **each})) for each in changes]
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)
    assert len(set(pictures)) == len(changes)
    drawn = live._preview.cache_info().misses
    assert preview(explore2d((5, 7), (3, 5))) == pictures[0]
    assert live._preview.cache_info().misses == drawn, "drawn once"


def test_hidden_windows_are_hidden_in_the_preview_too():
    hidden = {preview(explore2d((5, 7), (3, 5), show=[], colour=colour)) for colour in GRID_COLOURS}
    assert len(hidden) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "image"),
    [("avg", "digit"), ("max", "digit"), ("avg", "photo"), ("max", FLOATS)],
    ids=["averages", "maxima", "photo", "floats"],
)
@pytest.mark.parametrize("colour", GRID_COLOURS)
def test_every_state_has_a_picture(kind, image, colour):
    for state in ({}, {"show": []}, {"rule": "fixed_stride", "target_size": (4, None)}):
        view = explore2d(
            **{"input_size": (2, 3), "target_size": (1, 2), **state}, kind=kind, image=image, colour=colour
        )
        assert view.preview().startswith(b"\x89PNG")


def test_a_page_gets_a_picture_before_it_is_told_to_show_it():
    view, told = explore2d((2, 2), (1, 1)), []
    view.observe(lambda change: told.append(change.name), ["image", "_own", "_own_id"])
    view.open_image([[1, 2, 3], [4, 5, 6]])
    assert told == ["_own", "_own_id", "image"]
