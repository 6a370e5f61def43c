"""What programs of the desktop say."""

import sys
from pathlib import Path

import pytest

from tests.desktop.support import program
from tkchat.desktop.asking import answer, environment

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")


@on_posix
@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo ' dark '", "dark"),
        ("printf 'a\\377b'", "a\ufffdb"),
        ("echo dark; exit 1", ""),
        ("exec /bin/sleep 60", ""),
    ],
)
def test_what_a_program_says(tmp_path: Path, script: str, said: str) -> None:
    seconds = 0.05 if "sleep" in script else 30
    assert answer([str(program(tmp_path, "tool", script))], seconds) == said


def test_a_missing_program_says_nothing(tmp_path: Path) -> None:
    assert answer([str(tmp_path / "tool")], 1) == ""


def test_the_own_message_bus_comes_before_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/7")
    assert environment()["DBUS_SESSION_BUS_ADDRESS"] == "unix:path=/run/user/7/bus"
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/mine")
    assert environment()["DBUS_SESSION_BUS_ADDRESS"] == "unix:path=/mine"
