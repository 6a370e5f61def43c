"""Choosing a file by the desktop's own dialog."""

import sys
from pathlib import Path

import pytest

from tests.desktop.support import program
from tkchat.desktop.save_dialog import can_choose, choose_file

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="runs shell scripts")


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder where programs are found."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("name", ["zenity", "kdialog"])
def test_a_program_of_the_desktop_is_asked(tools: Path, name: str) -> None:
    program(tools, name, f"printf '%s\\0' \"$@\" > '{tools}/told'; echo '/home/a b/x.html'")
    assert can_choose()
    assert choose_file(Path("/home/$(id)/'x'.html"), "-t") == Path("/home/a b/x.html")
    told = (tools / "told").read_text()
    assert "/home/$(id)/'x'.html" in told
    assert "-t" in told


def test_nothing_is_chosen(tools: Path) -> None:
    program(tools, "zenity", "exit 1")
    assert choose_file(Path("/x")) is None


@pytest.mark.usefixtures("tools")
def test_there_is_nobody_to_ask() -> None:
    assert not can_choose()
    with pytest.raises(FileNotFoundError):
        choose_file(Path("/x"))
