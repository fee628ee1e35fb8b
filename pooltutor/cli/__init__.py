"""The command ``pooltutor``: tables, checks, figures, the page, the demo and the lessons, from a terminal.

Exit status: 0; 1 where something is not PyTorch's; 2 for bad input and for what could not be done; 130 after Ctrl+C.

Files, each importing only those before it: ``arguments`` (sizes, ports), ``own_rule`` and ``own_numbers`` (a formula,
numbers and windows of one's own), ``as_json`` (answers for other programs), ``parsing`` (help and refusals),
``explain_facts``, ``remote`` (where the repository is), then a file for each command that has more than a few lines
(``inspect_model`` is inspect), and ``commands`` (what may follow each name). Only the command that runs is loaded.
"""

import io
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

_CLOSED_PIPE, _INTERRUPTED = 141, 130  # what shells report when a signal of that number, and 128, ended a program


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name, by default those of this process, and return its exit status.

    >>> main(["check", "14", "4"])  # doctest: +ELLIPSIS
    ✓ Same numbers as PyTorch ... 4 windows, 4 outputs, 14 gradients compared; largest difference 0.
    0

    Whatever is wrong with the input is said in one sentence on stderr.
    """
    with _ending_at_once():
        from pooltutor.cli.commands import parser
        from pooltutor.cli.parsing import own_words
        from pooltutor.extras import explained
        from pooltutor.verify import Disagrees, NotChecked

    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # for a terminal that has no arrows
    try:
        try:
            with own_words():
                options = parser().parse_args(arguments)
            return int(options.run(options))
        finally:
            if sys.stdout:  # None where a shell has closed it
                sys.stdout.flush()  # a closed pipe shows here, and not only when Python ends
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes again when it ends
        return _CLOSED_PIPE
    except KeyboardInterrupt:
        return _INTERRUPTED
    except ModuleNotFoundError as error:
        return _refuse(str(explained(error)))
    except Disagrees as error:
        return _refuse(str(error), 1)
    except (ValueError, NotChecked) as error:
        return _refuse(str(error))
    except OSError as error:
        return _refuse(f"{error.filename}: {error.strerror}" if error.filename else str(error))


@contextmanager
def _ending_at_once() -> Iterator[None]:
    """Let Ctrl+C end the process while there is nothing to clean up: numpy, half loaded, calls it an ImportError."""
    if threading.current_thread() is not threading.main_thread():  # it is none of our signals there
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _refuse(sentence: str, status: int = 2) -> int:
    from pooltutor.cli.arguments import short

    with suppress(OSError):  # nobody may be there to read it
        print(short(sentence), file=sys.stderr, flush=True)
    return status
