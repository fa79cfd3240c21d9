#!/usr/bin/env python3
"""What Waymark logs, read by the programs that the logs are for, and what logging costs.

usage: logs.py [--waymark PROGRAM] [--keep DIR] [--cost PAIRS]
       (needs wandb, tensorboard, numpy)

  --waymark PROGRAM   the program (default: .build/release/waymark)
  --keep DIR          where the logs go; else a folder that is removed at the end
  --cost PAIRS        only measures: CPU seconds of training with all logs and without, in pairs

Nine runs, one of them in steps, and a tenth that is killed in its third task are logged in all four
forms. Every record of every .wandb file must have its checksum and be one of W&B's own messages, down
to the last field; TensorBoard's EventAccumulator must read every scalar, and `tensorboard --inspect`
every file; the numbers of all forms must be those of the CSV file. Ends with 1 if not.
"""
import argparse
import collections
import csv
import json
import pathlib
import resource
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import time
import zlib

import numpy as np

DATA = "load synthetic classes=8 per-class={images} seed=3 as signs\ntasks signs size=2 as T\n"

TRACKING = """
track csv runs.csv
track jsonl runs.jsonl
track tensorboard logs
track wandb wandb project=GTSRB-CIL
"""

RUNS = DATA.format(images=40) + """
define model simplecnn2 as net
define model dercnn as dernet
define model signnet as signnet
""" + TRACKING + """
run finetune net on=T epochs=2 as ft
run joint net on=T epochs=1 as ub
run joint net on=T epochs=1 once=on as once
run rehearsal-kd net on=T epochs=2 as kd
run der-cnn dernet on=T epochs=2 as der
run icarl signnet on=T epochs=1 as icarl
run slda net on=T as slda
run finetune net on=T epochs=1 seed=2 as ft2
begin finetune net on=T epochs=1 seed=5 as st
step st
step st 5 unit=batch
continue st
"""

CRASH = DATA.format(images=300) + "define model simplecnn as net\n" + TRACKING + """
run finetune net on=T epochs=12 as crash
"""


# Waymark

def start(program, folder, text):
    (folder / "script.way").write_text(text)
    return subprocess.Popen(
        [program, "--quiet", "--threads", "1", "script.way"], cwd=folder, stdout=subprocess.DEVNULL)


def run(program, folder, text):
    if start(program, folder, text).wait() != 0:
        raise SystemExit("waymark ended with an error")


def crash(program, folder):
    """Kills a run in the midst of its third task."""
    process = start(program, folder, CRASH)
    while process.poll() is None:
        if ("crash", "2", "incremental_accuracy") in {
                (row["run"], row["task"], row["metric"]) for row in read_csv(folder)}:
            time.sleep(0.1)
            process.kill()
            break
        time.sleep(0.01)
    if process.wait() != -signal.SIGKILL:
        raise SystemExit("the run was over before it was killed")


def read_csv(folder):
    if not (folder / "runs.csv").exists():
        return []
    with open(folder / "runs.csv", newline="") as file:
        return list(csv.DictReader(file))


# W&B

def pieces(data):
    """The pieces of W&B's log, LevelDB's format with the checksum of zlib, as (kind, bytes)."""
    if data[:7] != b":W&B\xe1\xbe\0":
        raise SystemExit("no mark of W&B's")
    place = 7
    while place < len(data):
        space = 32768 - place % 32768
        if space < 7:
            place += space
            continue
        checksum, length, kind = struct.unpack_from("<IHB", data, place)
        body = data[place + 7 : place + 7 + length]
        if len(body) < length or zlib.crc32(bytes([kind]) + body) != checksum:
            raise SystemExit(f"damaged at byte {place}")
        yield kind, body
        place += 7 + length


def wandb_records(path):
    from wandb.proto import wandb_internal_pb2

    whole = b""
    for kind, body in pieces(path.read_bytes()):
        whole += body
        if kind in (1, 4):
            record = wandb_internal_pb2.Record.FromString(whole)
            if unknown(record):
                raise SystemExit(f"{path}: W&B does not know a field of {record}")
            yield record
            whole = b""
    if whole:
        raise SystemExit(f"{path}: the last record is not whole")


def unknown(message):
    """Whether fields of a message, or of one inside, are not in W&B's definition."""
    from google.protobuf.unknown_fields import UnknownFieldSet

    if len(UnknownFieldSet(message)):
        return True
    for field, value in message.ListFields():
        if field.type == field.TYPE_MESSAGE:
            parts = value if field.is_repeated else [value]
            if any(unknown(part) for part in parts):
                return True
    return False


def check_wandb(folder, logs):
    paths = sorted(folder.glob("wandb/offline-run-*/run-*.wandb"))
    kinds = collections.Counter()
    for path in paths:
        found, last = collections.Counter(), {}
        records = list(wandb_records(path))
        kinds.update(record.WhichOneof("record_type") for record in records)
        rows = logs[records[1].run.run_id]
        for record in records:
            values = {item.key or item.nested_key[0]: json.loads(item.value_json)
                      for item in record.history.item}
            for key, value in values.items():
                if key not in ("task", "epoch", "_step", "_timestamp", "_runtime"):
                    found[key, value] += 1
            last.update({item.nested_key[0]: json.loads(item.value_json)
                         for item in record.summary.update})
        expect(found == collections.Counter((row["metric"], float(row["value"])) for row in rows),
               f"{path.name}: other numbers than the CSV file's")
        expect(last == {row["metric"]: float(row["value"]) for row in rows},
               f"{path.name}: another summary")
        ended = any(record.HasField("exit") for record in records)
        expect(ended == (rows[0]["run"] != "crash"), f"{path.name}: its end")
    expect(len(paths) == len(logs) == 10, f"{len(paths)} runs of W&B's, {len(logs)} in CSV")
    print(f"W&B: {len(paths)} runs, records: {dict(kinds)}")


# TensorBoard

def check_tensorboard(folder, logs):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    count = 0
    for rows in logs.values():
        accumulator = EventAccumulator(
            str(folder / "logs" / rows[0]["run"]), size_guidance={"scalars": 0})
        accumulator.Reload()
        tags = accumulator.Tags()["scalars"]
        expect(set(tags) == {row["metric"] for row in rows}, f"{rows[0]['run']}: tags {tags}")
        for tag in tags:
            expected = [(int(row["task" if is_per_task(tag) else "step"]), np.float32(row["value"]))
                        for row in rows if row["metric"] == tag]
            found = [(event.step, np.float32(event.value)) for event in accumulator.Scalars(tag)]
            expect(found == expected, f"{rows[0]['run']}: {tag}")
            count += len(found)
    tool = pathlib.Path(sys.executable).with_name("tensorboard")
    result = subprocess.run(
        [tool, "--inspect", "--logdir", folder / "logs"], capture_output=True, text=True)
    expect(result.returncode == 0 and result.stdout.count("Event statistics") == len(logs),
           f"tensorboard --inspect: {result.stderr}")
    print(f"TensorBoard: {count} scalars of {len(logs)} runs")


def is_per_task(tag):
    return tag.startswith(("incremental", "average", "accuracy/", "forgetting", "backward"))


# All forms

def check_json(folder, logs):
    found = collections.defaultdict(list)
    for line in (folder / "runs.jsonl").read_text().splitlines():
        row = json.loads(line)
        if "config" not in row and "summary" not in row:
            found[row["log"]] += [(key, value) for key, value in row.items() if key not in (
                "log", "run", "time", "step", "task", "epoch")]
    expected = {log: [(row["metric"], float(row["value"])) for row in rows]
                for log, rows in logs.items()}
    expect(found == expected, "JSON: other numbers than the CSV file's")
    print(f"JSON: {sum(map(len, found.values()))} numbers")


def check_crash(logs):
    rows = [row for rows in logs.values() for row in rows if row["run"] == "crash"]
    tasks = [int(row["task"]) for row in rows if row["metric"] == "incremental_accuracy"]
    expect(tasks == [1, 2], f"the killed run has tasks {tasks}")
    epochs = collections.Counter(
        row["task"] for row in rows if row["metric"] == "train/epoch_loss")
    expect(epochs["1"] == epochs["2"] == 12, f"the killed run has epochs {epochs}")
    print(f"killed in task 3: {len(rows)} numbers, tasks 1 and 2 complete")


failures = []


def expect(holds, what):
    if not holds:
        failures.append(what)
        print("FAILED:", what)


def check(program, folder):
    run(program, folder, RUNS)
    crash(program, folder)
    logs = collections.defaultdict(list)
    for row in read_csv(folder):
        logs[row["log"]].append(row)
    print(f"CSV: {sum(map(len, logs.values()))} numbers of {len(logs)} runs")
    check_json(folder, logs)
    check_tensorboard(folder, logs)
    check_wandb(folder, logs)
    check_crash(logs)


# Cost

def seconds(program, folder, tracking):
    for name in ("wandb", "logs"):
        shutil.rmtree(folder / name, ignore_errors=True)
    text = DATA.format(images=100) + "define model simplecnn as net\n" + tracking
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(program, folder, text + "run finetune net on=T epochs=3 as ft\n")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(program, folder, pairs):
    ratios = []
    for pair in range(pairs):
        order = ["", TRACKING] if pair % 2 == 0 else [TRACKING, ""]
        cost = {tracking: seconds(program, folder, tracking) for tracking in order}
        ratios.append(cost[TRACKING] / cost[""])
        print(f"{cost['']:.3f} s, with all logs {cost[TRACKING]:.3f} s: {ratios[-1]:.4f}", flush=True)
    print(f"median {statistics.median(ratios):.4f}")


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--waymark", type=pathlib.Path, default=root / ".build/release/waymark")
    parser.add_argument("--keep", type=pathlib.Path, metavar="DIR")
    parser.add_argument("--cost", type=int, metavar="PAIRS")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        program = options.waymark.resolve()
        if options.cost:
            measure(program, folder, options.cost)
        else:
            check(program, folder)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
