"""The start of the whole program: its looks are the desktop's, and its errors are kept."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import CHECKOUT
from tkchat.gui.look.palette import DARK, LIGHT

_PROGRAM = """
import signal, sys, tkinter as tk
from pathlib import Path
from tkchat.client.profile import Profile
from tkchat.gui import start

class Watched(tk.Tk):
    def mainloop(self):
        while not any(each.winfo_viewable() for each in self.winfo_children()):
            self.update()
        print(self.cget("background"))
        self.after(0, lambda: {first})
        self.after(0, lambda: signal.raise_signal(signal.SIGINT))
        super().mainloop()

tk.Tk = Watched
sys.exit(start.run(Profile(Path(sys.argv[1]))))
"""


def run(profile: Path, first: str = "None") -> subprocess.CompletedProcess[str]:
    """Start the program, let it do ``first`` and end; it prints the colour of its windows."""
    command = [sys.executable, "-c", _PROGRAM.format(first=first), str(profile)]
    return subprocess.run(
        command, capture_output=True, check=True, text=True, cwd=CHECKOUT, timeout=30
    )


def desktop_answers(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Let the first program that is asked about the desktop's looks be this one."""
    folder.mkdir()
    program = folder / "gdbus"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems are asked in other ways")
@pytest.mark.parametrize(("answer", "colour"), [(1, DARK.window), (2, LIGHT.window)])
def test_the_first_window_looks_like_the_desktop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: int, colour: str
) -> None:
    desktop_answers(tmp_path / "bin", monkeypatch, f"echo '(<<uint32 {answer}>>,)'")
    assert run(tmp_path / "profile").stdout.strip() == colour


def test_an_error_is_written_to_the_log(tmp_path: Path) -> None:
    said = run(tmp_path / "profile", "1 / 0").stderr
    written = (tmp_path / "profile" / "tkchat.log").read_text("utf-8")
    assert "ERROR tkchat.gui.app: a callback failed" in written
    assert "ZeroDivisionError" in written
    assert said == written


def test_without_an_error_there_is_no_log(tmp_path: Path) -> None:
    run(tmp_path / "profile")
    assert not (tmp_path / "profile" / "tkchat.log").exists()
