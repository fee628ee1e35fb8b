"""A picture of a notebook as a file of the site, and the element that shows it."""

import base64
import hashlib
from dataclasses import dataclass, field
from html import escape


@dataclass
class Pictures:
    """The pictures of the site, by the names of their files: the same picture is kept once."""

    files: dict[str, bytes] = field(default_factory=dict)

    def element(self, png: bytes, *, width: int, alt: str, root: str) -> str:
        """Keep a picture and return the ``img`` that shows it; ``root`` leads from its page to the top of the site."""
        name = f"{hashlib.sha256(png).hexdigest()[:16]}.png"
        self.files[name] = png
        wide, high = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))  # of the PNG's first chunk
        size = f'width="{width}" height="{round(high * width / wide)}"'
        return f'<img src="{root}_static/pictures/{name}" {size} alt="{escape(alt)}" loading="lazy">'


def decoded(text: str | list[str]) -> bytes:
    """Return the bytes of a picture as a notebook holds it."""
    return base64.b64decode(text if isinstance(text, str) else "".join(text))
