#!/usr/bin/env python3
"""Makes the golden numbers of histograms of oriented gradients (Dalal and Triggs 2005).

Needs numpy. Writes oriented_gradients.json to Tests/DatasetsTests/Golden: for each case the image's
shape, the settings, the number of features, their sum and every 7th of them. The images are a
formula that the tests repeat. Written from the definition, one pixel, cell and block at a time, in
double precision; nothing is shared with the Swift code.
"""

import json
import math
import pathlib

import numpy as np

CASES = [
    # height, width, channels, cell, orientations, signed
    (32, 32, 3, 4, 12, True),
    (32, 32, 3, 4, 9, False),
    (32, 32, 1, 8, 8, True),
    (16, 24, 3, 5, 6, False),
    (9, 8, 2, 4, 3, True),
]
FLOOR = 1e-4
CLIP = 0.2


def image(height, width, channels):
    """Two waves and a blot, [height, width, channels]."""
    x = np.zeros((height, width, channels))
    for row in range(height):
        for column in range(width):
            for channel in range(channels):
                x[row, column, channel] = (
                    math.sin(0.7 * row + 0.31 * column * (channel + 1))
                    + 0.5 * math.cos(0.05 * row * column + channel)
                    + ((row * 7 + column * 13 + channel * 5) % 11) / 20
                )
    return x.astype(np.float32).astype(np.float64)


def histograms(x, cell, orientations, signed):
    height, width, channels = x.shape
    rows, columns = height // cell, width // cell
    sums = np.zeros((rows, columns, orientations))
    circle = 2 * math.pi if signed else math.pi
    for r in range(height):
        for c in range(width):
            best = None
            for channel in range(channels):
                dx = x[r, min(c + 1, width - 1), channel] - x[r, max(c - 1, 0), channel]
                dy = x[min(r + 1, height - 1), c, channel] - x[max(r - 1, 0), c, channel]
                length = math.hypot(dx, dy)
                if best is None or length > best[0]:
                    best = (length, math.atan2(dy, dx) % circle)
            length, angle = best
            for o in range(orientations):
                centre = (o + 0.5) * circle / orientations
                distance = abs(angle - centre)
                distance = min(distance, circle - distance) / (circle / orientations)
                if orientations == 1:
                    distance = 0
                if distance >= 1:
                    continue
                for i in range(rows):
                    down = abs((r + 0.5) - (i + 0.5) * cell) / cell
                    if down >= 1:
                        continue
                    for j in range(columns):
                        across = abs((c + 0.5) - (j + 0.5) * cell) / cell
                        if across < 1:
                            sums[i, j, o] += length * (1 - distance) * (1 - down) * (1 - across)
    return sums


def features(x, cell, orientations, signed):
    sums = histograms(x, cell, orientations, signed)
    blocks = []
    for i in range(sums.shape[0] - 1):
        for j in range(sums.shape[1] - 1):
            v = sums[i : i + 2, j : j + 2].reshape(-1)
            v = np.minimum(v / math.sqrt((v * v).sum() + FLOOR), CLIP)
            blocks.append(v / math.sqrt((v * v).sum() + FLOOR))
    return np.concatenate(blocks) if blocks else np.zeros(0)


def main():
    golden = pathlib.Path(__file__).resolve().parents[2] / "Tests/DatasetsTests/Golden"
    cases = []
    for height, width, channels, cell, orientations, signed in CASES:
        f = features(image(height, width, channels), cell, orientations, signed)
        cases.append(
            {
                "height": height,
                "width": width,
                "channels": channels,
                "cell": cell,
                "orientations": orientations,
                "isSigned": signed,
                "count": len(f),
                "sum": round(float(f.sum()), 9),
                "sample": [round(float(v), 9) for v in f[::7]],
            }
        )
    text = json.dumps(cases, indent=0)
    (golden / "oriented_gradients.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
