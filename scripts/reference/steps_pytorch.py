"""PyTorch's side of scripts/bench: times training steps and forward passes on request.

usage: steps_pytorch.py THREADS          (needs torch)

First line of output: PyTorch's version. Then, for every line of input, one number:

    NETWORK train|forward nchw|channels-last REPETITIONS    milliseconds, the median of the repetitions
    sgemm SIZE REPETITIONS                                  10^9 operations a second, the best of them

Batch 64 of 32x32 images in 3 channels, 40 classes, Adam, cross-entropy. Networks as golden_networks.py
has them: simplecnn, simplecnn2, dercnn.
"""

import statistics
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

BATCH, CLASSES = 64, 40


class SimpleCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 5, padding=2)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.conv3 = nn.Conv2d(64, 64, 3, padding=1)
        self.fc = nn.Linear(64 * 8 * 8, CLASSES)

    def forward(self, x):
        x = F.max_pool2d(F.leaky_relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.leaky_relu(self.conv2(x)), 2)
        return [self.fc(F.leaky_relu(self.conv3(x)).flatten(1))]


class TwoConvolutions(nn.Module):
    """SimpleCNN2, and DER_CNN with its two heads on normalised features."""

    def __init__(self, heads):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.hidden = nn.Linear(64 * 8 * 8, 128)
        self.heads = nn.ModuleList(nn.Linear(128, CLASSES) for _ in range(heads))

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = F.relu(self.hidden(x.flatten(1)))
        if len(self.heads) > 1:
            x = F.normalize(x, dim=1)
        return [head(x) for head in self.heads]


NETWORKS = {"simplecnn": SimpleCNN, "simplecnn2": lambda: TwoConvolutions(1), "dercnn": lambda: TwoConvolutions(2)}


def workload(name, work, layout):
    """A function that does one training step or forward pass."""
    torch.manual_seed(0)
    model, images = NETWORKS[name](), torch.rand(BATCH, 3, 32, 32)
    labels = torch.arange(BATCH) % CLASSES
    if layout == "channels-last":
        model = model.to(memory_format=torch.channels_last)
        images = images.contiguous(memory_format=torch.channels_last)
    if work == "forward":
        model.eval()

        def forward():
            with torch.inference_mode():
                model(images)

        return forward
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    loss = nn.CrossEntropyLoss()

    def step():
        optimizer.zero_grad()
        sum(loss(logits, labels) for logits in model(images)).backward()
        optimizer.step()

    return step


def times(body, repetitions, warm_up):
    measured = []
    for _ in range(warm_up + repetitions):
        start = time.perf_counter()
        body()
        measured.append(time.perf_counter() - start)
    return measured[warm_up:]


def main():
    threads = int(sys.argv[1])
    torch.set_num_threads(threads)
    print(torch.__version__, flush=True)
    kept = {}
    for line in sys.stdin:
        words = line.split()
        if words[0] == "sgemm":
            size, repetitions = int(words[1]), int(words[2])
            a, b = torch.rand(size, size), torch.rand(size, size)
            best = min(times(lambda: a @ b, repetitions, 2))
            print(2e-9 * size**3 / best, flush=True)
            continue
        key = tuple(words[:3])
        if key not in kept:
            kept[key] = workload(*key)
            times(kept[key], 5, 0)
        print(1e3 * statistics.median(times(kept[key], int(words[3]), 2)), flush=True)


if __name__ == "__main__":
    main()
