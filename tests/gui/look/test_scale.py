"""Tk draws at the size that the desktop wants."""

import os
import shutil
import subprocess
import sys
import tkinter as tk
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support import CHECKOUT
from tkchat.gui.look.scale import (
    apply_desktop_scale,
    ask_dpi,
    desktop_dpi,
    parse_dpi,
    prepare_process,
)


@pytest.mark.parametrize(
    ("resources", "dpi"),
    [
        ("Xft.antialias:\t1\nXft.dpi:\t192\nXft.hinting:\t1\n", 192.0),
        ("Xft.dpi: 120.5\n", 120.5),
        ("", None),
        ("*Xft.dpi.other: 5\n", None),
        ("Xft.dpi: 0\n", None),
        ("Xft.dpi: 99999\n", None),
        ("Xft.dpi: many\n", None),
    ],
)
def test_reading_the_desktops_answer(resources: str, dpi: float | None) -> None:
    assert parse_dpi(resources) == dpi


def fake_xrdb(folder: Path, script: str) -> None:
    program = folder / "xrdb"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def test_tk_takes_the_desktops_scale(
    root: tk.Tk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_xrdb(tmp_path, "echo 'Xft.dpi: 144'")
    monkeypatch.setenv("PATH", str(tmp_path))
    apply_desktop_scale(root, desktop_dpi(ask_dpi()))
    assert float(root.tk.call("tk", "scaling")) == pytest.approx(2.0, abs=0.01)


def test_a_desktop_without_an_answer_changes_nothing(
    root: tk.Tk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    before = root.tk.call("tk", "scaling")
    apply_desktop_scale(root, desktop_dpi(ask_dpi()))
    assert root.tk.call("tk", "scaling") == before


def test_a_desktop_that_hangs_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_xrdb(tmp_path, "exec /bin/sleep 30")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("tkchat.gui.look.scale.XRDB_SECONDS", 0.1)
    assert desktop_dpi(ask_dpi()) is None


def test_preparing_does_nothing_here() -> None:
    prepare_process()


_MEASURE = """
import tkinter as tk
from tkchat.gui.look.palette import LIGHT
from tkchat.gui.look.scale import apply_desktop_scale, ask_dpi, desktop_dpi
from tkchat.gui.look.theme import Theme
root = tk.Tk()
apply_desktop_scale(root, desktop_dpi(ask_dpi()))
theme = Theme(root, LIGHT)
print(theme.px(100), theme.fonts.body.metrics("linespace"))
"""


@contextmanager
def screen(dpi: int) -> Iterator[dict[str, str]]:
    """Open a screen of its own, and yield the environment of programs on it."""
    read, write = os.pipe()
    # It must not forget what is set on it whenever a program leaves.
    options = ["-displayfd", str(write), "-screen", "0", "800x600x24", "-noreset"]
    with subprocess.Popen(["Xvfb", *options, "-dpi", str(dpi)], pass_fds=[write]) as server:
        os.close(write)
        with os.fdopen(read) as number:
            yield {**os.environ, "DISPLAY": f":{number.readline().strip()}"}
        server.terminate()


def measured(environment: dict[str, str]) -> list[int]:
    """Return a length of 100 pixels and the height of a line as a new program has them."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE],
        env=environment,
        capture_output=True,
        check=True,
        cwd=CHECKOUT,
    )
    return [int(number) for number in done.stdout.split()]


@pytest.mark.skipif(shutil.which("xrdb") is None, reason="xrdb sets what desktops set on X11")
def test_twice_the_dots_make_everything_twice_as_large() -> None:
    with screen(96) as environment:
        length, line = measured(environment)
        # What desktops set; they leave the server's own figure alone.
        subprocess.run(["xrdb", "-merge"], input=b"Xft.dpi: 192\n", env=environment, check=True)
        by_desktop = measured(environment)
    with screen(192) as environment:
        by_server = measured(environment)
    assert length == 100
    assert by_desktop == by_server
    assert by_desktop[0] == 200
    assert by_desktop[1] == pytest.approx(2 * line, rel=0.1)
