"""Does `pooltutor.portable` do what it says on models that nobody here wrote? Run in an environment of its own.

    pip install pooltutor[export] torchvision timm segmentation-models-pytorch openvino
    python -m benchmarks.zoo zoo.json

Each architecture, without weights, is inspected and replaced at two image sizes, exported by PyTorch's two exporters
before and after, and run in onnxruntime and OpenVINO beside PyTorch. What fails is a row like any other, with its
reason. `python -m benchmarks.zoo --table zoo.json` prints the tables of docs/portability.md.
"""

import importlib
import json
import sys
import time
import warnings
from concurrent.futures import ProcessPoolExecutor, as_completed
from importlib.metadata import PackageNotFoundError, version
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

SIZES = (224, 256)
TOLERANCE = 1e-4
"""Of the largest output: a network of a hundred layers adds the rounding of all of them."""

# fmt: off
TORCHVISION = [
    "alexnet", "vgg11", "vgg16_bn", "resnet18", "resnet50", "resnext50_32x4d", "wide_resnet50_2", "densenet121",
    "squeezenet1_0", "squeezenet1_1", "mobilenet_v2", "mobilenet_v3_small", "mobilenet_v3_large", "mnasnet0_5",
    "shufflenet_v2_x1_0", "efficientnet_b0", "efficientnet_v2_s", "regnet_y_400mf", "regnet_x_400mf", "googlenet",
    "inception_v3", "convnext_tiny", "swin_t", "segmentation.fcn_resnet50", "segmentation.deeplabv3_resnet50",
    "segmentation.deeplabv3_mobilenet_v3_large", "segmentation.lraspp_mobilenet_v3_large", "video.r3d_18",
    "video.mc3_18",
]
TIMM = [
    "seresnet18", "ecaresnet50d", "skresnet18", "resnest14d", "xception41", "dla34", "hrnet_w18_small", "dpn68",
    "res2net50_26w_4s", "cspresnet50", "ese_vovnet19b_dw", "ghostnet_100", "mixnet_s", "hardcorenas_a", "repvgg_a0",
    "rexnet_100", "gernet_s", "eca_nfnet_l0", "mobileone_s0", "edgenext_xx_small", "mobilevit_xxs", "poolformer_s12",
    "inception_v4", "tresnet_m", "visformer_tiny", "convnextv2_atto", "mobilenetv4_conv_small", "selecsls42b",
    "hgnet_tiny", "inception_next_tiny", "resnetv2_50", "vgg11_bn", "pit_xs_224", "regnetz_b16",
]
# fmt: on
SEGMENTATION = [
    ("PSPNet", "resnet18"),
    ("PSPNet", "mobilenet_v2"),
    ("PAN", "resnet18"),
    ("DeepLabV3", "resnet18"),
    ("DeepLabV3Plus", "mobilenet_v2"),
    ("UPerNet", "resnet18"),
    ("FPN", "se_resnet50"),
    ("MAnet", "resnet18"),
    ("Unet", "efficientnet-b0"),
]


def architectures() -> list[tuple[str, str]]:
    """Every architecture as (library, name)."""
    own = [("segmentation-models-pytorch", f"{kind} {encoder}") for kind, encoder in SEGMENTATION]
    return [*(("torchvision", name) for name in TORCHVISION), *(("timm", name) for name in TIMM), *own]


def build(library: str, name: str) -> Any:
    """An architecture with random numbers in place of weights, ready for use."""
    import torch

    torch.manual_seed(0)
    if library == "timm":
        model = importlib.import_module("timm").create_model(name, pretrained=False)
    elif library == "torchvision":
        folder, _, leaf = name.rpartition(".")
        models = importlib.import_module(f"torchvision.models.{folder}" if folder else "torchvision.models")
        more = {"weights_backbone": None} if folder == "segmentation" else {}
        more |= {"init_weights": True} if leaf in ("googlenet", "inception_v3") else {}
        model = getattr(models, leaf)(weights=None, **more)
    else:
        kind, encoder = name.split()
        model = getattr(importlib.import_module("segmentation_models_pytorch"), kind)(encoder, encoder_weights=None)
    return with_one_output(model).eval()


def with_one_output(model: Any) -> Any:
    """The model, with the first of several outputs."""
    import torch

    class OneOutput(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, x: Any) -> Any:
            y = self.model(x)
            while not isinstance(y, torch.Tensor):
                y = next(iter(y.values())) if isinstance(y, dict) else y[0]
            return y

    return OneOutput()


def attempt(work: Any) -> dict[str, Any]:
    """What the work returns, or the first line of what it raises."""
    try:
        return {"ok": True, **work()}
    except Exception as error:  # a model, an exporter, a runtime: anything may be raised
        first = next((line.strip() for line in str(error).splitlines() if line.strip()), "")
        return {"ok": False, "reason": f"{type(error).__name__}: {first}"[:160]}


def measured(library: str, name: str, size: int) -> dict[str, Any]:
    """One architecture at one image size: a row of the table."""
    import torch

    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    started = time.perf_counter()
    row: dict[str, Any] = {"library": library, "name": name, "size": size}
    try:
        model = build(library, name)
        x = torch.randn(1, 3, *([8, size // 2, size // 2] if name.startswith("video.") else [size, size]))
        with torch.no_grad():
            expected = model(x)
    except Exception as error:  # this architecture takes no such image
        return {**row, "refused": f"{type(error).__name__}: {str(error).splitlines()[0]}"[:160]}
    from pooltutor.portable import inspect, replace

    found = inspect(model, x)
    row["met"] = len(found)
    row["uneven"] = sum(not one.tiles for one in found)
    row["sizes"] = sorted({f"{one.call.input_size} -> {one.call.target_size}" for one in found if not one.tiles})
    new, report = None, None

    def put() -> dict[str, Any]:
        nonlocal new, report
        new, report = replace(model, x)
        largest = max(each.output_difference for each in report.compared)
        return {"replaced": len(report.replaced), "functions": len(report.functions), "difference": largest}

    row["replace"] = attempt(put)
    kinds = ("legacy", "default") if row["uneven"] else ("default",)
    if row["uneven"]:
        row["before"] = {kind: attempt(lambda kind=kind: exported(model, x, expected, kind)) for kind in kinds}
    if new is not None:
        row["after"] = {kind: attempt(lambda kind=kind: exported(new, x, expected, kind)) for kind in kinds}
        if report.functions:
            row["decomposed"] = attempt(lambda: exported(model, x, expected, "decomposed"))
    return {**row, "seconds": round(time.perf_counter() - started, 1)}


def exported(model: Any, x: Any, expected: Any, kind: str) -> dict[str, Any]:
    """Export, run in both runtimes, and compare with what PyTorch gave."""
    import onnx
    import torch

    with TemporaryDirectory() as folder:
        path = Path(folder) / "model.onnx"
        if kind == "legacy":
            torch.onnx.export(model, (x,), str(path), dynamo=False, opset_version=17, verbose=False)
        elif kind == "default":
            torch.onnx.export(model, (x,), str(path), dynamo=True, verbose=False)
        else:
            from pooltutor.portable import decompositions

            program = torch.export.export(model, (x,)).run_decompositions(decompositions())
            torch.onnx.export(program, dynamo=True, verbose=False).save(str(path))
        nodes = len(onnx.load(str(path), load_external_data=False).graph.node)
        runtimes = {"onnxruntime": in_onnxruntime, "OpenVINO": in_openvino}
        differences = {
            name: attempt(lambda run=run: {"difference": off(run(path, x), expected)}) for name, run in runtimes.items()
        }
    if not differences["onnxruntime"]["ok"]:
        raise RuntimeError("onnxruntime: " + differences["onnxruntime"]["reason"])
    if differences["onnxruntime"]["difference"] > TOLERANCE:
        raise RuntimeError(
            f"onnxruntime is off by {differences['onnxruntime']['difference']:.2g} of the largest output"
        )
    return {"nodes": nodes, "runtimes": differences}


def off(ours: Any, expected: Any) -> float:
    """The largest difference as a share of the largest number."""
    import numpy as np

    theirs = expected.numpy()
    if ours.shape != theirs.shape:
        raise RuntimeError(f"shape {ours.shape} in place of {theirs.shape}")
    return float(np.abs(ours - theirs).max() / max(np.abs(theirs).max(), 1e-30))


def in_onnxruntime(path: Path, x: Any) -> Any:
    """What onnxruntime makes of it, with one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: x.numpy()})[0]


def in_openvino(path: Path, x: Any) -> Any:
    """What OpenVINO makes of it on the CPU, in float32."""
    import openvino

    settings = {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": 1}
    compiled = openvino.Core().compile_model(str(path), "CPU", settings)
    return compiled(x.numpy())[0]


def versions() -> dict[str, str]:
    """Of everything that has a part in it."""
    packages = (
        "torch",
        "torchvision",
        "timm",
        "segmentation-models-pytorch",
        "onnx",
        "onnxscript",
        "onnxruntime",
        "openvino",
    )
    found = {}
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "missing"
    return found


def main(path: str, processes: int = 0, only: str = "") -> None:
    """Measure all of them side by side in processes of their own, and write the rows after each."""
    import datetime
    import multiprocessing
    import os

    rows: list[dict[str, Any]] = []
    work = [(*each, size) for size in SIZES for each in architectures() if only in each[1]]
    around = {"date": datetime.date.today().isoformat(), "versions": versions()}
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes or os.cpu_count(), mp_context=context, max_tasks_per_child=4)
    waiting = {pool.submit(measured, *each): each for each in work}
    for done in as_completed(waiting):
        library, name, size = waiting[done]
        rows.append(
            done.result()
            if not done.exception()
            else {"library": library, "name": name, "size": size, "refused": repr(done.exception())[:160]}
        )
        ordered = sorted(rows, key=lambda row: (row["library"], row["name"], row["size"]))
        Path(path).write_text(json.dumps({**around, "of": len(work), "rows": ordered}, indent=1), encoding="utf-8")
        print(len(rows), "of", len(work), name, size, rows[-1].get("seconds", rows[-1].get("refused")), flush=True)
    pool.shutdown()


# Tables --------------------------------------------------------------------------------------------------------


def tables(*paths: str) -> str:
    """What was measured, in Markdown: each architecture with uneven windows, then how many of the others passed."""
    rows = [row for path in paths for row in json.loads(Path(path).read_text(encoding="utf-8"))["rows"]]
    rows = sorted(
        {(row["library"], row["name"], row["size"]): row for row in rows}.values(),
        key=itemgetter("library", "name", "size"),
    )
    run = [row for row in rows if "refused" not in row]
    lines = [
        "| architecture | image | adaptive pooling | before: legacy, default | after: legacy, default |",
        "|---|---|---|---|---|",
    ]
    for row in (row for row in run if row["uneven"]):
        before, after = (
            ", ".join(outcome(row.get(when, {}).get(kind)) for kind in ("legacy", "default"))
            for when in ("before", "after")
        )
        sizes = "; ".join(row["sizes"]).replace("->", "→")
        lines.append(f"| {row['name']} | {row['size']} | {sizes} | {before} | {after} |")
    even = [row for row in run if not row["uneven"]]
    passed = [row for row in even if row["replace"]["ok"] and row["after"]["default"]["ok"]]
    names = sorted({row["name"] for row in even})
    lines += ["", f"Others: {len(passed)} of {len(even)} rows passed, {len(names)} architectures: {', '.join(names)}."]
    lines += [f"Refused: {row['name']} at {row['size']}: {row['refused']}" for row in rows if "refused" in row]
    return "\n".join(lines)


def outcome(export: dict[str, Any] | None) -> str:
    """The nodes of a file that gives what PyTorch gives, or that there is none."""
    if export is None:
        return "-"
    if not export["ok"]:
        return "refused" if "Unsupported" in export["reason"] else export["reason"]
    vino = export["runtimes"]["OpenVINO"]
    return f"{export['nodes']} nodes" + ("" if vino["ok"] and vino["difference"] <= TOLERANCE else ", not in OpenVINO")


if __name__ == "__main__":
    if sys.argv[1] == "--table":
        print(tables(*sys.argv[2:]))
    else:
        main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0, sys.argv[3] if len(sys.argv) > 3 else "")
