"""Files that are written whole or not at all: a full disk leaves the old one as it was."""

import os
import threading
from contextlib import suppress
from pathlib import Path


def write(path: str | Path, data: bytes) -> None:
    """Write ``data`` beside the file, then put it in the file's place.

    Raises OSError, which names the file, where that cannot be done; what was there before is there still. What is no
    ordinary file, as /dev/stdout, is written to as it is.
    """
    target = Path(os.path.realpath(path))  # a link stays a link
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)
        else:
            _replace(target, data)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None


def _replace(target: Path, data: bytes) -> None:
    part = target.with_name(f".pooltutor-{os.getpid()}-{threading.get_ident()}.part")
    try:
        part.write_bytes(data)
        if target.exists():
            part.chmod(target.stat().st_mode)
        part.replace(target)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
