#!/usr/bin/env python3
"""Weights from Waymark to PyTorch and onnxruntime, and from PyTorch to Waymark.

usage: round_trips.py [--waymark PROGRAM] [--keep DIR]
       (needs torch, numpy, safetensors, onnx, onnxruntime)

  --waymark PROGRAM   the program (default: .build/release/waymark)
  --keep DIR          where the files go; else a folder that is removed at the end

Waymark trains each network for a moment, so that no number is as it was drawn, and writes its weights
and its logits for the test images. PyTorch loads them into a module written here, and onnxruntime runs
the model, 1, 7 and all images at once. Then PyTorch makes networks of its own, with running statistics
that differ from channel to channel, saves them as .pth and as .safetensors, and Waymark reads both.

A run that reads several networks together (der) leaves as one file too: PyTorch makes the networks
and their common head again, onnxruntime runs the model, and both give the logits that
'export predictions' writes. The metadata of both files must name the classes.

All are held against what PyTorch computes in float64 from the same weights, since float32 results
differ from each other by the roundings of both. Prints the largest difference of a logit, divided by
the largest logit where that is above 1, or by the sigma of a cosine head, which every rounding of a
cosine is multiplied with; and beside it how far PyTorch in float32 is from float64, and how far the
logits move if images, weights and statistics are each changed by half a unit in the last place: no
computation in float32 can be held to less. In `blocks` that is 0.4e-6 to 2e-6, in most others a
tenth of it: bn4 subtracts means that are five to nine deviations large, and the cosine head then
divides by the length of what is left. Ends with 1 if a difference is above 1e-6 (Waymark) or 1e-5
(onnxruntime) and above three times what the logits move by.
"""
import argparse
import copy
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import onnx
import onnxruntime
import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from golden_networks import Blocks, Cosine, DER_CNN, SignNet, SimpleCNN, SimpleCNN2

LIMIT = 1e-6
ONNX_LIMIT = 1e-5
# Roundings on the way beside those of the numbers that go in.
ROUNDINGS = 3
OUTPUTS = 3


class Scales(nn.Module):
    """Features of two scales side by side, normalised; every layer that the others lack."""

    def __init__(self, outputs):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, 3)
        self.conv2 = nn.Conv2d(8, 12, 4, padding=1)
        self.fc1 = nn.Linear(9 * (8 + 12), 20)
        self.fc = nn.Linear(20, outputs)

    def forward(self, x, trace):
        first = F.max_pool2d(F.relu(self.conv1(x)), 2)
        second = F.max_pool2d(F.leaky_relu(self.conv2(first), 0.2), 2)
        grids = [F.adaptive_avg_pool2d(y, 3).permute(0, 2, 3, 1).flatten(1) for y in (first, second)]
        return self.fc(F.normalize(F.relu(self.fc1(torch.cat(grids, 1))))), None


NETWORKS = {
    "simplecnn": (SimpleCNN, "simplecnn"),
    "simplecnn2": (SimpleCNN2, "simplecnn2"),
    "dercnn": (DER_CNN, "dercnn"),
    "signnet": (SignNet, "signnet"),
    "blocks": (
        Blocks,
        "layers=[conv(8,3), bn, lrelu(0.1), pool, residual(conv(8,3), bn, lrelu(0.1), conv(8,3), bn),"
        " lrelu(0.1), pool, conv(20,3,0), lrelu(0.1), pool, gap, dense(12), bn, lrelu(0.1)] head=cosine",
    ),
    "scales": (
        Scales,
        "layers=[conv(8,3,0), relu, pool, conv(12,4,1), lrelu(0.2), pool, scales(3), dense(20), relu,"
        " normalize, dropout(0.3)]",
    ),
}
KNOWN = ["simplecnn", "simplecnn2", "dercnn", "signnet"]
HEADS = {"dercnn": ["classifier", "aux_classifier"]}

DATA = "load synthetic classes=6 per-class=20 seed=3 as signs\ntasks signs size=3 as T\n"


def there(name, definition):
    # A network with two heads has no single one to be pretrained.
    training = "" if name in HEADS else f"pretrain {name} on=T.1 epochs=10 batch=16"
    return f"""
define model {definition} outputs={OUTPUTS} as {name}
{training}
export {name} > {name}.safetensors
export {name} > {name}.onnx
export features of {name} on=T > {name}.npz
"""


def back(name, definition):
    text = f"define model {definition} outputs={OUTPUTS} as {name}\n" if name not in KNOWN else ""
    like = "" if name in KNOWN else f" like={name}"
    for ending in ("pth", "safetensors"):
        text += f"import {name}-torch.{ending}{like} as {name}_{ending}\n"
        text += f"export features of {name}_{ending} on=T > {name}-{ending}.npz\n"
    return text


def waymark(program, folder, text):
    script = folder / "script.way"
    script.write_text(text)
    subprocess.run(
        [program, "--quiet", script.name], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def images(folder):
    test = np.load(folder / "signs.npz")["test_images"]
    return torch.from_numpy(test).permute(0, 3, 1, 2).float() / 255


def logits(model, batch):
    with torch.no_grad():
        return [part.numpy() for part in model(batch, lambda _, value: value) if part is not None]


def drawn(make):
    """A network of PyTorch's, with running statistics and scales that are not those of the start."""
    model = make(OUTPUTS)
    for part in model.modules():
        if isinstance(part, (nn.BatchNorm1d, nn.BatchNorm2d)):
            part.running_mean.normal_(0, 0.2)
            part.running_var.uniform_(0.5, 2)
            nn.init.uniform_(part.weight, 0.5, 1.5)
            nn.init.normal_(part.bias, 0, 0.1)
        if isinstance(part, Cosine):
            nn.init.normal_(part.weight)
            nn.init.constant_(part.sigma, 7)
    return model.eval()


def difference(found, expected, model):
    sigmas = [value.item() for name, value in model.named_parameters() if name.endswith(".sigma")]
    largest = max(1, *sigmas, *(np.abs(part).max() for part in expected))
    return max(np.abs(a - b).max() for a, b in zip(found, expected)) / largest


class Exact:
    """What a network computes in float64, and how sensitive that is."""

    def __init__(self, model, batch):
        self.model = model
        double = copy.deepcopy(model).double()
        self.logits = logits(double, batch.double())
        self.rounding = self.difference(logits(model, batch))
        draw = torch.Generator().manual_seed(1)
        self.sensitivity = max(
            self.difference(self.shaken(double, batch.double(), draw)) for _ in range(16))

    def difference(self, found):
        return difference(found, self.logits, self.model)

    @staticmethod
    def shaken(model, batch, draw):
        """The logits with every number that goes in changed by up to half a unit in the last place."""
        def shake(values):
            return values * (1 + (2 * torch.rand(values.shape, generator=draw).double() - 1) * 2**-24)

        model = copy.deepcopy(model)
        with torch.no_grad():
            for values in [*model.parameters(), *model.buffers()]:
                if values.dtype == torch.float64:
                    values.copy_(shake(values))
        return logits(model, shake(batch))


class Report:
    def __init__(self):
        self.failed = False

    def line(self, name, way, found, exact, limit):
        value = exact.difference(found)
        fits = value <= max(limit, ROUNDINGS * exact.sensitivity)
        self.failed |= not fits
        print(f"{name:12} {way:34} {value:.1e}   PyTorch {exact.rounding:.1e}   sensitivity "
              f"{exact.sensitivity:.1e}{'' if fits else '  TOO MUCH'}", flush=True)


def check_there(name, make, folder, batch, report):
    known = np.load(folder / f"{name}.npz")
    expected = [known[head] for head in HEADS.get(name, ["fc"])]
    batch = batch[known["images"]]
    model = make(expected[0].shape[1])
    model.load_state_dict(load_file(folder / f"{name}.safetensors"))
    exact = Exact(model.eval(), batch)
    report.line(name, "Waymark → PyTorch, safetensors", expected, exact, LIMIT)
    onnx.checker.check_model(str(folder / f"{name}.onnx"), full_check=True)
    session = onnxruntime.InferenceSession(folder / f"{name}.onnx")
    for count in (1, 7, len(batch)):
        found = session.run(HEADS.get(name, ["fc"]), {"images": batch[:count].numpy()})
        report.line(name, f"Waymark → onnxruntime, {count} images", found,
                    exact if count == len(batch) else Exact(model, batch[:count]), ONNX_LIMIT)


JOINED = """
define model simplecnn outputs=3 as first
run der first on=T epochs=3 batch=16 memory=24 second-epochs=2 as many
export many > many.safetensors
export many > many.onnx
export predictions of many on=T > many.npz
"""


class Joined(nn.Module):
    """DER's networks side by side, whose features one head reads."""

    def __init__(self, count, outputs):
        super().__init__()
        self.backbones = nn.ModuleList(SimpleCNN(outputs) for _ in range(count))
        self.features = self.backbones[0].fc.in_features
        for body in self.backbones:
            body.fc = nn.Identity()
        self.fc = nn.Linear(count * self.features, outputs)

    def forward(self, x, trace):
        return self.fc(torch.cat([body(x, trace)[0] for body in self.backbones], 1)), None


def check_joined(folder, batch, report):
    known = np.load(folder / "many.npz")
    expected, batch = [known["logits"]], batch[known["images"]]
    weights = load_file(folder / "many.safetensors")
    count = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("backbones."))
    model = Joined(count, expected[0].shape[1])
    model.load_state_dict(weights)
    exact = Exact(model.eval(), batch)
    report.line("der", "Waymark → PyTorch, safetensors", expected, exact, LIMIT)
    model = onnx.load(folder / "many.onnx")
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(folder / "many.onnx")
    found = session.run(["fc"], {"images": batch.numpy()})
    report.line("der", f"Waymark → onnxruntime, {len(batch)} images", found, exact, ONNX_LIMIT)
    with safe_open(folder / "many.safetensors", "pt") as file:
        for facts in (file.metadata(), session.get_modelmeta().custom_metadata_map):
            assert json.loads(facts["waymark.class_numbers"]) == known["classes"].tolist()
            assert len(json.loads(facts["waymark.class_names"])) == len(known["classes"])
            assert facts["waymark.pixels"] == "divided by 255"


def check_back(name, model, folder, batch, report):
    for ending in ("pth", "safetensors"):
        known = np.load(folder / f"{name}-{ending}.npz")
        found = [known[head] for head in HEADS.get(name, ["fc"])]
        report.line(name, f"PyTorch → Waymark, {ending}", found,
                    Exact(model, batch[known["images"]]), LIMIT)


def check(program, folder):
    report = Report()
    print("torch", torch.__version__, "onnx", onnx.__version__,
          "onnxruntime", onnxruntime.__version__)
    text = DATA + "export signs > signs.npz\n"
    for name, (_, definition) in NETWORKS.items():
        text += there(name, definition)
    text += JOINED
    waymark(program, folder, text)
    batch = images(folder)
    for name, (make, _) in NETWORKS.items():
        check_there(name, make, folder, batch, report)
    check_joined(folder, batch, report)
    torch.manual_seed(1)
    models, text = {}, DATA
    for name, (make, definition) in NETWORKS.items():
        models[name] = drawn(make)
        torch.save(models[name].state_dict(), folder / f"{name}-torch.pth")
        save_file(models[name].state_dict(), folder / f"{name}-torch.safetensors")
        text += back(name, definition)
    waymark(program, folder, text)
    for name in NETWORKS:
        check_back(name, models[name], folder, batch, report)
    return report.failed


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--waymark", type=pathlib.Path, default=root / ".build/release/waymark")
    parser.add_argument("--keep", type=pathlib.Path, metavar="DIR")
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        sys.exit(check(options.waymark.resolve(), options.keep))
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(check(options.waymark.resolve(), pathlib.Path(folder)))


if __name__ == "__main__":
    main()
