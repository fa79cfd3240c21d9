#!/usr/bin/env python3
"""Makes the golden numbers of what is measured of images.

Needs Pillow, scipy and numpy. Writes image_measures.json to Tests/DatasetsTests/Golden: for each case
brightness, contrast and sharpness. Luma, its mean and standard deviation are Pillow's; the Laplacian
is scipy's, with edges mirrored as OpenCV does. The images are a formula that the tests repeat.
"""

import json
import pathlib

import numpy as np
from PIL import Image, ImageStat
from scipy import ndimage

CASES = [
    # height, width, channels
    (32, 32, 3),
    (9, 14, 3),
    (8, 8, 1),
    (2, 5, 3),
    (1, 7, 3),
    (1, 1, 1),
]


def image(height, width, channels, seed=0):
    """Stripes and a blot, [height, width, channels]."""
    x = np.zeros((height, width, channels), dtype=np.uint8)
    for row in range(height):
        for column in range(width):
            for channel in range(channels):
                x[row, column, channel] = (
                    row * row * 3 + column * 11 + channel * 50 + (row * column) % 7 * 9 + seed * 31
                ) % 256
    return x


def measures(pixels):
    light = Image.fromarray(pixels.squeeze(2) if pixels.shape[2] == 1 else pixels).convert("L")
    figures = ImageStat.Stat(light)
    bend = ndimage.laplace(np.asarray(light, dtype=np.float64), mode="mirror")
    return figures.mean[0], figures.stddev[0], bend.var()


def main():
    cases = []
    for height, width, channels in CASES:
        brightness, contrast, sharpness = measures(image(height, width, channels))
        cases.append(
            {
                "height": height, "width": width, "channels": channels,
                "brightness": brightness, "contrast": contrast, "sharpness": sharpness,
            }
        )
    folder = pathlib.Path(__file__).resolve().parents[2] / "Tests/DatasetsTests/Golden"
    (folder / "image_measures.json").write_text(json.dumps(cases, indent=1) + "\n")


if __name__ == "__main__":
    main()
