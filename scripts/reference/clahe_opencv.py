#!/usr/bin/env python3
"""Golden bytes for Tests/DatasetsTests/Golden/clahe_opencv.csv, computed by OpenCV's createCLAHE.

usage: clahe_opencv.py [FILE]      (needs numpy, opencv-python-headless)

Byte i of an image of `height` × `width` is (a·i² + b·i) mod m + c, so that no file has to hold it. A
line per case: height,width,tiles,limit,a,b,m,c, then the equalised bytes in hexadecimal.
"""
import pathlib
import sys

import cv2
import numpy as np

CASES = [
    (32, 32, 4, 2.0, 7, 13, 61, 90), (32, 32, 8, 40.0, 3, 5, 200, 20), (30, 29, 4, 3.0, 1, 7, 97, 0),
    (16, 24, 2, 8.0, 5, 1, 256, 0), (32, 32, 1, 2.0, 0, 1, 32, 100), (8, 8, 4, 2.0, 0, 0, 1, 77)]


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    out = sys.argv[1] if len(sys.argv) > 1 else root / "Tests/DatasetsTests/Golden/clahe_opencv.csv"
    with open(out, "w") as file:
        for height, width, tiles, limit, a, b, m, c in CASES:
            i = np.arange(height * width, dtype=np.int64)
            image = ((a * i * i + b * i) % m + c).astype(np.uint8).reshape(height, width)
            result = cv2.createCLAHE(clipLimit=limit, tileGridSize=(tiles, tiles)).apply(image)
            file.write(f"{height},{width},{tiles},{limit},{a},{b},{m},{c},{result.tobytes().hex()}\n")


if __name__ == "__main__":
    main()
