#!/usr/bin/env python3
"""How a step's time grows with rows, features, tasks, mini-batch and threads, as JSON and plots.

    Tests/Peers/scaling.py --out Docs/Benchmarks    writes scaling.json and scaling-*.svg
"""

import argparse
import json
import pathlib
import sys

import environment
import svg
from sides import Tool

# Everything is as at size M but for what varies.
BASE = dict(n=2000, p=2000, tasks=2, batch=128)
SERIES = {
    "n": ("rows n", [1000, 2000, 5000, 10_000, 20_000, 50_000]),
    "p": ("features p", [250, 500, 1000, 2000, 5000, 10_000]),
    "tasks": ("tasks K", [1, 2, 4, 8, 16]),
    "batch": ("rows of a mini-batch B", [16, 32, 64, 128, 256, 512]),
}
VARIANTS = ["rank", "uniform"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tool", help="a built rankine")
    parser.add_argument("--threads", default="1,2", help="numbers of threads")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--plot-only", action="store_true", help="draw scaling.json again")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="folder")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / "scaling.json"
    if not options.plot_only:
        tool = Tool(options.tool or environment.build_tool())
        measured = measure(tool, options.threads, options.rounds)
        path.write_text(json.dumps(dict(machine=environment.machine(), cases=measured)) + "\n")
    plot(json.loads(path.read_text())["cases"], options.out)


def measure(tool, threads, rounds):
    """The fastest of the rounds' medians for each case: other work can only add time."""
    best = {}
    for number in range(rounds):
        for name, (_, values) in SERIES.items():
            print(f"round {number + 1}: {name}", file=sys.stderr)
            for value in values:
                sizes = BASE | {name: value}
                words = [word for key, one in sizes.items() for word in (f"--{key}", one)]
                for line in tool.bench(
                        "--size", "M", *words, "--variant", ",".join(VARIANTS), "--threads",
                        threads, "--steps", 30, "--runs", 1):
                    key = (name, value, line["variant"], line["threads"])
                    if key not in best or line["median_us"] < best[key]["median_us"]:
                        best[key] = dict(
                            line, series=name, value=value)
    kept = ["series", "value", "variant", "threads", "median_us", "cpu_us", "peak_rss_mb"]
    return [{key: line[key] for key in kept} for line in best.values()]


def plot(cases, folder):
    for name, (label, _) in SERIES.items():
        lines = {}
        for one in cases:
            if one["series"] == name:
                threads = f"{one['threads']} thread" + ("s" if one["threads"] > 1 else "")
                lines.setdefault(f"{one['variant']}, {threads}", []).append(
                    (one["value"], one["median_us"]))
        lines = {key: sorted(values) for key, values in lines.items()}
        others = ", ".join(f"{key} {value}" for key, value in BASE.items() if key != name)
        title = f"Time of a step against {label} ({others})"
        drawing = svg.line_plot(title, label, "µs a step", lines)
        (folder / f"scaling-{name}.svg").write_text(drawing)


if __name__ == "__main__":
    main()
