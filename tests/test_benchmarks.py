"""The benchmarks still run, on a small scale; what they measure then means nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
SMALL = {
    "rooms": ["--history=300"],
    "flood": ["--rate=500", "--seconds=0.5"],
    "memory": ["--rate=500", "--messages=100"],
    "idle": ["--seconds=0.5"],
    "looks": [],
    "start": ["--runs=1"],
}


@pytest.mark.parametrize("what", SMALL)
def test_the_window_is_measured(what: str) -> None:
    command = ["-m", "benchmarks", "window", "--only", what, "--settle=0.2", *SMALL[what]]
    done = subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, cwd=CHECKOUT, check=False
    )
    assert done.returncode == 0, done.stderr
    name, figures = done.stdout.strip().split(":")
    assert name == what
    assert [float(each.split()[-1].replace(",", "")) for each in figures.split(", ")]
