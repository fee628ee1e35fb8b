"""Which extra brings what: the package itself needs numpy, and rich for the terminal; the rest comes with extras."""

from collections.abc import Iterator
from contextlib import contextmanager

from pooltutor.words import say

EXTRAS = {
    "lab": (
        *("anywidget", "cloudpickle", "IPython", "ipywidgets", "jupyterlab", "matplotlib", "PIL", "psutil", "segno"),
        "torch",
        *("tornado", "traitlets", "voila"),
    ),
    "site": ("sphinx", "myst_nb"),
    "export": ("onnx", "onnxruntime", "onnxscript"),
}
"""The modules of each extra: those that pyproject.toml names, and those that they bring and that are imported here."""


def explained(error: ModuleNotFoundError) -> ModuleNotFoundError:
    """The same error, with the extra that brings what is missing; for anything else the error as it is.

    >>> print(explained(ModuleNotFoundError(name="matplotlib.axes")))
    matplotlib is not installed; pip install 'pooltutor[lab]' brings it.
    """
    name = (error.name or "").partition(".")[0]
    extra = next((extra for extra, modules in EXTRAS.items() if name in modules), None)
    if extra is None:
        return error
    return ModuleNotFoundError(say("errors.installed", name=name, extra=extra), name=error.name)


@contextmanager
def optional() -> Iterator[None]:
    """Run what needs an extra; where that is missing, print the sentence that says which extra brings it, and go on.

    >>> with optional():
    ...     raise ModuleNotFoundError(name="onnxruntime")
    onnxruntime is not installed; pip install 'pooltutor[export]' brings it.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        told = explained(error)
        if told is error:
            raise
        print(told)
