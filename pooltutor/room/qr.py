"""An address as a QR code, for the terminal and for a page."""

import io
import sys

import segno

_BLACK_ON_WHITE = "\033[97;40m{}\033[0m"  # the blocks are what is white: so it is on a light terminal, too


def qr_rows(address: str) -> list[str]:
    """Return the squares of a code, "1" where one is dark, without the quiet zone around it.

    >>> rows = qr_rows("http://192.168.1.20:8866")
    >>> len(rows), rows[0][:7], rows[0][-7:]
    (25, '1111111', '1111111')
    """
    return ["".join(str(int(dark)) for dark in row) for row in _code(address).matrix]


def qr_text(address: str, coloured: bool | None = None) -> str:
    """Return a code in lines of half blocks, with its quiet zone; in colours where a terminal shows it.

    Returns "" where the terminal has no blocks.
    """
    out = io.StringIO()
    _code(address).terminal(out, compact=True)
    lines = out.getvalue().splitlines()
    try:
        "\n".join(lines).encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return ""
    coloured = sys.stdout.isatty() if coloured is None else coloured
    return "\n".join(_BLACK_ON_WHITE.format(line) if coloured else line for line in lines)


def _code(address: str) -> segno.QRCode:
    return segno.make(address, error="m", micro=False)  # some phones read no small code
