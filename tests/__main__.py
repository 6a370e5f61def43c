"""Runs all tests in two processes, one for those with windows and one for all others."""

import subprocess
import sys
import tempfile

WITH_WINDOWS = ("tests/gui", "tests/scenarios")


def main() -> int:
    """Run both halves with the arguments given; print what they say; return 0 if both passed."""
    pytest = [sys.executable, "-m", "pytest", *sys.argv[1:]]
    others = [f"--ignore={folder}" for folder in WITH_WINDOWS]
    with tempfile.TemporaryFile() as said:
        windows = subprocess.Popen([*pytest, *WITH_WINDOWS], stdout=said, stderr=said)
        try:
            code = subprocess.run([*pytest, "tests", *others], check=False).returncode
        finally:
            windows_code = windows.wait()
        said.seek(0)
        sys.stdout.buffer.write(said.read())
    return code or windows_code


if __name__ == "__main__":
    sys.exit(main())
