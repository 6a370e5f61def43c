"""Since when nobody has touched the computer, under Wayland."""

import sys
from pathlib import Path

import pytest

from tests.desktop.support import program
from tkchat.desktop import idle

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks the tools of Linux desktops")


@pytest.fixture(autouse=True)
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder where programs are found."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_gnome_is_asked(tools: Path) -> None:
    program(tools, "gdbus", "echo '(uint64 61234,)'")
    assert idle.wayland_idle_seconds() == 61.234


@pytest.mark.parametrize("script", ["exit 1", "echo what", "printf '\\377'"])
def test_another_desktop_does_not_say(tools: Path, script: str) -> None:
    program(tools, "gdbus", script)
    assert idle.wayland_idle_seconds() is None


def test_nobody_to_ask() -> None:
    assert idle.wayland_idle_seconds() is None


def test_a_desktop_that_hangs_is_not_waited_for(
    tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idle, "SECONDS", 0.05)
    program(tools, "gdbus", "exec /bin/sleep 60")
    assert idle.wayland_idle_seconds() is None


def test_it_is_known_whether_this_is_wayland(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not idle.is_wayland()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert idle.is_wayland()
