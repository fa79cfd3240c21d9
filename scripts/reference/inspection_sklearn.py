#!/usr/bin/env python3
"""Makes the golden numbers of classification reports, calibration, paired tests and projections.

Needs scikit-learn, scipy and numpy. Writes figures.json to Tests/MetricsTests/Golden and digits.json to
Tests/InspectionTests/Golden. What the libraries have is theirs: precision, recall, F1, top k, Brier
score, log loss, binomial and permutation tests, PCA, t-SNE, trustworthiness. What they do not have is
written here from its definition: calibration in bins, CKA, nearest rows with ties by position.

The rows are the first 600 of scikit-learn's digits: 8 × 8 pixels from 0 to 16 (E. Alpaydin and
C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository 1998, CC BY 4.0).
"""

import json
import math
import pathlib
import warnings

import numpy as np
from scipy import optimize, stats
from scipy.spatial.distance import squareform
from sklearn import datasets, decomposition, manifold, metrics
from sklearn.manifold import _t_sne

TESTS = pathlib.Path(__file__).resolve().parents[2] / "Tests"


def rounded(values, digits=9):
    """With so many significant digits, as lists."""
    values = np.asarray(values, dtype=np.float64)
    if values.ndim:
        return [rounded(v, digits) for v in values]
    return None if math.isnan(values) else float(f"{float(values):.{digits}g}")


# Figures of classifiers


def scored():
    """Probabilities of 120 images and 7 classes: of class 6 there is no image, 5 is never predicted."""
    random = np.random.default_rng(3)
    labels = np.array([i * 5 % 6 for i in range(120)])
    logits = random.normal(size=(120, 7))
    logits[np.arange(120), labels] += 1.7
    logits[:, 5] -= 20
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = np.round(p / p.sum(axis=1, keepdims=True), 5).astype(np.float32)
    return p, labels


def report(labels, predicted):
    def figures(average):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return metrics.precision_recall_fscore_support(
                labels, predicted, labels=range(7), average=average, zero_division=np.nan
            )

    names = ["precision", "recall", "f1"]
    by_class = figures(None)
    return {
        **{name: rounded(100 * by_class[i]) for i, name in enumerate(names)},
        "support": [int(n) for n in by_class[3]],
        **{
            average: dict(zip(names, rounded(100 * np.array(figures(average)[:3], dtype=float))))
            for average in ["micro", "macro", "weighted"]
        },
    }


def calibration(confidence, right, count):
    """Guo et al. 2017, section 2."""
    bins, expected, largest = [], 0, 0
    for b in range(count):
        inside = (confidence > b / count) & (confidence <= (b + 1) / count)
        if b == 0:
            inside |= confidence == 0
        if not inside.any():
            bins.append([0, None, None])
            continue
        mean, accuracy = confidence[inside].mean(), right[inside].mean()
        gap = abs(mean - accuracy)
        bins.append([int(inside.sum()), rounded(mean), rounded(accuracy)])
        expected += inside.sum() / len(right) * gap
        largest = max(largest, gap)
    return {"count": count, "bins": bins, "ece": rounded(expected), "mce": rounded(largest)}


def classifier_figures():
    p, labels = scored()
    predicted = p.argmax(axis=1)
    exact = p.astype(np.float64)
    share = exact / exact.sum(axis=1, keepdims=True)  # sums differ from 1 by rounding
    own = exact[np.arange(120), labels]
    likelihood = -np.log(np.maximum(own, np.finfo(np.float32).tiny)).mean()
    known = own > 0
    assert 0 < known.sum() < 120
    library = metrics.log_loss(labels[known], share[known], labels=range(7))
    assert abs(library + np.log(own[known]).mean()) < 1e-4
    wanted = np.eye(7)[labels]
    brier = ((exact - wanted) ** 2).sum(axis=1).mean()
    library = metrics.brier_score_loss(labels, share, labels=range(7), scale_by_half=False)
    assert abs(brier - library) < 1e-4
    return {
        "probabilities": [float(str(v)) for v in p.reshape(-1)],
        "labels": [int(v) for v in labels],
        "confusion": metrics.confusion_matrix(labels, predicted, labels=range(7)).tolist(),
        "report": report(labels, predicted),
        "top": {
            str(k): rounded(100 * metrics.top_k_accuracy_score(labels, p, k=k, labels=range(7)))
            for k in (1, 2, 3)
        },
        "brier": rounded(brier),
        "likelihood": rounded(likelihood),
        "calibration": [
            calibration(exact.max(axis=1), predicted == labels, count) for count in (15, 4)
        ],
    }


def paired_tests():
    cells = [(0, 0), (1, 0), (3, 3), (5, 14), (14, 5), (0, 6), (312, 401), (2, 1200), (5000, 5120)]
    differences = [
        [0.5, 1.25, 0.75],
        [2, -1, 3, 4, 0.5],
        [1, 1, -1, 2, -2, 3, 0, 0],
        [0.1, 0.2, 0.3, -0.1, -0.3, 0.7, 0.4],
        [0.31, -0.12, 0.55, 0.02, 0.41, -0.2, 0.38, 0.11, 0.07, 0.29, -0.05, 0.6],
        [0, 0],
    ]

    def permutation(d):
        if not np.any(d):
            return 1.0
        return stats.permutation_test(
            (np.array(d),), np.mean, permutation_type="samples", n_resamples=np.inf
        ).pvalue

    def binomial(b, c):
        return stats.binomtest(b, b + c, 0.5).pvalue if b + c else 1.0

    return {
        "mcNemar": [[b, c, rounded(binomial(b, c))] for b, c in cells],
        "differences": [
            {
                "values": d,
                "sign": rounded(binomial(sum(v > 0 for v in d), sum(v < 0 for v in d))),
                "permutation": rounded(permutation(d)),
            }
            for d in differences
        ],
    }


# Projections


def nearest(rows, queries, measure, count=5):
    """Ties by position; only such as have a clear order or are exactly equal."""
    found = []
    for query in queries:
        if measure == "euclidean":
            distances = np.sqrt(((rows - query) ** 2).sum(axis=1))
        else:
            distances = metrics.pairwise.cosine_distances(query[None], rows)[0]
        order = np.argsort(distances, kind="stable")[:count]
        gaps = np.diff(np.sort(distances)[: count + 1])
        if measure == "cosine":
            assert gaps.min() > 1e-9
        found.append({"rows": order.tolist(), "distances": rounded(distances[order])})
    return found


def cka(x, y):
    """Kornblith et al. 2019, section 3, by images and by features."""
    x, y = x - x.mean(axis=0), y - y.mean(axis=0)
    by_features = np.linalg.norm(y.T @ x) ** 2 / (
        np.linalg.norm(x.T @ x) * np.linalg.norm(y.T @ y)
    )
    k, l = x @ x.T, y @ y.T
    by_images = (k * l).sum() / math.sqrt((k * k).sum() * (l * l).sum())
    assert abs(by_features - by_images) < 1e-12
    return rounded(by_images)


def affinities(x, perplexity):
    """p_ij of van der Maaten and Hinton 2008, with β to the last digit; near scikit-learn's."""
    n = len(x)
    square = ((x[:, None] - x[None]) ** 2).sum(axis=2)
    p = np.zeros((n, n))
    for i in range(n):
        d = np.delete(square[i], i)
        d = d - d.min()

        def share(log_beta):
            weights = np.exp(-np.exp(log_beta) * d)
            return weights / weights.sum()

        def excess(log_beta):
            return stats.entropy(share(log_beta)) - math.log(perplexity)

        p[i, np.arange(n) != i] = share(optimize.brentq(excess, -20, 5, xtol=1e-14))
    p = (p + p.T) / (2 * n)
    library = _t_sne._joint_probabilities(square, perplexity, 0)
    assert np.abs(squareform(p) / library - 1).max() < 2e-3
    assert np.abs(squareform(p) - library).max() < 1e-4 * library.max()
    return p


def descended(p, start, rate=50.0, momenta=(0.5, 0.8), steps=(10, 10)):
    """scikit-learn's gradient descent, exaggerated first."""
    y, n = start.reshape(-1).astype(np.float64), len(start)
    for exaggeration, momentum, count in zip((12, 1), momenta, steps):
        y, _, _ = _t_sne._gradient_descent(
            _t_sne._kl_divergence,
            y,
            it=0,
            max_iter=count,
            momentum=momentum,
            learning_rate=rate,
            args=[squareform(p) * exaggeration, 1, n, 2],
        )
    return y.reshape(n, 2)


def t_sne(x, given):
    few = x[:200]
    p = affinities(few, perplexity=20)
    start = (given.astype(np.float32) * np.float32(0.01)).astype(np.float64)
    divergence, gradient = _t_sne._kl_divergence(start.reshape(-1), squareform(p), 1, 200, 2)
    end = descended(p, start)
    # A test that a wrong momentum passes would be blunt, and one that roundings fail unfair.
    spread = np.abs(end).max()
    assert np.abs(descended(p, start, momenta=(0.5, 0.5)) - end).max() > 0.02 * spread
    single = p.astype(np.float32).astype(np.float64)
    assert np.abs(descended(single, start) - end).max() < 1e-4 * spread

    whole = manifold.TSNE(method="exact", init="pca", random_state=0)
    y = whole.fit_transform(x)
    return {
        "affinities": {
            "rowSums": rounded(p.sum(axis=1)),
            "sample": rounded(p[::20, ::20].reshape(-1), 7),
        },
        "divergence": rounded(divergence),
        "gradient": rounded(gradient[::7], 7),
        "afterSteps": rounded(end.reshape(-1)[::7], 7),
        "trustworthiness": rounded(manifold.trustworthiness(x, y, n_neighbors=12)),
        "finalDivergence": rounded(whole.kl_divergence_),
    }


def projections():
    x = datasets.load_digits().data[:600]
    pca = decomposition.PCA(5, svd_solver="full").fit(x[:400])
    wide = decomposition.PCA(5, svd_solver="full").fit(x[:40])
    given = np.round(decomposition.PCA(2, svd_solver="full").fit_transform(x[:200]), 2)
    return {
        "rows": ["".join(chr(ord("a") + int(v)) for v in row) for row in x],
        "pca": {
            "variances": rounded(pca.explained_variance_),
            "shares": rounded(pca.explained_variance_ratio_),
            "components": rounded(pca.components_.reshape(-1)[::7], 7),
            "others": rounded(pca.transform(x[400:]).reshape(-1)[::13], 7),
        },
        "widePCA": {
            "variances": rounded(wide.explained_variance_),
            "shares": rounded(wide.explained_variance_ratio_),
            "components": rounded(wide.components_.reshape(-1)[::7], 7),
            "others": rounded(wide.transform(x[400:]).reshape(-1)[::13], 7),
        },
        "map": given.tolist(),
        "trustworthiness": {
            str(k): rounded(manifold.trustworthiness(x[:200], given, n_neighbors=k))
            for k in (1, 5, 12)
        },
        "nearest": {
            measure: nearest(x[:400], x[400::20], measure) for measure in ("euclidean", "cosine")
        },
        "cka": {
            "ofHalves": cka(x[:, :32], x[:, 32:]),
            "ofFewImages": cka(x[:20, :32], x[:20, 32:]),
            "ofUnequalWidths": cka(x[:, :10], x[:, 10:]),
        },
        "tsne": t_sne(x, given),
    }


def write(path, value):
    path.parent.mkdir(exist_ok=True)
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(part)}" for key, part in value.items())
    path.write_text("{\n" + lines + "\n}\n")


def main():
    write(
        TESTS / "MetricsTests/Golden/figures.json",
        {**classifier_figures(), "tests": paired_tests()},
    )
    write(TESTS / "InspectionTests/Golden/digits.json", projections())


if __name__ == "__main__":
    main()
