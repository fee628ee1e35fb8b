"""``replace``: a model with adaptive pooling that exports in place of PyTorch's, compared before it is returned."""

import copy
from typing import Any

import torch
from torch import nn

from pooltutor.portable import modules
from pooltutor.portable.adaptive import AdaptiveModule
from pooltutor.portable.calls import Call, adaptive_module, find_calls, names_of
from pooltutor.portable.comparing import Compared, compare_models
from pooltutor.portable.other_sizes import WANTED, other_inputs
from pooltutor.portable.replaced import Replaced, Replacement
from pooltutor.portable.running import check_model, shape_text, tensors_of
from pooltutor.quoting import quoted
from pooltutor.words import say

_KEPT = ("_forward_hooks", "_forward_pre_hooks", "_backward_hooks", "_backward_pre_hooks")


def replace(model: nn.Module, *inputs: Any, dynamic: bool = False, **kwargs: Any) -> tuple[nn.Module, Replacement]:
    """Return the model with modules that export for PyTorch's adaptive pooling, and a report of what was done.

    The model runs once on ``inputs`` and ``kwargs``, so that the size of each map is known. Each module becomes one
    AvgPool or MaxPool where one has the same windows, and else products or gathered windows; with ``dynamic=True``, and
    where one module is used at several sizes, its windows come from the shape at run time. The model given stays as it
    is; the new one has the same parameters and buffers, not copies, and the same keys in its state dict. Calls of
    functions are no modules: the report names them with file and line, and :func:`decompositions` takes them.

    Before it returns, outputs and gradients of both models are compared on the inputs and, with ``dynamic=True``, on
    five other sizes that the model takes.

    >>> import torch
    >>> model = torch.nn.Sequential(torch.nn.Conv2d(3, 4, 3), torch.nn.AdaptiveAvgPool2d(3))
    >>> new, report = replace(model, torch.rand(1, 3, 9, 7))
    >>> new[1]
    AdaptiveAvgPool2d(output_size=3, input_size=(7, 5), AvgPool2d(3, 2, (0, 1), count_include_pad=False))
    >>> bool(report), report.replaced[0].name
    (True, '1')

    Raises TypeError for what is no module, ValueError where the model refuses the inputs or cannot be copied, and
    RuntimeError where the new model does not give what the model gives.
    """
    check_model(model)
    if not isinstance(dynamic, bool):
        raise TypeError(say("errors.true_or_false", name="dynamic", came=quoted(dynamic)))
    calls, _ = find_calls(model, inputs, kwargs)
    twin = _twin(model)
    twin, replaced = _with_new_modules(twin, calls, dynamic)
    left, _ = find_calls(twin, inputs, kwargs)
    names = {name for each in replaced for name in each.names}
    unmet = [name for module, own in names_of(model).items() if adaptive_module(module) for name in own]
    report = Replacement(
        replaced=tuple(replaced),
        functions=tuple(call for call in left if call.module is None or adaptive_module(call.module)),
        unmet=tuple(name for name in unmet if name not in names),
        compared=tuple(_compared(model, twin, inputs, kwargs, calls, dynamic)),
        dynamic=dynamic,
    )
    return twin, report


def _twin(model: nn.Module) -> nn.Module:
    """A copy of the modules around the same parameters and buffers."""
    same = {id(tensor): tensor for tensor in [*model.parameters(), *model.buffers()]}
    try:
        return copy.deepcopy(model, dict(same))
    except Exception as error:  # a model of somebody else's holds anything
        raise ValueError(say("portable.errors.copy", text=quoted(str(error).split("\n")[0], 200))) from error


def _with_new_modules(model: nn.Module, calls: list[Call], dynamic: bool) -> tuple[nn.Module, list[Replaced]]:
    """Put a new module in each place of an adaptive pooling; return the model, which may be one itself."""
    met: dict[str, list[Call]] = {}
    for call in calls:
        for name in call.names:
            met.setdefault(name, []).append(call)
    done = []
    device = next((tensor.device for tensor in [*model.parameters(), *model.buffers()]), torch.device("cpu"))
    for old, names in names_of(model).items():
        if adaptive_module(old) is None or not (dynamic or names[0] in met):
            continue
        uses = met.get(names[0], [])
        sizes = {call.input_size for call in uses}
        new = _new_module(old, None if dynamic or len(sizes) > 1 else uses[0].input_size).to(device)
        for name in names:
            model = _put(model, name, new)
        done.append(Replaced(names, tuple(sorted(sizes)), repr(old), new.way))
    return model, done


def _new_module(old: nn.Module, input_size: Any) -> AdaptiveModule:
    kind, axes = adaptive_module(old) or ("avg", 1)
    more = {"return_indices": old.return_indices} if kind == "max" else {}
    own = getattr(modules, f"Adaptive{kind.capitalize()}Pool{axes}d")
    new: AdaptiveModule = own(old.output_size, input_size=input_size, **more)
    new.training = old.training
    for hooks in _KEPT:
        getattr(new, hooks).update(getattr(old, hooks))
    return new


def _put(model: nn.Module, name: str, new: nn.Module) -> nn.Module:
    """The model with a module at a name; the empty name is that of the model itself."""
    if not name:
        return new
    parent, _, leaf = name.rpartition(".")
    model.get_submodule(parent)._modules[leaf] = new
    return model


def _compared(
    model: nn.Module, twin: nn.Module, inputs: tuple, kwargs: dict[str, Any], calls: list[Call], dynamic: bool
) -> list[Compared]:
    sizes = ", ".join(map(shape_text, tensors_of((inputs, kwargs))))
    found = [compare_models(model, twin, inputs, kwargs, sizes)]
    if dynamic and calls:
        for other, named, text in other_inputs(inputs, kwargs, max(call.axes for call in calls)):
            if len(found) > WANTED:
                break
            if text == sizes:  # no input looks like a picture
                continue
            try:
                find_calls(model, other, named)
            except ValueError:  # the model itself does not take this size
                continue
            found.append(compare_models(model, twin, other, named, text))
    return found
