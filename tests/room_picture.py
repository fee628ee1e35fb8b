"""README's picture of a reveal, anew: ``python -m tests.room_picture`` writes docs/room-reveal.png.

A room with 27 phones answers the question about 5 → 3, and the teacher's page shows what they said.
"""

from pathlib import Path

from benchmarks.servers import chromium
from pooltutor.live.story import story_data
from pooltutor.room.pages import room_pages
from tests.onepage import RECORD
from tests.rooms import RoomInThread

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "room-reveal.png"
ANSWERS = {"0:2 1:3 3:5": 11, "0:2 1:4 3:5": 7, "0:2 2:4 3:5": 5, "0:2 2:4 4:5": 3, "0:3 1:4 2:5": 1}
HERE = 30
STEP = 2  # of the ten-minute demo: the windows of 5 → 3


def main() -> None:
    """Open the room, let everybody answer, reveal, and take the picture."""
    room = RoomInThread(story_data("ten-minute-demo")["steps"], room_pages(RECORD))
    room.opened.room.meeting.welcome["address"] = "192.168.1.20:8866"  # no picture needs this machine's own
    try:
        with chromium() as browser:
            page = browser.new_page(viewport={"width": 1024, "height": 700})
            page.goto(f"http://{room.opened.teacher_address}/#{room.opened.room.secret}")
            phones = room.run(room.crowd(HERE))
            page.get_by_text(f"{HERE} phones are here").wait_for()
            for k in range(STEP + 1):
                page.get_by_role("button", name="Begin" if k == 0 else "Next", exact=True).click()
                page.get_by_text(f"step {k + 1} of").wait_for()
            answers = [given for given, count in ANSWERS.items() for _ in range(count)]
            room.run(room.answer(phones[: len(answers)], STEP, answers))
            page.get_by_role("button", name="Reveal").click()
            page.locator(".room-row").nth(len(ANSWERS) - 1).wait_for()
            page.mouse.move(0, 0)
            page.screenshot(path=PICTURE)
    finally:
        room.end()


if __name__ == "__main__":
    main()
