"""Coming in where one has to prove something: passwords, registered names, approval."""

import contextlib
import time
from pathlib import Path

import pytest

from tests.server.order_kit import answer, hosted, needs, ordered
from tests.support import Client, running_server, wait_until
from tests.tagged import TaggedClient
from tkchat.server import door
from tkchat.server.limits import Limits
from tkchat.wire.order import Knock, Outcome, Role, RoleIs, Waiting
from tkchat.wire.plain import Notice
from tkchat.wire.requests import Hello, encode_hello
from tkchat.wire.tagged import Live, Ping, Pong, Refused, Welcome


def test_a_chat_with_a_password_lets_in_who_knows_it() -> None:
    with running_server(password="open sesame") as server:
        assert needs(server.address, "alice") == ("chat", "This chat has a password.")
        assert needs(server.address, "alice", password="sesame") == (
            "chat",
            "That password is wrong.",
        )
        with TaggedClient(server.address, "alice", password="open sesame") as alice:
            token = alice.token
        # From now on the token will do.
        with TaggedClient(server.address, "alice", token=token):
            pass
        with TaggedClient(server.address) as again:
            again.send(encode_hello(Hello("bob")))
            again.expect_refused("bad-password")
            again.send(encode_hello(Hello("bob", password="open sesame")))
            again.read_until(lambda event: isinstance(event, Live))


def test_a_plain_client_is_asked_for_the_password() -> None:
    with running_server(password="open sesame") as server, Client(server.address) as bob:
        bob.say("bob")
        bob.expect("SERVER~This chat has a password. Type it and press Return.")
        bob.say("sesame")
        bob.expect("SERVER~That password is wrong. Type it and press Return.")
        bob.say("open sesame")
        bob.expect("SERVER~bob joined the chat app")


def test_the_password_is_remembered_while_another_name_is_tried() -> None:
    with (
        running_server(password="open sesame") as server,
        TaggedClient(server.address, "alice", password="open sesame"),
        Client(server.address) as bob,
    ):
        bob.say("alice", "open sesame", "bob")
        bob.expect("SERVER~This chat has a password. Type it and press Return.")
        bob.expect("SERVER~The name alice is taken. Choose another username.")
        bob.expect("SERVER~bob joined the chat app")


def test_a_new_password_has_to_be_shown_by_everybody(tmp_path: Path) -> None:
    with (
        running_server(data=tmp_path, password="one") as server,
        TaggedClient(server.address, "bob", password="one") as bob,
    ):
        token = bob.token
    with running_server(data=tmp_path, password="one") as server:
        TaggedClient(server.address, "bob", token=token).close()  # the same is no new one
    with running_server(data=tmp_path) as server:  # and without a word it stays
        assert needs(server.address, "carol")[0] == "chat"
    with hosted(tmp_path) as (server, alice):
        assert ordered(alice, "/password two words") == "This chat has a new password."
        assert needs(server.address, "bob", token=token)[0] == "chat"
        assert needs(server.address, "bob", token=token, password="one")[0] == "chat"
        TaggedClient(server.address, "bob", token=token, password="two words").close()
        ordered(alice, "/password -")
        TaggedClient(server.address, "carol").close()
    with running_server(data=tmp_path, password="") as server:
        TaggedClient(server.address, "dave").close()


def test_a_plain_client_proves_that_it_hosts(tmp_path: Path) -> None:
    with running_server(data=tmp_path) as server, Client(server.address, "alice") as alice:
        alice.say(f"/host {(tmp_path / 'host-code').read_text().strip()}")
        alice.expect("SERVER~alice is the host", "SERVER~You are the host now.")
        alice.say("/host again")
        alice.expect("SERVER~That is not the code of this chat's host.")


def test_the_host_code_is_a_password_and_opens_every_door(tmp_path: Path) -> None:
    with hosted(tmp_path, password="sesame", asks_approval=True) as (server, alice):
        ordered(alice, "/lock")
        code = (tmp_path / "host-code").read_text().strip()
        with TaggedClient(server.address, "second", password=code) as second:
            second.read_until(lambda event: event == RoleIs("second", Role.HOST))


def test_a_registered_name_is_had_on_another_device_by_its_password() -> None:
    with running_server() as server, TaggedClient(server.address, "alice") as alice:
        assert isinstance(answer(server.address, "alice"), Refused)
        assert ordered(alice, "/register correct horse").startswith("The name alice has a")
        assert needs(server.address, "alice") == ("name", "This name has a password.")
        assert needs(server.address, "alice", password="x")[0] == "name"
        with TaggedClient(server.address, "alice", password="correct horse") as other:
            assert other.token != alice.token
            token = other.token
            mid = alice.say("hello from both")
            alice.confirm(mid)
            assert other.read_entries(1)[0].mid == mid
        for known in (token, alice.token):
            assert isinstance(answer(server.address, "alice", token=known), Welcome)


def test_a_registered_name_survives_a_restart(tmp_path: Path) -> None:
    with running_server(data=tmp_path) as server, TaggedClient(server.address, "alice") as alice:
        ordered(alice, "/register correct horse")
        with TaggedClient(server.address, "alice", password="correct horse") as other:
            token = other.token
    with running_server(data=tmp_path) as server:
        assert isinstance(answer(server.address, "alice", token=token), Welcome)
        TaggedClient(server.address, "alice", password="correct horse").close()


def test_both_passwords_are_shown_one_after_the_other(tmp_path: Path) -> None:
    with hosted(tmp_path) as (server, alice), TaggedClient(server.address, "bob") as bob:
        ordered(bob, "/register horse")
        ordered(alice, "/password sesame")
        with TaggedClient(server.address) as other:
            for password, needed in (("", "chat"), ("sesame", "name")):
                other.send(encode_hello(Hello("bob", password=password)))
                assert other.expect_refused("bad-password").needs == needed
            other.send(encode_hello(Hello("bob", password="horse")))
            other.read_until(lambda event: isinstance(event, Live))


def test_a_plain_client_has_no_name_to_register() -> None:
    with running_server() as server, Client(server.address, "bob") as bob:
        bob.say("/register horse")
        told = bob.read_line()
        assert told == "SERVER~Only names of programs that keep a token can do that."


def test_who_is_new_waits_for_a_moderator(tmp_path: Path) -> None:
    with hosted(tmp_path, asks_approval=True) as (server, alice):
        with TaggedClient(server.address) as bob:
            bob.send(encode_hello(Hello("bob")))
            bob.expect(
                Waiting(600, "Please wait: somebody who keeps order here has to let you in.")
            )
            alice.read_until(lambda e: isinstance(e, Knock) and e.outcome is Outcome.WAITING)
            bob.ask(Ping())
            bob.expect(Pong())
            ordered(alice, "/approve bob")
            bob.read_until(lambda event: isinstance(event, Live))
            token = bob.token
        # Once let in, a name with its token needs nobody any more.
        TaggedClient(server.address, "bob", token=token).close()


def test_plain_clients_wait_and_are_sent_away(tmp_path: Path) -> None:
    with (
        hosted(tmp_path, asks_approval=True) as (server, alice),
        Client(server.address) as bob,
        Client(server.address) as carol,
    ):
        bob.say("bob", "hello all")
        bob.expect(f"SERVER~{door_text()}")
        carol.say("carol")
        carol.expect(f"SERVER~{door_text()}")
        ordered(alice, "/reject carol")
        carol.expect("SERVER~You were not let in.")
        ordered(alice, "/approve bob")
        bob.expect("SERVER~bob joined the chat app", "bob~hello all")


def test_nothing_is_lost_of_what_somebody_says_who_waits(tmp_path: Path) -> None:
    with (
        hosted(tmp_path, asks_approval=True) as (server, alice),
        Client(server.address) as bob,
    ):
        said = [f"line {number}" for number in range(30)]
        bob.say("bob")
        bob.expect(f"SERVER~{door_text()}")
        for line in said:
            bob.say(line)
        wait_until(lambda: any(len(peer._unread) >= 10 for peer in server._threads.values()))
        ordered(alice, "/approve bob")
        bob.expect("SERVER~bob joined the chat app", *[f"bob~{line}" for line in said])


def door_text() -> str:
    return "Please wait: somebody who keeps order here has to let you in."


def test_who_hangs_up_waits_no_longer_and_a_moderator_learns_of_those_before(
    tmp_path: Path,
) -> None:
    with (
        running_server(data=tmp_path, asks_approval=True) as server,
        TaggedClient(server.address) as bob,
        TaggedClient(server.address) as carol,
    ):
        for name, client in (("bob", bob), ("carol", carol)):
            client.send(encode_hello(Hello(name)))
            assert isinstance(client.read_event(), Waiting)
        code = (tmp_path / "host-code").read_text().strip()
        with TaggedClient(server.address, "alice", password=code) as alice:
            told = [alice.read_until(lambda e: isinstance(e, Knock))[-1] for _ in range(2)]
            assert {each.user for each in told if isinstance(each, Knock)} == {"bob", "carol"}
            bob.close()
            gone = alice.read_until(lambda e: getattr(e, "outcome", "") == Outcome.GONE)[-1]
            assert isinstance(gone, Knock)
            assert gone.user == "bob"


def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "WAIT_STEP_SECONDS", 0.05)
    limits = Limits(waiting_seconds=0.3)
    with (
        running_server(asks_approval=True, limits=limits) as server,
        TaggedClient(server.address) as bob,
    ):
        bob.send(encode_hello(Hello("bob")))
        assert isinstance(bob.read_event(), Waiting)
        assert bob.expect_refused("not-allowed").why.startswith("Nobody let you in")


def test_only_so_many_wait_at_once() -> None:
    limits = Limits(waiting=2)
    with running_server(asks_approval=True, limits=limits) as server:
        clients = [TaggedClient(server.address) for _ in range(4)]
        try:
            for number, client in enumerate(clients):
                client.send(encode_hello(Hello(f"bob{number // 2}x{number % 2}")))
                event = client.read_event()
                if number < 2:
                    assert isinstance(event, Waiting)
                else:
                    assert isinstance(event, Refused)
                    assert event.code == "server-full"
        finally:
            for client in clients:
                client.close()
        wait_until(lambda: not server.connections)


def test_a_class_behind_one_address_comes_in_with_the_right_password_at_once() -> None:
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(running_server(password="sesame"))
        pupils = [stack.enter_context(TaggedClient(server.address)) for _ in range(12)]
        for number, pupil in enumerate(pupils):
            pupil.send(encode_hello(Hello(f"pupil{number}", password="sesame")))
        assert [type(pupil.read_event()) for pupil in pupils] == [Welcome] * 12


def test_who_is_let_in_under_one_name_waits_again_for_another(tmp_path: Path) -> None:
    with (
        hosted(tmp_path, asks_approval=True) as (server, alice),
        TaggedClient(server.address) as bob,
        TaggedClient(server.address) as lookalike,
    ):
        for client, name in ((bob, "bob"), (lookalike, "b0b")):
            client.send(encode_hello(Hello(name)))
            assert isinstance(client.read_event(), Waiting)
        ordered(alice, "/approve bob")
        bob.read_until(lambda event: isinstance(event, Live))
        ordered(alice, "/approve b0b")
        lookalike.expect_refused("name-taken")
        lookalike.send(encode_hello(Hello("teacher")))
        assert isinstance(lookalike.read_event(), Waiting)


def test_passwords_are_never_checked_on_the_hub() -> None:
    with (
        running_server(password="sesame") as server,
        TaggedClient(server.address, "alice", password="sesame") as alice,
        TaggedClient(server.address) as bob,
    ):
        bob.send(encode_hello(Hello("bob", password="wrong")))
        began = time.monotonic()
        while time.monotonic() < began + 0.2:
            at = time.monotonic()
            alice.confirm(alice.say("still quick?"))
            assert time.monotonic() - at < 1.0
        assert isinstance(bob.read_event(), Refused)


def test_what_the_host_says_of_itself_is_no_waiting_line() -> None:
    with running_server() as server, TaggedClient(server.address, "alice") as alice:
        assert not any(isinstance(event, Waiting | Notice) for event in alice.heard)
