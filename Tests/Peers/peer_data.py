"""The benchmark's model in words, and the arrays that every side trains on. Needs numpy.

    z0 = X W0' + b0                W0 (h, p)      shared by all tasks
    h0 = silu(z0)
    h1 = silu(h0 W1_k' + b1_k)     W1 (K, m, h)   per task k
    h2 = silu(h1 W2_k' + b2_k)     W2 (K, m, m)
    f_k = h2 W3_k' + b3_k          W3 (K, m)

Rank loss of a batch of B rows, with g the scores of all n rows at the start of the epoch:

    L_k = -1/(B n) sum_i sum_j [ 1(y_i > y_j) s((f_i - g_j)/sigma) + 1(y_i < y_j) s((g_j - f_i)/sigma) ]

The total is sum_k L_k + lambda sum_j |W0[:, j]|, trained by Adam (1e-3, 0.9, 0.999, 1e-8).
`rank-prox` leaves the penalty out of the gradient and, after Adam's step, scales each column j by
max(0, 1 - 1e-3 lambda / |W0[:, j]|). The weighted losses are Huber (delta 1) for continuous tasks
and cross-entropy for binary ones, means over the batch:

    uniform      sum L_k
    uncertainty  sum c_k exp(-s_k) L_k + s_k/2, c = 1/2 continuous, 1 binary; s is trained from 0
    gradnorm     sum w_k L_k; with G_k = |dL_k/dW0|, r_k = L_k/L_k(0) over its mean, the weights
                 follow sign(w_k G_k - mean(w G) r_k^1.5) G_k by Adam(0.025), stay above 1e-3 and
                 sum to K; a step uses the weights from before its own update
"""

import argparse

import numpy as np

from shapes import SIZES

# At S the first 54 steps are compared, at M 60, at L 39.
EPOCHS = {"S": 6, "M": 4, "L": 1}
VARIANTS = ["rank", "rank-prox", "uniform", "uncertainty", "gradnorm"]
WEIGHTS = ["W0", "b0", "W1", "b1", "W2", "b2", "W3", "b3"]
RATE, BETA1, BETA2, EPSILON = 1e-3, 0.9, 0.999, 1e-8
SIGMA, LAMBDA = 0.1, 0.01
BALANCE_RATE, BALANCE_ALPHA = 0.025, 1.5


def is_binary(tasks):
    """The first half of the tasks, rounded up, is continuous and the rest binary."""
    return np.arange(tasks) >= (tasks + 1) // 2


def draw(size, seed=20240601):
    """X, y, initial weights and the batches of whole epochs; what B does not divide is dropped."""
    c = SIZES[size]
    n, p, h, m, B, K = (c[name] for name in "n p h m B K".split())
    random = np.random.default_rng(seed)
    X = random.standard_normal((n, p), dtype=np.float32)
    y = np.zeros((K, n), np.float32)
    for k in range(K):
        effects = random.standard_normal(10).astype(np.float32)
        score = X[:, 5 * k:5 * k + 10] @ effects / np.float32(np.sqrt(10))
        score = score + 0.5 * random.standard_normal(n).astype(np.float32)
        y[k] = score > 0 if is_binary(K)[k] else (score - score.mean()) / score.std()

    def uniform(shape, inputs):
        bound = 1 / np.sqrt(inputs)
        return random.uniform(-bound, bound, shape).astype(np.float32)

    arrays = dict(
        X=X, y=y, W0=uniform((h, p), p), b0=uniform((h,), p),
        W1=uniform((K, m, h), h), b1=uniform((K, m), h),
        W2=uniform((K, m, m), m), b2=uniform((K, m), m),
        W3=uniform((K, m), m), b3=uniform((K,), m))
    orders = [random.permutation(n)[:n // B * B] for _ in range(EPOCHS[size])]
    arrays["batches"] = np.concatenate(orders).reshape(-1, B).astype(np.int32)
    return arrays


class Case:
    """The arrays of a file, with the batches epoch by epoch."""

    def __init__(self, path):
        with np.load(path) as file:
            arrays = {name: file[name] for name in file.files}
        self.X, self.y = arrays["X"], arrays["y"]
        self.weights = {name: arrays[name] for name in WEIGHTS}
        batches = arrays["batches"]
        self.tasks, self.rows = self.y.shape
        self.steps_per_epoch = self.rows // batches.shape[1]
        self.epochs = [
            batches[i:i + self.steps_per_epoch]
            for i in range(0, len(batches), self.steps_per_epoch)]
        self.continuous = int((~is_binary(self.tasks)).sum())

    def count_greater(self):
        """#{j: y_j > y_i} [tasks, rows].

        Since s(-d) = 1 - s(d), one sigmoid a pair and these counts give both terms of the loss.
        """
        return np.stack([
            self.rows - np.searchsorted(np.sort(y), y, side="right") for y in self.y
        ]).astype(np.float32)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write the arrays of one size as an npz file.")
    parser.add_argument("--size", choices=SIZES, required=True)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    np.savez(options.out, **draw(options.size))
