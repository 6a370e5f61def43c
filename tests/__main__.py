"""Runs all tests, in several processes side by side: many of them do little but wait."""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

AT_ONCE = 5
# What one process after the other takes, the longest first; the last has all that no other names.
GROUPS = (
    ("tests/server", "tests/terminal"),
    ("tests/attacks", "tests/scenarios/test_nearby_journey.py"),
    ("tests/scenarios",),
    ("tests/client", "tests/test_benchmarks.py"),
    ("tests/faults",),
    ("tests/gui/messages", "tests/gui/search"),
    ("tests/gui/door", "tests/gui/places", "tests/gui/settings", "tests/gui/invite"),
    ("tests/gui/writing", "tests/gui/order", "tests/gui/emoji"),
    ("tests/gui/widgets", "tests/gui/look"),
    ("tests/gui",),
    ("tests",),
)


def main() -> int:
    """Run all groups with the arguments given; print what they say; return 0 if all passed."""
    with tempfile.TemporaryDirectory() as bytecode, ThreadPoolExecutor(AT_ONCE) as workers:
        env = _environment(bytecode)

        def run(number: int) -> "subprocess.CompletedProcess[bytes]":
            others = [path for group in GROUPS[:number] for path in group]
            ignored = [f"--ignore={path}" for path in others]
            command = [sys.executable, "-m", "pytest", *sys.argv[1:], *GROUPS[number], *ignored]
            return subprocess.run(
                command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=env, check=False
            )

        codes = []
        for done in workers.map(run, range(len(GROUPS))):
            codes.append(done.returncode)
            sys.stdout.buffer.write(done.stdout)
            sys.stdout.flush()
    return max(map(abs, codes))


def _environment(bytecode: str) -> dict[str, str]:
    """Return that of the tests, which start hundreds of programs: none shall compile all anew."""
    if not sys.dont_write_bytecode:
        return dict(os.environ)
    kept = {name: it for name, it in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": bytecode}


if __name__ == "__main__":
    sys.exit(main())
