"""The tagged dialect on the host's side, without a server around it."""

from collections.abc import Iterator
from socket import socket
from typing import Any

import pytest

from tests.net.pairs import connected
from tests.server.log_kit import say
from tests.support import wait_until
from tkchat.net.connection import Connection
from tkchat.net.errors import ConnectionLost
from tkchat.server import replay
from tkchat.server.hub import Hub, Request
from tkchat.server.log import Log, LogDamaged
from tkchat.server.replay import Replay
from tkchat.server.tagged_talk import TaggedTalk
from tkchat.server.talk import Errand
from tkchat.wire.buffer import TooLong
from tkchat.wire.errors import RemoteError


@pytest.fixture
def ends() -> Iterator[tuple[Connection, socket]]:
    with connected() as both:
        yield both


@pytest.fixture
def alice(hub: Hub, log: Log, ends: tuple[Connection, socket]) -> TaggedTalk:
    """A connection that has not come in yet."""
    return TaggedTalk(ends[0], hub, log)


def read_lines(peer: socket, last: str) -> list[str]:
    """Read up to the line that begins with ``last``; return all."""
    data = b""
    while not (data.endswith(b"\n") and data.splitlines()[-1].startswith(last.encode())):
        data += peer.recv(1)
    return data.decode().splitlines()


def test_what_is_asked_for(alice: TaggedTalk, ends: tuple[Connection, socket]) -> None:
    assert alice.come_in(b"@v=1 alice").name == "alice"
    read_lines(ends[1], "@event=people")
    request = alice.read(b"@mid=%s;re=r1;room=general hello" % (b"f" * 32))
    assert isinstance(request, Request)
    assert (request.mid, request.re) == ("f" * 32, "r1")
    for nothing in (b"@event=pong", b"@event=new-in-v2 x"):
        assert alice.read(nothing) is None
    pinged = alice.read(b"@event=ping")
    assert isinstance(pinged, Errand)
    assert pinged.is_passing
    pinged.run()
    assert alice.ping()
    assert read_lines(ends[1], "@event=ping") == ["@event=pong", "@event=ping"]


@pytest.mark.parametrize("raw", [TooLong(), b"@mid=x hello", b"@X=1 hello", b"@event=join"])
def test_what_is_refused_is_refused_by_the_hub_in_its_turn(
    alice: TaggedTalk, raw: bytes | TooLong
) -> None:
    request = alice.read(raw)
    assert isinstance(request, Request)
    with pytest.raises(RemoteError):
        request.do(None, None)  # type: ignore[arg-type]  # it needs neither


def test_what_is_read_of_the_log_is_an_errand_of_the_clients_own_thread(
    alice: TaggedTalk, log: Log, ends: tuple[Connection, socket]
) -> None:
    alice.come_in(b"@v=1 alice")
    read_lines(ends[1], "@event=people")
    say(log, "hello")
    errand = alice.read(b"@event=history;re=h;room=general")
    assert isinstance(errand, Errand)
    errand.run()
    found, end = read_lines(ends[1], "@event=end")
    assert found.startswith("@re=h;seq=1;room=general;")
    assert end == "@event=end;re=h;more=0"


def test_a_damaged_log_is_told_and_the_member_leaves(
    alice: TaggedTalk, ends: tuple[Connection, socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise LogDamaged("The log is damaged.")

    connection, peer = ends
    monkeypatch.setattr(Replay, "newest", fail)
    with pytest.raises(ConnectionLost):
        alice.come_in(b"@v=1 alice")
    _, refused = read_lines(peer, "@event=refused")
    assert refused == "@event=refused;code=storage SERVER~The log is damaged."
    assert connection.closed.wait(10)


def test_a_page_that_cannot_be_read_is_refused(
    alice: TaggedTalk, ends: tuple[Connection, socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise LogDamaged("The log is damaged.")

    alice.come_in(b"@v=1 alice")
    monkeypatch.setattr(Replay, "answer", fail)
    read_lines(ends[1], "@event=people")
    errand = alice.read(b"@event=history;re=h;room=general")
    assert isinstance(errand, Errand)
    errand.run()
    (refused,) = read_lines(ends[1], "@event=refused")
    assert refused == "@event=refused;re=h;code=storage SERVER~The log is damaged."


def test_what_is_said_while_the_log_is_read_is_read_too_before_lines_are_held(
    alice: TaggedTalk,
    log: Log,
    ends: tuple[Connection, socket],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The longer a replay takes, the more is said meanwhile; all of that cannot be held back."""
    heads: list[int] = []
    after = Replay.after

    def talk_meanwhile(self: Replay, since: int, labels: dict[int, str], head: int) -> None:
        after(self, since, labels, head)
        heads.append(head)
        if len(heads) < 3:
            say(log, *["x"] * (replay.PAGE + 1), room_id=1)

    monkeypatch.setattr(Replay, "after", talk_meanwhile)
    alice.come_in(b"@v=1;since=0 alice")
    page = replay.PAGE + 1
    assert heads == [0, page, 2 * page, 2 * page]
    lines = read_lines(ends[1], "@event=live")
    assert [line.split(";")[0] for line in lines[1:-1]] == [
        f"@seq={seq}" for seq in range(1, 2 * page + 1)
    ]


def test_who_hangs_up_during_the_replay_is_nobody(
    alice: TaggedTalk, hub: Hub, log: Log, ends: tuple[Connection, socket]
) -> None:
    say(log, *["x" * 4_000] * 500, room_id=1)
    ends[0].close()
    with pytest.raises(ConnectionLost):
        alice.come_in(b"@v=1;since=0 alice")
    with connected() as (other, _):
        wait_until(lambda: not hub.is_busy)
        assert hub.enter("bob", other).room.people.keys() == {"bob"}
