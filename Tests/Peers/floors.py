"""The least that the parts of a step can take on one core, and what the goals that are left ask for.

Operations and bytes are counted; what the machine can do is taken from its measured limits.
"""

import tables
from shapes import SIZES

# Bytes that an optimizer moves for a weight: four arrays read, three written, in single precision.
OPTIMIZER_BYTES, OPTIMIZER_ARRAYS = 28, 4
# Operations for a pair in order: product, one more, reciprocal of two pairs by an estimate and a step of
# Newton's (half of seven), the other sigma, and its terms of the sum and of the slope. A multiply-add is
# one operation.
PAIR_OPERATIONS = 8.5


def parts(size, limits):
    """The least of each part of a step of `rank`, in µs, by name."""
    n, p, h, m, batch, tasks = (SIZES[size][name] for name in "n p h m B K".split())
    first, later = h * p, tasks * (h * m + m * m + m)
    rate = max(one.get("gflops", 0) for one in limits) * 1e3
    return {
        "products": 4 * batch * first / rate,
        "task products": 6 * batch * later / rate,
        # Half the pairs of a binary task are ties.
        "pairs": batch * n * (tasks - tasks // 2 / 2) * PAIR_OPERATIONS / (rate / 2),
        "optimizer": OPTIMIZER_BYTES * (first + later) / copy_rate(limits, first + later) / 1e3,
        "scoring": 2 * batch * (first + later) / rate,
    }


def copy_rate(limits, weights):
    """GB/s of the largest copy that touches no more memory than the optimizer's arrays."""
    touched = 4 * OPTIMIZER_ARRAYS * weights
    fits = [one for one in limits
            if one["what"] == "memory" and 2 * 1024 * one["array_kb"] <= touched]
    return max(fits, key=lambda one: one["array_kb"])["copy_gb_s"]


def least(variant, found, tasks=2, has_scoring=False):
    """The least time of a step of a variant in µs; gradnorm has a product for each task's norm."""
    total = found["products"] + found["task products"] + found["optimizer"]
    if variant.startswith("rank"):
        total += found["pairs"] + (found["scoring"] if has_scoring else 0)
    if variant == "gradnorm":
        total += found["products"] * (tasks - 1) / 2
    return total


def text(results, limits):
    """Both tables as Markdown; empty where something was not measured."""
    if not results or not limits:
        return ""
    limits = limits["limits"]
    found = {size: parts(size, limits) for size in tables.SIZES}
    rate = max(one.get("gflops", 0) for one in limits)
    names = [
        ("products", "two products with the first weight",
         f"4 B h p operations at {rate:.0f} GFLOP/s"),
        ("task products", "products of the tasks' layers", "6 B (h m + m² + m) K operations"),
        ("pairs", "pairs that are no ties",
         f"B n a task, half of it a binary one: {PAIR_OPERATIONS:.1f} operations at {rate / 2:.0f} G/s"),
        ("optimizer", "optimizer", f"{OPTIMIZER_BYTES} bytes a weight, at the rate of a copy"),
    ]
    rows = [[label, count, *(found[size][key] for size in tables.SIZES)]
            for key, label, count in names]
    rows.append(["sum", "", *(least("rank", found[size]) for size in tables.SIZES)])
    rows.append(["scoring of all rows, a step's share", "2 B (h p + (h m + m² + m) K) operations",
                 *(found[size]["scoring"] for size in tables.SIZES)])
    cells = [[*row[:2], *(f"{value:.0f}" for value in row[2:])] for row in rows]
    return (tables.table(["part", "counted as", "S, µs", "M, µs", "L, µs"], cells) + "\n\n"
            + left(results, found))


def left(results, found):
    """A row for each goal of one thread that is not reached."""
    rows = []
    for variant in tables.variants(results):
        for one in tables.cases(results, variant):
            if one["threads"] != 1 or variant == "rank-prox":
                continue
            frameworks = tables.GOALS if variant == "rank" else {"": None}
            for framework, by_size in frameworks.items():
                goal = by_size[one["size"]] if by_size else tables.WEIGHTED_GOAL
                peers = {form: peer for form, peer in one["peers"].items()
                         if form.startswith(framework)}
                if not peers or min(map(tables.least, peers.values())) >= goal:
                    continue
                form = min(peers, key=lambda form: peers[form]["min_us"])
                has_scoring = form.endswith("epoch")
                asked = peers[form]["min_us"] / goal
                needed = least(
                    variant, found[one["size"]], SIZES[one["size"]]["K"], has_scoring)
                ours = one["ours"]["min_epoch_step_us" if has_scoring else "min_us"]
                rows.append([
                    f"{variant} {one['size']}, {framework or 'the best form'} {goal}×", form,
                    f"{asked:.0f}", f"{needed:.0f}", f"{ours:.0f}",
                    "open" if needed < asked else "out of reach"])
    head = ["goal", "fastest form", "asks for, µs", "least, µs", "taken, µs", ""]
    return tables.table(head, rows) if rows else ""
