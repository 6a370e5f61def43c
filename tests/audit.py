"""Asks whether a library that is installed has known holes: ``python -m tests.audit``."""

import json
import subprocess
import sys

SECONDS = 90.0  #: for all of it: `make check` must not hang where there is no network


def main() -> int:
    """Print what is known; return 1 if that is a hole."""
    command = [sys.executable, "-m", "pip_audit", "--skip-editable", "--progress-spinner", "off"]
    try:
        done = subprocess.run(
            [*command, "--timeout", "10", "--format", "json"],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return tell_skipped(f"it took more than {SECONDS:g} s")
    try:
        asked = json.loads(done.stdout)["dependencies"]
    except ValueError:
        return tell_skipped((done.stderr.strip().splitlines() or ["it said nothing"])[-1])
    known = [each for each in asked if "skip_reason" not in each]
    if not known:
        return tell_skipped("the service knows none of the libraries")
    holes = [f"{each['name']}: {hole['id']}" for each in known for hole in each["vulns"]]
    print(f"pip-audit: {len(known)} libraries, {len(holes)} known holes", *holes, sep="\n  ")  # noqa: T201 (a program of its own)
    return 1 if holes else 0


def tell_skipped(why: str) -> int:
    """Say that nobody could be asked, which is no failure."""
    print(f"pip-audit: skipped, nobody could be asked ({why})")  # noqa: T201 (the same)
    return 0


if __name__ == "__main__":
    sys.exit(main())
