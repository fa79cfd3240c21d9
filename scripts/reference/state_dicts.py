#!/usr/bin/env python3
"""State dicts for Tests/ExchangeTests/Golden, saved by PyTorch.

usage: state_dicts.py [DIR]      (needs torch)

The network is Tests/ExchangeTests' `small`: conv1 (2 → 3 channels, 3×3), fc (27 → 2). Element i of all
its parameters, one after the other, is (i mod 64 − 32) / 16, exact in every type.
"""
import collections
import pathlib
import sys

import torch

SHAPES = {"conv1.weight": (3, 2, 3, 3), "conv1.bias": (3,), "fc.weight": (2, 27), "fc.bias": (2,)}


def state(dtype=torch.float32):
    result, start = collections.OrderedDict(), 0
    for name, shape in SHAPES.items():
        count = torch.Size(shape).numel()
        numbers = (torch.arange(start, start + count) % 64 - 32) / 16
        result[name] = numbers.to(dtype).reshape(shape)
        start += count
    return result


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    out = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else root / "Tests/ExchangeTests/Golden"
    torch.save(state(), out / "float32.pth")
    torch.save(state(torch.float16), out / "float16.pth")
    torch.save(state(torch.bfloat16), out / "bfloat16.pth")
    torch.save(state(torch.float64), out / "float64.pth", pickle_protocol=4)
    # Views with strides, a shared storage, whole numbers beside, an optimiser's state around.
    numbers = state()
    numbers["fc.weight"] = numbers["fc.weight"].t().contiguous().t()
    both = torch.cat([numbers["conv1.bias"], numbers["fc.bias"]])
    numbers["conv1.bias"], numbers["fc.bias"] = both[:3], both[3:]
    numbers["bn1.num_batches_tracked"] = torch.tensor(7)
    torch.save({"epoch": 3, "loss": 0.5, "state_dict": numbers}, out / "checkpoint.pth")


if __name__ == "__main__":
    main()
