"""The theme is what the settings say, and what they leave to the desktop."""

import tkinter as tk
from datetime import datetime
from pathlib import Path

import pytest

from tests.desktop.support import program
from tests.gui.driving import wait_until
from tkchat.client.settings import Settings
from tkchat.gui.look import looks as looks_module
from tkchat.gui.look.looks import Looks
from tkchat.gui.look.palette import CONTRAST_DARK, DARK, LIGHT
from tkchat.gui.pump import Pump

NOON = datetime(2026, 11, 21, 12, 5).astimezone()


@pytest.fixture
def settings() -> Settings:
    return Settings()


@pytest.fixture
def looks(root: tk.Tk, settings: Settings) -> Looks:
    return Looks(root, settings, Pump(root))


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desktop that is dark and counts twelve hours: the folder of its tools."""
    program(tmp_path, "gdbus", "exit 1")
    program(
        tmp_path,
        "gsettings",
        'case "$3" in color-scheme) echo "\'prefer-dark\'";; *) echo "\'12h\'";; esac',
    )
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_it_begins_with_what_is_set(root: tk.Tk) -> None:
    settings = Settings(theme="dark", zoom=150, density="compact", clock="12", font="DejaVu Serif")
    theme = Looks(root, settings, Pump(root)).theme
    assert (theme.palette, theme.zoom, theme.compact) == (DARK, 150, True)
    assert theme.clock(NOON) == "12:05 PM"
    assert theme.fonts.body.cget("family") == "DejaVu Serif"


def test_each_change_is_followed(looks: Looks, settings: Settings) -> None:
    theme = looks.theme
    settings.theme, settings.zoom, settings.density = "dark", 120, "compact"
    looks.follow()
    assert (theme.palette, theme.zoom, theme.compact) == (DARK, 120, True)


def test_the_desktop_counts_where_it_is_left_to_it(looks: Looks, settings: Settings) -> None:
    looks.desktop_is(True)
    assert looks.theme.palette == DARK
    settings.theme = "light"
    looks.follow()
    assert looks.theme.palette == LIGHT
    looks.desktop_is(True)
    assert looks.theme.palette == LIGHT
    settings.theme = "contrast"
    looks.follow()
    assert looks.theme.palette == CONTRAST_DARK


def test_the_desktop_is_asked_without_waiting(looks: Looks, desktop: Path, root: tk.Tk) -> None:
    looks.ask_desktop()
    assert looks.theme.palette == LIGHT
    wait_until(root, lambda: looks.theme.palette == DARK)
    wait_until(root, lambda: looks.theme.clock(NOON) == "12:05 PM")


def test_it_is_asked_again_when_a_window_gets_the_focus(
    root: tk.Tk, looks: Looks, desktop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root.event_generate("<FocusIn>")
    root.update()
    assert looks.theme.palette == LIGHT  # asked only a moment ago
    monkeypatch.setattr(looks_module, "LOOK_AGAIN_SECONDS", 0.0)
    root.event_generate("<FocusIn>")
    wait_until(root, lambda: looks.theme.palette == DARK)
    monkeypatch.undo()


def test_the_clock_that_was_chosen_counts_more(
    root: tk.Tk, looks: Looks, settings: Settings, desktop: Path
) -> None:
    settings.clock = "24"
    looks.ask_desktop()
    wait_until(root, lambda: looks.theme.palette == DARK)
    assert looks.theme.clock(NOON) == "12:05"
