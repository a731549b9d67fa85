"""A sum over all pairs of B rows and n columns with its slopes along both sides, in one framework.

    sum_ij [ 1(y_i > y_j) s(f_i - g_j) + 1(y_i < y_j) s(g_j - f_i) ]

Before it is timed, slopes are compared with the formula in float64. `user` is the logistic loss
log(1 + exp(-(high - low))) in the place of the sigmoid.
"""

import argparse
import os
import sys

parser = argparse.ArgumentParser()
parser.add_argument("--pairs", default="64x600", metavar="BxN")
parser.add_argument("--body", choices=["built-in", "user"], default="built-in")
parser.add_argument("--form", choices=["eager", "compiled", "jax"], required=True)
parser.add_argument("--threads", type=int, default=1)
OPTIONS = parser.parse_args()
os.environ["OMP_NUM_THREADS"] = os.environ["NPROC"] = str(OPTIONS.threads)
if OPTIONS.threads == 1:
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
os.environ["JAX_PLATFORMS"] = "cpu"

import numpy as np

import peer_loop

BANDWIDTH = 0.25


def arrays(rows, columns):
    """Scores over the bandwidth, and keys that agree with them in part."""
    random = np.random.default_rng(1)
    out = []
    for count in (rows, columns):
        score = random.standard_normal(count)
        key = score + random.standard_normal(count)
        out += [(score / BANDWIDTH).astype(np.float32), key.astype(np.float32)]
    return out


def with_torch(f, yb, g, y, is_compiled):
    import torch

    torch.set_num_threads(OPTIONS.threads)
    f, yb, g, y = map(torch.from_numpy, (f, yb, g, y))

    def total(f, g, yb, y):
        d = f.unsqueeze(1) - g.unsqueeze(0)
        sign = torch.sign(yb.unsqueeze(1) - y.unsqueeze(0))
        if OPTIONS.body == "user":
            return (sign.abs() * torch.nn.functional.softplus(-sign * d)).sum()
        # s(-d) = 1 - s(d): one sigmoid a pair; the pairs in reverse are counted apart.
        return (sign * torch.sigmoid(d)).sum() + (sign < 0).sum()

    if is_compiled:
        function = torch.compile(torch.func.grad_and_value(total, argnums=(0, 1)))
        return lambda: function(f, g, yb, y)[0]

    def eager():
        F, G = f.detach().requires_grad_(True), g.detach().requires_grad_(True)
        return torch.autograd.grad(total(F, G, yb, y), (F, G))

    return eager


def with_jax(f, yb, g, y):
    import jax
    import jax.numpy as jnp

    f, yb, g, y = map(jnp.asarray, (f, yb, g, y))

    def total(f, g, yb, y):
        d = f[:, None] - g[None, :]
        sign = jnp.sign(yb[:, None] - y[None, :])
        if OPTIONS.body == "user":
            return (jnp.abs(sign) * jax.nn.softplus(-sign * d)).sum()
        return (sign * jax.nn.sigmoid(d)).sum() + (sign < 0).sum()

    function = jax.jit(jax.value_and_grad(total, argnums=(0, 1)))
    return lambda: jax.block_until_ready(function(f, g, yb, y))[1]


def greatest_error(slope, f, yb, g, y):
    """Of the slopes of the first rows, relative to the largest, against float64."""
    some = slice(0, 64)
    sign = np.sign(yb[some, None].astype(float) - y[None, :])
    s = 1 / (1 + np.exp(-(f[some, None].astype(float) - g[None, :])))
    if OPTIONS.body == "user":
        exact = (-np.where(sign > 0, 1 - s, 0) + np.where(sign < 0, s, 0)).sum(1)
    else:
        exact = (sign * s * (1 - s)).sum(1)
    return float(np.abs(np.asarray(slope)[some] - exact).max() / np.abs(exact).max())


def main():
    rows, columns = map(int, OPTIONS.pairs.split("x"))
    f, yb, g, y = arrays(rows, columns)
    if OPTIONS.form == "jax":
        run = with_jax(f, yb, g, y)
    else:
        run = with_torch(f, yb, g, y, OPTIONS.form == "compiled")
    before = peer_loop.peak_megabytes()
    peer_loop.reply(error=greatest_error(run()[0], f, yb, g, y))
    for line in sys.stdin:
        clock = peer_loop.Clock()
        for _ in range(int(line)):
            clock.measure(run)
        peer_loop.reply(
            ns_per_pair=clock.median * 1e3 / (rows * columns),
            min_ns_per_pair=min(clock.elapsed) * 1e3 / (rows * columns),
            extra_mb=peer_loop.peak_megabytes() - before)


if __name__ == "__main__":
    main()
