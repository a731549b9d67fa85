"""The two sides of a comparison: the command, and peers that wait between rounds."""

import json
import pathlib
import queue
import subprocess
import tempfile
import threading

HERE = pathlib.Path(__file__).resolve().parent
START_LIMIT, ROUND_LIMIT = 900, 600
# Names of forms: which program, and its --form.
STEP_FORMS = {
    "PyTorch eager": ("torch_peer.py", "eager"),
    "PyTorch compiled": ("torch_peer.py", "compiled"),
    "JAX step": ("jax_peer.py", "step"),
    "JAX epoch": ("jax_peer.py", "epoch"),
}
PAIR_FORMS = {
    "PyTorch eager": ("pair_peer.py", "eager"),
    "PyTorch compiled": ("pair_peer.py", "compiled"),
    "JAX": ("pair_peer.py", "jax"),
}


class PeerFailed(Exception):
    pass


class Peer:
    """A program of another framework: trained and compiled once, then timed whenever asked."""

    def __init__(self, python, program, *words):
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            [str(python), str(HERE / program), *map(str, words)], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=self.errors, text=True, cwd=HERE)
        self.lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        try:
            self.first = self._next(START_LIMIT)
        except PeerFailed:
            self.close()
            raise

    @staticmethod
    def run(python, *words, text=""):
        """Runs a program of this folder to its end."""
        subprocess.run(
            [str(python), *map(str, words)], input=text, text=True, check=True, cwd=HERE,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def time(self, count):
        """Times so many steps or sums."""
        self.process.stdin.write(f"{count}\n")
        self.process.stdin.flush()
        return self._next(ROUND_LIMIT)

    def close(self):
        self.process.kill()
        self.process.wait()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def _next(self, limit):
        try:
            line = self.lines.get(timeout=limit)
        except queue.Empty:
            raise PeerFailed(f"no answer in {limit} s") from None
        if line is None:
            self.errors.seek(0)
            said = [text.strip() for text in self.errors if text.strip()]
            raise PeerFailed(said[-1] if said else "it ended without a word")
        return json.loads(line)


class Tool:
    """The built command; every case is a process of its own."""

    def __init__(self, path):
        self.path = str(path)

    def bench(self, *words):
        """The lines of one `bench` command as dictionaries."""
        out = subprocess.run(
            [self.path, "bench", *map(str, words)], check=True, stdout=subprocess.PIPE, text=True)
        return [json.loads(line) for line in out.stdout.splitlines()]
