#!/usr/bin/env python3
"""Makes the golden numbers of suspects: doubtful labels, near-duplicates, accuracy by track.

Needs cleanlab, scikit-learn, statsmodels, scipy and numpy. Writes suspects.json to
Tests/InspectionTests/Golden. Held-out scores are scikit-learn's ridge regression, the temperature
scipy's, the suspects cleanlab's (confident learning, Northcutt et al. 2021), correlations numpy's, the
error over tracks statsmodels' cluster-robust one. The rows are a formula that the tests repeat.
"""

import json
import pathlib

import numpy as np
from cleanlab.filter import find_label_issues
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.linear_model import Ridge
import statsmodels.api as sm

ROWS, FEATURES, CLASSES, FOLDS, RIDGE = 240, 10, 4, 3, 0.03


def rows():
    """Four heaps in ten dimensions, and a scatter that looks random."""
    i = np.arange(ROWS)[:, None]
    j = np.arange(FEATURES)[None, :]
    scatter = (i * i * 7 + j * j * 13 + i * j * 5) % 101 / 101 - 0.5
    heap = np.where((i % CLASSES) == (j % CLASSES), 1.0, 0.0)
    return (heap + 1.9 * scatter).astype(np.float32)


def labels():
    """Every eleventh is that of the next class."""
    i = np.arange(ROWS)
    return np.where(i % 11 == 5, (i + 1) % CLASSES, i % CLASSES)


def doubts():
    x, y, fold = rows().astype(np.float64), labels(), np.arange(ROWS) // 4 % FOLDS
    scores = np.zeros((ROWS, CLASSES))
    for f in range(FOLDS):
        train, held = fold != f, fold == f
        mean, deviation = x[train].mean(axis=0), x[train].std(axis=0)
        model = Ridge(alpha=RIDGE * train.sum()).fit(
            (x[train] - mean) / deviation, np.eye(CLASSES)[y[train]]
        )
        scores[held] = model.predict((x[held] - mean) / deviation)

    def loss(logarithm):
        return -log_softmax(scores / np.exp(logarithm), axis=1)[np.arange(ROWS), y].mean()

    found = minimize_scalar(loss, bounds=(-5, 2), method="bounded", options={"xatol": 1e-10})
    temperature = float(np.exp(found.x))
    p = softmax(scores / temperature, axis=1)
    issues = find_label_issues(y, p, filter_by="confident_learning", n_jobs=1)
    losses = -np.log(p[np.arange(ROWS), y])
    return {
        "scores": [[float(v) for v in scores[r]] for r in range(0, ROWS, 24)],
        "temperature": temperature,
        "agreeing": int((p.argmax(axis=1) == y).sum()),
        "suspects": [int(r) for r in np.flatnonzero(issues)],
        "losses": [float(v) for v in losses[issues]],
        "answers": [int(v) for v in p.argmax(axis=1)[issues]],
    }


def correlations():
    """Of pictures of 300 bytes with one that is a hundred bytes further on, and a flat one."""

    def picture(seed):
        k = np.arange(300)
        return ((k * k * 3 + k * seed + k % 7 * 20) % 256).astype(np.uint8)

    pairs = [(1, 1), (1, 2), (3, 67), (10, 11)]
    return [float(np.corrcoef(picture(a), picture(b))[0, 1]) for a, b in pairs]


def tracks():
    """Frames of 12 tracks, 5 to 16 long, right or wrong by a formula."""
    right, track = [], []
    for t in range(12):
        for frame in range(5 + t):
            right.append(1.0 if (t * 5 + frame * (t % 3)) % 7 < 4 else 0.0)
            track.append(t)
    model = sm.OLS(right, np.ones(len(right)))
    fit = model.fit(cov_type="cluster", cov_kwds={"groups": np.array(track)})
    p = float(np.mean(right))
    return {
        "accuracy": p,
        "overTracks": float(fit.bse[0]),
        "overImages": float(np.sqrt(p * (1 - p) / len(right))),
    }


def main():
    folder = pathlib.Path(__file__).resolve().parents[2] / "Tests/InspectionTests/Golden"
    golden = {"doubts": doubts(), "correlations": correlations(), "tracks": tracks()}
    (folder / "suspects.json").write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
