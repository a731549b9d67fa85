#!/usr/bin/env python3
"""The linear model with a group lasso against scikit-learn, celer and skglm, on the same path.

    Tests/Peers/linear.py --python PATH --tool .build/release/rankine --out linear.json

All minimize (1/2n)||Y - XB||^2 + lambda sum of row norms, without intercepts. Objectives are checked
before times are shown: a solver's path counts where every objective is within 1e-5 of the best one's.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import environment
from sides import Tool

PACKAGES = ["numpy", "scikit-learn", "celer", "skglm"]
HERE = pathlib.Path(__file__).resolve().parent
# n, p, K.
SIZES = {"small": (200, 1000, 4), "path": (200, 10_000, 8), "tall": (2000, 1000, 8)}
TOLERANCE = 1e-5


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--python", help="an environment with the packages; made when not given")
    parser.add_argument("--tool", help="a built rankine")
    parser.add_argument("--size", default=",".join(SIZES))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=pathlib.Path, help="a file for the results as JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        python = options.python or environment.make_environment(
            pathlib.Path(folder) / "environment", PACKAGES)
        tool = Tool(options.tool or environment.build_tool())
        cases = [measure(size, python, tool, options.rounds, pathlib.Path(folder))
                 for size in options.size.split(",")]
    if options.out:
        options.out.write_text(json.dumps(dict(machine=environment.machine(), cases=cases)) + "\n")
    print(table(cases))


def measure(size, python, tool, rounds, folder):
    """The fastest path of each solver, taken in turns."""
    n, p, tasks = SIZES[size]
    file = folder / f"{size}.npz"
    words = [python, HERE / "linear_peer.py", "make", file, n, p, tasks]
    subprocess.run([str(word) for word in words], check=True)
    found = {}
    for number in range(rounds):
        print(f"{size}: round {number + 1}", file=sys.stderr)
        own = tool.bench("--linear", file, "--runs", 1, "--precision", 1e-5)[0]
        peers = subprocess.run(
            [str(python), str(HERE / "linear_peer.py"), "run", str(file)], check=True,
            stdout=subprocess.PIPE, text=True)
        lines = [("Rankine", own)] + [
            (line["solver"], line) for line in map(json.loads, peers.stdout.splitlines())]
        for name, line in lines:
            kept = found.setdefault(
                name, dict(objectives=line["objectives"], seconds=line["seconds"]))
            kept["seconds"] = [min(kept["seconds"] + line["seconds"])]
    return dict(size=size, n=n, p=p, tasks=tasks, solvers=found, excess=excess(found))


def excess(found):
    """How far each solver's path is above the best objectives, at most, as a share of them."""
    best = [min(values) for values in zip(*(one["objectives"] for one in found.values()))]
    return {name: max(value / least - 1 for value, least in zip(one["objectives"], best))
            for name, one in found.items()}


def table(cases):
    names = list(cases[0]["solvers"])
    lines = ["| n, p, K | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for case in cases:
        own = case["solvers"]["Rankine"]["seconds"][0]
        cells = [cell(case, name, own) for name in names]
        lines.append(f"| {case['n']}, {case['p']}, {case['tasks']} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def cell(case, name, own):
    """Seconds, the ratio to ours, and how far above the best objective."""
    seconds, above = case["solvers"][name]["seconds"][0], case["excess"][name]
    ratio = "" if name == "Rankine" else f", {seconds / own:.1f}×"
    mark = "" if above <= TOLERANCE else " (not reached)"
    return f"{seconds:.2f} s{ratio}; {above:.0e}{mark}"


if __name__ == "__main__":
    main()
