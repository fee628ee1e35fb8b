"""Pictures: those that come with the package, patterns, and a learner's own, read in Python and in the browser."""

import base64
import io
import re
import struct
import zlib
from importlib.resources import files

import numpy as np
import pytest
from PIL import Image

from pooltutor.live.joining import joined_code
from pooltutor.pictures import (
    LARGEST,
    LARGEST_FILE,
    LARGEST_PIXELS,
    PATTERNS,
    PICTURES,
    open_picture,
    pattern,
    picture,
    read_picture,
)
from tests.spec import refused

HOME = files("pooltutor.pictures")
SOURCES = (HOME / "SOURCES.md").read_text(encoding="utf-8")
FILE = "image must be a PNG or JPEG file of at most 10 MB and 40 megapixels, got "
DAMAGED = "a file that is cut off or damaged"


# Files to read ---------------------------------------------------------------------------------------------


def saved(pixels, kind="PNG", **how):
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    file = io.BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, lines=b"", *, interlace=0):
    """A PNG file in colour by hand: what Pillow does not write, and what is not true."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, interlace)
    parts = {b"IHDR": header, b"IDAT": zlib.compress(lines), b"IEND": b""}
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts.items())


def interlaced(pixels):
    """The seven passes of a PNG file, each a coarse picture; each line begins with its filter, 0."""
    passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    lines = [b"\0" + line.tobytes() for r, c, down, right in passes for line in pixels[r::down, c::right]]
    return png(pixels.shape[1], pixels.shape[0], b"".join(lines), interlace=1)


def with_chunk(data, name, content):
    """A PNG file with one more chunk after its header of 33 bytes."""
    return data[:33] + chunk(name, content) + data[33:]


def padded(data):
    """A JPEG file with two bytes too many before its second marker."""
    return data[:2] + b"\xff\xff" + data[2:]


def orientation(number):
    """EXIF data with an orientation, and a note of which a damaged tag says that it is something else."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = number, "camera"
    return exif.tobytes().replace(b"\x01\x0f", b"\x01\x07")


RANDOM = np.random.default_rng(4)
GREY, COLOUR = (RANDOM.integers(0, 256, shape, dtype=np.uint8) for shape in ((50, 70), (50, 70, 3)))
TWO = np.dstack([GREY, GREY, 255 - GREY])
FINE = RANDOM.integers(0, 2**16, (50, 70), dtype=np.uint16)  # 16 bits
FOUR = RANDOM.integers(0, 256, (4, 3), dtype=np.uint8)  # a palette
INDEX = RANDOM.integers(0, 4, (50, 70), dtype=np.uint8)
PALETTE = Image.fromarray(INDEX)
PALETTE.putpalette(FOUR.tobytes())
ALPHA = RANDOM.integers(0, 256, (50, 70, 1), dtype=np.uint8)
SLOPE = np.stack([*(2 * np.indices((50, 70))), np.full((50, 70), 99)], -1).astype(np.uint8)  # kind to JPEG
STRIPES = (np.linspace(40, 150, 1024) + 100 * (np.indices((600, 1024)).sum(0) % 4 == 0)).astype(np.uint8)


WHITE = np.full((50, 70), 255, np.uint8)
WHITE_AND_RED = b"".join(b"\0" + (b"\xff\0\0" + b"\xff\xff\xff") * 35 for _ in range(50))
SEEN = np.where(FINE[3, 4] == FINE, 255, FINE // 256)


def on_white(pixels, alpha):
    share = alpha / 255
    return pixels * share + 255 * (1 - share)


# A good file: its bytes, the picture in it, and by how much a value may differ.
GOOD = {
    "grey": (saved(GREY), GREY, 0),
    "colour": (saved(COLOUR), COLOUR, 0),
    "colours that are all grey": (saved(np.dstack([GREY] * 3)), GREY, 0),
    "yellow and blue": (saved(TWO), TWO, 0),
    "palette": (saved(PALETTE), FOUR[INDEX], 0),
    "16 bits": (saved(FINE), FINE // 256, 0),
    "1 bit": (saved(Image.fromarray(GREY > 99)), 255 * (GREY > 99), 0),
    "interlaced": (interlaced(COLOUR), COLOUR, 0),
    "gamma": (with_chunk(saved(COLOUR), b"gAMA", struct.pack(">I", 100_000)), COLOUR, 0),
    "bytes after its end": (saved(COLOUR) + b"IEND", COLOUR, 0),
    "alpha": (saved(np.dstack([COLOUR, ALPHA])), on_white(COLOUR, ALPHA), 2),
    "grey and alpha": (saved(np.dstack([GREY, ALPHA])), on_white(GREY, ALPHA[..., 0]), 2),
    "JPEG": (saved(SLOPE, "JPEG", quality=95), SLOPE, 8),
    "grey JPEG": (saved(SLOPE[..., 0], "JPEG"), SLOPE[..., 0], 8),
    "progressive JPEG": (saved(SLOPE, "JPEG", progressive=True, quality=95), SLOPE, 8),
    "JPEG with restarts": (saved(SLOPE, "JPEG", restart_marker_rows=1, quality=95) + b"\xff\xda", SLOPE, 8),
    "JPEG in printer's colours": (saved(Image.fromarray(SLOPE).convert("CMYK"), "JPEG", quality=95), SLOPE, 8),
    "JPEG with a padded marker": (padded(saved(SLOPE, "JPEG", quality=95)), SLOPE, 8),
    "JPEG with damaged EXIF": (saved(SLOPE, "JPEG", quality=95, exif=orientation(1)[:-14]), SLOPE, 8),
    "grey with one transparent": (with_chunk(saved(GREY), b"tRNS", b"\0\7"), np.where(GREY == 7, 255, GREY), 0),
    "colour with one transparent": (with_chunk(png(70, 50, WHITE_AND_RED), b"tRNS", b"\0\xff\0\0\0\0"), WHITE, 0),
    "larger": (saved(STRIPES), STRIPES.reshape(150, 4, 256, 4).mean((1, 3)), 4),
}
INSIDE = saved(SLOPE, "JPEG", comment=saved(GREY[:9, :7], "JPEG"))  # as cameras hide a small picture in a large one
CUT = [GOOD["colour"][0], GOOD["interlaced"][0], GOOD["JPEG"][0], GOOD["progressive JPEG"][0], INSIDE]


def flipped(data, at):
    """The file with one bit turned."""
    at %= len(data)
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


# A bad file: its bytes, what Python says of it, and the code of the refusal in the browser.
BAD = {
    "empty": (b"", "a file that begins with b''", "kind"),
    "text": (b"0, 3, 0 -> 1.5, 1.5", "a file that begins with b'0, 3, 0 '", "kind"),
    "GIF": (saved(GREY, "GIF"), "a file that begins with b'GIF87aF\\x00'", "kind"),
    "WebP": (b"RIFF\0\0\0\0WEBP", "a file that begins with b'RIFF\\x00\\x00\\x00\\x00'", "kind"),
    "bomb": (png(50_000, 50_000), "a picture 50000 pixels wide and 50000 high", "pixels"),
    "bomb without an end": (png(50_000, 50_000)[:-12], "a picture 50000 pixels wide and 50000 high", "pixels"),
    "too many pixels": (png(8000, 5001), "a picture 8000 pixels wide and 5001 high", "pixels"),
    "just so many pixels, but none there": (png(8000, 5000), DAMAGED, "damaged"),
    "one bit wrong in a checksum": (flipped(GOOD["colour"][0], -14), DAMAGED, "damaged"),
    "signature of PNG alone": (saved(GREY)[:8], DAMAGED, "damaged"),
    "signature of JPEG alone": (GOOD["JPEG"][0][:3], DAMAGED, "damaged"),
}


def chunks_of(data):
    """The chunks of a PNG file: [name, content] each."""
    at, found = 8, []
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        found.append([data[at + 4 : at + 8], data[at + 8 : at + 8 + length]])
        at += 12 + length
    return found


def of_chunks(*chunks):
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in chunks)


def bad_sum(data, name):
    """The file with one bit wrong in the checksum of a chunk."""
    at = data.index(name)
    return flipped(data, at + 4 + int.from_bytes(data[at - 4 : at], "big"))


def wrong_inside(data, name):
    """The file with one bit wrong in the content of a chunk."""
    return flipped(data, data.index(name) + 4 + 3)


def segments_of(data):
    """The segments of a JPEG file in front of its scan, [marker, content] each, and the rest."""
    at, found = 2, []
    while data[at + 1] != 0xDA:
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        found.append([data[at + 1], data[at + 4 : at + 2 + length]])
        at += 2 + length
    return found, data[at:]


def of_segments(segments, scan):
    written = (bytes([0xFF, marker]) + struct.pack(">H", 2 + len(content)) + content for marker, content in segments)
    return b"\xff\xd8" + b"".join(written) + scan


def ifd(*entries, order=">"):
    """EXIF data with these entries: tag, type, count, number."""
    head = {">": b"MM\0*", "<": b"II*\0"}[order] + struct.pack(f"{order}IH", 8, len(entries))
    return head + b"".join(struct.pack(f"{order}HHIHH", *entry, 0) for entry in entries) + bytes(4)


def turned(number, **order):
    return ifd((0x0112, 3, 1, number), **order)


PLAIN, PICTURE = chunks_of(saved(COLOUR)), chunks_of(saved(PALETTE))
HEAD, *_, END_CHUNK = PLAIN
LINES = zlib.decompress(b"".join(content for name, content in PLAIN if name == b"IDAT"))
SEGMENTS, SCAN = segments_of(saved(SLOPE, "JPEG", quality=95))
FRAME = next(content for marker, content in SEGMENTS if marker == 0xC0)


def pixels_of(deflated):
    return of_chunks(HEAD, [b"IDAT", deflated], END_CHUNK)


def with_header(**changes):
    names = ["width", "height", "depth", "colour", "compression", "filter", "interlace"]
    header = {**dict(zip(names, struct.unpack(">IIBBBBB", HEAD[1]), strict=True)), **changes}
    return of_chunks([b"IHDR", struct.pack(">IIBBBBB", *header.values())], *PLAIN[1:])


def with_segments(*front, drop=(), scan=SCAN):
    return of_segments([*front, *(each for each in SEGMENTS if each[0] not in drop)], scan)


def without(chunks, name):
    return [each for each in chunks if each[0] != name]


TEXT = with_chunk(saved(COLOUR), b"tEXt", b"Title\0pool")
# Damage, part by part: none of these files is a picture, here or in the browser.
DAMAGE = {
    "PNG cut off in its pixels": saved(COLOUR)[: len(saved(COLOUR)) // 2],
    "PNG whose last pixels are missing": pixels_of(zlib.compress(LINES)[:-40]),
    "PNG with too few lines": pixels_of(zlib.compress(LINES[:-300])),
    "PNG with a line too many": pixels_of(zlib.compress(LINES + LINES[:211])),
    "PNG with a byte too many": pixels_of(zlib.compress(LINES) + b"x"),
    "PNG with a wrong checksum of its lines": pixels_of(flipped(zlib.compress(LINES), -1)),
    "PNG without the checksum of its lines": pixels_of(zlib.compress(LINES)[:-4]),
    "PNG with lines that are not deflated": pixels_of(LINES),
    "PNG with an unknown filter": pixels_of(zlib.compress(LINES[:211] + b"\5" + LINES[212:])),
    "PNG with an unknown filter in its last line": pixels_of(zlib.compress(LINES[:-211] + b"\5" + LINES[-210:])),
    "PNG without pixels": of_chunks(HEAD, END_CHUNK),
    "PNG with nothing as pixels": of_chunks(HEAD, [b"IDAT", b""], END_CHUNK),
    "PNG with pixels in two places": of_chunks(
        HEAD, [b"IDAT", zlib.compress(LINES)[:99]], [b"tEXt", b"a\0b"], [b"IDAT", zlib.compress(LINES)[99:]], END_CHUNK
    ),
    "PNG without an end": of_chunks(*PLAIN[:-1]),
    "PNG with an end that has something in it": of_chunks(*PLAIN[:-1], [b"IEND", b"x"]),
    "PNG without a header": of_chunks(*PLAIN[1:]),
    "PNG with a header that comes second": of_chunks([b"tEXt", b"a\0b"], *PLAIN),
    "PNG with two headers": of_chunks(HEAD, *PLAIN),
    "PNG with a long header": of_chunks([b"IHDR", HEAD[1] + b"\0"], *PLAIN[1:]),
    "PNG with a critical chunk that nobody knows": of_chunks(HEAD, [b"ABCD", b""], *PLAIN[1:]),
    "PNG with a chunk that never ends": TEXT[:33] + b"\xff\xff\xff\xff" + TEXT[37:],
    **{
        f"PNG with a wrong checksum of {name}": bad_sum(TEXT, name.encode())
        for name in ("IHDR", "IDAT", "tEXt", "IEND")
    },
    **{f"PNG with a bit wrong in {name}": wrong_inside(TEXT, name.encode()) for name in ("IHDR", "IDAT", "tEXt")},
    "PNG with a wrong checksum of its palette": bad_sum(saved(PALETTE), b"PLTE"),
    "PNG without its palette": of_chunks(*without(PICTURE, b"PLTE")),
    "PNG with its palette behind": of_chunks(*without(PICTURE, b"PLTE")[:-1], [b"PLTE", FOUR.tobytes()], PICTURE[-1]),
    "PNG with half a colour": of_chunks(PICTURE[0], [b"PLTE", FOUR.tobytes()[:-1]], *without(PICTURE, b"PLTE")[1:]),
    "PNG with an empty palette": of_chunks(PICTURE[0], [b"PLTE", b""], *without(PICTURE, b"PLTE")[1:]),
    "PNG with too short a transparency": of_chunks(HEAD, [b"tRNS", b"\0\1"], *PLAIN[1:]),
    **{
        f"PNG with {name} {value}": with_header(**{name: value})
        for name, value in [
            *[("width", 0), ("height", 0), ("width", 71), ("height", 49), ("depth", 3), ("depth", 16), ("colour", 1)],
            *[("colour", 0), ("colour", 6), ("compression", 1), ("filter", 1), ("interlace", 1), ("interlace", 2)],
        ]
    },
    "JPEG without its end": saved(SLOPE, "JPEG")[:-2],
    "JPEG cut off in its scan": saved(SLOPE, "JPEG")[:-200],
    "JPEG without a scan": with_segments(scan=b"\xff\xd9"),
    "JPEG without a frame": with_segments(drop=[0xC0]),
    "JPEG with two frames": with_segments([0xC0, FRAME]),
    "JPEG with a frame behind its scan": with_segments(
        drop=[0xC0], scan=SCAN[:-2] + b"\xff\xc0" + struct.pack(">H", 2 + len(FRAME)) + FRAME + b"\xff\xd9"
    ),
    "JPEG without quantization": with_segments(drop=[0xDB]),
    "JPEG without Huffman tables": with_segments(drop=[0xC4]),
    "JPEG of a lossless frame": with_segments([0xC3, FRAME], drop=[0xC0]),
    "JPEG of 12 bits": with_segments([0xC0, b"\x0c" + FRAME[1:]], drop=[0xC0]),
    "JPEG of two components": with_segments([0xC0, FRAME[:5] + b"\2" + FRAME[6:-3]], drop=[0xC0]),
    "JPEG with half a frame": with_segments([0xC0, FRAME[:4]], drop=[0xC0]),
    "JPEG of no height": with_segments([0xC0, FRAME[:1] + b"\0\0" + FRAME[3:]], drop=[0xC0]),
    "JPEG of no width": with_segments([0xC0, FRAME[:3] + b"\0\0" + FRAME[5:]], drop=[0xC0]),
    "JPEG with a segment that is too short for its length": b"\xff\xd8\xff\xfe\0\1" + saved(SLOPE, "JPEG")[2:],
    "JPEG with a segment that never ends": saved(SLOPE, "JPEG")[:-2] + b"\xff\xfe\xff\xff\xff\xd9",
    "JPEG with a start inside": of_segments(SEGMENTS, b"\xff\xd8" + SCAN),
    "JPEG with a marker that there is not": of_segments(SEGMENTS, b"\xff\x02\0\2" + SCAN),
}

EXIF = b"Exif\0\0"
# Whole files, and how they are turned: what makes no pixel is left aside.
TURNED = {
    **{f"PNG turned {number}": (with_chunk(saved(COLOUR), b"eXIf", turned(number)), number) for number in range(1, 9)},
    **{f"JPEG turned {number}": (with_segments([0xE1, EXIF + turned(number)]), number) for number in range(1, 9)},
    "PNG turned in little endian": (with_chunk(saved(COLOUR), b"eXIf", turned(6, order="<")), 6),
    "JPEG turned in little endian": (with_segments([0xE1, EXIF + turned(6, order="<")]), 6),
    "PNG turned after its pixels": (of_chunks(*PLAIN[:-1], [b"eXIf", turned(6)], END_CHUNK), 1),
    "JPEG turned after its pixels": (
        with_segments(scan=SCAN[:-2] + of_segments([[0xE1, EXIF + turned(6)]], SCAN[-2:])[2:]),
        1,
    ),
    "PNG turned twice": (with_chunk(with_chunk(saved(COLOUR), b"eXIf", turned(3)), b"eXIf", turned(6)), 6),
    "JPEG turned twice": (with_segments([0xE1, EXIF + turned(6)], [0xE1, EXIF + turned(3)]), 6),
    "JPEG with two orientations": (with_segments([0xE1, EXIF + ifd((0x0112, 3, 1, 6), (0x0112, 3, 1, 3))]), 6),
    "PNG with two orientations": (with_chunk(saved(COLOUR), b"eXIf", ifd((0x0112, 3, 1, 6), (0x0112, 3, 1, 3))), 6),
    **{
        f"JPEG turned {number}, which is none": (with_segments([0xE1, EXIF + turned(number)]), 1)
        for number in (0, 9, 65535)
    },
    "JPEG turned by a number of another type": (with_segments([0xE1, EXIF + ifd((0x0112, 4, 1, 6))]), 1),
    "JPEG turned by several numbers": (with_segments([0xE1, EXIF + ifd((0x0112, 3, 2, 6))]), 1),
    "JPEG with EXIF that is cut off": (with_segments([0xE1, EXIF + turned(6)[:17]]), 1),
    "JPEG with EXIF that points far away": (with_segments([0xE1, EXIF + b"MM\0*\xff\xff\xff\xff"]), 1),
    "JPEG with EXIF of no order": (with_segments([0xE1, EXIF + b"XX" + turned(6)[2:]]), 1),
    "JPEG with empty EXIF": (with_segments([0xE1, EXIF]), 1),
    "PNG with empty EXIF": (with_chunk(saved(COLOUR), b"eXIf", b""), 1),
    "PNG with a damaged gamma": (with_chunk(saved(COLOUR), b"gAMA", b"\0"), 1),
    "PNG with a gamma of 0": (with_chunk(saved(COLOUR), b"gAMA", bytes(4)), 1),
    "PNG with a damaged profile": (with_chunk(saved(COLOUR), b"iCCP", b"x\0\0nothing"), 1),
    "PNG with a damaged text": (with_chunk(saved(COLOUR), b"zTXt", b"x\0\0nothing"), 1),
    "PNG of a film that is none": (with_chunk(saved(COLOUR), b"acTL", b"\0"), 1),
    "PNG with a palette that it does not need": (with_chunk(saved(COLOUR), b"PLTE", b"\1"), 1),
    "PNG with pixels in many chunks": (
        of_chunks(HEAD, *([b"IDAT", zlib.compress(LINES)[k : k + 500]] for k in range(0, len(LINES), 500)), END_CHUNK),
        1,
    ),
    "PNG with garbage after its end": (saved(COLOUR) + b"garbage", 1),
    "JPEG with garbage after its end": (with_segments() + b"\xff\xd8\xff garbage", 1),
    "JPEG with a damaged profile": (with_segments([0xE2, b"ICC_PROFILE\0\1\1nothing"]), 1),
    "JPEG with several pictures that are none": (with_segments([0xE2, b"MPF\0nothing"]), 1),
    "JPEG with half of JFIF": (with_segments([0xE0, b"JFIF\0"]), 1),
    "JPEG with half of Adobe": (with_segments([0xEE, b"Adobe"]), 1),
    "JPEG with XMP": (with_segments([0xE1, b'http://ns.adobe.com/xap/1.0/\0<x tiff:Orientation="6"/>']), 1),
}


def cuts(data):
    """The file cut off near its end, in its middle and in its header."""
    size = len(data)
    return [data[:length] for length in (size - 1, size - 2, size - 9, size - 30, size // 2, size // 5, 30, 12)]


# What comes with the package -------------------------------------------------------------------------------


def test_the_digit_is_drawn_in_ten_levels_and_has_no_symmetry():
    digit = picture("digit")
    assert (digit.shape, digit.dtype) == ((16, 16), np.uint8)
    assert set(digit.flat) == set(range(10))
    turned = [np.rot90(each, k) for each in (digit, digit.T) for k in range(4)]
    assert len({each.tobytes() for each in turned}) == 8


def test_the_photograph_is_small_and_in_colour():
    photo = picture("photo")
    assert (photo.shape, photo.dtype) == ((128, 96, 3), np.uint8)
    assert (photo.min(), photo.max()) == (0, 255)
    assert len((HOME / "photo.png").read_bytes()) <= 45_000


@pytest.mark.parametrize("name", PICTURES)
def test_each_picture_is_a_new_array_and_what_its_program_makes(name):
    made = {}
    for program in re.findall(r"```python\n(.*?)```", SOURCES, re.DOTALL):
        exec(program, made)
    shown = picture(name)
    # decoders of the photograph may round differently; the digit is drawn
    assert np.abs(np.array(made[name]) - shown.astype(int)).max() <= (3 if name == "photo" else 0)
    shown[0] = 1
    assert (picture(name)[0] != 1).any()


def test_the_source_of_each_picture_is_named_in_both_places():
    for name, credit in PICTURES.items():
        assert f"\n- {name}: {credit}\n" in SOURCES
        assert f"`{name}.png`" in SOURCES
    assert {path.name for path in HOME.iterdir() if path.name.endswith(".png")} == {f"{name}.png" for name in PICTURES}


def test_a_picture_viewer_shows_the_digit_black_on_white():
    with (HOME / "digit.png").open("rb") as file:
        seen = read_picture(file)
    assert (seen == 255 - 28 * picture("digit")).all()
    assert seen.max() == 255


# Patterns --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("height", "width"), [(1, 1), (1, 7), (5, 7), (6, 4), (3, 1)])
def test_patterns_are_what_they_are_called(height, width):
    said = {
        "ramp": lambda r, c: r * width + c,
        "checkerboard": lambda r, c: 1 if (r + c) % 2 == 0 else 0,
        "spot": lambda r, c: int((r, c) == (height // 2, width // 2)),
    }
    assert list(said) == list(PATTERNS)
    for name, value in said.items():
        drawn = pattern(name, height, width)
        assert drawn.dtype == np.float64
        assert drawn.tolist() == [[value(r, c) for c in range(width)] for r in range(height)]


def test_unknown_names_are_refused():
    with refused(ValueError, "picture must be one of digit, photo, got 'ramp'"):
        picture("ramp")
    with refused(ValueError, "pattern must be one of ramp, checkerboard, spot, got 'digit'"):
        pattern("digit", 5, 7)


# A learner's own file --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_becomes_its_pixels(name):
    data, pixels, tolerance = GOOD[name]
    own = read_picture(data)
    assert own.dtype == np.uint8
    assert own.shape == pixels.shape
    assert np.abs(own - pixels.astype(float)).max() <= tolerance


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_one_sentence(name):
    data, said, _ = BAD[name]
    with refused(ValueError, FILE + said):
        read_picture(data)


def test_a_file_that_is_cut_off_is_refused_wherever_it_is_cut():
    assert read_picture(INSIDE).shape == (50, 70, 3)
    for data in CUT:
        for part in cuts(data):
            with refused(ValueError, FILE + DAMAGED):
                read_picture(part)


def test_a_file_may_have_10_million_bytes(tmp_path):
    start = saved(COLOUR)
    largest = start.ljust(LARGEST_FILE, b"\0")
    assert read_picture(largest).shape == (50, 70, 3)
    (tmp_path / "large.png").write_bytes(largest + b"\0")
    for value in (largest + b"\0", tmp_path / "large.png"):
        with refused(ValueError, FILE + "a file of more than 10 MB"):
            read_picture(value)


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_file_gets_one_sentence(name):
    with refused(ValueError, FILE + DAMAGED):
        read_picture(DAMAGE[name])


# Each orientation of EXIF as what it does to an array that is stored as the camera held it.
UPRIGHT = {
    1: lambda x: x,
    2: lambda x: x[:, ::-1],
    3: lambda x: x[::-1, ::-1],
    4: lambda x: x[::-1],
    5: lambda x: x.T,
    6: lambda x: x[::-1].T,
    7: lambda x: x[::-1, ::-1].T,
    8: lambda x: x[:, ::-1].T,
}


@pytest.mark.parametrize("number", UPRIGHT)
def test_files_are_turned_upright(number):
    for pixels, how in ((SLOPE[..., 1], {"kind": "JPEG"}), (GREY, {})):
        own = read_picture(saved(pixels, **how, exif=orientation(number)))
        assert own.tolist() == UPRIGHT[number](read_picture(saved(pixels, **how))).tolist()


@pytest.mark.parametrize("name", TURNED)
def test_what_makes_no_pixel_turns_a_file_or_does_nothing(name):
    data, number = TURNED[name]
    plain = COLOUR if name.startswith("PNG") else read_picture(with_segments())
    turn = {5: (1, 0, 2), 6: (1, 0, 2), 7: (1, 0, 2), 8: (1, 0, 2)}.get(number, (0, 1, 2))
    assert read_picture(data).shape == tuple(plain.shape[k] for k in turn)
    for channel in range(3):
        assert read_picture(data)[..., channel].tolist() == UPRIGHT[number](plain[..., channel]).tolist()


@pytest.mark.parametrize(
    ("height", "width", "reduced"),
    [(256, 255, (256, 255)), (257, 3, (256, 2)), (700, 900, (199, 256)), (1, 900, (1, 256)), (4000, 5, (256, 1))],
)
def test_larger_files_are_reduced_in_their_own_proportions(height, width, reduced):
    own = read_picture(saved(Image.new("L", (width, height), 77)))
    assert own.shape == reduced
    assert set(own.flat) == {77}
    assert max(read_picture(saved(Image.new("RGB", (width, height), "red")), largest=40).shape[:2]) <= 40


def test_what_is_reduced_says_how_large_it_was():
    file = saved(Image.new("L", (900, 700), 77))
    assert open_picture(file)[1] == (700, 900)
    assert open_picture(saved(Image.new("L", (30, 20), 77)))[1] == (20, 30)
    turned = open_picture(saved(Image.new("L", (900, 700), 77), exif=orientation(6)))
    assert (turned[0].shape, turned[1]) == ((256, 199), (900, 700))


def test_a_file_may_come_as_path_or_bytes_or_open_file(tmp_path):
    path = tmp_path / "own.png"
    path.write_bytes(saved(COLOUR))
    data = path.read_bytes()
    at_its_end = io.BytesIO(data)
    at_its_end.read()
    with path.open("rb") as opened:
        for value in (path, str(path), data, bytearray(data), memoryview(data), opened, at_its_end):
            assert read_picture(value).tolist() == COLOUR.tolist()
        assert not opened.closed


def test_a_file_that_cannot_be_read_gets_one_sentence(tmp_path):
    with refused(ValueError, f"{FILE}'nowhere.png', which is not there"):
        read_picture("nowhere.png")
    with refused(ValueError, f"{FILE}{tmp_path!r}, which cannot be read"):
        read_picture(tmp_path)
    with refused(ValueError, f"{FILE}'a\\x00b', which cannot be read"):
        read_picture("a\0b")
    with refused(ValueError, f"{FILE}a file that is open as text"):
        read_picture(io.StringIO("text"))


# PIL images and arrays -------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["L", "LA", "I", "F", "RGB", "RGBA", "CMYK", "YCbCr", "HSV"])
def test_a_pil_image_of_any_mode_is_read(mode):
    image = Image.fromarray(SLOPE).convert(mode)
    own = read_picture(image)
    expected = np.asarray(image.convert(Image.getmodebase(mode)), int)  # L or RGB
    assert own.shape == expected.shape
    assert np.abs(own - expected).max() == 0


def test_pil_images_have_the_same_limits():
    with refused(ValueError, f"{FILE}a picture 0 pixels wide and 5 high"):
        read_picture(Image.new("L", (0, 5)))
    for data in (CUT[0][:-30], flipped(CUT[0], len(CUT[0]) // 2)):
        with Image.open(io.BytesIO(data)) as image, refused(ValueError, FILE + DAMAGED):
            read_picture(image)
    vast = Image.new("1", (8000, 5001))
    assert vast.width * vast.height > LARGEST_PIXELS
    with refused(ValueError, f"{FILE}a picture 8000 pixels wide and 5001 high"):
        read_picture(vast)


def test_arrays_stay_as_they_are():
    for array in (GREY, COLOUR, np.arange(35).reshape(5, 7), np.float32([[np.nan, np.inf, -3]]), np.ones((256, 1, 3))):
        own = read_picture(array)
        assert own.dtype == (np.uint8 if array.dtype == np.uint8 else np.float64)
        np.testing.assert_array_equal(own, array)
        own[:] = 0
        assert array.any(), "a copy"
    assert read_picture([[0, 3, 0]]).tolist() == [[0, 3, 0]]


@pytest.mark.parametrize("shape", [(), (5,), (5, 7, 1), (5, 7, 4), (2, 5, 7, 3), (0, 7), (5, 0, 3), (257, 3), (3, 257)])
def test_arrays_of_other_shapes_are_refused(shape):
    accepted = "(H, W) or (H, W, 3) with H and W from 1 to 256"
    with refused(ValueError, f"image must be an array of shape {accepted}, got {shape}"):
        read_picture(np.zeros(shape))


def test_what_is_no_picture_is_refused():
    for value, came in {
        None: "None",
        1j: "1j",
        ("a", "b"): "dtype <U1",
        ((True, False),): "dtype bool",
        ((1j,),): "dtype complex128",
    }.items():
        message = f"image must be a path, bytes, an open file, a PIL image or real numbers, got {came}"
        with refused(TypeError, message):
            read_picture(value)
    with refused(ValueError, "image must be an array with rows of equal length, got rows of several lengths"):
        read_picture([[1, 2], [3]])


# The same files in the browser -----------------------------------------------------------------------------

READ = """async ([text, limits]) => {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  try {
    const { pixels, ...picture } = await readPicture(new File([bytes], "own.png"), limits);
    return { ...picture, pixels: [...pixels], bytes: pixels instanceof Uint8Array };
  } catch (error) {
    if (!error.code) throw error;
    return { ...error };
  }
}"""


COUNT = """
  const { createImageBitmap: decode } = window;
  window.createImageBitmap = (...what) => (decoded++, decode(...what));
  Object.assign(window, { decoded: 0, readPicture });
"""


@pytest.fixture(scope="module")
def page(context):
    page = context.new_page()
    page.add_script_tag(type="module", content=joined_code("js/grid/picture_files.js") + COUNT)
    page.wait_for_function("window.readPicture !== undefined")  # modules run when they are ready
    yield page
    page.close()


@pytest.fixture(scope="module")
def read_there(page):
    """Read a file in the browser: an array as Python's, or the refusal as a dictionary."""

    def read_file(data, **limits):
        limits = {"largest": LARGEST, "bytes": LARGEST_FILE, "pixels": LARGEST_PIXELS, **limits}
        answer = page.evaluate(READ, [base64.b64encode(data).decode(), limits])
        if "code" in answer:
            return answer
        assert answer["bytes"]
        planes = np.reshape(answer["pixels"], [answer[name] for name in ("channels", "height", "width")])
        return planes[0] if len(planes) == 1 else np.moveaxis(planes, 0, -1)

    return read_file


@pytest.mark.browser
@pytest.mark.parametrize("name", GOOD)
def test_the_browser_reads_what_python_reads(read_there, name):
    data, _, tolerance = GOOD[name]
    there, here = read_there(data), read_picture(data)
    assert there.shape == here.shape
    assert np.abs(there - here.astype(int)).max() <= min(tolerance, 4)


@pytest.mark.browser
@pytest.mark.parametrize("turn", [1, 6])
def test_the_browser_says_how_large_a_reduced_picture_was(page, turn):
    limits = {"largest": LARGEST, "bytes": LARGEST_FILE, "pixels": LARGEST_PIXELS}
    for width, height in [(900, 700), (30, 20)]:
        file = saved(Image.new("RGB", (width, height), "red"), exif=orientation(turn))
        found = page.evaluate(READ, [base64.b64encode(file).decode(), limits])
        whole = open_picture(file)[1]
        assert found.get("whole") == (list(whole) if max(whole) > LARGEST else None)


@pytest.mark.browser
@pytest.mark.parametrize("name", BAD)
def test_the_browser_refuses_what_python_refuses(page, read_there, name):
    data, _, code = BAD[name]
    decoded = page.evaluate("decoded")
    refusal = read_there(data)
    assert page.evaluate("decoded") == decoded, "refused before it is decoded"
    assert (refusal["code"], refusal["name"]) == (code, "own.png")
    if code == "pixels":
        width, height = struct.unpack(">II", data[16:24])
        assert (refusal["width"], refusal["height"]) == (width, height)
        assert refusal["megapixels"] == width * height / 10**6


@pytest.mark.browser
@pytest.mark.parametrize("name", DAMAGE)
def test_the_browser_refuses_a_damaged_file_before_it_decodes_it(page, read_there, name):
    decoded = page.evaluate("decoded")
    assert read_there(DAMAGE[name]) == {"code": "damaged", "name": "own.png"}
    assert page.evaluate("decoded") == decoded


@pytest.mark.browser
@pytest.mark.parametrize("name", TURNED)
def test_the_browser_turns_and_leaves_aside_what_python_does(read_there, name):
    data, _ = TURNED[name]
    there, here = read_there(data), read_picture(data)
    assert there.shape == here.shape
    assert np.abs(there - here.astype(int)).max() <= (0 if name.startswith("PNG") else 4)


@pytest.mark.browser
def test_the_browser_finds_that_a_file_is_cut_off_before_it_decodes_the_half(page, read_there):
    assert read_there(INSIDE).shape == (50, 70, 3)
    page.evaluate("decoded = 0")
    assert {read_there(part)["code"] for data in CUT for part in cuts(data)} == {"damaged"}
    assert page.evaluate("decoded") == 0


@pytest.mark.browser
def test_the_browser_keeps_the_limits_that_python_sets(read_there):
    data = saved(GREY)
    assert read_there(data, bytes=len(data), pixels=GREY.size).shape == GREY.shape
    refusal = read_there(data, bytes=len(data) - 1)
    assert (refusal["code"], refusal["megabytes"]) == ("bytes", len(data) / 10**6)
    for file in (data, GOOD["JPEG"][0], GOOD["progressive JPEG"][0]):
        refusal = read_there(file, pixels=GREY.size - 1)
        assert [refusal[name] for name in ("code", "width", "height")] == ["pixels", 70, 50]


@pytest.mark.browser
@pytest.mark.parametrize("number", UPRIGHT)
def test_the_browser_turns_files_upright(read_there, number):
    data = saved(SLOPE, "JPEG", exif=orientation(number))
    assert np.abs(read_there(data) - read_picture(data).astype(int)).max() <= 4


@pytest.mark.browser
@pytest.mark.parametrize(("height", "width"), [(256, 255), (257, 3), (700, 900), (1, 900), (4000, 5)])
def test_the_browser_reduces_larger_files_to_the_same_size(read_there, height, width):
    data = saved(Image.new("L", (width, height), 77))
    there = read_there(data)
    assert there.shape == read_picture(data).shape
    assert set(there.flat) == {77}


@pytest.mark.browser
def test_a_file_that_is_gone_when_the_browser_reads_it_is_damaged(page):
    gone = "{ size: 9, arrayBuffer: () => Promise.reject(new Error()) }"
    refusal = page.evaluate(f"readPicture({gone}, {{ bytes: 10 }}).catch((error) => ({{ ...error }}))")
    assert refusal == {"code": "damaged", "name": ""}
