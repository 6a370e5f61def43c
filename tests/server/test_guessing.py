"""Passwords and the host's code are not guessed, on whichever way somebody tries them."""

from pathlib import Path

from tests.server.order_kit import answer, hosted, needs, ordered
from tests.server.tagged_kit import news
from tests.support import Client, running_server
from tests.tagged import TaggedClient
from tkchat.net.address import Address
from tkchat.server.host_code import host_code
from tkchat.server.limits import Limits
from tkchat.server.server import Server
from tkchat.wire.order import Role, RoleIs
from tkchat.wire.requests import Hello, encode_hello
from tkchat.wire.tagged import Live, Refused, Welcome

FAST = Limits(wrong_passwords=3)


def test_so_many_wrong_passwords_and_no_more_also_across_connections() -> None:
    with running_server(password="sesame", limits=FAST) as server:
        for _ in range(3):
            assert needs(server.address, "bob", password="x")[1] == "That password is wrong."
        why = refused_at_the_door(server.address, "bob", "sesame")
        assert why == "Too many wrong passwords came from there: wait 10 minutes."
        # The right one is not even looked at; but who needs none is let in.
        with Client(server.address) as plain:
            plain.say("bob", "sesame")
            plain.expect("SERVER~This chat has a password. Type it and press Return.")
            plain.expect(f"SERVER~{why}")


def refused_at_the_door(address: Address, name: str, password: str) -> str:
    event = answer(address, name, password=password)
    assert isinstance(event, Refused)
    assert event.code == "bad-password"
    return event.why


def test_a_wrong_host_code_counts_too(tmp_path: Path) -> None:
    with hosted(tmp_path, limits=FAST) as (server, _), Client(server.address, "eve") as eve:
        for _ in range(3):
            eve.say("/host guess")
            eve.expect("SERVER~That is not the code of this chat's host.")
        eve.say(f"/host {(tmp_path / 'host-code').read_text().strip()}")
        eve.expect("SERVER~Too many wrong passwords came from there: wait 10 minutes.")


def come_in(server: Server, name: str, password: str) -> bool:
    """Come in with what may be the host's code; tell whether it was."""
    with TaggedClient(server.address) as client:
        client.send(encode_hello(Hello(name, password=password)))
        client.read_until(lambda event: isinstance(event, Live))
        return RoleIs(name, Role.HOST) in news(client)


def test_host_codes_are_not_guessed_on_the_way_in(tmp_path: Path) -> None:
    with running_server(data=tmp_path, limits=FAST) as server:
        code = host_code(tmp_path)
        assert come_in(server, "alice", code)
        assert not any(come_in(server, f"eve{number}", "guess") for number in range(3))
        # The right one is not even looked at; but who needs none is let in.
        assert not come_in(server, "eve3", code)
        with Client(server.address, "bob") as bob:
            bob.say(f"/host {code}")
            bob.read_until("SERVER~Too many wrong passwords came from there: wait 10 minutes.")


def test_host_codes_are_not_guessed_where_there_is_a_password_either(tmp_path: Path) -> None:
    with running_server(data=tmp_path, password="sesame", limits=FAST) as server:
        for _ in range(3):
            needs(server.address, "eve", password="guess")
        why = refused_at_the_door(server.address, "eve", host_code(tmp_path))
        assert why == "Too many wrong passwords came from there: wait 10 minutes."


def test_a_right_password_that_is_not_needed_does_not_count(tmp_path: Path) -> None:
    with hosted(tmp_path, password="sesame", limits=FAST) as (server, _):
        with TaggedClient(server.address, "bob", password="sesame") as bob:
            ordered(bob, "/register horse")
            token = bob.token
        for password in ("sesame", "horse") * FAST.wrong_passwords:
            assert isinstance(
                answer(server.address, "bob", token=token, password=password), Welcome
            )
        assert needs(server.address, "carol", password="x")[1] == "That password is wrong."


def test_the_same_wrong_password_on_one_connection_is_one_guess() -> None:
    with running_server(password="sesame", limits=FAST) as server, Client(server.address) as bob:
        bob.say("bob", *["x"] * 5, "sesame")
        bob.expect("SERVER~This chat has a password. Type it and press Return.")
        for _ in range(5):
            bob.expect("SERVER~That password is wrong. Type it and press Return.")
        bob.expect("SERVER~bob joined the chat app")


def test_a_name_that_is_taken_is_no_second_guess(tmp_path: Path) -> None:
    """Whoever has it may have hung up just now, so it is tried twice."""
    limits = Limits(wrong_passwords=2)
    with running_server(data=tmp_path, limits=limits) as server, Client(server.address, "bob"):
        event = answer(server.address, "bob", password="guess")
        assert isinstance(event, Refused)
        assert event.code == "name-taken"
        assert come_in(server, "alice", host_code(tmp_path))
