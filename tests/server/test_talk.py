"""The plain dialect on the host's side, without a server around it."""

from collections.abc import Iterator
from socket import socket

import pytest

from tests.net.pairs import connected, read_exactly
from tkchat.net.connection import Connection
from tkchat.server import talk
from tkchat.server.hub import Hub, Request
from tkchat.server.log import Log
from tkchat.server.tagged_talk import TaggedTalk
from tkchat.server.talk import PlainTalk, refusing, too_long
from tkchat.wire.buffer import TooLong
from tkchat.wire.errors import RemoteError


@pytest.fixture
def ends() -> Iterator[tuple[Connection, socket]]:
    with connected() as both:
        yield both


def test_both_dialects_are_a_talk(hub: Hub, log: Log, ends: tuple[Connection, socket]) -> None:
    talks: list[talk.Talk] = [PlainTalk(ends[0], hub), TaggedTalk(ends[0], hub, log)]
    assert [each.ping_seconds + each.answer_seconds for each in talks] == [7200, 40]


def test_coming_in_and_speaking(hub: Hub, ends: tuple[Connection, socket]) -> None:
    connection, peer = ends
    plain = PlainTalk(connection, hub)
    member = plain.come_in(b"alice")
    request = plain.read(b"hello")
    assert isinstance(request, Request)
    hub.request(member, [request])
    wanted = b"SERVER~alice joined the chat app\nalice~hello\n"
    assert read_exactly(peer, len(wanted)) == wanted
    assert not plain.ping()


@pytest.mark.parametrize(
    ("name", "code"), [(b"a b", "bad-name"), (b"", "bad-name"), (b"bob", "name-taken")]
)
def test_a_refused_name(hub: Hub, ends: tuple[Connection, socket], name: bytes, code: str) -> None:
    connection, peer = ends
    with connected() as (other, _):
        hub.enter("bob", other)
        plain = PlainTalk(connection, hub)
        with pytest.raises(RemoteError) as refused:
            plain.come_in(name)
        assert refused.value.code == code
        plain.refuse(refused.value)
    assert peer.recv(1_000).endswith(b" Choose another username.\n")


def test_a_name_that_is_free_a_moment_later_is_had(
    hub: Hub, ends: tuple[Connection, socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    connection, _ = ends
    with connected() as (other, _):
        bob = hub.enter("bob", other)
        wait = connection.closed.wait

        def leave_meanwhile(timeout: float) -> bool:
            hub.leave(bob)
            return wait(timeout)

        monkeypatch.setattr(connection.closed, "wait", leave_meanwhile)
        assert PlainTalk(connection, hub).come_in(b"bob").name == "bob"


@pytest.mark.parametrize("blank", [b"", b"  "])
def test_a_blank_line_asks_for_nothing(
    hub: Hub, ends: tuple[Connection, socket], blank: bytes
) -> None:
    assert PlainTalk(ends[0], hub).read(blank) is None


@pytest.mark.parametrize("raw", [TooLong(), b"/nonsense", b"x" * 4_001])
def test_what_is_refused_is_refused_in_its_turn(
    hub: Hub, ends: tuple[Connection, socket], raw: bytes | TooLong
) -> None:
    connection, peer = ends
    plain = PlainTalk(connection, hub)
    member = plain.come_in(b"alice")
    requests = [plain.read(line) for line in (b"one", raw, b"two")]
    hub.request(member, [each for each in requests if isinstance(each, Request)])
    hub.close()
    lines = peer.recv(10_000).decode().splitlines()
    assert lines[1] == "alice~one"
    assert lines[2].startswith("SERVER~")
    assert lines[3] == "alice~two"


def test_a_refusing_request() -> None:
    request = refusing(too_long(), "m", "r")
    assert (request.mid, request.re) == ("m", "r")
    with pytest.raises(RemoteError, match="over 16384 bytes") as refused:
        request.do(None, None)  # type: ignore[arg-type]  # it needs neither
    assert refused.value.code == "too-long"
