"""The whole screen for the chat, and back, under a window manager."""

import shutil
import subprocess
from collections.abc import Iterator

import pytest

from tests.gui.apps import People
from tests.support import running_server

OPENBOX = shutil.which("openbox")


@pytest.fixture
def manager() -> Iterator[None]:
    """A window manager: without one no window can have the whole screen."""
    assert OPENBOX
    process = subprocess.Popen([OPENBOX, "--sm-disable"], stderr=subprocess.DEVNULL)
    yield
    process.terminate()
    process.wait()


@pytest.mark.skipif(OPENBOX is None, reason="needs openbox")
@pytest.mark.usefixtures("manager")
def test_f11_fills_the_screen_and_gives_it_back(people: People) -> None:
    with running_server() as server:
        alice = people.join(server.address, "alice")
        window = alice.window
        people.wait_until(lambda: int(window.frame(), 16) != window.winfo_id())  # it is managed
        before = window.geometry()
        alice.press("<F11>")
        people.wait_until(lambda: window.winfo_width() == window.winfo_screenwidth())
        assert window.winfo_height() == window.winfo_screenheight()
        assert window.fills_screen
        alice.app._remember_window()
        assert alice.profile.settings.window != window.geometry()
        alice.press("<F11>")
        people.wait_until(lambda: window.geometry() == before)
