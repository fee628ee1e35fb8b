"""Whom the classroom on this machine answers: its own pages and its own address bar, not whatever else a browser opens.

Any web page can make a browser ask this machine for something, with an image or a form, and a name that points to
127.0.0.1 makes that request look like one of the page's own. Browsers say truthfully whom they ask (`Host`) and for
whom (`Origin`, `Referer`, `Sec-Fetch-Site`).
"""

from collections.abc import Mapping


def hosts(port: int) -> tuple[str, str]:
    """Return the names that a server on this machine goes by.

    >>> hosts(8866)
    ('127.0.0.1:8866', 'localhost:8866')
    """
    return f"127.0.0.1:{port}", f"localhost:{port}"


def refusal(headers: Mapping[str, str], port: int, page: bool) -> str | None:
    """Return why a request is refused, "host" or "foreign", or None where it is answered.

    ``page`` is whether it would open the page, which starts a kernel: only a window of the browser's own may do that.

    >>> refusal({"Host": "127.0.0.1:8866", "Sec-Fetch-Site": "none", "Accept": "text/html"}, 8866, page=True)
    >>> refusal({"Host": "rebound.example:8866"}, 8866, page=False)
    'host'
    >>> refusal({"Host": "127.0.0.1:8866", "Origin": "https://elsewhere.example"}, 8866, page=False)
    'foreign'
    """
    host = headers.get("Host", "").lower()
    if host not in hosts(port):
        return "host"
    return None if _own(headers, f"http://{host}") and (not page or _window(headers)) else "foreign"


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
