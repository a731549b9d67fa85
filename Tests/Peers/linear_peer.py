"""A group lasso path in scikit-learn, celer and skglm: makes the data, or times the solvers on them."""

import json
import sys
import time
import warnings

import numpy as np


def make(path, n, p, tasks):
    """Correlated features, 10 of them in use for each task, and 20 strengths down to .05 of the largest."""
    random = np.random.default_rng(1)
    X = np.empty((n, p))
    X[:, 0] = random.normal(size=n)
    for j in range(1, p):
        X[:, j] = 0.5 * X[:, j - 1] + np.sqrt(0.75) * random.normal(size=n)
    B = np.zeros((p, tasks))
    for k in range(tasks):
        B[random.choice(15, 10, replace=False) * (p // 20), k] = 1 + random.normal(size=10)
    Y = X @ B + random.normal(size=(n, tasks))
    largest = np.linalg.norm(X.T @ Y, axis=1).max() / n
    np.savez(path, X=X, Y=Y, **{"lambda": largest * np.geomspace(0.95, 0.05, 20)})


def objective(X, Y, B, strength):
    left = Y - X @ B
    return (left ** 2).sum() / (2 * len(X)) + strength * np.linalg.norm(B, axis=1).sum()


def scikit(X, Y, strengths):
    from sklearn.linear_model import MultiTaskLasso
    model = MultiTaskLasso(fit_intercept=False, warm_start=True, tol=1e-6, max_iter=5000)
    for strength in strengths:
        model.alpha = strength
        model.fit(X, Y)
        yield model.coef_.T.copy()


def celer(X, Y, strengths):
    # The path behind its estimator, whose class asks for an older scikit-learn.
    from celer.homotopy import mtl_path
    _, coefficients, _ = mtl_path(X, Y, alphas=strengths, tol=1e-6)
    yield from (coefficients[:, :, place].T for place in range(len(strengths)))


def skglm(X, Y, strengths):
    from skglm.estimators import MultiTaskLasso
    model = MultiTaskLasso(fit_intercept=False, warm_start=True, tol=1e-6)
    _, coefficients, _ = model.path(X, Y, strengths)
    yield from (coefficients[:, :, place].T for place in range(len(strengths)))


SOLVERS = {"scikit-learn": scikit, "celer": celer, "skglm": skglm}


def run(path):
    """A line for each solver; a first path, in which some compile themselves, is not timed."""
    warnings.simplefilter("ignore")
    data = np.load(path)
    X, Y, strengths = np.asfortranarray(data["X"]), np.asfortranarray(data["Y"]), data["lambda"]
    for name, solver in SOLVERS.items():
        list(solver(X, Y, strengths))
        start = time.perf_counter()
        found = list(solver(X, Y, strengths))
        seconds = time.perf_counter() - start
        values = [objective(X, Y, B, strength) for B, strength in zip(found, strengths)]
        print(json.dumps(dict(solver=name, objectives=values, seconds=[seconds])), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2], *map(int, sys.argv[3:]))
    else:
        run(sys.argv[2])
