"""What the peers share: they train the file's batches, then time more steps whenever asked.

A peer prints one JSON line when it is ready, with the losses of the prescribed steps, and one for
each line of its input, which says how many steps to time. It ends with its input.
"""

import argparse
import json
import resource
import sys
import time


def parse_options(forms):
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True, help="npz file of peer_data.py")
    parser.add_argument("--variant", default="rank")
    parser.add_argument("--form", choices=forms, required=True)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def reply(**values):
    print(json.dumps(values), flush=True)


def peak_megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Clock:
    """Microseconds of elapsed and of processor time of each measured call."""

    def __init__(self):
        self.elapsed, self.processor = [], []

    def measure(self, work, share=1):
        processor, start = time.process_time(), time.perf_counter()
        result = work()
        self.elapsed.append((time.perf_counter() - start) * 1e6 / share)
        self.processor.append((time.process_time() - processor) * 1e6 / share)
        return result

    @property
    def median(self):
        return sorted(self.elapsed)[len(self.elapsed) // 2]

    def summary(self):
        return dict(
            median_us=self.median, min_us=min(self.elapsed), max_us=max(self.elapsed),
            cpu_us=sum(self.processor) / len(self.processor), steps=len(self.elapsed))


def serve_steps(trainer, case, **facts):
    """For a trainer with `refresh()`, which scores all rows, and `step(rows)`; both wait."""
    losses = []
    for batches in case.epochs:
        trainer.refresh()
        losses += [trainer.step(rows) for rows in trainer.prepared(batches)]
    reply(losses=[float(loss) for loss in losses], **facts)
    epochs = [trainer.prepared(batches) for batches in case.epochs]
    position = 0
    for line in sys.stdin:
        clock, refreshes = Clock(), Clock()
        for _ in range(int(line)):
            epoch, step = divmod(position, case.steps_per_epoch)
            if step == 0:
                refreshes.measure(trainer.refresh)
            rows = epochs[epoch % len(epochs)][step]
            loss = clock.measure(lambda: trainer.step(rows))
            position += 1
        scoring = refreshes.median if refreshes.elapsed else None
        reply(**clock.summary(), refresh_us=scoring, loss_last=float(loss),
              peak_rss_mb=peak_megabytes())


def serve_epochs(trainer, case, **facts):
    """For a trainer with `epoch(batches)`, which scores all rows and trains; it waits."""
    epochs = [trainer.prepared_epoch(batches) for batches in case.epochs]
    losses = [float(loss) for batches in epochs for loss in trainer.epoch(batches)]
    reply(losses=losses, **facts)
    position = 0
    for line in sys.stdin:
        clock = Clock()
        for _ in range(max(1, int(line) // case.steps_per_epoch)):
            batches = epochs[position % len(epochs)]
            losses = clock.measure(lambda: trainer.epoch(batches), share=case.steps_per_epoch)
            position += 1
        reply(**clock.summary(), loss_last=float(losses[-1]), peak_rss_mb=peak_megabytes())
