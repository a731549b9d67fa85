"""The benchmark's model in PyTorch on the processor: eager, or the whole step compiled.

The fastest forms found: fused Adam and a loop over tasks in eager mode; in compiled mode one
function from batch to updated weights, with Adam written out.
"""

import os

import peer_loop

OPTIONS = peer_loop.parse_options(["eager", "compiled"]) if __name__ == "__main__" else None
if OPTIONS:
    os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = str(OPTIONS.threads)

import torch
import torch.nn.functional as F

import peer_data
from peer_data import BETA1, BETA2, EPSILON, LAMBDA, RATE, SIGMA, WEIGHTS


def scores_of(P, z0):
    """Scores [tasks, rows] from z0 [rows, h], or from a z0 of its own a task [tasks, rows, h]."""
    h0 = F.silu(z0)
    tasks, units = P["b1"].shape
    if h0.dim() == 2:  # one product for the first layer of all tasks
        a = F.linear(h0, P["W1"].reshape(tasks * units, -1), P["b1"].reshape(-1))
        a = F.silu(a).view(-1, tasks, units).transpose(0, 1)
    else:
        a = F.silu(torch.baddbmm(P["b1"].unsqueeze(1), h0, P["W1"].transpose(1, 2)))
    a = F.silu(torch.baddbmm(P["b2"].unsqueeze(1), a, P["W2"].transpose(1, 2)))
    return torch.bmm(a, P["W3"].unsqueeze(2)).squeeze(2) + P["b3"].unsqueeze(1)


def rank_loss(f, g, yb, y, greater, one_task_at_a_time):
    """f [tasks, batch], g and y [tasks, rows], greater [tasks, batch] the rows ranked above."""
    f, g = f / SIGMA, g / SIGMA
    if one_task_at_a_time:  # smaller temporaries, faster in eager mode
        total = 0.0
        for k in range(len(f)):
            sign = (yb[k].unsqueeze(1) - y[k].unsqueeze(0)).sign_()
            s = torch.sigmoid(f[k].unsqueeze(1) - g[k].unsqueeze(0))
            total = total + torch.dot(sign.view(-1), s.view(-1))
    else:
        sign = torch.sign(yb.unsqueeze(2) - y.unsqueeze(1))
        total = (sign * torch.sigmoid(f.unsqueeze(2) - g.unsqueeze(1))).sum()
    return -(total + greater.sum()) / (f.shape[1] * g.shape[1])


def weighted_losses(f, yb, continuous):
    huber = [F.huber_loss(f[k], yb[k]) for k in range(continuous)]
    entropy = [
        F.binary_cross_entropy_with_logits(f[k], yb[k]) for k in range(continuous, len(f))]
    return torch.stack(huber + entropy)


def column_norms(W0):
    # Faster on the processor than linalg.vector_norm(dim=0), forward and backward.
    return (W0 * W0).sum(0).clamp_min(1e-30).sqrt()


class Trainer:
    def __init__(self, case, variant, is_compiled):
        self.variant, self.is_compiled, self.tasks = variant, is_compiled, case.tasks
        self.continuous = case.continuous
        self.X, self.y = torch.from_numpy(case.X), torch.from_numpy(case.y)
        self.greater = torch.from_numpy(case.count_greater())
        self.P = {name: torch.from_numpy(case.weights[name].copy()) for name in WEIGHTS}
        self.stored = torch.zeros(case.tasks, case.rows)
        if variant == "uncertainty":
            self.P["s"] = torch.zeros(case.tasks)
            self.share = torch.tensor(
                [0.5] * case.continuous + [1.0] * (case.tasks - case.continuous))
        if variant == "gradnorm":
            self.w = torch.ones(case.tasks)
            self.w_moments = torch.zeros(case.tasks), torch.zeros(case.tasks)
            self.first_losses = torch.zeros(case.tasks)
        self.time = torch.zeros(())
        if is_compiled:
            self.moments = {name: (torch.zeros_like(p), torch.zeros_like(p))
                            for name, p in self.P.items()}
            self.run_step = torch.compile(self.whole_step)
            self.run_scores = torch.compile(self.all_scores)
        else:
            for p in self.P.values():
                p.requires_grad_(True)
            self.adam = torch.optim.Adam(
                list(self.P.values()), lr=RATE, betas=(BETA1, BETA2), eps=EPSILON, fused=True)
            self.run_step, self.run_scores = self.eager_step, self.all_scores

    def prepared(self, batches):
        return [torch.from_numpy(rows.astype("int64")) for rows in batches]

    def all_scores(self, P, X):
        return scores_of(P, F.linear(X, P["W0"], P["b0"]))

    def refresh(self):
        if self.variant.startswith("rank"):
            with torch.no_grad():
                self.stored = self.run_scores(self.P, self.X)

    def step(self, rows):
        if not self.is_compiled:
            return self.run_step(rows)
        with torch.no_grad():
            return self.run_step(self.P, self.moments, self.time, self.stored, rows)

    def objective(self, P, stored, rows):
        xb, yb = self.X.index_select(0, rows), self.y.index_select(1, rows)
        f = scores_of(P, F.linear(xb, P["W0"], P["b0"]))
        if self.variant.startswith("rank"):
            total = rank_loss(
                f, stored, yb, self.y, self.greater.index_select(1, rows), not self.is_compiled)
        else:
            losses = weighted_losses(f, yb, self.continuous)
            if self.variant == "uncertainty":
                total = (self.share * torch.exp(-P["s"]) * losses + 0.5 * P["s"]).sum()
            else:
                total = losses.sum()
        if self.variant != "rank-prox":
            total = total + LAMBDA * column_norms(P["W0"]).sum()
        return total

    def eager_step(self, rows):
        self.time += 1
        self.adam.zero_grad(set_to_none=True)
        if self.variant == "gradnorm":
            with torch.enable_grad():
                total, gradients = self.balanced_gradients(self.P, rows)
            for name, p in self.P.items():
                p.grad = gradients[name].contiguous()  # fused Adam walks it in memory order
        else:
            total = self.objective(self.P, self.stored, rows)
            total.backward()
        self.adam.step()
        if self.variant == "rank-prox":
            with torch.no_grad():
                self.shrink(self.P["W0"])
        return total.detach()

    def whole_step(self, P, moments, time, stored, rows):
        time.add_(1.0)
        if self.variant == "gradnorm":
            total, gradients = self.balanced_gradients(P, rows)
        else:
            gradients, total = torch.func.grad_and_value(self.objective)(P, stored, rows)
        for name, p in P.items():
            p.sub_(self.adam_step(gradients[name], *moments[name], time, RATE))
        if self.variant == "rank-prox":
            self.shrink(P["W0"])
        return total

    def adam_step(self, gradient, first, second, time, rate):
        first.mul_(BETA1).add_(gradient, alpha=1 - BETA1)
        second.mul_(BETA2).addcmul_(gradient, gradient, value=1 - BETA2)
        scale = torch.sqrt(1 - BETA2 ** time)
        return rate / (1 - BETA1 ** time) * first / (torch.sqrt(second) / scale + EPSILON)

    def shrink(self, W0):
        W0.mul_((1 - RATE * LAMBDA / column_norms(W0)).clamp_min(0))

    def balanced_gradients(self, P, rows):
        """GradNorm: per-task gradients of W0 from one backward pass to a z0 of its own a task."""
        xb, yb = self.X.index_select(0, rows), self.y.index_select(1, rows)
        z0 = F.linear(xb, P["W0"], P["b0"]).detach().expand(self.tasks, -1, -1).contiguous()
        heads = {name: P[name] for name in WEIGHTS[2:]}

        def total_of(z0, heads):
            losses = weighted_losses(scores_of(heads, z0), yb, self.continuous)
            return losses.sum(), losses

        if self.is_compiled:
            (dz, slopes), losses = torch.func.grad(
                total_of, argnums=(0, 1), has_aux=True)(z0, heads)
        else:
            z0.requires_grad_(True)
            total, losses = total_of(z0, heads)
            dz, *rest = torch.autograd.grad(total, [z0, *heads.values()])
            slopes = dict(zip(heads, rest))
        with torch.no_grad():
            return self.balance(P["W0"], xb, dz, slopes, losses.detach())

    def balance(self, W0, xb, dz, slopes, losses):
        tasks, w = self.tasks, self.w.clone()
        per_task = (dz.transpose(1, 2).reshape(-1, len(xb)) @ xb).view(tasks, *W0.shape)
        sizes = torch.linalg.vector_norm(per_task.reshape(tasks, -1), dim=1)
        norms = column_norms(W0)
        gradients = dict(
            W0=(w @ per_task.reshape(tasks, -1)).view_as(W0) + LAMBDA * W0 / norms,
            b0=w @ dz.sum(1),
            **{name: g * w.view([tasks] + [1] * (g.dim() - 1)) for name, g in slopes.items()})
        self.first_losses.copy_(torch.where(self.time == 1, losses, self.first_losses))
        rates = losses / self.first_losses
        pull = w * sizes
        target = pull.mean() * (rates / rates.mean()) ** peer_data.BALANCE_ALPHA
        moved = w - self.adam_step(
            torch.sign(pull - target) * sizes, *self.w_moments, self.time,
            peer_data.BALANCE_RATE)
        moved = moved.clamp_min(1e-3)
        self.w.copy_(moved * (tasks / moved.sum()))
        return (w * losses).sum() + LAMBDA * norms.sum(), gradients


if __name__ == "__main__":
    torch.set_num_threads(OPTIONS.threads)
    case = peer_data.Case(OPTIONS.data)
    trainer = Trainer(case, OPTIONS.variant, OPTIONS.form == "compiled")
    peer_loop.serve_steps(trainer, case, version="PyTorch " + torch.__version__)
