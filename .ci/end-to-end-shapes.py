#!/usr/bin/env python3
"""Checks the files and the JSON that other programs read, with nothing but the standard library.

    .ci/end-to-end-shapes.py RUN    in the folder where .ci/end-to-end left its outputs
"""
import csv
import json
import math
import struct
import sys

METRICS = {
    "continuous": {"concordance", "kendall_tau", "mae", "rmse", "huber", "cauchy"},
    "count": {"concordance", "kendall_tau", "mae", "rmse", "huber", "cauchy"},
    "binary": {"concordance", "accuracy", "precision", "recall", "f1", "log_loss", "brier"},
    "ordinal": {"concordance", "kendall_tau", "accuracy", "quadratic_kappa", "mae", "log_loss"},
    "censored": {"concordance", "uno_concordance", "mae_hinge"},
}


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def check(holds, message):
    if not holds:
        sys.exit(f"end-to-end: {message}")


def check_metrics(metrics, name):
    check(set(metrics) == {"tasks"}, f"{name} has {sorted(metrics)}")
    for task, values in metrics["tasks"].items():
        kind, count = values.pop("type"), values.pop("n")
        check(isinstance(count, int) and count > 0, f"{name}: {task} has n {count}")
        check(set(values) <= METRICS[kind], f"{name}: {task} has {sorted(values)}")
        check(0 <= values["concordance"] <= 1, f"{name}: {task} has {values}")
        check(all(math.isfinite(value) for value in values.values()), f"{name}: {task} {values}")
    return {task: None for task in metrics["tasks"]}


def check_predictions(table, tasks, first, name):
    check(len(table) > 0, f"{name} has no row")
    columns = list(table[0])
    check(columns[0] == first, f"{name} begins with {columns[0]}")
    for task, kind in tasks.items():
        wanted = [f"{task}.score", f"{task}.prediction"]
        if kind in ("binary", "ordinal"):
            wanted.append(f"{task}.probability")
            check(
                all(0 <= float(row[f"{task}.probability"]) <= 1 for row in table),
                f"{name}: {task} has a probability out of range")
        found = [column for column in columns if column.startswith(task + ".")]
        check(found == wanted, f"{name}: {task} has {found}")
        check(
            all(math.isfinite(float(row[f"{task}.score"])) for row in table),
            f"{name}: {task} has a score that is no number")


def check_run(run):
    with open(f"{run}/model.json", encoding="utf-8") as file:
        model = json.load(file)
    tasks = {outcome["name"]: outcome["type"] for outcome in model["outcomes"]}
    with open(f"{run}/metrics.json", encoding="utf-8") as file:
        check(set(check_metrics(json.load(file), "metrics.json")) == set(tasks), "metrics.json")
    selected = rows(f"{run}/selected.csv")
    wanted = ["rank", "feature", "norm", "selected"] + [f"{task}.relevance" for task in tasks]
    check(list(selected[0]) == wanted, f"selected.csv has {list(selected[0])}")
    norms = [float(row["norm"]) for row in selected]
    check(norms == sorted(norms, reverse=True), "selected.csv is not in the order of the norms")
    check(
        all((row["selected"] == "1") == (float(row["norm"]) > 0) for row in selected),
        "selected.csv: selected does not follow the norm")
    check(len(rows(f"{run}/history.csv")) > 0, "history.csv is empty")
    with open(f"{run}/weights.safetensors", "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        size = max(entry["data_offsets"][1] for key, entry in header.items() if key[0] != "_")
        check(len(file.read()) == size, "weights.safetensors has another size than its header")
    return tasks


def main():
    run = sys.argv[1]
    tasks = check_run(run)
    check_predictions(rows(f"{run}/predictions.csv"), tasks, "row", "the run's predictions.csv")
    check_predictions(rows("predictions.csv"), tasks, "row", "predictions.csv")
    with open("evaluation.json", encoding="utf-8") as file:
        check(set(check_metrics(json.load(file), "evaluate")) == set(tasks), "evaluate --json")
    with open("zoo.json", encoding="utf-8") as file:
        zoo = json.load(file)
    names = [model["name"] for model in zoo]
    check({"deep-smoothed-rank", "stl", "uniform"} <= set(names), f"zoo --json has {names}")
    check(all(model["summary"] and model["source"] for model in zoo), "zoo --json lacks a text")
    with open("truth.json", encoding="utf-8") as file:
        truth = json.load(file)
    check(truth["important"] == [f"x{j}" for j in range(1, 7)], f"truth.json: {truth['important']}")
    with open("named.csv", newline="", encoding="utf-8") as file:
        check(next(csv.reader(file))[0] == "x1", "predict --id does not name its column")


main()
