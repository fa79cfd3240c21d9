#!/usr/bin/env python3
"""Makes the golden numbers of mean images and of histograms of channels.

Needs Pillow and numpy. Writes means.json to Tests/DatasetsTests/Golden: the mean image of some images
of a formula that the tests repeat, and how often each byte occurs in each channel, as Pillow counts it.
With the folder of GTSRB's archives it also writes means_gtsrb.json: of some classes of its training
split how many images there are, the mean of every channel, some pixels of the mean image and a part of
the histograms.

    python3 scripts/reference/means.py [FOLDER]
"""

import io
import json
import pathlib
import sys
import zipfile

import numpy as np
from PIL import Image

from image_measures import image

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "Tests/DatasetsTests/Golden"

CASES = [
    # height, width, channels, seeds of the images
    (8, 6, 3, [0, 1, 2, 5, 9]),
    (5, 7, 1, [3, 4]),
    (1, 1, 3, [7]),
]

CLASSES = [0, 14, 38]
# row, column
PLACES = [(0, 0), (16, 16), (31, 7), (9, 22)]
VALUES = [0, 32, 77, 128, 255]


def histogram(pixels):
    """[channels][256] of one image, counted by Pillow."""
    counts = Image.fromarray(pixels.squeeze(2) if pixels.shape[2] == 1 else pixels).histogram()
    return np.array(counts).reshape(-1, 256)


def formula():
    cases = []
    for height, width, channels, seeds in CASES:
        images = [image(height, width, channels, seed) for seed in seeds]
        cases.append(
            {
                "height": height, "width": width, "channels": channels, "seeds": seeds,
                "mean": np.mean(np.stack(images).astype(np.float64), axis=0).ravel().tolist(),
                "histograms": sum(histogram(pixels) for pixels in images).tolist(),
            }
        )
    return cases


def signs(folder):
    archive = zipfile.ZipFile(pathlib.Path(folder) / "GTSRB-Training_fixed.zip")
    classes = []
    for label in CLASSES:
        names = [
            name for name in archive.namelist()
            if f"/Training/{label:05}/" in name and name.endswith(".ppm")
        ]
        images = [np.asarray(Image.open(io.BytesIO(archive.read(name)))) for name in names]
        mean = np.mean(np.stack(images).astype(np.float64), axis=0)
        counts = sum(histogram(pixels) for pixels in images)
        classes.append(
            {
                "label": label, "images": len(images), "channels": mean.mean(axis=(0, 1)).tolist(),
                "pixels": [mean[place].tolist() for place in PLACES],
                "counts": counts[:, VALUES].tolist(),
            }
        )
    return {"places": PLACES, "values": VALUES, "classes": classes}


def write(name, value):
    (GOLDEN / name).write_text(json.dumps(value) + "\n")


if __name__ == "__main__":
    write("means.json", formula())
    if len(sys.argv) > 1:
        write("means_gtsrb.json", signs(sys.argv[1]))
