"""replace and decompositions on models: what they change, what they leave, and that they compare before they return."""

import json

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from pooltutor import portable
from pooltutor.portable import comparing, decomposing
from pooltutor.portable.calls import adaptive_module
from pooltutor.portable.comparing import Differs
from tests import spec
from tests.models import MODELS, Functions, build

X = torch.randn(1, 3, 52, 60, generator=torch.Generator().manual_seed(0))


def adaptive(model):
    return [name for name, module in model.named_modules() if adaptive_module(module)]


# replace ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dynamic", [False, True])
@pytest.mark.parametrize("name", MODELS)
def test_every_module_is_replaced_and_the_model_given_stays(name, dynamic):
    model = build(name)
    before = adaptive(model)
    new, report = portable.replace(model, X, dynamic=dynamic)
    assert report
    assert adaptive(model) == before
    assert before
    assert adaptive(new) == []
    assert list(new.state_dict()) == list(model.state_dict())
    assert all(a is b for a, b in zip(new.parameters(), model.parameters(), strict=True))
    assert len(report.compared) == (6 if dynamic else 1)
    assert report.compared[0].sizes == "1×3×52×60"
    assert len({each.sizes for each in report.compared}) == len(report.compared)


def test_a_module_with_two_names_stays_one_and_takes_any_size():
    new, report = portable.replace(build("upernet"), X)
    assert new.shared is new.again
    shared = report.replaced[0]
    assert shared.names == ("shared", "again")
    assert shared.sizes == ((7, 8), (13, 15))
    assert shared.after == "windows from the shape at run time"


def test_nested_containers_and_the_model_itself():
    new, _ = portable.replace(nn.Sequential(nn.Sequential(nn.AdaptiveMaxPool2d(3))), X)
    assert isinstance(new[0][0], portable.AdaptiveMaxPool2d)
    new, report = portable.replace(nn.AdaptiveAvgPool2d(3), X)
    assert isinstance(new, portable.AdaptiveAvgPool2d)
    assert "the model itself: AdaptiveAvgPool2d(output_size=3) is now AvgPool2d((18, 20), (17, 20))" in report.text


def test_functions_are_named_with_the_way_that_does_it():
    _, report = portable.replace(Functions(), X)
    assert not report
    assert [call.function for call in report.functions] == [
        "F.adaptive_avg_pool2d",
        "F.adaptive_max_pool2d",
        "F.adaptive_avg_pool2d",
    ]
    assert all(call.where.startswith("models.py:") for call in report.functions)
    assert "run_decompositions(portable.decompositions())" in report.text
    assert json.loads(json.dumps(report.to_json()))["functions"][1]["function"] == "F.adaptive_max_pool2d"
    assert "models.py" in report._repr_html_()


class Unmet(nn.Module):
    def __init__(self):
        super().__init__()
        self.used, self.unused = nn.AdaptiveAvgPool2d(2), nn.AdaptiveAvgPool2d(3)

    def forward(self, x):
        return self.used(x)


def test_what_a_run_does_not_meet_is_said_and_stays_unless_any_size_will_do():
    new, report = portable.replace(Unmet(), X)
    assert report.unmet == ("unused",)
    assert not report
    assert type(new.unused) is nn.AdaptiveAvgPool2d
    new, report = portable.replace(Unmet(), X, dynamic=True)
    assert report
    assert type(new.unused) is portable.AdaptiveAvgPool2d


def test_hooks_and_training_flags_go_over():
    model, seen = nn.Sequential(nn.AdaptiveAvgPool2d(3)).train(), []
    model[0].register_forward_hook(lambda *about: seen.append(1))
    new, _ = portable.replace(model, X)
    seen.clear()
    new(X)
    assert seen == [1]
    assert new[0].training


def test_a_module_that_gives_something_else_is_not_returned(monkeypatch):
    """The comparison can fail: in outputs, in gradients alone, and at another size only."""
    forward = portable.AdaptiveAvgPool2d.forward
    model = nn.Sequential(nn.AdaptiveAvgPool2d(3))
    for wrong, dynamic in (
        (lambda self, x: forward(self, x) * 1.001, False),
        (lambda self, x: forward(self, x).detach() + 0 * x.sum(), False),
        (lambda self, x: forward(self, x) * (1 if x.shape[-1] == 60 else 2), True),
    ):
        monkeypatch.setattr(portable.AdaptiveAvgPool2d, "forward", wrong)
        with pytest.raises(Differs, match="does not give the same on 1×3×"):
            portable.replace(model, X, dynamic=dynamic)


def test_a_model_of_one_size_only_is_compared_on_that():
    _, report = portable.replace(nn.Sequential(nn.AdaptiveAvgPool2d((3, None)), nn.Linear(60, 2)), X, dynamic=True)
    assert {each.sizes.rpartition("×")[2] for each in report.compared} == {"60"}


def test_a_model_that_takes_no_other_size_is_not_said_to_be_right_at_any():
    model = nn.Sequential(nn.AdaptiveAvgPool2d((None, None)), nn.Flatten(), nn.Linear(3 * 52 * 60, 2))
    _, report = portable.replace(model, X, dynamic=True)
    assert len(report.compared) == 1
    assert "compared at 0 of 5 other sizes" in report.text


class Told(nn.Module):
    """Gives no tensor."""

    def forward(self, x):
        return str(F.adaptive_avg_pool2d(x, 2).sum().item())


def test_what_gives_no_numbers_is_not_said_to_be_the_same():
    sentence = "The model gives no tensor of floating-point numbers, so there is nothing to compare"
    with spec.refused(ValueError, sentence):
        portable.replace(Told(), X)


def test_bad_calls_of_replace_and_inspect():
    with spec.refused(TypeError, "model must be a torch.nn.Module, got 'vgg'"):
        portable.replace("vgg", X)
    with spec.refused(TypeError, "model must be a torch.nn.Module, got 1"):
        portable.inspect(1, X)
    with spec.refused(TypeError, "dynamic must be True or False, got 1"):
        portable.replace(build("se"), X, dynamic=1)
    with pytest.raises(ValueError, match="The model does not take an input of 1×4×8×8: "):
        portable.inspect(build("se"), torch.ones(1, 4, 8, 8))


# decompositions --------------------------------------------------------------------------------------------


def test_a_decomposition_that_gives_something_else_is_not_returned(monkeypatch):
    decomposing._compare.cache_clear()
    monkeypatch.setattr(decomposing, "average", lambda x, windows: x.mean() + 0 * x[..., : len(windows)])
    with pytest.raises((Differs, RuntimeError)):
        portable.decompositions()
    monkeypatch.undo()
    decomposing._compare.cache_clear()
    assert torch.ops.aten.adaptive_max_pool2d.default in portable.decompositions()


# The comparison itself -------------------------------------------------------------------------------------


def test_nan_and_infinity_are_equal_where_both_have_the_same():
    one = torch.tensor([1.0, torch.nan, torch.inf])
    assert comparing._largest([one], [one.clone()]) == 0
    assert comparing._largest([one], [torch.tensor([1.0, torch.nan, -torch.inf])]) == float("inf")
    assert comparing._largest([one], [torch.tensor([1.0, 0.0, torch.inf])]) == float("inf")
    assert comparing._largest([one], [one[:2]]) == float("inf")
