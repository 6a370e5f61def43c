"""A folder opens in the file manager that the desktop has."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.desktop.support import program
from tkchat.desktop.folder import open_folder

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks the tools of Linux desktops")


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder where programs are found; empty."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def test_the_desktops_opener_gets_the_whole_path(
    tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tools, "xdg-open", f'printf %s "$1" > "{tmp_path}/opened"')
    monkeypatch.chdir(tmp_path)
    Path("-my files").mkdir()
    open_folder(Path("-my files"))
    assert (tmp_path / "opened").read_text() == str(tmp_path / "-my files")


def test_without_one_that_is_an_error(tools: Path, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="xdg-open"):
        open_folder(tmp_path)


def test_one_that_fails_is_an_error(tools: Path, tmp_path: Path) -> None:
    program(tools, "xdg-open", "exit 3")
    with pytest.raises(subprocess.CalledProcessError):
        open_folder(tmp_path)
