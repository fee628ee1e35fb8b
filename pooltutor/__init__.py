"""See, step through and check what PyTorch's adaptive pooling really does.

>>> import pooltutor
>>> pooltutor.bins(14, 4)
bins(14, 4): 0:4 3:7 7:11 10:14

``import pooltutor`` loads numpy and nothing heavier; views, figures and the check load what they need when
they are first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pooltutor import laws
from pooltutor.binning import RULES, Bin, Bins, bins
from pooltutor.pooling import gradient, matrix, pool
from pooltutor.report import Report
from pooltutor.verify import check, compare

if TYPE_CHECKING:
    from pooltutor import figures, pictures
    from pooltutor.live import explore, explore2d
    from pooltutor.live.atlas import atlas

__all__ = [
    "RULES",
    "Bin",
    "Bins",
    "Report",
    "atlas",
    "bins",
    "check",
    "compare",
    "explore",
    "explore2d",
    "figures",
    "gradient",
    "laws",
    "matrix",
    "pictures",
    "pool",
]
__version__ = "0.1.0"

# name -> (module, attribute or None for the module itself), loaded by the first look
_LATER: dict[str, tuple[str, str | None]] = {
    "atlas": ("pooltutor.live", "atlas"),
    "explore": ("pooltutor.live", "explore"),
    "explore2d": ("pooltutor.live", "explore2d"),
    "figures": ("pooltutor.figures", None),
    "pictures": ("pooltutor.pictures", None),
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module 'pooltutor' has no attribute {name!r}")
    module, attribute = _LATER[name]
    loaded = import_module(module)
    return loaded if attribute is None else getattr(loaded, attribute)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
