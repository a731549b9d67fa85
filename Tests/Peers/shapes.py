"""The sizes of the benchmark's model: rows, features, units, rows of a mini-batch, tasks."""

SIZES = {
    "S": dict(n=600, p=500, h=64, m=32, B=64, K=2),
    "M": dict(n=2000, p=2000, h=128, m=64, B=128, K=2),
    "L": dict(n=10000, p=5000, h=256, m=64, B=256, K=5),
}
