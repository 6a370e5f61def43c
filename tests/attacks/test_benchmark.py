"""The benchmark of attacks still runs; what it measures on so small a scale means nothing."""

import subprocess
import sys

from tests.support import CHECKOUT


def test_an_attack_is_measured() -> None:
    command = ["-m", "benchmarks", "attacks", "--only", "pings", "--seconds", "0.3"]
    done = subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, cwd=CHECKOUT, check=False
    )
    assert done.returncode == 0, done.stderr
    _, figures = done.stdout.strip().splitlines()
    assert figures.startswith("tagged: pings")
    assert float(figures.split()[2]) > 0
