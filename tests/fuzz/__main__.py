"""Tries inputs for some time: ``python -m tests.fuzz [--seconds 60] [TARGET...]``.

An input that fails is made as small as can be, and kept in ``tests/fuzz/cases`` as a test.
"""

import argparse
import hashlib
import sys
import time
import traceback
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.targets import TARGETS, Target

CASES = Path(__file__).parent / "cases"
ROUND = 200  #: inputs from one seed


@dataclass
class Tried:
    """How many inputs were tried, and what failed last: the smallest input."""

    count: int = 0
    failed: Any = None


def fuzz(target: Target, seconds: float, first_seed: int, most: int = sys.maxsize) -> Tried:
    """Try inputs for so long, or so many; the first that fails ends it.

    Raises:
        Exception: what the input led to; the input is noted in the exception.
    """
    deadline, tried = time.monotonic() + seconds, Tried()
    limits = settings(
        max_examples=min(ROUND, most),
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    with target.start() as check:

        def try_one(one: Any) -> None:
            tried.count += 1
            try:
                check(one)
            except BaseException:
                tried.failed = one
                raise

        for number in count(first_seed):
            try:
                seed(number)(limits(given(target.inputs)(try_one)))()
            except Exception as error:
                error.add_note(f"by {tried.failed!r}")
                raise
            if time.monotonic() >= deadline or tried.count >= most:
                return tried
    raise AssertionError("numbers came to an end")


def main() -> int:
    """Fuzz what the arguments say; return 1 if something failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="of each (%(default)s)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="for the same again")
    parser.add_argument("target", nargs="*", choices=[*TARGETS, []], help="by default all")
    arguments = parser.parse_args()
    failed = 0
    for name in arguments.target or TARGETS:
        print(f"{name}: ", end="", flush=True)  # noqa: T201 (a program of its own)
        try:
            tried = fuzz(TARGETS[name], arguments.seconds, arguments.seed)
        except Exception as error:  # noqa: BLE001 (whatever an input led to)
            failed += 1
            traceback.print_exception(error)
            keep(name, error)
        else:
            print(f"{tried.count:,} inputs, nothing found", flush=True)  # noqa: T201 (the same)
    return min(failed, 1)


def keep(name: str, error: Exception) -> None:
    """Write the input that led to ``error`` where the tests find it."""
    found = next(note for note in error.__notes__ if note.startswith("by "))[3:]
    digest = hashlib.sha256(found.encode()).hexdigest()[:8]
    (CASES / f"{name}-{digest}.txt").write_text(found + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
