"""Runs all tests in two processes, one for the windows' and one for all others."""

import os
import subprocess
import sys
import tempfile

WITH_WINDOWS = ("tests/gui",)


def main() -> int:
    """Run both halves with the arguments given; print what they say; return 0 if both passed."""
    pytest = [sys.executable, "-m", "pytest", *sys.argv[1:]]
    others = [f"--ignore={folder}" for folder in WITH_WINDOWS]
    with tempfile.TemporaryFile() as said, tempfile.TemporaryDirectory() as bytecode:
        env = _environment(bytecode)
        windows = subprocess.Popen([*pytest, *WITH_WINDOWS], stdout=said, stderr=said, env=env)
        try:
            done = subprocess.run([*pytest, "tests", *others], check=False, env=env)
        finally:
            windows_code = windows.wait()
        said.seek(0)
        sys.stdout.buffer.write(said.read())
    return done.returncode or windows_code


def _environment(bytecode: str) -> dict[str, str]:
    """Return that of the tests, which start hundreds of programs: none shall compile all anew."""
    if not sys.dont_write_bytecode:
        return dict(os.environ)
    kept = {name: it for name, it in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": bytecode}


if __name__ == "__main__":
    sys.exit(main())
