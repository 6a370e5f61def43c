"""Notifications on macOS and Windows, with stand-ins for osascript and PowerShell."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.desktop.support import program
from tkchat.desktop.notify_script import MacPopups, WindowsPopups

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="runs shell scripts")

HOSTILE = '-x "it\'s" $(id) `id`\n%PATH% 👍'


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder where programs are found."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_a_mac_is_handed_the_words_as_arguments(tools: Path) -> None:
    program(tools, "osascript", f"printf '%s\\0' \"$@\" > '{tools}/told'")
    popups = MacPopups()
    popups.show("#general", HOSTILE, HOSTILE)
    popups.withdraw("#general")
    popups.close()
    option, script, *words = (tools / "told").read_text().split("\0")[:-1]
    assert option == "-e"
    assert "x" not in script.replace("text", "")
    assert words == ["#general", HOSTILE, HOSTILE]


def test_windows_is_handed_the_words_in_the_environment(tools: Path) -> None:
    told = f'printf \'%s\\0\' "$TKCHAT_TITLE" "$TKCHAT_TEXT" "$TKCHAT_TAG" > \'{tools}/told\''
    program(tools, "powershell", f"{told}; printf '%s ' \"$@\" > '{tools}/arguments'")
    popups = WindowsPopups()
    tags = []
    for key in ("#general", "#general", "@bob"):
        popups.show(key, HOSTILE, HOSTILE)
        *words, tag = (tools / "told").read_text().split("\0")[:-1]
        assert words == [HOSTILE, HOSTILE]
        tags.append(tag)
    popups.withdraw("#general")
    popups.close()
    assert "-EncodedCommand" in (tools / "arguments").read_text()
    assert tags[0] == tags[1] != tags[2]
    assert {len(tag) for tag in tags} == {16}


@pytest.mark.parametrize("popups", [MacPopups(), WindowsPopups()])
def test_a_failure_is_told(tools: Path, popups: MacPopups | WindowsPopups) -> None:
    with pytest.raises(OSError, match="No such file"):
        popups.show("a", "b", "c")
    for name in ("osascript", "powershell"):
        program(tools, name, "exit 1")
    with pytest.raises(subprocess.SubprocessError):
        popups.show("a", "b", "c")
