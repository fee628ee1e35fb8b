"""A PNG or JPEG file judged by its bytes, and of it the parts that make its pixels; no pixel is decoded.

One rule, which ``live/js/pure/image/`` has for the browser, too:

- A PNG file has its header first, each chunk whole with its right checksum up to an empty IEND, no critical chunk of
  another name, a palette where it needs one, and all IDAT chunks in a row. What they inflate to has its right checksum,
  the length that the header says, and a known filter for each line.
- A JPEG file has whole segments up to its end, one frame (baseline, extended or progressive, of 8 bits, 1, 3 or 4
  components), and tables and frame in front of the first scan.
- What follows the end does not count. Nor does anything that makes no pixel: of profiles, gammas, comments and EXIF
  only the orientation is read, from the first EXIF in front of the pixels, its first entry, a number from 1 to 8.

Decoders differ in what they forgive; given these parts alone, they agree.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"


class Damaged(Exception):
    """The bytes are no whole PNG or JPEG file."""


@dataclass(frozen=True)
class Parts:
    """What makes the pixels of a file, as a file of its own, and how the picture is turned (EXIF, 1 to 8)."""

    data: bytes
    orientation: int


def size_of(data: bytes) -> tuple[int, int]:
    """Return width and height as the header says; :class:`Damaged` where there is none."""
    if data.startswith(PNG):
        if data[12:16] != b"IHDR" or len(data) < 24:
            raise Damaged
        return struct.unpack_from(">II", data, 16)
    for marker, segment in _segments(data):
        if marker in _FRAMES:
            return _frame_size(segment)
    raise Damaged


def parts_of(data: bytes) -> Parts:
    """Return the parts of a file that make its pixels; :class:`Damaged` where it breaks the rule above."""
    return _png(data) if data.startswith(PNG) else _jpeg(data)


# PNG -----------------------------------------------------------------------------------------------------

_CRITICAL = (b"IHDR", b"PLTE", b"IDAT", b"IEND")
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}  # by the type of colour
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PASSES = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1))
_PIECE = 2**20  # bytes that are inflated at a time


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Each chunk to IEND: its name, its content, and the whole of it."""
    at, name = len(PNG), b""
    while name != b"IEND":
        if at + 12 > len(data):
            raise Damaged
        length, name = struct.unpack_from(">I4s", data, at)
        chunk = data[at : at + 12 + length]
        if len(chunk) < 12 + length or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
            raise Damaged
        yield name, chunk[8:-4], chunk
        at += len(chunk)


def _png(data: bytes) -> Parts:
    chunks = list(_chunks(data))
    names = [name for name, _, _ in chunks]
    pixels = [k for k, name in enumerate(names) if name == b"IDAT"]
    unknown = any(not name[0] & 0x20 and name not in _CRITICAL for name in names)
    if names[0] != b"IHDR" or names.count(b"IHDR") > 1 or unknown or not pixels or chunks[-1][1]:
        raise Damaged
    if pixels[-1] - pixels[0] != len(pixels) - 1:
        raise Damaged
    first = {name: (content, chunk) for name, content, chunk in reversed(chunks[: pixels[0]])}
    header = _Header(first[b"IHDR"][0])
    kept = [first[name][1] for name in (b"IHDR", *header.tables(first))]
    header.check_lines(b"".join(content for _, content, _ in chunks[pixels[0] : pixels[-1] + 1]))
    kept += [chunk for _, _, chunk in (*chunks[pixels[0] : pixels[-1] + 1], chunks[-1])]
    exif = first[b"eXIf"][0] if b"eXIf" in first else b""
    return Parts(PNG + b"".join(kept), orientation_of(exif))


class _Header:
    """What IHDR says."""

    def __init__(self, content: bytes) -> None:
        if len(content) != 13:
            raise Damaged
        self.width, self.height, self.depth, self.colour, *methods = struct.unpack(">IIBBBBB", content)
        self.interlaced = methods[2]
        known = self.depth in _DEPTHS.get(self.colour, ()) and methods[:2] == [0, 0] and self.interlaced <= 1
        if not known or not self.width or not self.height:
            raise Damaged

    def tables(self, first: dict[bytes, tuple[bytes, bytes]]) -> list[bytes]:
        """The names of the further chunks that make pixels: a palette, and which colours are transparent."""
        palette = first[b"PLTE"][0] if self.colour == 3 and b"PLTE" in first else b""
        entries, rest = divmod(len(palette), 3)
        if rest or entries > 256 or (self.colour == 3 and not entries):
            raise Damaged
        if b"tRNS" in first:
            right = {0: (2,), 2: (6,), 3: range(1, entries + 1)}.get(self.colour, ())
            if len(first[b"tRNS"][0]) not in right:
                raise Damaged
        return [*([b"PLTE"] if palette else []), *([b"tRNS"] if b"tRNS" in first else [])]

    def passes(self) -> Iterator[tuple[int, int]]:
        """How many lines come one after the other, and how many bytes each has with its filter."""
        for row, column, down, right in _PASSES if self.interlaced else ((0, 0, 1, 1),):
            lines, cells = -(-(self.height - row) // down), -(-(self.width - column) // right)
            if lines > 0 and cells > 0:
                yield lines, 1 + (cells * self.depth * _SAMPLES[self.colour] + 7) // 8

    def check_lines(self, deflated: bytes) -> None:
        """Inflate the lines a piece at a time, and forget them."""
        stream, left, at = zlib.decompressobj(), deflated, 0
        total = sum(lines * length for lines, length in self.passes())
        try:
            while not stream.eof:
                piece = stream.decompress(left, _PIECE)
                left = stream.unconsumed_tail
                if not self._filters_are_known(piece, at) or (not piece and not left and not stream.eof):
                    raise Damaged
                at += len(piece)
                if at > total:
                    raise Damaged
        except zlib.error:
            raise Damaged from None
        if at != total or stream.unused_data:
            raise Damaged

    def _filters_are_known(self, piece: bytes, at: int) -> bool:
        """Each line begins with its filter, 0 to 4; the piece begins at byte ``at`` of all lines."""
        begin = 0
        for lines, length in self.passes():
            end = begin + lines * length
            skipped = begin - at if begin >= at else -(at - begin) % length
            if max(piece[skipped : max(0, end - at) : length], default=0) > 4:
                return False
            begin = end
        return True


# JPEG ----------------------------------------------------------------------------------------------------

_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")  # within a scan, ff before 00 or a restart is data
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # the others are tables
_KNOWN_FRAMES = (0xC0, 0xC1, 0xC2)
_QUANTIZATION, _HUFFMAN, _RESTARTS, _SCAN, _END = 0xDB, 0xC4, 0xDD, 0xDA, 0xD9
_JFIF, _EXIF, _ADOBE = 0xE0, 0xE1, 0xEE


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each segment to the end: its marker, and the whole of it; a scan brings its data."""
    found = _MARKER.search(data, 2)
    while found:
        at, marker = found.start(), data[found.end() - 1]
        if marker == _END:
            yield marker, data[at : at + 2]
            return
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        found = _MARKER.search(data, at + 2 + length)
        if not found or length < 2 or marker < 0xC0 or marker == 0xD8:
            break
        yield marker, data[at : found.start() if marker == _SCAN else at + 2 + length]
    raise Damaged


def _jpeg(data: bytes) -> Parts:
    segments = list(_segments(data))
    markers = [marker for marker, _ in segments]
    frames = [k for k, marker in enumerate(markers) if marker in _FRAMES]
    if len(frames) != 1 or markers[frames[0]] not in _KNOWN_FRAMES or _SCAN not in markers:
        raise Damaged
    in_front = segments[: markers.index(_SCAN)]
    if not {markers[frames[0]], _QUANTIZATION, _HUFFMAN} <= {marker for marker, _ in in_front}:
        raise Damaged
    _check_frame(segments[frames[0]][1])
    kept = b"".join(segment for marker, segment in segments if _makes_pixels(marker, segment))
    exifs = [segment[10:] for marker, segment in in_front if marker == _EXIF and segment[4:10] == b"Exif\0\0"]
    return Parts(data[:2] + kept, orientation_of(exifs[0]) if exifs else 1)


def _frame_size(segment: bytes) -> tuple[int, int]:
    if len(segment) < 9:
        raise Damaged
    height, width = struct.unpack_from(">HH", segment, 5)
    return width, height


def _check_frame(segment: bytes) -> None:
    width, height = _frame_size(segment)
    components = segment[9] if len(segment) > 9 else 0
    if not width or not height or segment[4] != 8 or components not in (1, 3, 4):
        raise Damaged
    if len(segment) != 10 + 3 * components:
        raise Damaged


def _makes_pixels(marker: int, segment: bytes) -> bool:
    """Does a segment tell how pixels are decoded? JFIF and Adobe say which colours the components are."""
    if marker == _JFIF:
        return segment[4:9] == b"JFIF\0" and len(segment) >= 18
    if marker == _ADOBE:
        return segment[4:9] == b"Adobe" and len(segment) >= 16
    return marker in (*_KNOWN_FRAMES, _QUANTIZATION, _HUFFMAN, _RESTARTS, _SCAN, _END)


# EXIF ----------------------------------------------------------------------------------------------------

_ORIENTATION, _SHORT = 0x0112, 3


def orientation_of(exif: bytes) -> int:
    """Return the orientation that EXIF data says, or 1, upright, where it says none."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    if order is None:
        return 1
    try:
        (at,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, at)
        for k in range(count):
            tag, kind, values, number = struct.unpack_from(f"{order}HHIH", exif, at + 2 + 12 * k)
            if tag == _ORIENTATION:
                return number if kind == _SHORT and values == 1 and 1 <= number <= 8 else 1
    except struct.error:  # it is cut off
        pass
    return 1
