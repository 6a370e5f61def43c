"""Tk draws at the size that the desktop wants."""

import tkinter as tk
from pathlib import Path

import pytest

from tkchat.gui.scale import apply_desktop_scale, desktop_dpi, parse_dpi, prepare_process


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
    apply_desktop_scale(root)
    assert float(root.tk.call("tk", "scaling")) == pytest.approx(2.0, abs=0.01)


def test_a_desktop_without_an_answer_changes_nothing(
    root: tk.Tk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    before = root.tk.call("tk", "scaling")
    apply_desktop_scale(root)
    assert root.tk.call("tk", "scaling") == before


def test_a_desktop_that_hangs_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_xrdb(tmp_path, "exec /bin/sleep 30")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("tkchat.gui.scale.XRDB_SECONDS", 0.1)
    assert desktop_dpi() is None


def test_preparing_does_nothing_here() -> None:
    prepare_process()
