"""replace, decompositions and inspect on models: what they find, what they change, and what they leave as it was."""

import copy
import json
import random

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from pooltutor import live, portable
from pooltutor.cli import main
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


# inspect ---------------------------------------------------------------------------------------------------


class Changing(nn.Module):
    """Draws random numbers, counts its runs in a buffer, and has a hook, a gradient and a frozen part."""

    def __init__(self):
        super().__init__()
        self.norm, self.drop, self.pool = nn.BatchNorm2d(3), nn.Dropout(), nn.AdaptiveAvgPool2d(3)
        self.register_buffer("runs", torch.zeros(1))
        self.norm.eval()

    def forward(self, x):
        self.runs += 1
        random.random(), np.random.rand(), torch.rand(1)
        return self.pool(self.drop(self.norm(x))).sum()


def test_the_model_is_left_as_it_was():
    model = Changing().train()
    model.norm.eval()
    model(X).backward()
    buffers, gradients = copy.deepcopy(dict(model.named_buffers())), [p.grad.clone() for p in model.parameters()]
    flags = [module.training for module in model.modules()]
    states = torch.get_rng_state(), random.getstate(), np.random.get_state()[1].tolist()
    assert len(portable.inspect(model, X)) == 1
    portable.replace(model, X, dynamic=True)
    assert [module.training for module in model.modules()] == flags
    assert all(torch.equal(tensor, buffers[name]) for name, tensor in model.named_buffers())
    assert all(map(torch.equal, (p.grad for p in model.parameters()), gradients))
    assert torch.equal(torch.get_rng_state(), states[0])
    assert random.getstate() == states[1]
    assert np.random.get_state()[1].tolist() == states[2]
    assert not model.pool._forward_hooks
    assert not nn.modules.module._global_forward_hooks


def test_a_model_is_left_as_it_was_where_it_fails():
    model = nn.Sequential(nn.AdaptiveAvgPool2d(3), nn.Linear(5, 1)).train()
    with pytest.raises(ValueError, match="does not take"):
        portable.inspect(model, X)
    assert model.training
    assert not nn.modules.module._global_forward_hooks


class Every(nn.Module):
    """Each way to pool adaptively."""

    def __init__(self):
        super().__init__()
        self.pool = nn.AdaptiveMaxPool2d((3, None), return_indices=True)

    def forward(self, x):
        one = F.adaptive_avg_pool1d(x.flatten(2), output_size=4)
        two, places = self.pool(x)
        three = F.adaptive_max_pool3d(x[:, None], (2, 3, 4))
        four = F.interpolate(x, scale_factor=0.25, mode="area")
        return one, two, places, three, four, F.interpolate(x, (3, 3)), F.adaptive_max_pool2d(x, 2, True)


def test_every_adaptive_pooling_is_found_in_order_with_its_place():
    found = [each.call for each in portable.inspect(Every(), X)]
    assert [(call.function, call.input_size, call.target_size) for call in found] == [
        ("F.adaptive_avg_pool1d", (3120,), (4,)),
        ("F.adaptive_max_pool2d", (52, 60), (3, 60)),
        ("F.adaptive_max_pool3d", (3, 52, 60), (2, 3, 4)),
        ('F.interpolate(mode="area")', (52, 60), (13, 15)),
        ("F.adaptive_max_pool2d", (52, 60), (2, 2)),
    ]
    assert [call.names for call in found] == [(), ("pool",), (), (), ()]
    assert {call.where.partition(":")[0] for call in found if not call.names} == {"test_portable_models.py"}


def test_what_there_is_to_know_of_one():
    found = portable.inspect(build("pspnet"), torch.zeros(1, 3, 64, 64))
    assert [each.single for each in found] == ["AvgPool2d(16)", "AvgPool2d(8)", "AvgPool2d(6, 5)", None]
    assert [each.tiles for each in found] == [True, True, False, False]
    assert [each.axes[0].shared for each in found] == [0, 0, 2, 4]
    assert found[2].influence == 4
    assert found[3].axes[0].lengths == {3: 4, 4: 2}
    assert found[3].reasons == ("16 mod 6 is 4, not 0, 1 or 5: no kernel and stride give these windows.",)
    assert [v.status for v in found[2].verdicts][:5] == ["refused", "four_nodes", "wrong", "refused", "listed"]
    assert {v.target for v in found[0].verdicts if not v.ran} == {"mps", "tensorrt", "tflite"}


def test_the_report_as_text_html_and_json():
    report = portable.inspect(build("pspnet"), torch.zeros(1, 3, 64, 64))
    assert report.text.startswith("4 adaptive poolings\n\n2 tile and 2 overlap. 3 of 4 equal a single")
    assert "ONNX open sizes        ✗ wrong" in report.text
    assert "MPS forward: read, not run here, on 2026-11-26 for torch 2.13.0; https://" in report.text
    html = report._repr_html_()
    assert html.count("<svg") == 4
    assert "<script" not in html
    assert "ppm.3.0" in html
    assert json.loads(json.dumps(report.to_json()))["poolings"][3]["verdicts"]["onnx_legacy"]["status"] == "refused"
    none = portable.inspect(nn.Linear(2, 1), torch.zeros(1, 2))
    assert (len(none), none.text) == (0, "0 adaptive poolings")
    assert "0 adaptive poolings" in none._repr_html_()


def test_names_of_a_model_are_text_in_html():
    class Named(nn.Module):
        def __init__(self):
            super().__init__()
            self.add_module("<b>x", nn.AdaptiveAvgPool2d(2))

        def forward(self, x):
            return getattr(self, "<b>x")(x)

    assert "<b>x" not in portable.inspect(Named(), X)._repr_html_()


def test_the_map_that_flows_there_opens_in_the_explorer():
    model = build("pspnet")
    report = portable.inspect(model, X)
    view = report[2].explore(1)
    assert isinstance(view, live.Explorer2d)
    assert (view.input_size, view.target_size) == ((13, 15), (3, 3))
    with torch.no_grad():
        np.testing.assert_array_equal(view.x, model.features(X)[0, 1].double().numpy())
    sent = report[2].explore(1, upstream=True, loss=lambda y: 2 * y.sum())
    assert sent.colour == "gradient"
    with spec.refused(ValueError, "channel must be an integer from 0 to 3, got 4"):
        report[2].explore(4)


def test_a_gradient_that_comes_from_the_loss_is_the_one_that_arrives():
    pool = nn.AdaptiveAvgPool2d(2)
    weights = torch.arange(4.0).reshape(2, 2)
    view = portable.inspect(pool, X)[0].explore(upstream=True, loss=lambda y: (y * weights).sum())
    assert view.upstream == "0, 1, 2, 3"


def test_a_map_too_large_for_the_explorer_is_reduced_and_that_is_said(capsys):
    view = portable.inspect(nn.AdaptiveAvgPool2d(3), torch.ones(1, 1, 300, 20))[0].explore()
    assert view.input_size == (256, 20)
    assert capsys.readouterr().err == "The map of 300×20 is shown reduced to 256×20.\n"
    with pytest.raises(ValueError, match="one or two axes with targets from 1 to 64"):
        portable.inspect(nn.AdaptiveAvgPool3d(1), torch.ones(1, 1, 4, 4, 4))[0].explore()


def test_one_axis_opens_the_explorer_of_one_axis():
    view = portable.inspect(nn.AdaptiveMaxPool1d(4), torch.arange(14.0).reshape(1, 1, 14))[0].explore()
    assert (view.input_size, view.target_size, view.kind) == (14, 4, "max")


def test_progress_is_told_the_modules():
    told = []
    portable.inspect(build("se"), X, progress=told.append)
    assert "squeeze" in told


# The comparison itself -------------------------------------------------------------------------------------


def test_nan_and_infinity_are_equal_where_both_have_the_same():
    one = torch.tensor([1.0, torch.nan, torch.inf])
    assert comparing._largest([one], [one.clone()]) == 0
    assert comparing._largest([one], [torch.tensor([1.0, torch.nan, -torch.inf])]) == float("inf")
    assert comparing._largest([one], [torch.tensor([1.0, 0.0, torch.inf])]) == float("inf")
    assert comparing._largest([one], [one[:2]]) == float("inf")


# The command -----------------------------------------------------------------------------------------------


def test_the_command_prints_the_report_or_json(capsys):
    assert main(["inspect", "tests/models.py:Vgg", "--input", "1x3x64x64"]) == 0
    assert capsys.readouterr().out.startswith("1 adaptive pooling\n")
    assert main(["inspect", "tests.models:build", "--input", "1x3x64x64", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["poolings"][0]["target_size"] == [7, 7]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nope.py:build", "--input", "1x3"], "nope.py:build cannot be built: 'nope.py is no file of Python code'"),
        (["tests.models:nope", "--input", "1x3"],
         "tests.models:nope cannot be built: \"module 'tests.models' has no attribute 'nope'\""),
        (["tests.models", "--input", "1x3"],
         "MODEL must be FILE.py:FUNCTION or PACKAGE:FUNCTION, where the function returns a model, got 'tests.models'"),
        (["tests.models:adaptive_dictionary", "--input", "1x0"],
         "--input must be an integer from 1 to 2147483648, got 0"),
        (["math:pi", "--input", "1x3"],
         "MODEL must be FILE.py:FUNCTION or PACKAGE:FUNCTION, where the function returns a model, got 'math:pi'"),
        (["builtins:dict", "--input", "1x3"], "model must be a torch.nn.Module, got {}"),
        (["tests.models:Vgg", "--input", "1x3:complex64"],
         "--input must be a shape such as 1x3x256x256, or one with a type of float32, float64, float16, bfloat16, "
         "int64, int32 such as 1x128:int64, got '1x3:complex64'"),
        (["tests.models:Vgg", "--input", "1x3x99999x99999"],
         "--input may have up to 268435456 numbers, got '1x3x99999x99999'"),
    ],
)  # fmt: skip
def test_what_cannot_be_inspected_is_one_sentence_and_status_2(capsys, arguments, sentence):
    assert main(["inspect", *arguments]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", sentence + "\n")
