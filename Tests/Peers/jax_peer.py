"""The benchmark's model in JAX on the processor: a jitted step, or a whole epoch in one jit."""

import os

import peer_loop

OPTIONS = peer_loop.parse_options(["step", "epoch"]) if __name__ == "__main__" else None
if OPTIONS:
    os.environ["NPROC"] = str(OPTIONS.threads)  # the size of the compiler's pool of threads
    if OPTIONS.threads == 1:
        os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
    os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp

import peer_data
from peer_data import BETA1, BETA2, EPSILON, LAMBDA, RATE, SIGMA, WEIGHTS


def scores_of(P, z0):
    """Scores [tasks, rows] from z0 [rows, h], or from a z0 of its own a task [tasks, rows, h]."""
    h0 = jax.nn.silu(z0)
    form = "bh,kmh->kbm" if h0.ndim == 2 else "kbh,kmh->kbm"
    a = jax.nn.silu(jnp.einsum(form, h0, P["W1"]) + P["b1"][:, None, :])
    a = jax.nn.silu(jnp.einsum("kbm,klm->kbl", a, P["W2"]) + P["b2"][:, None, :])
    return jnp.einsum("kbm,km->kb", a, P["W3"]) + P["b3"][:, None]


def rank_loss(f, g, yb, y, greater):
    """f [tasks, batch], g and y [tasks, rows], greater [tasks, batch] the rows ranked above."""
    sign = jnp.sign(yb[:, :, None] - y[:, None, :])
    s = jax.nn.sigmoid(f[:, :, None] / SIGMA - g[:, None, :] / SIGMA)
    return -((sign * s).sum() + greater.sum()) / (f.shape[1] * g.shape[1])


def weighted_losses(f, yb, continuous):
    d = jnp.abs(f[:continuous] - yb[:continuous])
    huber = jnp.where(d < 1, 0.5 * d * d, d - 0.5).mean(1)
    x, t = f[continuous:], yb[continuous:]
    entropy = (jnp.maximum(x, 0) - x * t + jnp.log1p(jnp.exp(-jnp.abs(x)))).mean(1)
    return jnp.concatenate([huber, entropy])


def column_norms(W0):
    squares = jnp.sum(W0 * W0, axis=0)
    return jnp.where(squares > 0, jnp.sqrt(jnp.where(squares > 0, squares, 1.0)), 0.0)


def adam(p, moments, gradient, time, rate):
    first = BETA1 * moments[0] + (1 - BETA1) * gradient
    second = BETA2 * moments[1] + (1 - BETA2) * gradient * gradient
    scaled = jnp.sqrt(second / (1 - BETA2 ** time)) + EPSILON
    return p - rate * first / (1 - BETA1 ** time) / scaled, (first, second)


class Trainer:
    def __init__(self, case, variant):
        self.variant, self.tasks, self.continuous = variant, case.tasks, case.continuous
        self.data = tuple(map(jnp.asarray, (case.X, case.y, case.count_greater())))
        P = {name: jnp.asarray(case.weights[name]) for name in WEIGHTS}
        if variant == "uncertainty":
            P["s"] = jnp.zeros(case.tasks)
        zeros = {name: (jnp.zeros_like(p), jnp.zeros_like(p)) for name, p in P.items()}
        self.state = dict(P=P, moments=zeros, time=jnp.zeros(()))
        if variant == "gradnorm":
            zero = jnp.zeros(case.tasks)
            self.state.update(
                w=jnp.ones(case.tasks), w_moments=(zero, jnp.zeros(case.tasks)),
                first_losses=jnp.zeros(case.tasks))
        self.stored = jnp.zeros((case.tasks, case.rows))
        # The state is given away at every call, so that it is updated in place.
        self.run_step = jax.jit(self.next_state, donate_argnums=0)
        self.run_epoch = jax.jit(self.next_epoch, donate_argnums=0)
        self.run_scores = jax.jit(self.all_scores)

    def prepared(self, batches):
        return [jnp.asarray(rows) for rows in batches]

    prepared_epoch = staticmethod(jnp.asarray)

    def refresh(self):
        if self.variant.startswith("rank"):
            self.stored = self.run_scores(self.state["P"], self.data[0]).block_until_ready()

    def step(self, rows):
        self.state, total = self.run_step(self.state, self.data, self.stored, rows)
        return total.block_until_ready()

    def epoch(self, batches):
        self.state, totals = self.run_epoch(self.state, self.data, batches)
        return totals.block_until_ready()

    def all_scores(self, P, X):
        return scores_of(P, X @ P["W0"].T + P["b0"])

    def next_epoch(self, state, data, batches):
        is_rank = self.variant.startswith("rank")
        stored = self.all_scores(state["P"], data[0]) if is_rank else jnp.zeros_like(data[1])
        return jax.lax.scan(
            lambda state, rows: self.next_state(state, data, stored, rows), state, batches)

    def objective(self, P, xb, yb, y, greater, stored):
        f = scores_of(P, xb @ P["W0"].T + P["b0"])
        if self.variant.startswith("rank"):
            total = rank_loss(f, stored, yb, y, greater)
        else:
            losses = weighted_losses(f, yb, self.continuous)
            total = losses.sum()
            if self.variant == "uncertainty":
                share = jnp.where(jnp.arange(self.tasks) < self.continuous, 0.5, 1.0)
                total = (share * jnp.exp(-P["s"]) * losses + 0.5 * P["s"]).sum()
        if self.variant != "rank-prox":
            total = total + LAMBDA * column_norms(P["W0"]).sum()
        return total

    def next_state(self, state, data, stored, rows):
        X, y, greater = data
        xb, yb = X[rows], y[:, rows]
        P, time = state["P"], state["time"] + 1
        new = dict(time=time)
        if self.variant == "gradnorm":
            total, gradients, balance = self.balanced_gradients(state, time, xb, yb)
            new.update(balance)
        else:
            total, gradients = jax.value_and_grad(self.objective)(
                P, xb, yb, y, greater[:, rows], stored)
        moved = {
            name: adam(P[name], state["moments"][name], gradients[name], time, RATE)
            for name in P}
        new["P"] = {name: p for name, (p, _) in moved.items()}
        new["moments"] = {name: moments for name, (_, moments) in moved.items()}
        if self.variant == "rank-prox":
            W0 = new["P"]["W0"]
            norms = jnp.maximum(column_norms(W0), 1e-30)
            new["P"]["W0"] = W0 * jnp.maximum(1 - RATE * LAMBDA / norms, 0)
        return new, total

    def balanced_gradients(self, state, time, xb, yb):
        """GradNorm: per-task gradients of W0 from one backward pass to a z0 of its own a task."""
        P, w = state["P"], state["w"]
        z0 = xb @ P["W0"].T + P["b0"]
        z0 = jnp.broadcast_to(z0, (self.tasks, *z0.shape))

        def total_of(z0, heads):
            losses = weighted_losses(scores_of(heads, z0), yb, self.continuous)
            return losses.sum(), losses

        (dz, slopes), losses = jax.grad(total_of, argnums=(0, 1), has_aux=True)(
            z0, {name: P[name] for name in WEIGHTS[2:]})
        per_task = jnp.einsum("kbh,bp->khp", dz, xb)
        sizes = jnp.sqrt(jnp.sum(per_task * per_task, axis=(1, 2)))
        norms = column_norms(P["W0"])
        gradients = {
            name: g * w.reshape([-1] + [1] * (g.ndim - 1)) for name, g in slopes.items()}
        gradients["W0"] = (
            jnp.einsum("k,khp->hp", w, per_task) + LAMBDA * P["W0"] / jnp.maximum(norms, 1e-30))
        gradients["b0"] = w @ dz.sum(1)
        first = jnp.where(time == 1, losses, state["first_losses"])
        rates = losses / first
        pull = w * sizes
        target = pull.mean() * (rates / rates.mean()) ** peer_data.BALANCE_ALPHA
        moved, moments = adam(
            w, state["w_moments"], jnp.sign(pull - target) * sizes, time,
            peer_data.BALANCE_RATE)
        moved = jnp.maximum(moved, 1e-3)
        balance = dict(
            w=moved * (self.tasks / moved.sum()), w_moments=moments, first_losses=first)
        return (w * losses).sum() + LAMBDA * norms.sum(), gradients, balance


if __name__ == "__main__":
    case = peer_data.Case(OPTIONS.data)
    trainer = Trainer(case, OPTIONS.variant)
    serve = peer_loop.serve_steps if OPTIONS.form == "step" else peer_loop.serve_epochs
    serve(trainer, case, version="JAX " + jax.__version__)
