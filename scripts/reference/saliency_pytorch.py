#!/usr/bin/env python3
"""Golden numbers of what lies inside a network, computed by PyTorch in float64.

usage: saliency_pytorch.py [--out FILE]                                  (needs torch, numpy)

  --out FILE   where the JSON goes (default: Tests/InspectionTests/Golden/inside.json)

A small network with every kind of layer that hands on images, weights and running statistics drawn at
random, rounded to float32 and written with the answers: layers' outputs, the gradient of a logit at the
pixels by autograd, and Grad-CAM (Selvaraju et al. 2017) from hooks at three layers, enlarged by
`interpolate(mode="bilinear", align_corners=False)`. Occlusion needs the forward pass alone; its maps are
here by plain loops.

The script stops if a map would say nothing (all zeros), or if float32 leaves half of what the tests
allow.
"""
import argparse
import json
import pathlib

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

SIDE = 16
OUTPUTS = [2, 0, 1]
TOLERANCE = 1e-4


class Inside(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(6)
        self.conv2 = nn.Conv2d(6, 6, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(6)
        self.conv3 = nn.Conv2d(6, 8, 3, padding=1)
        self.fc1 = nn.Linear(128, 10)
        self.fc = nn.Linear(10, 3)

    def forward(self, x, keep=lambda name, value: value):
        x = keep("conv1", F.relu(self.bn1(self.conv1(x))))
        x = keep("pool1", F.max_pool2d(x, 2))
        y = keep("conv2", self.bn2(self.conv2(x)))
        x = keep("block1", F.leaky_relu(x + y, 0.1))
        x = keep("conv3", F.leaky_relu(self.conv3(x), 0.1))
        x = F.max_pool2d(x, 2)
        return self.fc(F.relu(self.fc1(x.flatten(1))))


def build(dtype):
    torch.manual_seed(14)
    model = Inside()
    with torch.no_grad():
        for value in model.parameters():
            if value.dim() == 1:
                value.add_(torch.empty_like(value).uniform_(-0.2, 0.2))
        for name, value in model.named_buffers():
            if name.endswith("running_mean"):
                value.uniform_(-0.3, 0.3)
            if name.endswith("running_var"):
                value.uniform_(0.3, 1.5)
    return model.eval().to(dtype)


def images(dtype):
    generator = torch.Generator().manual_seed(15)
    bytes_ = torch.randint(0, 256, (len(OUTPUTS), 3, SIDE, SIDE), generator=generator)
    return bytes_, (bytes_.float() / 255).to(dtype)


def gradients(dtype):
    model, (_, x) = build(dtype), images(dtype)
    x.requires_grad_(True)
    kept = {}

    def keep(name, value):
        value.retain_grad()
        kept[name] = value
        return value

    logits = model(x, keep)
    chosen = logits[torch.arange(len(OUTPUTS)), torch.tensor(OUTPUTS)]
    chosen.sum().backward()
    saliency = x.grad.abs().amax(1)
    cams = {}
    for name in ("conv1", "block1", "conv3"):
        maps, gradient = kept[name], kept[name].grad
        weights = gradient.mean((2, 3), keepdim=True)
        cam = F.relu((weights * maps).sum(1, keepdim=True))
        cam = F.interpolate(cam, size=(SIDE, SIDE), mode="bilinear", align_corners=False)
        cams[name] = cam[:, 0]
    return {
        "logits": logits, "gradient": x.grad, "saliency": saliency,
        "activations": {name: kept[name] for name in ("conv1", "pool1", "block1", "conv3")},
        "gradCAM": cams}


def occlusion(patch, stride):
    model, (bytes_, x) = build(torch.float64), images(torch.float64)
    with torch.no_grad():
        whole = model(x)
        last = SIDE - patch
        corners = list(range(0, last + 1, stride))
        corners += [last] if corners[-1] != last else []
        sums, counts = torch.zeros(len(OUTPUTS), SIDE, SIDE, dtype=torch.float64), torch.zeros(SIDE, SIDE)
        for top in corners:
            for left in corners:
                covered = x.clone()
                covered[:, :, top:top + patch, left:left + patch] = float(np.float32(128) / np.float32(255))
                answers = model(covered)
                for image, output in enumerate(OUTPUTS):
                    sums[image, top:top + patch, left:left + patch] += (
                        whole[image, output] - answers[image, output])
                counts[top:top + patch, left:left + patch] += 1
    return sums / counts


def numbers(tensor):
    array = tensor.detach().double().numpy()
    return {"shape": list(array.shape), "values": [float(f"{v:.7g}") for v in array.reshape(-1)]}


def single(tensor):
    return {"shape": list(tensor.shape),
            "values": [float(str(v)) for v in tensor.detach().float().numpy().reshape(-1)]}


def flat(answers):
    for name, value in answers.items():
        if isinstance(value, dict):
            yield from ((f"{name} {key}", part) for key, part in value.items())
        else:
            yield name, value


def main():
    parser = argparse.ArgumentParser()
    root = pathlib.Path(__file__).resolve().parents[2]
    parser.add_argument(
        "--out", type=pathlib.Path, default=root / "Tests/InspectionTests/Golden/inside.json")
    arguments = parser.parse_args()
    answers, rough = gradients(torch.float64), dict(flat(gradients(torch.float32)))
    for name, value in flat(answers):
        scale = value.abs().max()
        off = (rough[name].double() - value).abs().max() / scale
        print(f"  rounding, {name}: {off:.1e} of {TOLERANCE:.0e} allowed")
        if not off <= TOLERANCE / 2:
            raise SystemExit(f"{name}: rounding alone moves it too far")
        if name.startswith("gradCAM") and (value.flatten(1).amax(1) <= 0).any():
            raise SystemExit(f"{name} is empty")
    model = build(torch.float32)
    state = {name: single(value) for name, value in model.state_dict().items()
             if not name.endswith("num_batches_tracked")}
    bytes_ = images(torch.float32)[0].permute(0, 2, 3, 1)
    document = {
        "weights": state, "outputs": OUTPUTS,
        "images": {"shape": list(bytes_.shape), "values": bytes_.reshape(-1).tolist()},
        "logits": numbers(answers["logits"]), "gradient": numbers(answers["gradient"]),
        "saliency": numbers(answers["saliency"]),
        "activations": {k: numbers(v) for k, v in answers["activations"].items()},
        "gradCAM": {k: numbers(v) for k, v in answers["gradCAM"].items()},
        "occlusion": numbers(occlusion(5, 3))}
    arguments.out.write_text(json.dumps(document, separators=(",", ":")) + "\n")
    print(f"{arguments.out}: {arguments.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
