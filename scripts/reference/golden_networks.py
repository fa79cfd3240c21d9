#!/usr/bin/env python3
"""Golden numbers for Tests/NetworksTests/Golden, computed by PyTorch in float64.

usage: golden_networks.py [--out DIR] [--full DIR] [--only NETWORK]      (needs torch, numpy)

  --out DIR    where the JSON files go (default: Tests/NetworksTests/Golden)
  --full DIR   also whole tensors (weights, activations, gradients, trained weights) as .npy

Both sides make weights and batches from one formula, so that no file has to hold them. With unsigned
64-bit arithmetic that wraps,

  mix(x): z = x + 0x9E3779B97F4A7C15
          z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9
          z = (z ^ z >> 27) * 0x94D049BB133111EB
          z ^ z >> 31                                        (splitmix64, Steele et al. 2014)
  word(offset, i)          = mix(i + offset * 2^32)
  unit(offset, i)          = (word >> 40) * 2^-24            in [0, 1), exact in float32
  signed(offset, i, bound) = (2 * unit - 1) * bound          one float32 rounding, in [-bound, bound)
  sign(offset, i)          = -1 where the top bit of word is set, else +1

Scales of batch normalisation and of a cosine head are signed(...) added to a centre.

Element i of a tensor is the i-th in PyTorch's row-major order: convolutions [out, in, kh, kw], linear
layers [out, in], images [n, channel, y, x]. Offsets and bounds stand in the files, the bound as the
float32 it is rounded to. Label i is word(offset, i) mod classes.

A tensor of up to 4,096 elements is written whole. Of a larger one: every stride-th element (512 of
them), and of all elements the L2 norm, the sum and 8 projections sum_i x_i * sign(1000 + p, i).

Before it writes, the script checks that the numbers make a fair and a sharp test:
  - float32 PyTorch, and float64 from weights changed by a rounding, stay within half the tests'
    tolerances, so that a correct engine passes;
  - an optimiser with a fault (no momentum, no weight decay, a late schedule, ...) leaves them.
"""
import argparse
import json
import math
import pathlib

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

IMAGES = 6
STEPS = 20
WHOLE = 4096
SAMPLES = 512
PROJECTIONS = 8
GRADIENT_TOLERANCE = 1e-5
WEIGHT_TOLERANCE = 1e-4
PROJECTION_OFFSET = 1000
SHAKES = 4
ADAM = {"learningRate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
# The notebook's rate is 1e-3; at that rate 20 steps move the weights too little to show the decay.
ADAMW = ADAM | {"weightDecay": 0.05, "smoothing": 0.1, "cycle": STEPS + 1}
SGD = {"learningRate": 5e-2, "momentum": 0.9, "weightDecay": 5e-4, "stepSize": 5, "factor": 0.5}


# The formula

def word(offset, count):
    with np.errstate(over="ignore"):
        x = np.arange(count, dtype=np.uint64) + np.uint64(offset << 32)
        z = x + np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ z >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ z >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
        return z ^ z >> np.uint64(31)


def unit(offset, count):
    return (word(offset, count) >> np.uint64(40)).astype(np.float32) * np.float32(2.0**-24)


def signed(offset, count, bound):
    return (np.float32(2) * unit(offset, count) - np.float32(1)) * np.float32(bound)


def sign(offset, count):
    return 1.0 - 2.0 * (word(offset, count) >> np.uint64(63)).astype(np.float64)


# The notebook's networks; `trace` collects what --full writes

class SimpleCNN(nn.Module):
    def __init__(self, outputs):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 5, padding=2)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.conv3 = nn.Conv2d(64, 64, 3, padding=1)
        self.fc = nn.Linear(4096, outputs)

    def forward(self, x, trace):
        x = trace("pool1", F.max_pool2d(F.leaky_relu(trace("conv1", self.conv1(x))), 2))
        x = trace("pool2", F.max_pool2d(F.leaky_relu(trace("conv2", self.conv2(x))), 2))
        x = F.leaky_relu(trace("conv3", self.conv3(x)))
        return self.fc(x.flatten(1)), None


class SimpleCNN2(nn.Module):
    def __init__(self, outputs):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.fc1 = nn.Linear(4096, 128)
        self.fc = nn.Linear(128, outputs)

    def forward(self, x, trace):
        x = trace("pool1", F.max_pool2d(F.relu(trace("conv1", self.conv1(x))), 2))
        x = trace("pool2", F.max_pool2d(F.relu(trace("conv2", self.conv2(x))), 2))
        return self.fc(F.relu(trace("fc1", self.fc1(x.flatten(1))))), None


class DER_CNN(nn.Module):
    def __init__(self, outputs):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.feature_fc = nn.Linear(4096, 128)
        self.classifier = nn.Linear(128, outputs)
        self.aux_classifier = nn.Linear(128, outputs)

    def forward(self, x, trace):
        x = trace("pool1", F.max_pool2d(F.relu(trace("conv1", self.conv1(x))), 2))
        x = trace("pool2", F.max_pool2d(F.relu(trace("conv2", self.conv2(x))), 2))
        x = F.relu(trace("feature_fc", self.feature_fc(x.flatten(1))))
        x = trace("features", F.normalize(x, p=2, dim=1))
        return self.classifier(x), self.aux_classifier(x)


class SignNet(nn.Module):
    def __init__(self, outputs):
        super().__init__()
        widths = [3, 32, 32, 64, 64, 128]
        for i in range(1, 6):
            setattr(self, f"conv{i}", nn.Conv2d(widths[i - 1], widths[i], 3, padding=1, bias=False))
            setattr(self, f"bn{i}", nn.BatchNorm2d(widths[i]))
        self.fc = nn.Linear(2048, outputs)

    def forward(self, x, trace):
        for i in range(1, 6):
            x = trace(f"conv{i}", getattr(self, f"conv{i}")(x))
            x = F.relu(trace(f"bn{i}", getattr(self, f"bn{i}")(x)))
            if i in (2, 4, 5):
                x = trace(f"pool{i}", F.max_pool2d(x, 2))
        return self.fc(x.flatten(1)), None


class Cosine(nn.Module):
    """sigma * cos(f, w) for every row w (Hou et al. 2019)."""

    def __init__(self, features, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(outputs, features))
        self.sigma = nn.Parameter(torch.empty(1))

    def forward(self, x):
        return self.sigma * F.linear(F.normalize(x, dim=1), F.normalize(self.weight, dim=1))


class Blocks(nn.Module):
    """A residual block, leaky activations, global average pooling, BatchNorm1d, a cosine head."""

    def __init__(self, outputs):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.conv2 = nn.Conv2d(8, 8, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(8)
        self.conv3 = nn.Conv2d(8, 8, 3, padding=1, bias=False)
        self.bn3 = nn.BatchNorm2d(8)
        self.conv4 = nn.Conv2d(8, 20, 3, padding=0)
        self.fc1 = nn.Linear(20, 12, bias=False)
        self.bn4 = nn.BatchNorm1d(12)
        self.fc = Cosine(12, outputs)

    def forward(self, x, trace):
        x = F.max_pool2d(F.leaky_relu(self.bn1(self.conv1(x)), 0.1), 2)
        y = self.bn3(self.conv3(F.leaky_relu(self.bn2(self.conv2(x)), 0.1)))
        x = F.max_pool2d(trace("sum", F.leaky_relu(x + y, 0.1)), 2)
        x = F.max_pool2d(F.leaky_relu(self.conv4(x), 0.1), 2).mean((2, 3))
        return self.fc(F.leaky_relu(self.bn4(self.fc1(trace("means", x))), 0.1)), None


# Images, labels and teacher logits have the offsets `batch`, `batch` + 1 and `batch` + 2, chosen so
# that in 20 steps no pooling window and no ReLU is so near a tie that rounding decides it.
NETWORKS = [
    {"file": "simplecnn", "make": SimpleCNN, "outputs": 10, "old": 0, "batch": 106},
    {"file": "simplecnn2", "make": SimpleCNN2, "outputs": 10, "old": 0, "batch": 106},
    {"file": "dercnn", "make": DER_CNN, "outputs": 16, "old": 8, "batch": 100},
    # What a batch's deviation divides by magnifies rounding: more images, fewer steps, and ten times
    # the tolerance. Not with Adam, whose first steps are the gradients' signs: where a gradient is all
    # but zero, rounding decides.
    # At the rate of the others SignNet's loss rises from 4 to 40, and eight steps make weights that are
    # a rounding apart differ by a tenth, in PyTorch as here; at a tenth of it, by 2e-5. The decay is
    # larger for it, so that it still shows.
    {"file": "signnet", "make": SignNet, "outputs": 10, "old": 0, "batch": 106, "images": 16,
     "steps": 8, "slack": 10, "adaptive": False,
     "sgd": {"learningRate": 5e-3, "weightDecay": 5e-2}},
    {"file": "blocks", "make": Blocks, "outputs": 7, "old": 0, "batch": 100, "images": 16,
     "steps": 8, "slack": 10, "adaptive": False},
]


def distillation(student, teacher, temperature):
    """T^2 * KL(softmax(t/T) || softmax(s/T)), summed over classes, mean over the batch."""
    return temperature**2 * F.kl_div(
        F.log_softmax(student / temperature, 1), F.softmax(teacher / temperature, 1),
        reduction="batchmean")


# One network: set up, one step, many steps

def weight_bound(shape):
    if len(shape) == 1:
        return 0.1
    receptive = math.prod(shape[2:])
    return math.sqrt(6 / ((shape[0] + shape[1]) * receptive))


def describe(case):
    """Names, shapes, offsets and bounds of the parameters, in the order of the module."""
    rows = []
    model = case["make"](case["outputs"])
    scales = {name + ".weight" for name, part in model.named_modules()
              if isinstance(part, (nn.BatchNorm1d, nn.BatchNorm2d))}
    for index, (name, value) in enumerate(model.named_parameters()):
        shape = list(value.shape)
        bound = np.float32(weight_bound(shape))
        row = {"name": name, "shape": shape, "offset": index + 1, "bound": bound}
        if name in scales or name.endswith(".sigma"):
            row["center"] = np.float32(1 if name in scales else 4)
        rows.append(row)
    return rows


def made(row, count=None):
    count = math.prod(row["shape"]) if count is None else count
    numbers = signed(row["offset"], count, row["bound"])
    return row["center"] + numbers if "center" in row else numbers


def build(case, dtype):
    model = case["make"](case["outputs"]).to(dtype)
    with torch.no_grad():
        for row, value in zip(describe(case), model.parameters()):
            value.copy_(torch.from_numpy(made(row).reshape(row["shape"])))
    return model


class Batch:
    def __init__(self, case, dtype):
        count = case.get("images", IMAGES)
        images = unit(case["batch"], count * 3 * 32 * 32).reshape(count, 3, 32, 32)
        self.images = torch.from_numpy(images).to(dtype)
        labels = word(case["batch"] + 1, count) % np.uint64(case["outputs"])
        self.labels = torch.from_numpy(labels.astype(np.int64))
        self.teacher = None
        if case["old"]:
            numbers = signed(case["batch"] + 2, IMAGES * case["old"], 3.0)
            self.teacher = torch.from_numpy(numbers.reshape(IMAGES, case["old"])).to(dtype)


def losses(model, batch, trace=lambda name, value: value, smoothing=0.0):
    main, auxiliary = model(batch.images, trace)
    parts = {"classification": F.cross_entropy(main, batch.labels, label_smoothing=smoothing)}
    total = parts["classification"]
    if auxiliary is not None:
        parts["auxiliary"] = F.cross_entropy(auxiliary, batch.labels)
        parts["distillation"] = distillation(main[:, :batch.teacher.shape[1]], batch.teacher, 2)
        total = total + 0.7 * parts["auxiliary"] + 1.5 * parts["distillation"]
    parts["total"] = total
    return main, auxiliary, parts


def adam(model, **changes):
    options = ADAM | changes
    return torch.optim.Adam(
        model.parameters(), lr=options["learningRate"],
        betas=(options["beta1"], options["beta2"]), eps=options["epsilon"]), None


def adamw(model, **changes):
    options = ADAMW | changes
    optimiser = torch.optim.AdamW(
        model.parameters(), lr=options["learningRate"],
        betas=(options["beta1"], options["beta2"]), eps=options["epsilon"],
        weight_decay=options["weightDecay"])
    return optimiser, torch.optim.lr_scheduler.OneCycleLR(
        optimiser, max_lr=options["learningRate"], total_steps=options["cycle"], cycle_momentum=False)


def sgd(model, **changes):
    options = SGD | changes
    optimiser = torch.optim.SGD(
        model.parameters(), lr=options["learningRate"], momentum=options["momentum"],
        weight_decay=options["weightDecay"])
    return optimiser, torch.optim.lr_scheduler.StepLR(
        optimiser, options["stepSize"], options["factor"])


def trained(case, dtype, optimiser, shake=None, **changes):
    return numbers(trained_model(case, dtype, optimiser, shake, **changes).named_parameters())


def trained_model(case, dtype, optimiser, shake=None, **changes):
    """Parameters after STEPS steps on the one batch; the schedule is stepped after every step.
    With `shake`, a seed, from weights changed at random by up to a float32 rounding."""
    model, batch = build(case, dtype), Batch(case, dtype)
    if shake is not None:
        generator = torch.Generator().manual_seed(shake)
        with torch.no_grad():
            for value in model.parameters():
                noise = torch.rand(value.shape, generator=generator, dtype=dtype)
                value.mul_(1 + 2.0**-23 * (2 * noise - 1))
    smoothing = ADAMW["smoothing"] if optimiser is adamw else 0.0
    if optimiser is sgd:
        changes = case.get("sgd", {}) | changes
    optimiser, schedule = optimiser(model, **changes)
    for _ in range(case.get("steps", STEPS)):
        optimiser.zero_grad()
        losses(model, batch, smoothing=smoothing)[2]["total"].backward()
        optimiser.step()
        if schedule:
            schedule.step()
    return model


def numbers(named):
    return {name: value.detach().double().numpy() for name, value in named}


def gradients(case, dtype):
    model, batch = build(case, dtype), Batch(case, dtype)
    trace = {}

    def keep(name, value):
        trace[name] = value.detach().double().numpy()
        return value

    main, auxiliary, parts = losses(model, batch, keep)
    parts["total"].backward()
    gradient = numbers((name, value.grad) for name, value in model.named_parameters())
    return main, auxiliary, parts, gradient, trace


# The condensed form, and how far two tensors are apart in it

def condensed(x):
    flat = x.reshape(-1)
    stride = 1 if flat.size <= WHOLE else flat.size // SAMPLES - 1
    values = flat if stride == 1 else flat[: stride * SAMPLES : stride]
    form = {
        "shape": list(x.shape), "norm": float(np.linalg.norm(flat)), "sum": float(flat.sum()),
        "projections": [], "stride": stride, "values": [float(v) for v in values]}
    if stride > 1:
        form["projections"] = [
            float(flat @ sign(PROJECTION_OFFSET + p, flat.size)) for p in range(PROJECTIONS)]
    return form


def distance(x, golden):
    """The largest deviation in units of a relative tolerance, as `GoldenTensor` measures it:
    elements against the larger of their size and the root mean square; the norm against itself;
    sum and projections against four norms."""
    a, b = condensed(x), condensed(golden)
    scale = b["norm"] / math.sqrt(golden.size)
    worst = abs(a["norm"] - b["norm"]) / b["norm"]
    for left, right in zip([a["sum"]] + a["projections"], [b["sum"]] + b["projections"]):
        worst = max(worst, abs(left - right) / (4 * b["norm"]))
    for left, right in zip(a["values"], b["values"]):
        worst = max(worst, abs(left - right) / max(abs(right), scale))
    return worst


def check(case, gradient, after_adam, after_sgd, after_adamw):
    far = lambda x, y: max(distance(x[name], y[name]) for name in y)
    single = gradients(case, torch.float32)[3]
    rows = [("gradient", far(single, gradient), GRADIENT_TOLERANCE)]
    optimisers = [("sgd", sgd, after_sgd)]
    if after_adam:
        optimisers += [("adam", adam, after_adam), ("adamw", adamw, after_adamw)]
    for name, optimiser, golden in optimisers:
        rows.append((name, far(trained(case, torch.float32, optimiser), golden), WEIGHT_TOLERANCE))
        shaken = max(
            far(trained(case, torch.float64, optimiser, shake=seed), golden)
            for seed in range(SHAKES))
        rows.append((f"{name} from shaken weights", shaken, WEIGHT_TOLERANCE))
    slack = case.get("slack", 1)
    for name, value, tolerance in rows:
        tolerance *= slack
        print(f"  rounding, {name}: {value:.2e} of {tolerance:.0e} allowed")
        if value > tolerance / 2:
            raise SystemExit(f"{case['file']}: rounding alone moves {name} too far; change 'batch'")
    faults = [
        ("no momentum", sgd, {"momentum": 0.0}, after_sgd),
        ("no weight decay", sgd, {"weightDecay": 0.0}, after_sgd),
        ("no schedule", sgd, {"factor": 1.0}, after_sgd),
        ("schedule late by a step", sgd, {"stepSize": 6}, after_sgd),
        ("beta2 of 0.99", adam, {"beta2": 0.99}, after_adam),
        ("epsilon of 1e-6", adam, {"epsilon": 1e-6}, after_adam),
        ("no decay of AdamW", adamw, {"weightDecay": 0.0}, after_adamw)]
    for name, optimiser, changes, golden in faults:
        if not golden:
            continue
        value = far(trained(case, torch.float64, optimiser, **changes), golden)
        print(f"  fault, {name}: {value:.2e}")
        if value < 2 * slack * WEIGHT_TOLERANCE:
            raise SystemExit(f"{case['file']}: the golden weights do not show '{name}'")


# Files

def plain(value):
    """JSON text; numbers with 12 significant digits, float32 exactly."""
    if isinstance(value, dict):
        return "{" + ",\n".join(f"{json.dumps(k)}: {plain(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(plain(v) for v in value) + "]"
    if isinstance(value, np.float32):
        return str(value)
    if isinstance(value, float):
        return "%.12g" % value
    return json.dumps(value)


def tensor(x):
    return {"shape": list(x.shape), "values": [float(v) for v in x.reshape(-1)]}


def write(path, value):
    path.write_text(plain(value) + "\n")
    print(f"  {path.name}: {path.stat().st_size // 1024} KB")


def golden_network(case, out, full):
    print(case["file"])
    main, auxiliary, parts, gradient, trace = gradients(case, torch.float64)
    adaptive = case.get("adaptive", True)
    after_adam = trained(case, torch.float64, adam) if adaptive else {}
    after_sgd = trained(case, torch.float64, sgd)
    model = trained_model(case, torch.float64, adamw if adaptive else sgd)
    after_adamw = numbers(model.named_parameters()) if adaptive else {}
    check(case, gradient, after_adam, after_sgd, after_adamw)
    batch = Batch(case, torch.float64)
    weights = numbers(build(case, torch.float64).named_parameters())
    model.eval()
    statistics = numbers(
        (name, value) for name, value in model.named_buffers() if value.is_floating_point())
    document = {
        "network": case["make"].__name__, "outputs": case["outputs"], "slack": case.get("slack", 1),
        "images": {"shape": list(batch.images.shape), "offset": case["batch"],
                   "first": list(unit(case["batch"], 4))},
        "labels": {"offset": case["batch"] + 1, "values": batch.labels.tolist()},
        "tensors": [
            row | {"first": list(made(row, 4))}
            for row in describe(case)],
        "steps": case.get("steps", STEPS), "adam": ADAM,
        "sgd": SGD | case.get("sgd", {}), "adamW": ADAMW,
        "logits": tensor(main.detach().numpy()),
        "losses": {name: value.item() for name, value in parts.items()},
        "gradients": {name: condensed(value) for name, value in gradient.items()},
        "afterAdam": {name: condensed(value) for name, value in after_adam.items()},
        "afterSGD": {name: condensed(value) for name, value in after_sgd.items()},
        "afterAdamW": {name: condensed(value) for name, value in after_adamw.items()},
        "statistics": {name: condensed(value) for name, value in statistics.items()},
        "evaluation": tensor(
            model(batch.images, lambda name, value: value)[0].detach().numpy())}
    if auxiliary is not None:
        document["auxiliaryLogits"] = tensor(auxiliary.detach().numpy())
        document["teacher"] = {
            "shape": list(batch.teacher.shape), "offset": case["batch"] + 2,
            "bound": np.float32(3), "first": list(signed(case["batch"] + 2, 4, 3.0))}
    write(out / f"{case['file']}.json", document)
    if full:
        for group, tensors in (
                ("weights", weights), ("activations", trace), ("gradients", gradient),
                ("adam", after_adam), ("sgd", after_sgd)):
            folder = full / case["file"] / group
            folder.mkdir(parents=True, exist_ok=True)
            for name, value in tensors.items():
                np.save(folder / f"{name}.npy", value)


def golden_losses(out):
    """Losses on logits alone, and L2 normalisation, each with its gradient."""
    print("losses")

    def variable(offset, rows, columns, bound):
        numbers = signed(offset, rows * columns, bound).reshape(rows, columns)
        return torch.from_numpy(numbers).double().requires_grad_(True)

    cross_entropy = []
    for offset, rows, columns, bound, reason in (
            (1, 5, 10, 3, "ordinary logits"), (2, 3, 40, 60, "differences that overflow exp"),
            (3, 4, 1, 2, "one class: nothing to lose")):
        x = variable(offset, rows, columns, bound)
        labels = [int(v) for v in word(offset + 50, rows) % np.uint64(columns)]
        loss = F.cross_entropy(x, torch.tensor(labels))
        loss.backward()
        cross_entropy.append({
            "reason": reason, "logits": tensor(x.detach().numpy()), "labels": labels,
            "loss": loss.item(), "gradient": tensor(x.grad.numpy())})
    kd = []
    for offset, rows, columns, bound, reason in (
            (10, 4, 8, 3, "ordinary logits"), (12, 3, 16, 40, "far apart"),
            (14, 2, 8, 0.01, "nearly uniform")):
        for temperature in (1, 2, 4):
            student = variable(offset, rows, columns, bound)
            teacher = variable(offset + 1, rows, columns, bound).detach()
            loss = distillation(student, teacher, temperature)
            loss.backward()
            kd.append({
                "reason": reason, "temperature": temperature,
                "student": tensor(student.detach().numpy()), "teacher": tensor(teacher.numpy()),
                "loss": loss.item(), "gradient": tensor(student.grad.numpy())})
    normalise = []
    for offset, rows, columns, bound, reason in (
            (20, 4, 16, 2, "ordinary rows"), (22, 3, 128, 1e-4, "short rows")):
        x = variable(offset, rows, columns, bound)
        direction = variable(offset + 1, rows, columns, 1).detach()
        y = F.normalize(x, p=2, dim=1)
        y.backward(direction)
        normalise.append({
            "reason": reason, "input": tensor(x.detach().numpy()),
            "output": tensor(y.detach().numpy()), "outputGradient": tensor(direction.numpy()),
            "inputGradient": tensor(x.grad.numpy())})
    write(out / "losses.json", {
        "crossEntropy": cross_entropy, "distillation": kd, "normalisation": normalise})


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=pathlib.Path, default=root / "Tests/NetworksTests/Golden")
    parser.add_argument("--full", type=pathlib.Path, metavar="DIR")
    parser.add_argument("--only", metavar="NETWORK", help="one network's file alone")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for case in NETWORKS:
        if options.only in (None, case["file"]):
            golden_network(case, options.out, options.full)
    if options.only in (None, "losses"):
        golden_losses(options.out)


if __name__ == "__main__":
    main()
