"""Time to tumor doubling in five cancer types, models on repeated splits.

    python3 Docs/DualEncoder/tumors.py FOLDER OUT [more options of rankine compare]

FOLDER has responses.csv.gz and features_TYPE.csv.gz of the Novartis PDX encyclopedia. OUT gets a table of
each type, and the comparison. The environment variable RANKINE names the command.
"""

import csv, gzip, math, os, pathlib, statistics, subprocess, sys

TYPES = "BRCA CM CRC NSCLC PDAC".split()
KEPT = 100

# The dual encoder, what is left of it without a part, and others: name, model, settings.
MODELS = [
    ("dual-encoder", "dual-encoder", ["selection=0.1"]),
    ("shared-only", "dual-encoder", ["selection=0.1", "ownFactors=0"]),
    ("hard-sharing", "dual-encoder", ["integration=none", "ownFactors=0"]),
    ("pooled", "dual-encoder", ["selection=1000", "ownFactors=0"]),
    ("single-task", "dual-encoder", ["sharedFactors=0"]),
    ("robust-linear", "linear-sources", ["selection=0.1"]),
    ("ridge-mean-linear", "linear-sources", ["selection=0.1", "integration=ridgeMean"]),
    ("lasso", "linear-stl", ["losses=squared"]),
    ("mmoe", "mmoe", ["losses=squared", "selection=none"]),
]


def prepare(source, target):
    """Writes a table of each type: the columns of largest variance, and log(TimeToDouble)."""
    with gzip.open(source / "responses.csv.gz", "rt") as file:
        days = {
            row["Model"]: math.log(float(row["TimeToDouble"]))
            for row in csv.DictReader(file)
            if row["Treatment"] == "untreated"
        }
    for kind in TYPES:
        with gzip.open(source / f"features_{kind}.csv.gz", "rt") as file:
            head, *rows = csv.reader(file)
        rows = [row for row in rows if row[0] in days]
        spread = {
            column: statistics.pvariance([float(row[column]) for row in rows])
            for column in range(1, len(head))
        }
        kept = [0] + sorted(sorted(spread, key=spread.get, reverse=True)[:KEPT])
        with open(target / f"{kind}.csv", "w", newline="") as file:
            table = csv.writer(file)
            table.writerow([head[column] for column in kept] + ["logTTD"])
            table.writerows([[row[column] for column in kept] + [days[row[0]]] for row in rows])


def main():
    source, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    prepare(source, target)
    command = [os.environ.get("RANKINE", "rankine"), "compare"]
    for kind in TYPES:
        command += ["--task", f"{kind}=logTTD:continuous@{target / kind}.csv"]
    command += ["--models", ",".join(f"{name}={model}" for name, model, _ in MODELS)]
    for name, _, settings in MODELS:
        for setting in settings:
            command += ["--set", f"{name}.{setting}"]
    command += "--exclude Model --absent mean --drop-constant --adaptive never".split()
    command += "--epochs 60 --patience 15".split()
    command += [] if "--splits" in sys.argv else ["--splits", "20"]
    command += ["--out", str(target / "comparison")] + sys.argv[3:]
    sys.exit(subprocess.run(command).returncode)


main()
