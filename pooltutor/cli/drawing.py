"""``pooltutor figure``: a picture of :mod:`pooltutor.figures` as a file."""

from argparse import Namespace
from collections.abc import Callable

from pooltutor import figures
from pooltutor.binning import Bins
from pooltutor.cli.arguments import size_pair, whole
from pooltutor.figures.files import check_file
from pooltutor.pooling import axis_bins
from pooltutor.words import say


def draw(options: Namespace) -> int:
    """Draw the picture that the options name, and write it."""
    file = check_file(options.output)
    picture = PICTURES[options.picture](options)
    picture.save(file)
    print(say("cli.figure", file=file, title=picture.title))
    return 0


def _axes(options: Namespace, axes: int) -> tuple[Bins, ...]:
    """The bins of each axis for a picture of so many."""
    sizes, targets = size_pair(options.input_size, options.target_size)
    if len(sizes) != axes:
        example = "6x8 4x3" if axes == 2 else "14 4"
        given = f"{options.input_size} {options.target_size}"
        raise ValueError(say("errors.command.figure", picture=options.picture, example=example, came=given))
    return axis_bins(sizes, targets, options.rule)


def _windows(options: Namespace) -> figures.Picture:
    return figures.windows(_axes(options, 1)[0], kind=options.kind, theme=options.theme)


def _gradient(options: Namespace) -> figures.Picture:
    return figures.gradient(_axes(options, 1)[0], theme=options.theme)


def _matrix(options: Namespace) -> figures.Picture:
    return figures.matrix(_axes(options, 1)[0], theme=options.theme)


def _duel(options: Namespace) -> figures.Picture:
    n, m = whole(options.input_size, "input_size"), whole(options.target_size, "target_size")
    return figures.duel(n, m, options.rule, options.against, kind=options.kind, theme=options.theme)


def _atlas(options: Namespace) -> figures.Picture:
    return figures.atlas(options.colour, options.rule, theme=options.theme)


def _grid(options: Namespace) -> figures.Picture:
    rows, columns = _axes(options, 2)
    return figures.grid(rows, columns, kind=options.kind, colour=options.colour, theme=options.theme)


PICTURES: dict[str, Callable[[Namespace], figures.Picture]] = {
    "windows": _windows,
    "gradient": _gradient,
    "matrix": _matrix,
    "duel": _duel,
    "atlas": _atlas,
    "2d": _grid,
}
