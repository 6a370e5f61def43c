"""Standard output and standard error of a script's chat."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import CHECKOUT
from tkchat.terminal.output import Output, tell


def run(code: str, *, stdout: int = subprocess.PIPE) -> tuple[int, bytes, str]:
    """Run ``code`` in a process of its own; return its exit code, output and errors."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    environment.pop("PYTHONUNBUFFERED", None)  # would do by itself what is tested
    done = subprocess.run(
        [sys.executable, "-c", f"from tkchat.terminal.output import Output, tell\n{code}"],
        check=False,
        stdout=stdout,
        stderr=subprocess.PIPE,
        cwd=CHECKOUT,
        env=environment,
    )
    return done.returncode, done.stdout or b"", done.stderr.decode()


def test_lines_are_in_utf_8_whatever_the_system_says() -> None:
    assert run("Output().print('gr\\u00fc\\u00df \\u2603')") == (0, "grüß ☃\n".encode(), "")


def test_a_line_is_there_at_once() -> None:
    code = "import os; Output().print('hi'); os._exit(0)"  # without flushing anything
    assert run(code)[1] == b"hi\n"


def test_after_a_broken_pipe_the_exit_is_quiet() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    code = "output = Output()\ntry: output.print('hi')\nexcept OSError: output.abandon()"
    try:
        assert run(f"{code}; output.print('no more')", stdout=writer) == (0, b"", "")
    finally:
        os.close(writer)


def test_no_standard_output_is_no_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    output = Output()
    output.print("hi")
    output.abandon()


def test_what_is_told_is_one_harmless_line(capsys: pytest.CaptureFixture[str]) -> None:
    tell("red \x1b[31m\nline")
    assert capsys.readouterr().err == "tkchat: red \ufffd[31m line\n"


def test_nobody_to_tell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with (tmp_path / "closed").open("w") as closed:
        pass
    monkeypatch.setattr(sys, "stderr", closed)
    tell("hi")
