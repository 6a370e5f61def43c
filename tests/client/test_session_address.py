"""A host that is joined by another address than before: the name is still this person's own."""

from pathlib import Path

from tests.client.hosts import Watched
from tests.client.viewers import Viewer, opened
from tests.support import running_server
from tkchat.client.events import Arrived, Live, NotIn, Problem
from tkchat.client.session import Session
from tkchat.net.address import Address
from tkchat.net.identity import read_fingerprint


def test_the_name_and_the_history_are_there_under_another_address(tmp_path: Path) -> None:
    with opened(tmp_path) as database, running_server(data=tmp_path / "host") as server:
        key = read_fingerprint(server.identity.certificate)[:10]
        for host in ("127.0.0.1", "localhost", "127.0.0.1"):
            at = Address(host, server.address.port)
            with Watched(Session(at, "alice", database, key=key)) as alice:
                alice.next(Live)
                alice.session.say("hello")
                assert alice.next(Arrived).entries[0].text == "hello"
                history = alice.session.history
        assert history is not None
        assert len(history.page("general", None, 5).entries) == 3


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
