"""The tests' tagged client, against hosts that follow a script."""

import socket
from collections.abc import Callable

import pytest

from tests.client.hosts import ScriptedHost, read_line, wait_for_end
from tests.support import reset
from tests.tagged import HungUp, TaggedClient
from tkchat.wire.entry import Entry, Kind
from tkchat.wire.plain import Joined, Notice
from tkchat.wire.requests import AskJoin, Hello, SayTyping
from tkchat.wire.tagged import Gap, Live, Pong, Reset, Welcome

_MID = "0123456789abcdef" * 2
_WELCOME = "@event=welcome;v=1;user=alice;log=L;seq=2;token=T SERVER~Welcome, alice"
_LIVE = "@event=live;seq=2 SERVER~You are up to date"
_TIME = "time=1970-01-01T00:00:00.007Z"


def say(sock: socket.socket, *lines: str) -> None:
    sock.sendall("".join(line + "\n" for line in lines).encode())


def entry(seq: int, text: str, mid: str = "") -> Entry:
    return Entry(seq, 7, "general", "alice", text, mid=mid)


def welcoming(
    then: Callable[[socket.socket], object] = wait_for_end, *before_live: str
) -> ScriptedHost:
    def script(sock: socket.socket) -> None:
        assert read_line(sock) == "@v=1 alice"
        say(sock, _WELCOME, *before_live, _LIVE)
        then(sock)

    return ScriptedHost(script)


def test_the_hello_says_all_that_is_known() -> None:
    said: list[str] = []

    def script(sock: socket.socket) -> None:
        said.append(read_line(sock))
        say(sock, _WELCOME, _LIVE)

    with (
        ScriptedHost(script) as host,
        TaggedClient(
            host.address, "alice", token="T", since=0, log="L", install="I", password="P q"
        ),
    ):
        assert said == [r"@v=1;install=I;token=T;log=L;since=0;password=P\sq alice"]


def test_everything_up_to_live_is_kept() -> None:
    before = (
        "@event=reset;log=L SERVER~Anew",
        "@event=gap;from=1;to=1 SERVER~Gone",
        f"@seq=2;room=general;{_TIME} alice~hi",
    )
    with welcoming(wait_for_end, *before) as host, TaggedClient(host.address, "alice") as alice:
        assert alice.welcome == Welcome("alice", "L", 2, "T")
        assert alice.heard[1:] == [Reset("L"), Gap(1, 1), entry(2, "hi"), Live(2)]
        assert alice.entries == [entry(2, "hi")]
        assert (alice.token, alice.log, alice.head) == ("T", "L", 2)


def test_pings_are_answered_and_unknown_events_skipped() -> None:
    def script(sock: socket.socket) -> None:
        say(sock, "@event=ping", "@event=new-in-v2 x", "@event=typing;room=a;user=b")
        say(sock, f"SERVER~heard {read_line(sock)}")

    with welcoming(script) as host, TaggedClient(host.address, "alice") as alice:
        alice.read_event()
        alice.expect(Notice("heard @event=pong"))
        alice.expect_end()


def test_a_message_is_unconfirmed_until_it_comes_back_or_is_refused() -> None:
    def script(sock: socket.socket) -> None:
        assert read_line(sock) == f"@mid={_MID};room=general;reply=2 a\\nb"
        say(sock, "@event=join;room=general;user=bob SERVER~bob joined")
        say(sock, f"@seq=3;room=general;{_TIME};reply=2;mid={_MID} alice~a\\nb")
        mid = read_line(sock)[5:37]
        say(sock, f"@event=refused;mid={mid};code=storage SERVER~The disk is full")

    with welcoming(script) as host, TaggedClient(host.address, "alice") as alice:
        assert alice.say("a\nb", mid=_MID, reply=2) == _MID
        assert list(alice.unconfirmed) == [_MID]
        assert alice.confirm(_MID) == Entry(3, 7, "general", "alice", "a\nb", Kind.REPLY, 2, _MID)
        assert not alice.unconfirmed
        mid = alice.say("and this?")
        assert len(mid) == 32
        assert alice.expect_refused("storage", mid).why == "The disk is full"
        assert not alice.unconfirmed


def test_what_is_awaited_is_checked() -> None:
    lines = [f"@seq={seq};room=general;{_TIME} alice~{seq}" for seq in range(3, 9)]
    with (
        welcoming(lambda sock: say(sock, *lines)) as host,
        TaggedClient(host.address, "alice") as alice,
    ):
        alice.expect(entry(3, "3"))
        assert alice.expect_said("alice", "4", seq=4) == entry(4, "4")
        assert alice.read_entries(2) == [entry(5, "5"), entry(6, "6")]
        with pytest.raises(AssertionError, match=r"where Pong\(\) should"):
            alice.expect(Pong())
        with pytest.raises(AssertionError, match="where"):
            alice.expect_said("alice", "another")
        with pytest.raises(HungUp, match="too early: alice heard"):
            alice.confirm(_MID)


def test_a_failing_wait_shows_what_was_heard() -> None:
    with welcoming() as host, TaggedClient(host.address, "alice") as alice:
        with pytest.raises(AssertionError, match=r"nothing more came: alice heard(.|\n)*Live"):
            alice.read_event(timeout=0.01)
        with pytest.raises(AssertionError, match="nothing more came"):
            alice.read_until(lambda event: event == Joined("bob", "general"), timeout=0.01)


@pytest.mark.parametrize("hang_up", [reset, socket.socket.close])
def test_a_host_that_hangs_up_during_the_handshake(
    hang_up: Callable[[socket.socket], object],
) -> None:
    def script(sock: socket.socket) -> None:
        read_line(sock)
        say(sock, _WELCOME)
        hang_up(sock)

    with ScriptedHost(script) as host, pytest.raises(HungUp):
        TaggedClient(host.address, "alice")


def test_requests_and_pings_are_sent() -> None:
    def script(sock: socket.socket) -> None:
        asked = [read_line(sock) for _ in range(3)]
        assert asked == ["@event=join;room=games", "@event=typing;room=games", "@event=ping"]
        say(sock, "@event=join;room=games;user=alice SERVER~", "@event=pong")

    with welcoming(script) as host, TaggedClient(host.address, "alice") as alice:
        alice.ask(AskJoin("games"), SayTyping("games"))
        assert alice.ping() == [Joined("alice", "games")]


def test_a_refused_handshake_can_be_tried_again() -> None:
    def script(sock: socket.socket) -> None:
        read_line(sock)
        say(sock, "@event=refused;code=bad-name SERVER~No")
        assert read_line(sock) == "@v=1 alice"
        say(sock, _WELCOME, _LIVE)

    with ScriptedHost(script) as host, TaggedClient(host.address) as alice:
        alice.send(b"@v=1 a~b\n")
        alice.expect_refused("bad-name")
        assert alice.enter(Hello("alice"))[-1] == Live(2)
        assert alice.name == "alice"


def test_resuming_goes_on_at_the_head_and_sends_again_what_was_not_confirmed() -> None:
    hellos: list[str] = []
    mids: list[str] = []

    def script(sock: socket.socket) -> None:
        hellos.append(read_line(sock))
        say(sock, _WELCOME, _LIVE)
        mids.append(read_line(sock)[5:37])
        if len(hellos) == 2:
            say(sock, f"@seq=3;room=general;{_TIME};mid={mids[-1]} alice~hi")

    with ScriptedHost(script) as host, TaggedClient(host.address, "alice") as alice:
        mid = alice.say("hi")
        alice.expect_end()
        alice.resume(host.address)
        alice.expect(entry(3, "hi", mid))
        assert hellos == ["@v=1 alice", "@v=1;token=T;log=L;since=2 alice"]
        assert mids == [mid, mid]
        assert alice.head == 3
