#!/usr/bin/env python3
"""Holds the command's losses against plain Python, for every variant. Needs no packages.

    Tests/Peers/check_agreement.py TOOL    TOOL is the built `rankine`
"""

import json
import pathlib
import random
import subprocess
import sys
import tempfile

import npz
from plain_peer import PlainModel

COUNTS = dict(n=24, p=5, h=4, m=3, B=8, K=3)
TOLERANCE = 1e-4


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: check_agreement.py TOOL")
    draw = random.Random(2)
    batches = []
    for _ in range(3):
        rows = draw.sample(range(COUNTS["n"]), COUNTS["n"])
        batches += [rows[i:i + COUNTS["B"]] for i in range(0, COUNTS["n"], COUNTS["B"])]
    for variant in ["rank", "rank-prox", "uniform", "uncertainty", "gradnorm"]:
        model = PlainModel(COUNTS, variant)
        arrays = {name: (shape, model.first_weights[name]) for name, shape in model.shapes.items()}
        arrays["X"] = ((COUNTS["n"], COUNTS["p"]), model.X)
        arrays["y"] = ((COUNTS["K"], COUNTS["n"]), sum(model.y, []))
        arrays["batches"] = ((len(batches), COUNTS["B"]), sum(batches, []))
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "tiny.npz"
            npz.write(path, arrays)
            line = subprocess.run(
                [sys.argv[1], "bench", "--reference", path, "--variant", variant, "--steps", "1",
                 "--runs", "1", "--threads", "1"], check=True, stdout=subprocess.PIPE).stdout
        losses, expected = json.loads(line)["losses"], model.train(batches)
        worst = max(abs(a - b) / abs(b) for a, b in zip(losses, expected, strict=True))
        print(f"{variant}: {len(losses)} losses within {worst:.1e} of plain Python")
        if not worst <= TOLERANCE:
            sys.exit(f"{variant}: {losses} is not {expected}")


if __name__ == "__main__":
    main()
