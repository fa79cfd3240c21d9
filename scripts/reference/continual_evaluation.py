#!/usr/bin/env python3
"""Makes the golden numbers of continual evaluation: stability gap, min-ACC, WC-ACC, forgetting by batch.

Needs numpy. Writes continual.json to Tests/MetricsTests/Golden. The courses are random walks; the
figures are written here from their definitions, one by one and with all measurements looked through
each time: De Lange, van de Ven, Tuytelaars 2023 (Continual evaluation for lifelong learning:
Identifying the stability gap, section 3) for min-ACC and WC-ACC, Chaudhry et al. 2018 for forgetting.
"""

import json
import pathlib

import numpy as np

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "Tests/MetricsTests/Golden/continual.json"


def course(seed, lengths, learned_in, every, first=0, cut=None):
    """Accuracies in percent; `first` and `cut` bound the steps that are measured."""
    random = np.random.default_rng(seed)
    ends = np.cumsum(lengths).tolist()
    cut = cut or ends[-1]
    steps = [n for n in range(first, cut + 1) if n % every == 0 or n in ends or n == first]
    walk = 60 + np.cumsum(random.normal(scale=12, size=(len(steps), len(learned_in))), axis=0)
    walk = np.round(np.clip(walk, 0, 100), 3)
    begins = [0] + ends
    # A target is measured from the task on that brings its first class: one of two tasks from the
    # earlier.
    rows = [
        [
            float(walk[row, i]) if n > begins[task if i != len(learned_in) - 1 else 0] else None
            for i, task in enumerate(learned_in)
        ]
        for row, n in enumerate(steps)
    ]
    return {
        "steps": steps, "accuracies": rows, "learnedIn": learned_in,
        "ends": [e for e in ends if e <= cut],
    }


def mean(values):
    return float(np.mean(values)) if values else None


def figures(case):
    ends, steps, rows = case["ends"], case["steps"], case["accuracies"]
    learned_at = [ends[t] if t < len(ends) else None for t in case["learnedIn"]]
    answers = []
    for n, row in zip(steps, rows):
        current = sum(end < n for end in ends)
        old = [i for i, end in enumerate(learned_at) if end is not None and end < n]
        forgetting, lowest = [], []
        for i in old:
            since = [r[i] for m, r in zip(steps, rows) if learned_at[i] <= m <= n]
            forgetting.append(max(since) - row[i])
            lowest.append(min(r[i] for m, r in zip(steps, rows) if learned_at[i] < m <= n))
        new = [
            row[i] for i, t in enumerate(case["learnedIn"]) if t == current and row[i] is not None
        ]
        k = len(old) + len(new)
        worst = None
        if new:
            worst = len(new) / k * np.mean(new)
            if old:
                worst += (1 - len(new) / k) * np.mean(lowest)
        answers.append([mean(forgetting), mean(lowest), None if worst is None else float(worst)])
    gaps = []
    for task in range(1, len(ends) + 1):
        start = ends[task - 1]
        end = ends[task] if task < len(ends) else steps[-1]
        for i, t in enumerate(case["learnedIn"]):
            if t >= task or start not in steps:
                continue
            during = [r[i] for m, r in zip(steps, rows) if start < m <= end]
            if during:
                before = rows[steps.index(start)][i]
                gaps.append([i, task, before, min(during), during[-1]])
    return {
        "figures": answers, "gaps": gaps,
        "stabilityGap": mean([g[2] - g[3] for g in gaps]),
        "recovery": mean([g[4] - g[3] for g in gaps]),
        "forgetting": mean([a[0] for a in answers if a[0] is not None]),
    }


cases = [
    course(1, [7, 9, 8], [0, 1, 2, 1], 1),  # the last target has classes of tasks 0 and 1
    course(2, [10, 10, 10, 10], [0, 1, 2, 3], 3),
    course(3, [6, 8, 7], [0, 2, 2], 1),  # a task that is not watched
    course(4, [6, 8, 7], [0, 1, 2], 2, first=6, cut=17),  # from a border to the middle of a task
    course(5, [5, 5], [0, 1, 1], 1, first=3, cut=4),  # nothing is old yet
]
lines = [json.dumps({**case, **figures(case)}) for case in cases]
GOLDEN.write_text("[" + ",\n".join(lines) + "]\n")
print(f"{len(cases)} courses, {sum(len(case['steps']) for case in cases)} measurements")
