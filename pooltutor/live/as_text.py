"""What a saved notebook would lose, as text on its way to the page and back: bytes, and the order of keys.

JupyterLab saves the state of widgets in the notebook, so that views live on without a kernel. But of bytes it saves
nothing, and it sorts the keys of a dict. Text is saved as it is.
"""

import base64
import binascii
import json
from typing import Any


def to_text(value: Any, widget: Any = None) -> Any:
    r"""Return ``value`` with base64 text for all bytes in it: what a trait sends.

    >>> to_text({"n": 14, "windows": b"\x00\x04"})
    {'n': 14, 'windows': 'AAQ='}
    """
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {key: to_text(each) for key, each in value.items()}
    return value


def to_bytes(text: Any) -> bytes:
    r"""Return the bytes of a base64 text; ValueError for anything else.

    >>> to_bytes("AAQ=")
    b'\x00\x04'
    """
    if not isinstance(text, str):
        raise ValueError
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError from None


AS_TEXT = {"sync": True, "to_json": to_text}
"""The tags of a trait whose bytes travel as text."""


def to_ordered(value: Any, widget: Any = None) -> dict[str, str]:
    r"""Return ``value`` as JSON text, in which keys keep their order; ``pure/shared.js`` reads it again.

    >>> to_ordered({"windows": 1, "gradient": b"\x00\x04"})
    {'json': '{"windows": 1, "gradient": "AAQ="}'}
    """
    return {"json": json.dumps(to_text(value), ensure_ascii=False)}


IN_ORDER = {"sync": True, "to_json": to_ordered}
"""The tags of a trait whose keys have an order that a reader sees: that of a menu, of the switches, of a call."""
