#!/usr/bin/env python3
"""Prints Tests/DatasetsTests/Golden/image-files.json: image files made by Pillow, and what Pillow
reads from them: every PNG colour type, interlacing, JPEG's colour spaces and progressive form, and
EXIF's eight orientations. Needs pillow and numpy.

    python3 scripts/reference/image_files.py > Tests/DatasetsTests/Golden/image-files.json
"""
import base64
import io
import json

import numpy as np
from PIL import Image, ImageOps

draw = np.random.default_rng(7)
smooth = np.linspace(20, 230, 5 * 7 * 3).reshape(5, 7, 3).astype("uint8")
noise = draw.integers(0, 256, (5, 7, 3), "uint8")


def encoded(image, form, **options):
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


def exif(value):
    tags = Image.Exif()
    tags[0x0112] = value
    return tags.tobytes()


def cases():
    rgb = Image.fromarray(noise)
    alpha = Image.fromarray(np.dstack([noise, noise[:, :, 0]]), "RGBA")
    yield "png rgb", encoded(rgb, "PNG")
    yield "png rgba", encoded(alpha, "PNG")
    yield "png gray", encoded(rgb.convert("L"), "PNG")
    yield "png gray alpha", encoded(rgb.convert("LA"), "PNG")
    yield "png palette", encoded(rgb.quantize(16), "PNG")
    yield "png black and white", encoded(rgb.convert("1"), "PNG")
    yield "png with text", encoded(rgb, "PNG", exif=exif(1))
    yield "png turned", encoded(rgb, "PNG", exif=exif(6))
    base = Image.fromarray(smooth)
    yield "jpeg", encoded(base, "JPEG", quality=90, subsampling=0)
    yield "jpeg subsampled", encoded(base, "JPEG", quality=80, subsampling=2)
    yield "jpeg progressive", encoded(base, "JPEG", progressive=True)
    yield "jpeg gray", encoded(base.convert("L"), "JPEG")
    for value in range(1, 9):
        yield f"jpeg orientation {value}", encoded(base, "JPEG", exif=exif(value))


def row(name, data):
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
    return {
        "name": name, "file": base64.b64encode(data).decode(), "width": image.width,
        "height": image.height, "pixels": base64.b64encode(image.tobytes()).decode(),
    }


print(json.dumps([row(*case) for case in cases()], indent=1))
