"""Phones and the teacher at the room: each has a socket, and hears of every change."""

import secrets
import time
from collections.abc import Callable
from typing import Any

from tornado.websocket import WebSocketHandler

from pooltutor.access import numeric_refusal, refusal
from pooltutor.room.outbox import Outbox
from pooltutor.room.protocol import Answer, Join, Nonsense, Refused, Room, read_phone, read_teacher

LONGEST_MESSAGE = 16_384
"""Most bytes of a message: an answer whose every letter is escaped."""

BURST, PER_SECOND = 20, 4.0
"""Messages that a phone may send at once, and then in a second; a person sends one in some seconds."""


class Meeting:
    """The room with those who are connected to it."""

    def __init__(self, room: Room, welcome: dict[str, Any]) -> None:
        self.room, self.welcome = room, welcome
        self.phones: dict[Outbox, str] = {}
        self.teachers: set[Outbox] = set()
        self.open_app: Callable[[], None] = lambda: None

    def join(self, outbox: Outbox, phone: str) -> None:
        """A phone is there, for the first time or again; it is told where the room is."""
        self.room.join(phone)
        self.phones[outbox] = phone
        outbox.tell(**self.room.for_phone(phone))
        self._tell_teachers()

    def answer(self, outbox: Outbox, answer: Answer) -> None:
        """A phone answers; what it is told back is what counts now."""
        phone = self.phones[outbox]
        try:
            self.room.answer(phone, answer)
        except Refused as refused:
            outbox.tell(refused=refused.reason, **self.room.for_phone(phone))
        else:
            outbox.tell(given=answer.given)
            self._tell_teachers()

    def leave(self, outbox: Outbox) -> None:
        """A socket has closed."""
        outbox.close()
        self.teachers.discard(outbox)
        if outbox in self.phones:
            self.room.leave(self.phones.pop(outbox))
            self._tell_teachers()

    def lead(self, outbox: Outbox) -> None:
        """The teacher's page is there."""
        self.teachers.add(outbox)
        outbox.tell(**self.welcome, story=list(self.room.steps), **self.room.for_teacher())

    def beat(self) -> None:
        """Say to everybody that the room is there: a phone that hears nothing for long connects anew."""
        for outbox in (*self.phones, *self.teachers):
            outbox.tell(beat=True)

    def tell_all(self) -> None:
        """Tell everybody what the teacher has changed."""
        for outbox, phone in self.phones.items():
            outbox.tell(**self.room.for_phone(phone))
        self._tell_teachers()

    def app_is_open(self, open_app: Callable[[], None]) -> None:
        """The classroom's app can be opened from now on; it may start later than the room."""
        self.open_app = open_app
        self.welcome["app"] = True
        for teacher in self.teachers:
            teacher.tell(app=True)

    def _tell_teachers(self) -> None:
        for teacher in self.teachers:
            teacher.tell(**self.room.for_teacher())


class RoomSocket(WebSocketHandler):
    """What both kinds of sockets have."""

    def initialize(self, meeting: Meeting, port: int) -> None:
        """Keep the room, and the port that browsers name."""
        self.meeting, self.port = meeting, port
        self.outbox = Outbox(self.write_message, self.drop)

    def open(self, *arguments: str, **named: str) -> None:
        """Send what is said at once: messages are small and few."""
        self.set_nodelay(True)

    def keep(self) -> None:
        """Let this connection last: whoever it is has joined."""
        if self.ws_connection and self.ws_connection.stream:
            self.settings["server"].keep(self.ws_connection.stream)

    def drop(self) -> None:
        """End the connection without a word: the other side floods, or does not read."""
        if self.ws_connection and self.ws_connection.stream:
            self.ws_connection.stream.close()

    def on_close(self) -> None:
        """Leave the room."""
        self.meeting.leave(self.outbox)


class PhoneSocket(RoomSocket):
    """A phone: it joins, and answers as often as it likes."""

    def prepare(self) -> None:
        """Answer those only who ask for this machine by its number."""
        if numeric_refusal(self.request.headers, self.port):
            self.set_status(403)
            self.finish()

    def open(self, *arguments: str, **named: str) -> None:
        """Begin to count what it says."""
        super().open()
        self.allowance, self.counted_at = float(BURST), time.monotonic()

    def on_message(self, message: str | bytes) -> None:
        """Hear a phone; what none of our pages would say ends the connection."""
        if self._floods():
            return self.drop()
        try:
            said = read_phone(message)
            if isinstance(said, Join):
                self._join(said)
            elif self.outbox in self.meeting.phones:
                self.meeting.answer(self.outbox, said)
            else:
                raise Nonsense
        except Refused as refused:
            self.outbox.tell(refused=refused.reason)
        except Nonsense:
            self.close(1008, "nonsense")

    def _join(self, said: Join) -> None:
        if self.outbox in self.meeting.phones:
            raise Nonsense
        try:
            self.meeting.join(self.outbox, said.name)
        except Refused as refused:
            self.close(1013, refused.reason)
        else:
            self.keep()

    def _floods(self) -> bool:
        now = time.monotonic()
        self.allowance = min(BURST, self.allowance + (now - self.counted_at) * PER_SECOND) - 1
        self.counted_at = now
        return self.allowance < 0


class TeacherSocket(RoomSocket):
    """The teacher's page: it knows the secret, and leads."""

    def initialize(self, meeting: Meeting, port: int, secret: str) -> None:  # type: ignore[override]
        """Keep the secret, too."""
        super().initialize(meeting, port)
        self.secret = secret

    def prepare(self) -> None:
        """Answer this machine's own pages alone."""
        if refusal(self.request.headers, self.port, page=False):
            self.set_status(403)
            self.finish()

    def on_message(self, message: str | bytes) -> None:
        """Hear the teacher's page."""
        try:
            said = read_teacher(message)
        except Nonsense:
            return self.close(1008, "nonsense")
        if isinstance(said, Join):
            self._join(said)
        elif self.outbox not in self.meeting.teachers:
            self.close(1008, "secret")
        elif said.verb == "app":
            self.meeting.open_app()
        elif self.meeting.room.obey(said):
            self.meeting.tell_all()

    def _join(self, said: Join) -> None:
        if secrets.compare_digest(said.name.encode(errors="replace"), self.secret.encode()):
            self.keep()
            self.meeting.lead(self.outbox)
        else:
            self.close(1008, "secret")
