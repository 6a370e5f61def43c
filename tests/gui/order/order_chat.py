"""A chat with a host, a moderator at a window, and somebody who needs one."""

from collections.abc import Callable
from pathlib import Path

from tests.gui.apps import People
from tests.server.order_kit import ordered
from tests.tagged import TaggedClient
from tkchat.client.order import Role
from tkchat.server.server import Server


class Chat:
    """``host`` and ``bob`` are lines; ``alice`` sits at a window and is a moderator."""

    def __init__(self, people: People, server: Server, host: TaggedClient, folder: Path) -> None:
        self.folder = folder  #: the host's
        self.people = people
        self.server = server
        self.host = host
        self.bob = TaggedClient(server.address, "bob")
        self.alice = people.join(server.address, "alice")
        self.appoint()
        people.wait_until(lambda: "bob" in self.alice.model.people)

    def appoint(self, role: Role = Role.MODERATOR) -> None:
        """Let alice have a role."""
        word = {Role.MODERATOR: "/moderator alice", Role.MEMBER: "/unmoderator alice"}[role]
        ordered(self.host, word)
        self.wait_until(lambda: self.alice.model.order.role_of("alice") is role)

    def wait_until(self, condition: Callable[[], object]) -> None:
        """Run alice's program until ``condition``."""
        self.people.wait_until(condition)
