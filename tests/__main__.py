"""Runs all tests, in several processes side by side: many of them do little but wait."""

import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from typing import IO

# Each process runs the tests below its paths, but for those that an earlier one runs.
GROUPS = (
    ("tests/gui/messages", "tests/gui/places", "tests/gui/search", "tests/faults"),
    ("tests/gui",),
    (
        "tests/scenarios/test_nearby_journey.py",
        "tests/scenarios/test_doctor_journey.py",
        "tests/server/test_announcement.py",
        "tests/client/test_nearby.py",
        "tests/attacks",
    ),
    ("tests/scenarios",),
    ("tests",),
)


def main() -> int:
    """Run all groups with the arguments given; print what they say; return 0 if all passed."""
    running: list[tuple[subprocess.Popen[bytes], IO[bytes]]] = []
    with ExitStack() as ending:
        env = _environment(ending.enter_context(tempfile.TemporaryDirectory()))
        taken: list[str] = []
        for paths in GROUPS:
            said: IO[bytes] = ending.enter_context(tempfile.TemporaryFile())
            ignored = [f"--ignore={path}" for path in taken]
            command = [sys.executable, "-m", "pytest", *sys.argv[1:], *paths, *ignored]
            running.append((subprocess.Popen(command, stdout=said, stderr=said, env=env), said))
            taken += paths
        codes = []
        for process, said in running:
            codes.append(process.wait())
            said.seek(0)
            sys.stdout.buffer.write(said.read())
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
