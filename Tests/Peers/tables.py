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
# Bodies of sums over pairs, as `rankine bench` names them and as the page does.
BODIES = {
    "built-in": "built-in", "user": "logistic (`user`)", "exponential": "exponential",
    "hinge": "hinge", "squared-hinge": "squared hinge", "tanh": "1 − tanh",
    "weighted-sigmoids": "weighted sigmoids",
}


def markdown(results):
    parts = [steps(results, "rank"), *(
        steps(results, variant) for variant in variants(results) if variant != "rank")]
    parts += [pairs(results), cold_start(results), goals(results), left_out(results)]
    return "\n\n".join(part for part in parts if part)


def page_parts(load):
    """The parts of Docs/Benchmarks.md by name, as far as `load(name)` has what they show."""
    results = load("comparison")
    parts = {"comparison": "", "pairs": "", "cold start": "", "goals": ""}
    if results:
        parts = {
            "comparison": "\n\n".join(
                [conditions(results), *(steps(results, name) for name in variants(results))]
                + [text for text in [left_out(results)] if text]),
            "pairs": pairs(results), "cold start": cold_start(results), "goals": goals(results)}
    parts["limits"] = limits(load("limits"))
    parts["large"] = large(load("large"))
    parts["bodies"] = bodies(load("bodies"))
    parts["tape"] = tape(load("tape"), load("limits"))
    return {name: f"\n{text}\n" if text else "" for name, text in parts.items()}


def conditions(results):
    loads = [one["ours"]["load"] for one in results["steps"]]
    worst = max(one["worst_difference"] for one in results["steps"])
    return (f"{results['machine']['processor']}, {results['machine']['cores']} cores; "
            f"{', '.join(results['versions'].values())}; load of the machine {min(loads):.0f} to "
            f"{max(loads):.0f}. Losses of all sides agreed within {worst:.0e}.")


def limits(measured):
    if not measured:
        return ""
    rows = []
    for one in measured["limits"]:
        if one["what"] == "multiply-add":
            rows.append(["multiply-adds in registers", f"{one['gflops']:.0f} GFLOP/s", ""])
        else:
            rows.append([f"array of {one['array_kb']} kB", f"{one['read_gb_s']:.0f} GB/s read",
                         f"{one['copy_gb_s']:.0f} GB/s read and written in a copy"])
    return table(["one core", "at most", ""], rows)


def tape(sizes, measured, count=8):
    """The longest instructions of a step, and the least that the machine would need for them."""
    if not sizes or not measured:
        return ""
    flops = max(one.get("gflops", 0) for one in measured["limits"])
    parts = []
    for size, lines in sizes.items():
        total = sum(line["median_us"] for line in lines)
        rows = []
        for line in sorted(lines, key=lambda line: -line["median_us"])[:count]:
            us, operations = line["median_us"], line["operations"]
            rows.append([
                instruction(line["instruction"]), f"{us:.1f}", f"{100 * us / total:.0f} %",
                f"{operations / us / 1e3:.0f}" if operations else "–",
                f"{line['bytes'] / us / 1e3:.0f}",
                f"{us * 1e3 / line['pairs']:.3f}" if line["pairs"] else "–",
                f"{operations / flops / 1e3:.1f}" if " = matmul" in line["instruction"] else "–"])
        head = ["instruction", "µs", "share", "GFLOP/s", "GB/s", "ns a pair", "floor, µs"]
        parts.append(f"Size {size}, {total:.0f} µs in {len(lines)} instructions:\n\n"
                     + table(head, rows))
    return "\n\n".join(parts)


def instruction(line):
    """What is done, without the names of buffers."""
    done = line.split(" = ", 1)[1] if " = " in line else line
    words = done.split("  — ")[0].split(" ")
    kept = " ".join(words[:3] if words[0].startswith("loop") else words[:1])
    label = done.split("  — ")[1] if "  — " in done else ""
    return f"`{kept}` {label.split(', ')[-1]}".strip().replace("|", "\\|")


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
               f"{microseconds(ours['median_us'])} [{microseconds(ours['min_us'])}] "
               f"({microseconds(ours['epoch_step_us'])})"]
        for name in STEP_FORMS:
            peer = one["peers"].get(name)
            row.append(
                f"{microseconds(peer['median_us'])}, **{peer['ratio']:.1f}×** "
                f"({peer['fastest_ratio']:.1f}×)" if peer else "–")
        rows.append(row)
    if not rows:
        return ""
    head = ["size, threads", "Rankine [fastest] (with scoring)", *STEP_FORMS]
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


def bodies(measured):
    """Times of bodies of one's own beside the built-in one, fastest runs."""
    if not measured:
        return ""
    sizes = list(dict.fromkeys(one["pairs"] for one in measured["cases"]))
    times = {(one["body"], one["pairs"]): one["min_ns_per_pair"] for one in measured["cases"]}
    rows = []
    for body, label in BODIES.items():
        row = [label]
        for size in sizes:
            time = times[body, size]
            row += [f"{time:.3f}", f"{time / times['built-in', size]:.1f}"]
        rows.append(row)
    head = ["body", *(text for size in sizes for text in (f"{size}, ns a pair", "ratio"))]
    return table(head, rows)


def large(measured):
    """Sums over all pairs of n rows with themselves."""
    if not measured:
        return ""
    rows = []
    for one in measured["cases"]:
        rows.append([f"{one['rows']:,}", f"{one['bandwidth']:.3g}", one["form"],
                     f"{one['rows'] ** 2 * one['ns_per_pair'] * 1e-9:.2g} s",
                     f"{one['ns_per_pair']:.2g}", f"{one['extra_mb']:.0f} MB"])
    head = ["rows", "bandwidth", "form", "time", "ns a pair", "memory beyond the inputs"]
    return table(head, rows)


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
            found = [
                least(peer) for form, peer in one["peers"].items() if form.startswith(name)]
            if found:
                rows.append(goal_row(one, name, min(found), goal[one["size"]]))
    for variant in variants(results):
        if variant.startswith("rank"):
            continue
        for one in cases(results, variant):
            found = [least(peer) for peer in one["peers"].values()]
            if found:
                rows.append(goal_row(one, "the best form", min(found), WEIGHTED_GOAL))
    return "Goals:\n\n" + table(["case", "against", "goal", "measured", ""], rows) if rows else ""


def least(peer):
    """The lower of both ratios, so that noise reaches no goal."""
    return min(peer["ratio"], peer["fastest_ratio"])


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
