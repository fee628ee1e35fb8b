"""See, step through and check what PyTorch's adaptive pooling really does.

>>> import pooltutor
>>> pooltutor.bins(14, 4)
bins(14, 4): 0:4 3:7 7:11 10:14

``import pooltutor`` loads nothing else: every name loads what it needs when it is first used, so that the command can
be interrupted from its first moment on.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pooltutor import exercises, figures, laws, pictures, portable
    from pooltutor.binning import Bins, bins
    from pooltutor.live import explore, explore2d
    from pooltutor.live.atlas import atlas
    from pooltutor.live.story import story
    from pooltutor.pooling import gradient, matrix, pool
    from pooltutor.report import Report
    from pooltutor.rules import RULES
    from pooltutor.trial import try_rule
    from pooltutor.verify import check, compare
    from pooltutor.windows import Bin

__all__ = [
    "RULES",
    "Bin",
    "Bins",
    "Report",
    "atlas",
    "bins",
    "check",
    "compare",
    "exercises",
    "explore",
    "explore2d",
    "figures",
    "gradient",
    "laws",
    "matrix",
    "pictures",
    "pool",
    "portable",
    "story",
    "try_rule",
]
__version__ = "0.1.0"

# name -> (module, attribute or None for the module itself), loaded by the first look
_LATER: dict[str, tuple[str, str | None]] = {
    **{name: (f"pooltutor.{name}", None) for name in ("exercises", "figures", "laws", "pictures", "portable")},
    "RULES": ("pooltutor.rules", "RULES"),
    **{name: ("pooltutor.binning", name) for name in ("Bins", "bins")},
    "Bin": ("pooltutor.windows", "Bin"),
    "try_rule": ("pooltutor.trial", "try_rule"),
    **{name: ("pooltutor.pooling", name) for name in ("gradient", "matrix", "pool")},
    **{name: ("pooltutor.verify", name) for name in ("Report", "check", "compare")},
    **{name: ("pooltutor.live", name) for name in ("atlas", "explore", "explore2d", "story")},
}
# What a name is of no use without, though its module loads it later.
_NEEDED = {"pictures": "PIL", "portable": "torch"}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module 'pooltutor' has no attribute {name!r}")
    module, attribute = _LATER[name]
    try:
        loaded = import_module(module)
        if name in _NEEDED:
            import_module(_NEEDED[name])
    except ModuleNotFoundError as error:
        from pooltutor.extras import explained

        raise explained(error) from None
    globals()[name] = loaded if attribute is None else getattr(loaded, attribute)
    return globals()[name]


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
