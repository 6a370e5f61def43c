"""A host that is joined by another address than before: the name is still this person's own."""

from pathlib import Path

from tests.client.viewers import Viewer, opened
from tests.support import running_server
from tkchat.client.events import Live, NotIn, Problem
from tkchat.net.address import Address


def test_the_name_and_the_history_are_there_under_another_address(tmp_path: Path) -> None:
    with opened(tmp_path) as database, running_server(data=tmp_path / "host") as server:
        with Viewer(server.address, "alice", database) as alice:
            alice.next(Live)
            alice.say("by number")
            alice.wait_for_text("by number")
        for host in ("localhost", "127.0.0.1", "localhost"):
            with Viewer(Address(host, server.address.port), "alice", database) as again:
                again.next(Live)
                again.wait_for_text("by number")


def test_somebody_elses_name_stays_theirs(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with running_server(data=tmp_path / "host") as server:
        with opened(tmp_path) as database, Viewer(server.address, "alice", database) as alice:
            alice.next(Live)
        with (
            opened(tmp_path / "other") as database,
            Viewer(server.address, "bob", database) as bob,
            Viewer(server.address, "alice", database) as thief,
        ):
            bob.next(Live)
            assert thief.next(NotIn).problem is Problem.NAME_REFUSED
