"""inspect on models: what it finds, in order and with its place, that the model stays as it was, and the command."""

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
from tests import spec
from tests.models import build

X = torch.randn(1, 3, 52, 60, generator=torch.Generator().manual_seed(0))


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
    assert {call.where.partition(":")[0] for call in found if not call.names} == {"test_portable_inspect.py"}


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
    assert report.text.startswith("4 adaptive poolings\n\nWindows tile in 2 and overlap in 2. 3 of 4 equal a single")
    assert "ONNX open sizes        ✗ wrong" in report.text
    assert "MPS forward: read, not run here, on 2026-11-26 for torch 2.13.0; https://" in report.text
    html = report._repr_html_()
    assert html.count("<svg") == 4
    assert "<script" not in html
    assert "ppm.3.0" in html
    assert html.count("no kernel and stride give these windows") == 1
    assert '<a href="https://github.com/pytorch/pytorch/issues/97109">pytorch/pytorch/issues/97109</a>' in html
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
