#!/usr/bin/env python3
"""Makes the golden numbers of image resizing: what Pillow's Image.resize(..., BILINEAR) gives.

Needs numpy and Pillow. Writes resize_pillow.csv (one case per line: source height and width,
target height and width) and resize_pillow.bin (the resized bytes, case after case) to
Tests/DatasetsTests/Golden. The source images are a formula that the tests repeat.
"""

import pathlib

import numpy as np
from PIL import Image

CASES = [
    (32, 32, 32, 32),
    (15, 17, 32, 32),
    (31, 33, 32, 32),
    (250, 243, 32, 32),
    (64, 64, 32, 32),
    (48, 32, 32, 32),
    (32, 48, 32, 32),
    (1, 1, 5, 4),
    (1, 7, 4, 4),
    (100, 20, 16, 48),
    (3, 200, 8, 1),
    (57, 59, 24, 40),
]


def source(height, width):
    """Half a slope, half noise, [height, width, 3]."""
    index = np.arange(height * width * 3, dtype=np.uint64)
    noise = (index * np.uint64(2654435761) % np.uint64(1 << 32)) >> np.uint64(25)
    slope = index * np.uint64(127) // np.uint64(height * width * 3)
    return (noise + slope).astype(np.uint8).reshape(height, width, 3)


def main():
    golden = pathlib.Path(__file__).resolve().parents[2] / "Tests/DatasetsTests/Golden"
    lines, data = [], b""
    for height, width, to_height, to_width in CASES:
        image = Image.fromarray(source(height, width))
        small = image.resize((to_width, to_height), Image.Resampling.BILINEAR)
        lines.append(f"{height},{width},{to_height},{to_width}\n")
        data += np.asarray(small).tobytes()
    (golden / "resize_pillow.csv").write_text("".join(lines))
    (golden / "resize_pillow.bin").write_bytes(data)


if __name__ == "__main__":
    main()
