"""Where the classroom is reached, and whom it answers: its own pages and a browser's address bar, nobody else.

Any web page can make a browser ask this machine for something, with an image or a form, and a name that points to
127.0.0.1 makes that request look like one of the page's own. Browsers say truthfully whom they ask (`Host`) and for
whom (`Origin`, `Referer`, `Sec-Fetch-Site`).
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from pooltutor.quoting import quoted
from pooltutor.words import say


class Base(NamedTuple):
    """What stands before every path: the path itself, and the origin of a proxy in front, "" where there is none."""

    path: str = "/"
    origin: str = ""

    @property
    def public_host(self) -> str:
        """The name under which a proxy is reached, "" where there is none."""
        return self.origin.partition("://")[2]

    def __str__(self) -> str:
        return f"{self.origin}{self.path}"


TOP = Base()
"""Everything is at "/", and there is no proxy."""

_SEGMENT = r"(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+"  # "." and ".." would be taken out by browsers
_BASE = re.compile(rf"(?P<origin>https?://[A-Za-z0-9.-]+(?::[0-9]{{1,5}})?)?(?P<path>/(?:{_SEGMENT}/)*)")
_LONGEST = 200
_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")  # of a machine in its network


def read_base(text: str | None) -> Base:
    """Return the base that somebody has named, with the slashes at its ends; without one everything is at "/".

    >>> read_base("pooling"), read_base("https://class.example.org/pooling")
    (Base(path='/pooling/', origin=''), Base(path='/pooling/', origin='https://class.example.org'))

    Raises ValueError, with what is accepted, for anything else.
    """
    if text is None:
        return TOP
    begun = text if text.startswith(("/", "http://", "https://")) else f"/{text}"
    found = _BASE.fullmatch(begun if begun.endswith("/") else f"{begun}/")
    if not found or len(text) > _LONGEST:
        raise ValueError(say("errors.command.base_url", came=quoted(text)))
    return Base(found["path"], (found["origin"] or "").lower())


def hosts(port: int) -> tuple[str, str]:
    """Return the names that a server on this machine goes by.

    >>> hosts(8866)
    ('127.0.0.1:8866', 'localhost:8866')
    """
    return f"127.0.0.1:{port}", f"localhost:{port}"


def refusal(headers: Mapping[str, str], port: int, page: bool, base: Base = TOP) -> str | None:
    """Return why a request is refused, "host" or "foreign", or None where it is answered.

    ``page`` is whether it would open the page, which starts a kernel: only a window of the browser's own may do that.
    A proxy in front, which ``base`` names, asks by a name of this machine or by the name by which it was asked.

    >>> refusal({"Host": "127.0.0.1:8866", "Sec-Fetch-Site": "none", "Accept": "text/html"}, 8866, page=True)
    >>> refusal({"Host": "rebound.example:8866"}, 8866, page=False)
    'host'
    >>> refusal({"Host": "127.0.0.1:8866", "Origin": "https://elsewhere.example"}, 8866, page=False)
    'foreign'
    """
    host = headers.get("Host", "").lower()
    if host not in (*hosts(port), base.public_host) or not host:
        return "host"
    local = f"http://{host}" if host in hosts(port) else ""
    own = any(_own(headers, origin) for origin in (local, base.origin) if origin)
    return None if own and (not page or _window(headers)) else "foreign"


def _own(headers: Mapping[str, str], origin: str) -> bool:
    """Whether nobody but this origin, or the user, asks; a header that is not there says nothing."""
    return (
        headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin")
        and headers.get("Origin", origin) == origin
        and f"{headers.get('Referer', origin)}/".startswith(f"{origin}/")
    )


def _window(headers: Mapping[str, str]) -> bool:
    """Whether the answer will fill a window: not an image, not a frame. Old browsers say it by `Accept` alone."""
    return headers.get("Sec-Fetch-Dest", "document") == "document" and "text/html" in headers.get("Accept", "")


def numeric_refusal(headers: Mapping[str, str], port: int) -> str | None:
    """Return why a request from the network is refused, "host" or "foreign", or None where it is answered.

    It must ask for a machine by its number, or by localhost: a name can be made to point anywhere.

    >>> numeric_refusal({"Host": "192.168.1.20:8866", "Origin": "http://192.168.1.20:8866"}, 8866)
    >>> numeric_refusal({"Host": "rebound.example:8866"}, 8866)
    'host'
    >>> numeric_refusal({"Host": "192.168.1.20:8866", "Origin": "http://elsewhere.example"}, 8866)
    'foreign'
    """
    host = headers.get("Host", "").lower()
    name, _, asked = host.rpartition(":")
    if asked != str(port) or not (name == "localhost" or _NUMBER.fullmatch(name)):
        return "host"
    return None if headers.get("Origin", f"http://{host}") == f"http://{host}" else "foreign"
