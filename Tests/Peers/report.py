#!/usr/bin/env python3
"""Measures everything that Docs/Benchmarks.md shows and writes it there.

    Tests/Peers/report.py                    all of it, an hour or so
    Tests/Peers/report.py --only tape,text   parts; `text` puts what was measured before in the page

Parts: compare, pairs, bodies, large, cold, scaling, limits, tape, text. What is measured is kept as JSON beside the
plots, in Docs/Benchmarks, and the page's parts between `<!-- NAME -->` and `<!-- end -->` are
written from it.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import environment
import floors
import tables
from sides import HERE

FOLDER = environment.ROOT / "Docs" / "Benchmarks"
PAGE = environment.ROOT / "Docs" / "Benchmarks.md"
PARTS = ["compare", "pairs", "bodies", "large", "cold", "scaling", "limits", "tape", "text"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--python", help="Python of an environment with numpy, torch and jax")
    parser.add_argument("--tool", help="a built rankine")
    parser.add_argument("--rounds", default="5")
    parser.add_argument("--only", type=lambda text: text.split(","), default=PARTS)
    options = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        parts = [part for part in options.only if part != "text"]
        tool = options.tool or (environment.build_tool() if parts else None)
        python = options.python
        if python is None and {"compare", "pairs", "cold"} & set(parts):
            python = environment.make_environment(pathlib.Path(folder) / "environment")
        for part in parts:
            MEASURES[part](str(tool), str(python), options.rounds)
    write_page()


def run_compare(tool, python, rounds, *words):
    script("compare.py", "--python", python, "--tool", tool, "--rounds", rounds, "--out",
           FOLDER / "comparison.json", *words)


def compare(tool, python, rounds):
    run_compare(tool, python, rounds, "--threads", "1,2")
    run_compare(
        tool, python, rounds, "--variant", "rank-prox,uniform,uncertainty,gradnorm")


def pairs(tool, python, rounds):
    run_compare(tool, python, rounds, "--size", "", "--pairs", "64x600,256x10000,8192x8192")


def bodies(tool, _, __):
    """Sums over pairs of every body, one thread."""
    out = ""
    for pairs in ["64x600", "256x10000"]:
        out += subprocess.run(
            [tool, "bench", "--pairs", pairs, "--threads", "1", "--json", "--body",
             ",".join(tables.BODIES)], check=True, stdout=subprocess.PIPE, text=True).stdout
    save("bodies", dict(
        machine=environment.machine(), cases=[json.loads(line) for line in out.splitlines()]))


def large(tool, _, __):
    """All pairs of large samples, with a bandwidth of n^-1/2 and one that does not shrink."""
    cases = []
    for rows, bandwidth in [(10_000, None), (100_000, None), (300_000, None), (1_000_000, None),
                            (100_000, 0.25)]:
        chosen = bandwidth or round(rows ** -0.5, 6)
        out = subprocess.run(
            [tool, "bench", "--pairs", f"{rows}x{rows}", "--bandwidth", str(chosen), "--threads",
             "2", "--runs", "1", "--json"], check=True, stdout=subprocess.PIPE, text=True).stdout
        cases.append(json.loads(out) | dict(rows=rows))
    save("large", dict(machine=environment.machine(), cases=cases))


def cold(tool, python, rounds):
    run_compare(tool, python, rounds, "--size", "", "--cold-start")


def scaling(tool, _, rounds):
    script("scaling.py", "--tool", tool, "--out", FOLDER, "--rounds", rounds)


def limits(*_):
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder) / "machine_limits"
        subprocess.run(
            ["cc", "-O3", "-march=native", HERE / "machine_limits.c", "-o", program], check=True)
        lines = subprocess.run([program], check=True, stdout=subprocess.PIPE, text=True).stdout
    found = [json.loads(line) for line in lines.splitlines()]
    save("limits", dict(machine=environment.machine(), limits=found))


def tape(tool, _, __):
    sizes = {}
    for size, runs in [("S", 300), ("M", 60), ("L", 20)]:
        out = subprocess.run(
            [tool, "bench", "--size", size, "--threads", "1", "--tape", "--steps", str(runs),
             "--json"], check=True, stdout=subprocess.PIPE, text=True).stdout
        sizes[size] = [json.loads(line) for line in out.splitlines()]
    save("tape", sizes)


MEASURES = dict(
    compare=compare, pairs=pairs, bodies=bodies, large=large, cold=cold, scaling=scaling,
    limits=limits, tape=tape)


def write_page():
    page = PAGE.read_text()
    parts = tables.page_parts(load)
    left = floors.text(load("comparison"), load("limits"))
    parts["floors"] = f"\n{left}\n" if left else ""
    for name, text in parts.items():
        block = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        if not block.search(page):
            sys.exit(f"{PAGE.name} has no part {name}")
        if text:
            page = block.sub(lambda found: f"{found[1]}{text}\n{found[2]}", page)
    PAGE.write_text(page)


def script(name, *words):
    subprocess.run([sys.executable, HERE / name, *map(str, words)], check=True)


def save(name, value):
    (FOLDER / f"{name}.json").write_text(json.dumps(value, indent=1) + "\n")


def load(name):
    """What was measured under a name, or None."""
    path = FOLDER / f"{name}.json"
    return json.loads(path.read_text()) if path.exists() else None


if __name__ == "__main__":
    main()
