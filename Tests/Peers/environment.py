"""A throw-away Python environment with the frameworks, and the built tool."""

import pathlib
import subprocess
import sys
import venv

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PACKAGES = ["numpy", "torch", "jax"]


def make_environment(folder, packages=PACKAGES):
    """Installs the frameworks as pip does by default; returns the environment's Python.

    Where pip's default is a build for graphics cards that is not wanted, say so with pip's own
    environment variables, or give an existing environment with `--python`.
    """
    print("installing " + ", ".join(packages), file=sys.stderr)
    venv.create(folder, with_pip=True)
    python = pathlib.Path(folder) / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
    return python


def build_tool():
    """Builds the command in release; returns its path."""
    build = ["swift", "build", "-c", "release", "--product", "rankine"]
    subprocess.run(build, cwd=ROOT, check=True, stdout=sys.stderr)
    path = subprocess.run(
        build + ["--show-bin-path"], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return pathlib.Path(path.stdout.strip()) / "rankine"


def machine():
    """The processor and how busy the machine is."""
    import os
    import platform

    name = platform.processor() or platform.machine()
    info = pathlib.Path("/proc/cpuinfo")
    if info.exists():
        models = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        name = models[0].split(":", 1)[1].strip() if models else name
    return dict(processor=name, cores=os.cpu_count(), load=round(os.getloadavg()[0], 1))
