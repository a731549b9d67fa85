"""The benchmark's model by its formulas alone: plain Python, one number at a time, no packages.

It is far too slow to be measured. It is there so that the command's losses can be held against an
implementation that shares nothing with it, wherever there is a Python: `check_agreement.py`.
"""

import math
import random


class Number:
    """A value that remembers what it was computed from, for reverse accumulation."""

    __slots__ = ("value", "parents", "slope")

    def __init__(self, value, parents=()):
        self.value, self.parents, self.slope = value, parents, 0.0

    def __add__(self, other):
        other = number(other)
        return Number(self.value + other.value, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        other = number(other)
        return Number(self.value * other.value, ((self, other.value), (other, self.value)))

    def __sub__(self, other):
        return self + number(other) * -1.0

    __radd__, __rmul__ = __add__, __mul__

    def map(self, value, slope):
        return Number(value, ((self, slope),))


def number(x):
    return x if isinstance(x, Number) else Number(float(x))


def sigmoid(x):
    s = 1 / (1 + math.exp(-x.value))
    return x.map(s, s * (1 - s))


def exp(x):
    return x.map(math.exp(x.value), math.exp(x.value))


def softplus(x):
    return x.map(math.log1p(math.exp(x.value)), 1 / (1 + math.exp(-x.value)))


def square_root(x):
    root = math.sqrt(x.value)
    return x.map(root, 0.5 / root)


def gradient(total, leaves):
    """The slopes of one value along some others."""
    order, seen, stack = [], set(), [(total, False)]
    while stack:
        node, is_done = stack.pop()
        if is_done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            node.slope = 0.0
            stack.append((node, True))
            stack += [(parent, False) for parent, _ in node.parents]
    for leaf in leaves:
        leaf.slope = 0.0
    total.slope = 1.0
    for node in reversed(order):
        for parent, factor in node.parents:
            parent.slope += factor * node.slope
    return [leaf.slope for leaf in leaves]


class Adam:
    def __init__(self, count, rate):
        self.rate, self.time = rate, 0
        self.first, self.second = [0.0] * count, [0.0] * count

    def moved(self, values, slopes):
        self.time += 1
        c1, c2 = 1 - 0.9**self.time, 1 - 0.999**self.time
        self.first = [0.9 * m + 0.1 * g for m, g in zip(self.first, slopes)]
        self.second = [0.999 * v + 0.001 * g * g for v, g in zip(self.second, slopes)]
        return [
            x - self.rate * (m / c1) / (math.sqrt(v / c2) + 1e-8)
            for x, m, v in zip(values, self.first, self.second)]


class PlainModel:
    """`counts` names n, p, h, m, B and K; arrays are flat lists in row-major order."""

    SIGMA, LAMBDA, RATE = 0.1, 0.01, 1e-3

    def __init__(self, counts, variant, seed=1):
        self.__dict__.update(counts)
        self.variant = variant
        n, p, h, m, K = self.n, self.p, self.h, self.m, self.K
        self.shapes = dict(W0=(h, p), b0=(h,), W1=(K, m, h), b1=(K, m), W2=(K, m, m), b2=(K, m),
                           W3=(K, m), b3=(K,))
        draw = random.Random(seed)
        self.X = [draw.gauss(0, 1) for _ in range(n * p)]
        self.y = [[self.outcome(k, row, draw) for row in range(n)] for k in range(K)]
        self.first_weights = {
            name: [draw.uniform(-0.6, 0.6) for _ in range(math.prod(shape))]
            for name, shape in self.shapes.items()}
        self.weights = {
            name: [Number(x) for x in values] for name, values in self.first_weights.items()}
        self.uncertainties = [Number(0.0) for _ in range(K)]
        self.balance, self.first_losses = [1.0] * K, None
        self.adam = Adam(sum(map(len, self.first_weights.values())) + K, self.RATE)
        self.balance_adam = Adam(K, 0.025)

    def is_binary(self, k):
        return k >= (self.K + 1) // 2

    def outcome(self, k, row, draw):
        score = sum(self.X[row * self.p + (k + j) % self.p] for j in range(3)) + draw.gauss(0, 1)
        return float(score > 0) if self.is_binary(k) else score

    def scores(self, rows):
        """f_k of each row: a list a task."""
        W, h, m, p = self.weights, self.h, self.m, self.p
        out = [[] for _ in range(self.K)]

        def layer(weight, bias, first, count, x):
            z = [sum((weight[(first + i) * len(x) + j] * x[j] for j in range(len(x))),
                     bias[first + i]) for i in range(count)]
            return [value * sigmoid(value) for value in z]

        for row in rows:
            h0 = layer(W["W0"], W["b0"], 0, h, self.X[row * p:(row + 1) * p])
            for k in range(self.K):
                a = layer(W["W1"], W["b1"], k * m, m, h0)
                a = layer(W["W2"], W["b2"], k * m, m, a)
                out[k].append(sum((W["W3"][k * m + i] * a[i] for i in range(m)), W["b3"][k]))
        return out

    def losses(self, rows, stored):
        """One number a task, from the scores of some rows and the stored ones of all."""
        scores = self.scores(rows)
        return [self.loss(k, rows, scores[k], stored[k]) for k in range(self.K)]

    def loss(self, k, rows, f, g):
        y, B = self.y[k], len(rows)
        if self.variant.startswith("rank"):
            total = Number(0.0)
            for i, row in enumerate(rows):
                for j in range(self.n):
                    if y[row] > y[j]:
                        total = total + sigmoid((f[i] - g[j]) * (1 / self.SIGMA))
                    elif y[row] < y[j]:
                        total = total + sigmoid((number(g[j]) - f[i]) * (1 / self.SIGMA))
            return total * (-1 / (B * self.n))
        total = Number(0.0)
        for score, row in zip(f, rows):
            if self.is_binary(k):
                total = total + softplus(score) - score * y[row]
            else:
                d = score - y[row]
                size = d * (1.0 if d.value > 0 else -1.0)
                total = total + (d * d * 0.5 if size.value < 1 else size - 0.5)
        return total * (1 / B)

    def penalty(self):
        W0, total = self.weights["W0"], Number(0.0)
        for j in range(self.p):
            total = total + square_root(
                sum((W0[i * self.p + j] * W0[i * self.p + j] for i in range(self.h)), Number(0.0)))
        return total * self.LAMBDA

    def step(self, rows, stored):
        """Moves the weights; returns the loss before."""
        losses = self.losses(rows, stored)
        total = Number(0.0)
        for k, loss in enumerate(losses):
            if self.variant == "uncertainty":
                s = self.uncertainties[k]
                share = 1.0 if self.is_binary(k) else 0.5
                total = total + exp(s * -1.0) * loss * share + s * 0.5
            elif self.variant == "gradnorm":
                total = total + loss * self.balance[k]
            else:
                total = total + loss
        if self.variant != "rank-prox":
            total = total + self.penalty()
        if self.variant == "gradnorm":
            self.rebalance(losses)
        leaves = [x for values in self.weights.values() for x in values] + self.uncertainties
        moved = self.adam.moved([x.value for x in leaves], gradient(total, leaves))
        for leaf, value in zip(leaves, moved):
            leaf.value = value
        if self.variant == "rank-prox":
            self.shrink()
        return total.value

    def rebalance(self, losses):
        self.first_losses = self.first_losses or [loss.value for loss in losses]
        sizes = [math.sqrt(sum(g * g for g in gradient(loss, self.weights["W0"])))
                 for loss in losses]
        ratios = [loss.value / first for loss, first in zip(losses, self.first_losses)]
        mean_ratio = sum(ratios) / self.K
        pulls = [w * size for w, size in zip(self.balance, sizes)]
        mean_pull = sum(pulls) / self.K
        slopes = [
            math.copysign(size, pull - mean_pull * (ratio / mean_ratio) ** 1.5)
            for size, pull, ratio in zip(sizes, pulls, ratios)]
        moved = [max(w, 1e-3) for w in self.balance_adam.moved(self.balance, slopes)]
        self.balance = [w * self.K / sum(moved) for w in moved]

    def shrink(self):
        W0, p = self.weights["W0"], self.p
        for j in range(p):
            column = W0[j::p]
            norm = math.sqrt(sum(x.value**2 for x in column))
            factor = max(0.0, 1 - self.RATE * self.LAMBDA / norm) if norm > 0 else 0.0
            for x in column:
                x.value *= factor

    def train(self, batches):
        """The loss of each step; all rows are scored at the start of an epoch."""
        losses = []
        for step, rows in enumerate(batches):
            if step % (self.n // self.B) == 0:
                stored = [[f.value for f in task] for task in self.scores(range(self.n))]
            losses.append(self.step(rows, stored))
        return losses
