"""A whole ten-minute demo: the teacher's page and a phone's in a browser, and thirty phones more beside them."""

import re

import pytest
from playwright.sync_api import expect

from pooltutor import bins, gradient, pool
from pooltutor.live.story import story_data
from pooltutor.room.pages import room_pages
from tests.onepage import RECORD, is_fault
from tests.rooms import RoomInThread

pytestmark = pytest.mark.browser
CROWD = 30
NO_NETWORK = "ERR_INTERNET_DISCONNECTED"
STEPS = story_data("ten-minute-demo")["steps"]
MARKUP = "<img src=x onerror=alert(1)>"
# What some of the thirty say at a step, by its number; all others say what is right.
WRONG = {2: {"0:2 1:3 3:5": 11, "0:2 2:4 3:5": 5, "0:2 2:4 4:5": 3, MARKUP: 1}, 12: {"9": 6, "4": 7}, 14: {"3 1 0": 20}}
NAMED = {
    "0:2 1:3 3:5": "One kernel for all",
    "9": "All neighbours share",
    "4": "The remainder",
    "3 1 0": "The centre gets most",
}
# Text on the screen that is smaller than 20 pixels, with its size.
SMALL = """() => [...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && e.getClientRects().length
  && [...e.childNodes].some(t => t.nodeType === 3 && t.data.trim()) && parseFloat(getComputedStyle(e).fontSize) < 20
  && !e.matches('noscript, script, style') && e.getBoundingClientRect().width > 2)
  .map(e => e.tagName + ' ' + e.textContent.slice(0, 30) + ' ' + getComputedStyle(e).fontSize)"""


def right(step) -> str:
    """What is right at a step, as a person would type it."""
    ask, n, m = step["ask"], step["set"]["input_size"], step["set"]["target_size"]
    if step["view"] == "grid":
        return f"{gradient([[1.0] * m[1]] * m[0], tuple(n))[tuple(ask['index'])]:g}"
    windows = bins(n, m)
    shared = [str(j) for j, count in enumerate(windows.coverage) if count > 1]
    if ask["kind"] == "rank":
        got = gradient([1.0] * m, n)
        return " ".join(map(str, sorted(ask["cells"], key=lambda cell: -got[cell])))
    return {
        "windows": " ".join(f"{start}:{stop}" for start, stop in zip(windows.start, windows.stop, strict=True)),
        "shared": " ".join(shared),
        "count": str(len(shared)),
        "output": f"{pool([float(j) for j in range(n)], m)[ask.get('index', 0)]:g}",
    }[ask["kind"]]


@pytest.fixture
def room():
    room = RoomInThread(STEPS, room_pages(RECORD))
    yield room
    room.end()


@pytest.fixture
def open_page(chromium):
    """Open a page of the room; errors, and requests to anybody else, are failures."""
    contexts, faults = [], []

    def opened(address, width, height):
        contexts.append(chromium.new_context(viewport={"width": width, "height": height}))
        page = contexts[-1].new_page()
        # Chromium itself says of a connection that it could not be made while there was no network.
        page.on("console", lambda m: is_fault(m) and NO_NETWORK not in m.text and faults.append(m.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        own = (address.partition("/#")[0].removesuffix("/"), "data:", "blob:")
        page.on("request", lambda request: request.url.startswith(own) or faults.append(request.url))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def test_a_whole_demo_with_a_teacher_a_phone_and_thirty_more(room, open_page):
    opened = room.opened
    teacher = open_page(f"http://{opened.teacher_address}/#{opened.room.secret}", 1024, 768)
    phone = open_page(f"http://{opened.address}/", 360, 740)
    expect(teacher.get_by_role("img", name=f"a QR code of {opened.address}")).to_be_visible()
    assert opened.room.secret not in teacher.url
    expect(phone.get_by_role("heading", name="You are in.")).to_be_visible()
    crowd = room.run(room.crowd(CROWD))
    expect(teacher.get_by_role("status").first).to_have_text(f"{CROWD + 1} phones are here")
    for k, step in enumerate(STEPS):
        teacher.keyboard.press("PageDown")
        for page in (teacher, phone):
            expect(page.get_by_role("heading", level=1)).to_have_text(step["say"])
            expect(page.locator(".pooltutor svg.pt-picture").first).to_be_visible()
        if step["ask"]:
            ask(room, teacher, phone, crowd, k)
    expect(teacher.get_by_role("button", name="Next", exact=True)).to_be_hidden()
    assert teacher.evaluate(SMALL) == []


def ask(room, teacher, phone, crowd, k):
    """A question is answered by everybody, and revealed."""
    answer, wrong = right(STEPS[k]), WRONG.get(k, {})
    count = {answer: CROWD - sum(wrong.values()) + 1, **wrong}
    room.run(
        room.answer(crowd, k, [*(text for text in wrong for _ in range(wrong[text])), *[answer] * (count[answer] - 1)])
    )
    expect(have_answered(teacher)).to_have_text(f"{CROWD} of {CROWD + 1}")
    if k == 2:
        leave_and_come_back(room, phone)
    type_answer(phone, answer)
    expect(phone.locator(".room-answered")).to_have_text(f"Your answer has arrived: {answer}")
    expect(have_answered(teacher)).to_have_text(f"{CROWD + 1} of {CROWD + 1}")
    assert not any(text in teacher.content() for text in wrong if ":" in text)  # how many, and never what
    teacher.keyboard.press("PageDown")
    expect(teacher.locator(".room-row")).to_have_count(len(count))
    shown = {row.get_attribute("data-given"): row.inner_text() for row in teacher.locator(".room-row").all()}
    shown_count = {text: int(re.findall(r"\d+$", said.strip())[0]) for text, said in shown.items()}
    assert shown_count == {"" if text == MARKUP else text: each for text, each in count.items()}
    assert [row.get_attribute("data-given") for row in teacher.locator(".room-right").all()] == [answer]
    for text in wrong.keys() & NAMED.keys():
        assert NAMED[text] in shown[text]
    expect(phone.locator(".room-answered")).to_have_text(f"You answered {answer}")
    expect(phone.locator(".pt-said-right")).to_be_visible()
    if k == 2:
        look_at_a_wrong_answer(teacher)


def have_answered(teacher):
    return teacher.locator(".room-have b")


def type_answer(phone, answer):
    """Type an answer: windows into a field each, everything else into one."""
    fields = phone.locator(".pt-answer-fields input")
    for field, text in zip(fields.all(), answer.split() if fields.count() > 1 else [answer], strict=True):
        field.fill(text)
    phone.get_by_role("button", name="Send my answer").click()


def leave_and_come_back(room, phone):
    """A phone answers, loses the network, is loaded anew: it is back at the step and its answer, which may change."""
    type_answer(phone, "0:2 1:3 3:5")
    expect(phone.locator(".room-answered")).to_have_text("Your answer has arrived: 0:2 1:3 3:5")
    phone.context.set_offline(True)
    room.run(room.cut_browsers())
    expect(phone.locator(".room-lamp")).to_have_text("connecting ...")
    type_answer(phone, "0:2 2:4 3:5")
    expect(phone.locator(".room-answered")).to_have_text("Sending ...")
    phone.context.set_offline(False)
    expect(phone.locator(".room-lamp")).to_have_text("connected")
    expect(phone.locator(".room-answered")).to_have_text("Your answer has arrived: 0:2 2:4 3:5")
    phone.reload()
    expect(phone.locator(".room-answered")).to_have_text("Your answer has arrived: 0:2 2:4 3:5")
    expect(phone.locator(".pt-answer-fields input").nth(1)).to_have_value("2:4")


def look_at_a_wrong_answer(teacher):
    """A row opens its answer beside PyTorch's, with what is wrong with it; then all answers are back."""
    assert teacher.evaluate(SMALL) == []
    assert "What cannot be read" in teacher.locator(".room-row[data-given='']").inner_text()
    assert "onerror" not in teacher.content()
    teacher.locator(".room-row[data-given='0:2 1:3 3:5']").click()
    expect(teacher.get_by_role("heading", level=1)).to_contain_text("This is one kernel for all windows")
    expect(teacher.locator(".pt-own-wrong").first).to_be_visible()
    assert teacher.evaluate(SMALL) == []
    teacher.get_by_role("button", name="Show the answers").click()
    expect(teacher.locator(".room-row")).to_have_count(len(WRONG[2]) + 1)


def test_who_does_not_know_the_secret_does_not_lead(room, open_page):
    page = open_page(f"http://{room.opened.teacher_address}/#guessed", 1024, 768)
    expect(page.get_by_role("alert")).to_have_text(
        "This page may not lead the room. Open the address that stands in the terminal."
    )
    page.keyboard.press("PageDown")
    expect(page.get_by_role("button", name="Begin")).to_be_hidden()
    assert room.opened.room.meeting.room.step == -1
