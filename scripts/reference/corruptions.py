#!/usr/bin/env python3
"""Makes the golden bytes of corrupted images: Tests/DatasetsTests/Golden/corruptions.json.

Needs numpy, scipy, Pillow (up to version 12) and opencv-python-headless. Every corruption is written
here from its definition on top of these libraries: affine maps, Gaussians and correlations are scipy's,
JPEG and resizing by boxes Pillow's, Canny's edges, distances, means and equalization OpenCV's. The
strengths of the severities are those of CIFAR-10-C (Hendrycks and Dietterich 2019). What is drawn at
random is given: an angle, normal numbers.

The image is a formula that the tests repeat, [24, 20, 3].
"""

import io
import json
import math
import pathlib

import cv2
import numpy as np
from PIL import Image
from scipy import ndimage

HEIGHT, WIDTH = 24, 20


def image():
    """Slopes, a bright disk and some noise."""
    y, x, c = np.meshgrid(np.arange(HEIGHT), np.arange(WIDTH), np.arange(3), indexing="ij")
    disk = ((y - 11) ** 2 + (x - 9) ** 2 < 49) * 90
    noise = (y * 977 + x * 131 + c * 37) % 23
    return (20 + 3 * y + 2 * x + 12 * c + disk + noise).astype(np.uint8)


def nearest(values):
    return np.clip(np.floor(values + 0.5), 0, 255).astype(np.uint8)


def below(values):
    return np.clip(values, 0, 255).astype(np.uint8)


def affine(x, angle=0.0, size=1.0, right=0.0):
    """Turned counterclockwise by degrees, sized, moved; read between pixels, edges repeated."""
    turn = math.radians(-angle)
    # From a place in the result, (row, column), to one in the source.
    back = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]]) / size
    center = (np.array(x.shape[:2]) - 1) / 2
    offset = center - back @ (center + np.array([0, right]))
    planes = [
        ndimage.affine_transform(x[..., c].astype(float), back, offset, order=1, mode="nearest")
        for c in range(3)
    ]
    return nearest(np.stack(planes, axis=-1))


def blur(x, sigma):
    return nearest(ndimage.gaussian_filter(x.astype(float), (sigma, sigma, 0), mode="nearest", truncate=4))


def contrast(x, c):
    v = x / 255.0
    mean = v.mean(axis=(0, 1), keepdims=True)
    return below(np.clip((v - mean) * c + mean, 0, 1) * 255)


def motion_blur(x, radius, sigma, angle):
    """ImageMagick's motion blur as one correlation."""
    count = 2 * math.ceil(radius) + 1
    weights = np.exp(-np.arange(count) ** 2 / (2 * sigma**2))
    weights /= weights.sum()
    kernel = np.zeros((2 * count + 1, 2 * count + 1))
    for i, weight in enumerate(weights):
        right = math.ceil(i * math.cos(math.radians(angle)) - 0.5)
        down = math.ceil(i * math.sin(math.radians(angle)) - 0.5)
        kernel[count + down, count + right] += weight
    planes = [ndimage.correlate(x[..., c].astype(float), kernel, mode="nearest") for c in range(3)]
    return nearest(np.stack(planes, axis=-1))


def pixelate(x, share):
    small = Image.fromarray(x).resize((int(WIDTH * share), int(HEIGHT * share)), Image.BOX)
    return np.asarray(small.resize((WIDTH, HEIGHT), Image.BOX))


def jpeg(x, quality):
    file = io.BytesIO()
    Image.fromarray(x).save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(file).convert("RGB"))


def spatter(x, normals, mean, deviation, sigma, threshold, opacity, is_mud):
    liquid = ndimage.gaussian_filter(mean + deviation * normals, sigma, mode="nearest", truncate=4)
    liquid[liquid < threshold] = 0
    v = x / 255.0
    if is_mud:
        mud = ndimage.gaussian_filter((liquid > threshold).astype(float), opacity, mode="nearest", truncate=4)
        mud[mud < 0.8] = 0
        mud = mud[..., None]
        return below(np.clip(v * (1 - mud) + mud * np.array([63, 42, 20]) / 255, 0, 1) * 255)
    drops = (liquid * 255).astype(np.uint8)
    far = cv2.distanceTransform(255 - cv2.Canny(drops, 50, 150), cv2.DIST_L2, 5)
    near = cv2.blur(np.minimum(far, 20), (3, 3)).astype(np.uint8)
    light = np.array([[-2, -1, 0], [-1, 1, 1], [0, 1, 2]])
    relief = cv2.filter2D(cv2.equalizeHist(near), cv2.CV_8U, light)
    water = drops * cv2.blur(relief, (3, 3)).astype(np.float32)
    assert water.max() > 0, "no drops"
    water = (water / water.max() * opacity)[..., None]
    return below(np.clip(v + water * np.array([175, 238, 238]) / 255, 0, 1) * 255)


DROPS = [
    (0.62, 0.1, 0.7, 0.7, 0.5, False), (0.65, 0.1, 0.8, 0.7, 0.5, False),
    (0.65, 0.3, 1, 0.69, 0.5, False), (0.65, 0.1, 0.7, 0.69, 0.6, True),
    (0.65, 0.1, 0.5, 0.68, 0.6, True)]
LINES = [(6, 1), (6, 1.5), (6, 2), (8, 2), (9, 2.5)]
ANGLES = [-37.0, -10.0, 0.0, 20.0, 44.0]


def main():
    x = image()
    normals = np.round(np.random.default_rng(5).normal(size=(HEIGHT, WIDTH)), 4)
    cases = []

    def add(kind, strength, result, **given):
        cases.append({"kind": kind, "strength": strength, "bytes": result.tobytes().hex(), **given})

    for angle in [15.0, -40.0, 90.0]:
        add("rotate", angle, affine(x, angle=angle))
    for right in [3.0, -4.5]:
        add("shift", right, affine(x, right=right))
    for size in [80.0, 130.0]:
        add("scale", size, affine(x, size=size / 100))
    for sigma in [0.8, 2.0]:
        add("blur", sigma, blur(x, sigma))
    add("brightness", 30.0, nearest(x + 255 * 0.3))
    add("darkness", 60.0, nearest(x * 0.4))
    for severity in range(5):
        c = [0.75, 0.5, 0.4, 0.3, 0.15][severity]
        add("contrast", round(100 * (1 - c), 9), contrast(x, c))
        share = [0.95, 0.9, 0.85, 0.75, 0.65][severity]
        add("pixelate", 100 * share, pixelate(x, share))
        quality = [80, 65, 58, 50, 40][severity]
        add("jpeg_compression", float(quality), jpeg(x, quality))
        radius, sigma = LINES[severity]
        angle = ANGLES[severity]
        add("motion_blur", severity + 1.0, motion_blur(x, radius, sigma, angle), angle=angle)
        add("spatter", severity + 1.0, spatter(x, normals, *DROPS[severity]))
    changed = [c for c in cases if bytes.fromhex(c["bytes"]) == x.tobytes()]
    assert not changed, f"nothing happens: {changed}"
    golden = pathlib.Path(__file__).resolve().parents[2] / "Tests/DatasetsTests/Golden"
    content = {"normals": normals.ravel().tolist(), "cases": cases}
    (golden / "corruptions.json").write_text(json.dumps(content, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
