import sys
from pathlib import Path

import pytest

from tests.desktop.support import program
from tkchat.desktop import appearance

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks the tools of Linux desktops")


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder where programs are found; empty."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.mark.parametrize(
    ("portal", "gnome", "dark"),
    [
        ("echo '(<<uint32 1>>,)'", "echo \"'default'\"", True),
        ("echo '(<<uint32 2>>,)'", "echo \"'prefer-dark'\"", False),
        ("echo '(<<uint32 0>>,)'", "echo \"'prefer-dark'\"", True),
        ("exit 1", "echo \"'prefer-dark'\"", True),
        ("exit 1", "echo \"'prefer-light'\"", False),
        ("exit 1", "echo \"'default'\"", False),
        ("exit 1", "exit 1", None),
        ("printf '\\377'", "printf '\\377'", False),
    ],
)
def test_asks_the_portal_and_then_gnome(
    portal: str, gnome: str, dark: bool | None, tools: Path
) -> None:
    program(tools, "gdbus", portal)
    program(tools, "gsettings", gnome)
    assert appearance.prefers_dark() is dark


@pytest.mark.usefixtures("tools")
def test_does_not_know_without_tools() -> None:
    assert appearance.prefers_dark() is None


def test_does_not_wait_for_a_tool_that_hangs(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(appearance, "SECONDS", 0.05)
    program(tools, "gdbus", "exec /bin/sleep 60")
    program(tools, "gsettings", "echo \"'prefer-dark'\"")
    assert appearance.prefers_dark() is True


def test_starts_no_message_bus(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    program(tools, "gdbus", f'echo "$DBUS_SESSION_BUS_ADDRESS" > "{tools}/address"')
    appearance.prefers_dark()
    assert (tools / "address").read_text() == "unix:path=/nonexistent/bus\n"


def test_asks_the_real_tools_without_complaint() -> None:
    assert appearance.prefers_dark() in (True, False, None)


@pytest.mark.parametrize(
    ("gnome", "written", "hours"),
    [
        ("echo \"'12h'\"", "echo %T", 12),
        ("echo \"'24h'\"", "echo %r", 24),
        ("exit 1", "echo %r", 12),
        ("exit 1", "echo '%I:%M:%S %p'", 12),
        ("exit 1", "echo %T", 24),
        ("exit 1", "exit 1", None),
    ],
)
def test_the_clock_is_gnomes_or_that_of_the_language(
    gnome: str, written: str, hours: int | None, tools: Path
) -> None:
    program(tools, "gsettings", gnome)
    program(tools, "locale", written)
    assert appearance.clock_hours() == hours


def test_the_real_tools_know_a_clock_or_none() -> None:
    assert appearance.clock_hours() in (12, 24, None)
