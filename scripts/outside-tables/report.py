"""Writes docs/outside.md: published figures beside ours.

usage: report.py PUBLISHED RESULTS TARGET

PUBLISHED is published.csv; RESULTS has a folder for each protocol, with a JSON file of 'compare' for each
scenario and seed. A cell agrees if the difference is at most two standard errors of both means together,
or one point.
"""

import csv
import json
import pathlib
import statistics
import sys

STEPS = 2000

HEAD = """# Published tables, reproduced

Figures that others published beside those of this program, for the same protocol. `scripts/outside`
fetches the data, runs every cell and writes this page; stopped and called again, it goes on.

The protocol of the first table: five tasks of two digits, in an order that the seed draws; MNIST as it is,
28×28 pixels from 0 to 1; a perceptron of two hidden layers of 400; Adam with a rate of 0.001, begun anew
for each task; 2,000 steps of 128 images a task; outputs for all ten digits from the start, all of which
compete where the task is not told; the authors' options for each method and scenario, none of them chosen
here (`sessions/outside/split-mnist.way`). The figure is the mean of the accuracy on each task after the
last one, in percent.

A cell **agrees** if both means differ by at most two standard errors of the difference, or by one point; of
fewer than three seeds here, their spread is taken to be the published one.
The published figures were noted down from the paper's table, and not checked against the printed paper
again; the column "figure" has what can be read, to within half a point, off the diagram of the same
comparison in the authors' repository. Methods of the tables that are not here yet:
separate networks, context-dependent gating (XdG), FROMP, generative replay (DGR, BI-R), the generative
classifier.
"""


def ours(folder):
    """Accuracy and seconds by scenario and run, for each seed; of jobs that ended, as the protocol has them."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        if not path.with_suffix(".waymark").exists():
            continue
        for run in json.loads(path.read_text())["runs"]:
            if run["finished"] and run["acc"] is not None and run["options"]["steps"] == STEPS:
                # The mean of the figures of every task after the last, as the tables have it.
                cell = found.setdefault((run["scenario"], run["name"]), {})
                cell[run["seed"]] = (run["acc"], run["seconds"])
    return {key: list(seeds.values()) for key, seeds in found.items()}


def error(values):
    return statistics.stdev(values) / len(values) ** 0.5 if len(values) > 1 else float("nan")


def verdict(reference, reference_error, reference_seeds, values):
    difference = statistics.mean(values) - reference
    # Two seeds say little of the spread: then it is taken to be the published one.
    few = len(values) < 3
    own = reference_error * (reference_seeds / len(values)) ** 0.5 if few else error(values)
    bound = max(1, 2 * (reference_error**2 + own**2) ** 0.5)
    return "agrees" if abs(difference) <= bound else "**differs**"


def shown(mean, spread):
    return f"{mean:.2f}" + (f" ± {spread:.2f}" if spread == spread else "")


def main(published, results, target):
    rows = list(csv.DictReader(open(published, newline="")))
    blocks = [HEAD]
    agreeing = counted = 0
    for table in dict.fromkeys(row["table"] for row in rows):
        mine = [row for row in rows if row["table"] == table]
        found = ours(pathlib.Path(results) / mine[0]["protocol"])
        blocks.append(f"## {table}: split MNIST\n")
        lines = [
            "| scenario | method | published | figure | here | seeds | difference | | seconds a run |",
            "| :-- | :-- | --: | --: | --: | --: | --: | :-- | --: |",
        ]
        for row in mine:
            key = (row["scenario"], row["run"])
            reference, spread = float(row["reference"]), float(row["error"])
            cells = [row["scenario"], row["method"], shown(reference, spread), row["figure"]]
            if key in found:
                values = [value[0] for value in found[key]]
                seconds = statistics.mean(value[1] for value in found[key])
                word = verdict(reference, spread, int(row["seeds"]), values)
                counted += 1
                agreeing += word == "agrees"
                cells += [
                    shown(statistics.mean(values), error(values)), str(len(values)),
                    f"{statistics.mean(values) - reference:+.2f}", word, f"{seconds:.0f}"]
            else:
                cells += ["not run yet", "0", "", "", ""]
            lines.append("| " + " | ".join(cells) + " |")
        blocks.append("\n".join(lines) + "\n")
    blocks.append(f"{agreeing} of {counted} cells agree. ± is the standard error of the mean.\n")
    notes = pathlib.Path(published).with_name("differences.md")
    if notes.exists():
        blocks.append(notes.read_text())
    pathlib.Path(target).write_text("\n".join(blocks))
    print(f"{agreeing} of {counted} cells agree; see {target}")


main(*sys.argv[1:])
