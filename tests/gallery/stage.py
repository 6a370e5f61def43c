"""The real program on a chat with people in it, in one look."""

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.gallery.talk import WHO, token, write_log
from tests.gui.apps import People, Person
from tests.support import running_server
from tests.tagged import TaggedClient
from tkchat.client.database import Database
from tkchat.client.host_key import install_for, on_this_computer
from tkchat.client.model import Link
from tkchat.client.presence import State
from tkchat.client.profile import Profile
from tkchat.server.server import Server
from tkchat.wire.requests import SetPresence

SIZE = (980, 680)  #: of the chat window at 100 %, like the next
LARGEST = (1300, 880)  #: it is not larger, whatever the zoom: such is a laptop's screen
HERE = ("grace", "linus", "margaret")


@dataclass(frozen=True, slots=True)
class Look:
    """A theme as the settings name it, and a zoom in per cent."""

    theme: str
    zoom: int

    def __str__(self) -> str:
        return f"{self.theme}-{self.zoom}"


class Stage:
    """``ada`` at her window, ``others`` in the same chat. Open it with `set_up`."""

    def __init__(self, look: Look, folder: Path, server: Server) -> None:
        self.look = look
        self.server = server
        self.people = People(folder)
        self.others = {name: TaggedClient(server.address, name, token=token(name)) for name in HERE}
        self.ada = self.newcomer()

    def enter(self) -> None:
        """Let ada come in, unless she is, and wait until everything is there."""
        if self.ada.app.window is not None:
            return
        self.others["linus"].ask(SetPresence(State.AWAY, "At lunch until two"))
        self.others["margaret"].ask(SetPresence(State.BUSY))
        self.ada.app.open(self.server.address, WHO)
        self.wait_until(lambda: self.ada.app.window is not None)
        self.wait_until(lambda: self.ada.model.link is Link.ONLINE)
        self.wait_until(lambda: self.ada.model.presence_of("margaret"))

    def newcomer(self) -> Person:
        """Start another program, in this look."""
        folder = self.people._folder / f"profile {len(self.people.persons)}"
        profile = Profile(folder)
        settings = profile.settings
        settings.theme, settings.zoom, settings.clock = self.look.theme, self.look.zoom, "24"
        settings.notify, settings.sound = "none", False
        sizes = zip(SIZE, LARGEST, strict=True)
        width, height = (min(side * self.look.zoom // 100, most) for side, most in sizes)
        settings.window = f"{width}x{height}+0+0"
        profile.save()
        return self.people.add()

    def wait_until(self, condition: Callable[[], object]) -> None:
        """Let everybody's programs run until ``condition``."""
        self.people.wait_until(condition)

    def update(self) -> None:
        """Let everybody's programs do what waits."""
        self.people.wait_until(lambda: True)

    def stay_alive(self) -> None:
        """Answer the host's pings in the name of the others."""
        for client in self.others.values():
            client.ping()

    def close(self) -> None:
        """End everybody's programs."""
        self.people.close()
        for client in self.others.values():
            client.close()


@contextlib.contextmanager
def set_up(look: Look) -> Iterator[Stage]:
    """Set up a chat in which ada is not yet; see `Stage.enter`."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        profile = folder / "profile 0"
        profile.mkdir()
        with running_server() as server:
            port = server.address.port
        with contextlib.closing(Database(profile / "chats.sqlite3")) as database:
            install = install_for(database.install, on_this_computer(port))
        write_log(folder / "host", install)
        with running_server(data=folder / "host", port=port) as server:
            stage = Stage(look, folder, server)
            try:
                yield stage
            finally:
                stage.close()
