"""Who comes in by a tagged first line, under which name, and what they are told first."""

import time
from pathlib import Path

import pytest

from tests.server.tagged_kit import news, tagged_people
from tests.support import Client, running_server, wait_until
from tests.tagged import TaggedClient
from tkchat.server import accounts
from tkchat.server.limits import Limits
from tkchat.server.server import Server
from tkchat.wire.limits import MAX_LINE_BYTES
from tkchat.wire.plain import Joined, Left, Notice, People
from tkchat.wire.requests import Hello
from tkchat.wire.tagged import Live, Refused, Reset, Welcome


def test_the_first_lines(server: Server) -> None:
    with Client(server.address) as alice:
        alice.say("@v=1 Alice")
        welcome = alice.read_line() or ""
        head, log, token = "@event=welcome;v=1;user=Alice;log=", welcome[34:66], welcome[-54:-22]
        assert welcome == f"{head}{log};seq=0;token={token} SERVER~Welcome, Alice"
        assert len(bytes.fromhex(log)) == len(bytes.fromhex(token)) == 16
        alice.expect(
            "@event=live;seq=0 SERVER~You are up to date",
            "@event=join;room=general;user=Alice SERVER~Alice joined the chat app",
            "@event=people;room=general;count=1 Alice",
        )


@pytest.mark.parametrize(
    ("first", "code"),
    [
        (b"@v=1 al~ice", "bad-name"),
        (b"@v=1 al ice", "bad-name"),
        (b"@v=1 SERVER", "bad-name"),
        (b"@v=1 " + b"x" * 33, "bad-name"),
        (b"@v=1", "bad-name"),
        (b"@v=1 \xff", "bad-name"),
        (b"@v=1 Taken", "name-taken"),
        (b"@v=1;token= taken", "name-taken"),
        (b"@v=1;token=wrong taken", "name-taken"),
        (b"@v=1 plain", "name-taken"),
        (b"@v=2 alice", "bad-line"),
        (b"@alice", "bad-line"),
        (b"@ alice", "bad-line"),
        (b"@V=1 alice", "bad-line"),
        (b"@v=1;since=x alice", "bad-line"),
        (b"@v=1;since=-1 alice", "bad-line"),
    ],
)
def test_a_refused_handshake_may_be_followed_by_another(
    server: Server, first: bytes, code: str
) -> None:
    with (
        tagged_people(server.address, "taken"),
        Client(server.address, "plain"),
        TaggedClient(server.address) as alice,
    ):
        alice.send(first + b"\n")
        assert alice.expect_refused(code).why
        assert isinstance(alice.enter(Hello("alice"))[0], Welcome)


def test_a_tagged_line_over_the_limit_is_refused_too(server: Server) -> None:
    with TaggedClient(server.address) as alice:
        alice.send(b"@v=2 alice\n@v=1;x=" + b"x" * MAX_LINE_BYTES + b" alice\n")
        alice.expect_refused("bad-line")
        alice.expect_refused("too-long")
        alice.enter(Hello("alice"))


def test_who_was_tagged_once_stays_so(server: Server) -> None:
    with TaggedClient(server.address) as alice:
        alice.send(b"@v=2 alice\nalice\n")
        alice.expect_refused("bad-line")
        alice.expect_refused("bad-line")
        alice.enter(Hello("alice"))


def test_unknown_tags_and_a_password_do_no_harm(server: Server) -> None:
    with TaggedClient(server.address) as alice:
        alice.send(rb"@v=1;new-in-v2=a\:b;password=p\sq;install=0f alice" + b"\r\n")
        assert isinstance(alice.read_until(lambda event: isinstance(event, Live))[0], Welcome)


def test_a_handshake_takes_only_so_long() -> None:
    with (
        running_server(limits=Limits(handshake_seconds=0.3)) as server,
        TaggedClient(server.address) as nobody,
    ):
        nobody.send(b"@v=2 nobody\n")
        nobody.expect_refused("bad-line")
        nobody.expect(Notice("No username came within 0.3 seconds. Goodbye"))
        nobody.expect_end()


def test_a_token_proves_the_name_and_keeps_it(server: Server) -> None:
    with TaggedClient(server.address, "Alice") as alice:
        token = alice.token
    with TaggedClient(server.address, "ALICE", token=token) as alice:
        assert (alice.name, alice.token) == ("Alice", token)
    wait_until(lambda: not server.connections)
    for wrong in ("", token[::-1], "x" * 5_000):
        with TaggedClient(server.address) as other:
            other.send(f"@v=1;token={wrong} alice\n".encode())
            other.expect_refused("name-taken")
    with Client(server.address) as plain:
        plain.say("alice")
        plain.expect("SERVER~The name alice is taken. Choose another username.")


@pytest.mark.parametrize("line", [b"@event=pong\n", b"@event=ping\n", b"hello\n"])
def test_who_has_heard_the_welcome_is_known_by_the_token_alone(server: Server, line: bytes) -> None:
    install = "c" * 32
    first = TaggedClient(server.address, "alice", install=install)
    first.socket.close()  # as if the welcome had been lost
    with TaggedClient(server.address, "alice", install=install) as alice:
        alice.send(line)
        news(alice)
        with TaggedClient(server.address) as other:
            other.send(f"@v=1;install={install} alice\n".encode())
            other.expect_refused("name-taken")
        TaggedClient(server.address, "alice", token=alice.token).close()


def test_lines_sent_before_the_welcome_tell_nothing_of_it(server: Server) -> None:
    install = "c" * 32
    with TaggedClient(server.address) as lost:
        lost.send(f"@v=1;install={install} alice\nhello\n".encode())
        lost.read_until(lambda event: getattr(event, "text", "") == "hello")
    TaggedClient(server.address, "alice", install=install).close()


def test_a_token_is_good_after_the_host_began_again(tmp_path: Path) -> None:
    with running_server(data=tmp_path) as server, TaggedClient(server.address, "alice") as alice:
        token, log = alice.token, alice.log
    with running_server(data=tmp_path) as server:
        with TaggedClient(server.address, "alice", token=token) as alice:
            assert (alice.token, alice.log) == (token, log)
        with TaggedClient(server.address) as other:
            other.send(b"@v=1 alice\n")
            other.expect_refused("name-taken")


def test_a_name_is_free_when_it_was_unused_for_30_days(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with TaggedClient(server.address, "alice") as alice:
        old = alice.token
    wait_until(lambda: not server.connections)
    monkeypatch.setattr(accounts, "UNUSED_SECONDS", -10)
    with TaggedClient(server.address, "Alice") as new:
        assert new.token != old
        monkeypatch.undo()
        with TaggedClient(server.address) as alice:
            alice.send(f"@v=1;token={old} alice\n".encode())
            alice.expect_refused("name-taken")
            with TaggedClient(server.address, "alice", token=new.token):
                pass


def test_nobody_gets_the_name_of_who_has_been_here_for_months(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tagged_people(server.address, "alice") as (alice,):
        now = time.time
        monkeypatch.setattr(time, "time", lambda: now() + 100 * 24 * 3600)
        with TaggedClient(server.address) as other:
            other.send(b"@v=1 alice\n")
            other.expect_refused("name-taken")
        with Client(server.address) as plain:
            plain.say("alice")
            plain.expect("SERVER~The name alice is taken. Choose another username.")
        assert news(alice) == []


def test_several_connections_of_one_person(server: Server) -> None:
    with (
        tagged_people(server.address, "bob", "alice") as (bob, alice),
        Client(server.address, "carol") as carol,
    ):
        bob.expect(Joined("carol", "general"))
        alice.expect(Joined("carol", "general"))
        with TaggedClient(server.address, "alice", token=alice.token) as again:
            assert news(again) == [People("general", 3, ("bob", "alice", "carol"))]
            mid = again.say("hello")
            for mine in (again, alice):
                mine.expect_said("alice", "hello", mid=mid, seq=1)
            bob.expect_said("alice", "hello", seq=1)
            alice.close()
            again.say("still here", mid="")
            again.expect_said("alice", "still here")
            bob.expect_said("alice", "still here")
        bob.expect(Left("alice", "general"))
        carol.expect("alice~hello", "alice~still here", "SERVER~alice left the chat app")


def test_many_connections_of_one_person_at_once(server: Server) -> None:
    with tagged_people(server.address, "alice") as (alice,):
        more = [TaggedClient(server.address) for _ in range(20)]
        for each in more:
            each.send(f"@v=1;token={alice.token} alice\n".encode())
        for each in more:
            each.read_until(lambda event: isinstance(event, People))
        mid = alice.say("hello")
        for each in (alice, *more):
            each.expect_said("alice", "hello", mid=mid)
        for each in more:
            each.close()
        wait_until(lambda: server.connections == 1)
        assert news(alice) == [], "alice is still here"


def test_of_two_who_want_a_new_name_at_once_one_gets_it(server: Server) -> None:
    for number in range(10):
        ones = [TaggedClient(server.address), TaggedClient(server.address)]
        for one in ones:
            one.send(f"@v=1 p{number}\n".encode())
        answers = [one.read_event() for one in ones]
        assert sorted(type(answer).__name__ for answer in answers) == ["Refused", "Welcome"]
        assert [each.code for each in answers if isinstance(each, Refused)] == ["name-taken"]
        for one in ones:
            one.close()


def test_who_comes_back_at_once_need_not_wait_for_the_old_connection(server: Server) -> None:
    with TaggedClient(server.address, "alice") as alice:
        for _ in range(20):
            assert not any(isinstance(event, Reset) for event in alice.resume(server.address))
    wait_until(lambda: not server.connections)
    with Client(server.address, "bob"):
        pass
    with TaggedClient(server.address, "bob"):
        pass


def test_lines_that_come_with_the_first_are_carried_out_after_it(server: Server) -> None:
    with tagged_people(server.address, "bob") as (bob,), TaggedClient(server.address) as alice:
        alice.send(b"@v=1 alice\n@room=general one\ntwo\n@event=quit\n")
        bob.expect(Joined("alice", "general"))
        bob.expect_said("alice", "one")
        bob.expect_said("alice", "two")
        bob.expect(Left("alice", "general"))
        alice.read_until(lambda event: event == Notice("Goodbye, alice"))
        alice.expect_end()


def test_closing_tells_tagged_people_too() -> None:
    with (
        running_server() as server,
        tagged_people(server.address, "alice") as (alice,),
        TaggedClient(server.address) as nobody,
    ):
        wait_until(lambda: server.connections == 2)
        server.close()
        for client in (alice, nobody):
            client.expect(Notice("The chat is closing"))
            client.expect_end()
