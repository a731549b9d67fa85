"""The results of compare.py as Markdown."""

from sides import PAIR_FORMS, STEP_FORMS

SIZES = ["S", "M", "L"]
# How many times faster the command should be: per size, for each form.
GOALS = {
    "PyTorch eager": {"S": 10, "M": 5, "L": 5},
    "PyTorch compiled": {"S": 4, "M": 3, "L": 4},
    "JAX": {"S": 4, "M": 3, "L": 4},
}
WEIGHTED_GOAL = 2


def markdown(results):
    parts = [steps(results, "rank"), *(
        steps(results, variant) for variant in variants(results) if variant != "rank")]
    parts += [pairs(results), cold_start(results), goals(results), left_out(results)]
    return "\n\n".join(part for part in parts if part)


def variants(results):
    order = ["rank", "rank-prox", "uniform", "uncertainty", "gradnorm"]
    return [name for name in order if any(one["variant"] == name for one in results["steps"])]


def cases(results, variant):
    found = [one for one in results["steps"] if one["variant"] == variant]
    return sorted(found, key=lambda one: (SIZES.index(one["size"]), one["threads"]))


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def steps(results, variant):
    rows = []
    for one in cases(results, variant):
        ours = one["ours"]
        row = [f"{one['size']}, {one['threads']}",
               f"{microseconds(ours['median_us'])} ({microseconds(ours['epoch_step_us'])})"]
        for name in STEP_FORMS:
            peer = one["peers"].get(name)
            row.append(
                f"{microseconds(peer['median_us'])}, **{peer['ratio']:.1f}×**" if peer else "–")
        rows.append(row)
    if not rows:
        return ""
    head = ["size, threads", "Rankine (with scoring)", *STEP_FORMS]
    return f"`{variant}`, µs a step:\n\n" + table(head, rows)


def pairs(results):
    rows = []
    for one in results["pairs"]:
        ours = one["ours"]
        row = [one["pairs"], one["body"], f"{ours['ns_per_pair']:.3f} ({ours['extra_mb']:.2f} MB)"]
        for name in PAIR_FORMS:
            peer = one["peers"].get(name)
            row.append(
                f"{peer['ns_per_pair']:.2f} ({peer['extra_mb']:.0f} MB), **{peer['ratio']:.0f}×**"
                if peer else "–")
        rows.append(row)
    if not rows:
        return ""
    head = ["rows × columns", "body", "Rankine", *PAIR_FORMS]
    return ("Sums over pairs with both slopes, ns a pair (memory beyond the inputs), 1 thread:\n\n"
            + table(head, rows))


def cold_start(results):
    if "cold start" not in results:
        return ""
    rows = [[name, f"{seconds:.2f} s"] for name, seconds in results["cold start"].items()]
    return "From the start of a process to its end:\n\n" + table(["process", "time"], rows)


def goals(results):
    """Which goals are reached: rank against each framework's best form, the others against all."""
    rows = []
    for one in cases(results, "rank"):
        for name, goal in GOALS.items():
            found = [peer["ratio"] for form, peer in one["peers"].items() if form.startswith(name)]
            if found:
                rows.append(goal_row(one, name, min(found), goal[one["size"]]))
    for variant in variants(results):
        if variant.startswith("rank"):
            continue
        for one in cases(results, variant):
            found = [peer["ratio"] for peer in one["peers"].values()]
            if found:
                rows.append(goal_row(one, "the best form", min(found), WEIGHTED_GOAL))
    return "Goals:\n\n" + table(["case", "against", "goal", "measured", ""], rows) if rows else ""


def goal_row(one, name, ratio, goal):
    case = f"{one['variant']} {one['size']}, {one['threads']}"
    return [case, name, f"{goal}×", f"{ratio:.1f}×", "reached" if ratio >= goal else "not reached"]


def left_out(results):
    found = sorted({
        (name, reason) for kind in ("steps", "pairs") for one in results[kind]
        for name, reason in one["left_out"].items()})
    return "\n".join(f"{name} was left out: {reason}" for name, reason in found)


def microseconds(value):
    return f"{value:.0f}" if value < 10_000 else f"{value / 1000:.1f} ms"
