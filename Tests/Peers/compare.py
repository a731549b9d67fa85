#!/usr/bin/env python3
"""Measures the command against PyTorch and JAX on the same model, data, weights and batches.

    Tests/Peers/compare.py --out results.json

makes a throw-away environment with both frameworks, builds the command, and for each case

1. trains the same steps on every side and stops if their losses disagree,
2. times all sides in rounds, one after the other (A B C A B C ...), so that a change of the
   machine's speed meets all of them,
3. takes for each side the median over rounds of its median step, and for the ratio the median of
   the rounds' ratios.

Results go to `--out` after each case; cases that are there already and not asked for again stay.
Needs Python 3 alone: the frameworks run in processes of their environment.
"""

import argparse
import json
import pathlib
import statistics
import sys
import tempfile
import time

import environment
import tables
from sides import PAIR_FORMS, STEP_FORMS, Peer, PeerFailed, Tool

TOLERANCE = 1e-4
# Steps in a round: the command's, which needs some whole epochs, and the peers'.
STEPS = {"S": (200, 60), "M": (60, 30), "L": (80, 10)}


def main():
    options = parse_options()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        python = options.python or environment.make_environment(folder / "environment")
        tool = Tool(options.tool or environment.build_tool())
        results = Results(options.out)
        for size in options.size:
            data = folder / f"{size}.npz"
            Peer.run(python, "peer_data.py", "--size", size, "--out", data)
            for variant in options.variant:
                for threads in options.threads:
                    case = StepCase(size, variant, threads, data, options.rounds)
                    results.add("steps", case.compare(tool, python, results))
        for pairs in options.pairs:
            for body in ["built-in", "user"]:
                results.add("pairs", compare_pairs(tool, python, pairs, body, options.rounds))
        if options.cold_start:
            results.data["cold start"] = cold_start(tool, python, folder, options.rounds)
            results.save()
    print(tables.markdown(results.data))


def parse_options():
    def names(text):
        return [name for name in text.split(",") if name]

    parser = argparse.ArgumentParser(
        description=__doc__.split("\n")[0], formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--python", help="Python of an environment with numpy, torch and jax")
    parser.add_argument("--tool", help="a built rankine")
    parser.add_argument("--size", type=names, default=["S", "M", "L"])
    parser.add_argument("--variant", type=names, default=["rank"])
    parser.add_argument("--threads", type=names, default=["1"])
    parser.add_argument("--pairs", type=names, default=[], help="such as 64x600,8192x8192")
    parser.add_argument("--cold-start", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=pathlib.Path, help="JSON file of the results")
    return parser.parse_args()


class Results:
    """What was measured, in a file that is complete after each case."""

    def __init__(self, path):
        self.path = path
        self.data = dict(machine=environment.machine(), versions={}, steps=[], pairs=[])
        if path and path.exists():
            found = json.loads(path.read_text())
            # What another machine measured is no part of this table.
            if found["machine"]["processor"] == self.data["machine"]["processor"]:
                self.data.update(found)

    def add(self, kind, case):
        def key(one):
            return [one.get(name) for name in ("size", "variant", "pairs", "body", "threads")]

        self.data[kind] = [one for one in self.data[kind] if key(one) != key(case)] + [case]
        self.save()

    def save(self):
        if self.path:
            partial = self.path.with_suffix(".partial")
            partial.write_text(json.dumps(self.data, indent=1) + "\n")
            partial.replace(self.path)


class StepCase:
    def __init__(self, size, variant, threads, data, rounds):
        self.size, self.variant, self.threads = size, variant, int(threads)
        self.data, self.rounds = data, rounds
        self.tool_words = [
            "--reference", data, "--variant", variant, "--threads", threads, "--runs", 1]

    def compare(self, tool, python, results):
        say(f"{self.size} {self.variant}, {self.threads} threads")
        expected = tool.bench(*self.tool_words, "--steps", 1)[0]["losses"]
        peers, left_out, worst = {}, {}, 0.0
        try:
            for name, (program, form) in STEP_FORMS.items():
                try:
                    peer = Peer(
                        python, program, "--data", self.data, "--variant", self.variant,
                        "--form", form, "--threads", self.threads)
                except PeerFailed as error:
                    left_out[name] = str(error)
                    continue
                peers[name] = peer
                results.data["versions"][name.split()[0]] = peer.first["version"]
                worst = max(worst, self.check(name, expected, peer.first["losses"]))
            ours, theirs = self.time(tool, peers)
        finally:
            for peer in peers.values():
                peer.close()
        own_steps = [(one["median_us"], one["min_us"]) for one in ours]
        own_epochs = [(one["epoch_step_us"], one["min_epoch_step_us"]) for one in ours]
        return dict(
            size=self.size, variant=self.variant, threads=self.threads, rounds=self.rounds,
            losses=len(expected), worst_difference=worst, left_out=left_out,
            ours=dict(
                summary(ours), epoch_step_us=statistics.median(one[0] for one in own_epochs),
                min_epoch_step_us=min(one[1] for one in own_epochs),
                allocations_per_step=ours[0].get("allocations_per_step"),
                compile_ms=ours[0]["compile_ms"], load=environment.machine()["load"]),
            # An epoch in one call holds the scoring of all rows, and so does what it is held to.
            peers={
                name: dict(summary(rounds), **ratios(
                    [(one["median_us"], one["min_us"]) for one in rounds],
                    own_epochs if name == "JAX epoch" else own_steps))
                for name, rounds in theirs.items()})

    def check(self, name, expected, losses):
        """The largest relative difference of the losses.

        Adding in another order changes the last bits, and training makes such changes grow: 50
        steps are held to the tolerance. With the penalty the rank loss passes through zero:
        differences are relative to the mean size of the losses where that is larger.
        """
        pairs = list(zip(expected, losses))[:50]
        size = statistics.mean(abs(a) for a, _ in pairs)
        worst = max(abs(a - b) / max(abs(a), size) for a, b in pairs)
        if not worst <= TOLERANCE:
            sys.exit(f"{name}, {self.size} {self.variant}: losses differ by {worst:.1e}: {pairs}")
        return worst

    def time(self, tool, peers):
        ours, theirs = [], {name: [] for name in peers}
        own_steps, peer_steps = STEPS[self.size]
        for peer in peers.values():
            peer.time(peer_steps)
        for _ in range(self.rounds):
            ours.append(tool.bench(*self.tool_words, "--steps", own_steps)[0])
            for name, peer in peers.items():
                theirs[name].append(peer.time(peer_steps))
                time.sleep(0.2)  # so that its threads sleep before the next side runs
        return ours, theirs


def compare_pairs(tool, python, pairs, body, rounds):
    say(f"{pairs} pairs, {body}")
    words = ["--pairs", pairs, "--body", body, "--threads", 1]
    peers, left_out = {}, {}
    try:
        for name, (program, form) in PAIR_FORMS.items():
            try:
                peers[name] = Peer(
                    python, program, "--pairs", pairs, "--body", body, "--form", form)
            except PeerFailed as error:
                left_out[name] = str(error)
                continue
            if not peers[name].first["error"] <= TOLERANCE:
                sys.exit(f"{name}, {pairs} {body}: slopes off by {peers[name].first['error']}")
        ours, theirs = [], {name: [] for name in peers}
        for _ in range(rounds):
            ours += tool.bench(*words, "--runs", 9)
            for name, peer in peers.items():
                theirs[name].append(peer.time(5))
                time.sleep(0.2)
    finally:
        for peer in peers.values():
            peer.close()
    own = [pair_times(one) for one in ours]
    return dict(
        pairs=pairs, body=body, threads=1, left_out=left_out,
        ours=dict(ns_per_pair=statistics.median(one[0] for one in own),
                  min_ns_per_pair=min(one[1] for one in own), extra_mb=ours[0]["extra_mb"],
                  form=ours[0]["form"]),
        peers={
            name: dict(ns_per_pair=statistics.median(one["ns_per_pair"] for one in all),
                       min_ns_per_pair=min(one["min_ns_per_pair"] for one in all),
                       extra_mb=max(one["extra_mb"] for one in all),
                       **ratios([pair_times(one) for one in all], own))
            for name, all in theirs.items()})


def cold_start(tool, python, folder, rounds):
    """Seconds from the start of a process to its end: importing, and 30 epochs at size S."""
    data = folder / "cold.npz"
    Peer.run(python, "peer_data.py", "--size", "S", "--out", data)

    def train(program, form):  # 54 prescribed steps and 216 more
        words = ["--data", data, "--form", form]
        return lambda: Peer.run(python, program, *words, text="216\n")

    sides = {
        "Rankine, 30 epochs": lambda: tool.bench(
            "--size", "S", "--threads", 1, "--steps", 270, "--runs", 1),
        "import torch": lambda: Peer.run(python, "-c", "import torch"),
        "import jax": lambda: Peer.run(python, "-c", "import jax"),
        "PyTorch eager, 30 epochs": train("torch_peer.py", "eager"),
        "JAX epoch, 30 epochs": train("jax_peer.py", "epoch"),
    }
    seconds = {name: [] for name in sides}
    for _ in range(rounds):
        for name, work in sides.items():
            start = time.perf_counter()
            work()
            seconds[name].append(time.perf_counter() - start)
    return {name: round(statistics.median(values), 3) for name, values in seconds.items()}


def summary(rounds):
    return dict(
        median_us=statistics.median(one["median_us"] for one in rounds),
        min_us=min(one["min_us"] for one in rounds),
        cpu_us=statistics.median(one["cpu_us"] for one in rounds),
        peak_rss_mb=max(one["peak_rss_mb"] for one in rounds))


def pair_times(one):
    return one["ns_per_pair"], one["min_ns_per_pair"]


def ratios(theirs, ours):
    """How many times longer theirs takes, from the median and the least time of each round.

    The median of the rounds' ratios, their range, and the ratio of the fastest of all rounds, which
    other work on the machine disturbs least.
    """
    each = sorted(a[0] / b[0] for a, b in zip(theirs, ours))
    fastest = min(a[1] for a in theirs) / min(b[1] for b in ours)
    return dict(ratio=statistics.median(each), ratio_range=[each[0], each[-1]],
                fastest_ratio=fastest)


def say(text):
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
