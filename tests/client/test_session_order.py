"""A session where one has to prove something to come in, or is put out again."""

import threading
from pathlib import Path

import pytest

from tests.client.viewers import Viewer
from tests.server.order_kit import hosted, ordered
from tests.support import running_server, wait_until
from tests.tagged import TaggedClient
from tkchat.client import receiver
from tkchat.client.commands import is_secret, may_be_mistyped
from tkchat.client.database import Database
from tkchat.client.events import Live, Lost, NotIn, Problem, Welcome
from tkchat.client.message import Kind
from tkchat.client.order import CommandAnswered, Role, Waiting
from tkchat.client.session import Session
from tkchat.net.address import Address
from tkchat.wire.order import Knock, Outcome

pytestmark = pytest.mark.usefixtures("soon")


class Knower(Viewer):
    """Somebody who knows passwords."""

    def __init__(
        self, address: Address, name: str, database: Database, chat: str = "", own: str = ""
    ) -> None:
        super().__init__(address, name, database)
        self.session = Session(address, name, database, password=chat, name_password=own)


def test_a_missing_and_a_wrong_password_are_told_and_a_right_one_is_needed_once(
    database: Database,
) -> None:
    with running_server(password="sesame") as server:
        address = server.address
        for password in ("", "wrong"):
            with Knower(address, "alice", database, password) as alice:
                assert alice.next(NotIn).problem is Problem.CHAT_PASSWORD
        with Knower(address, "alice", database, "sesame") as alice:
            alice.next(Welcome)
        with Viewer(address, "alice", database) as alice:
            alice.next(Welcome)


def test_a_wrong_password_is_not_tried_again_by_itself(tmp_path: Path, database: Database) -> None:
    with hosted(tmp_path / "host") as (server, host):
        with Viewer(server.address, "bob", database) as bob:
            bob.next(Welcome)
            ordered(host, "/password new")
            ordered(host, "/kick bob")
            assert bob.next(NotIn).problem is Problem.REMOVED
        with Knower(server.address, "bob", database, "old") as bob:
            assert bob.next(NotIn)  # kicked, or the password: nothing is tried again
            wait_until(lambda: server.connections == 1)
            assert not any(isinstance(event, Lost) for event in bob.events)


@pytest.mark.parametrize("typed", ["/register horse", "/registre horse"])
def test_a_half_typed_password_is_no_draft(database: Database, typed: str) -> None:
    with running_server() as server, Viewer(server.address, "alice", database) as alice:
        alice.next(Live)
        for text in (typed, "half a word"):
            alice.session.set_draft("general", text)
            alice.session.set_draft("lab", text)
        alice.session.set_draft("lab", typed)
    with database.reading() as connection:
        drafts = dict(connection.execute("SELECT name, draft FROM room"))
    assert drafts == {"general": "half a word", "lab": ""}


def test_a_registered_name_on_another_device(tmp_path: Path, database: Database) -> None:
    with running_server() as server, TaggedClient(server.address, "alice") as first:
        ordered(first, "/register horse")
        with Viewer(server.address, "alice", database) as alice:
            assert alice.next(NotIn).problem is Problem.NAME_PASSWORD
        with Knower(server.address, "alice", database, own="horse") as alice:
            alice.next(Welcome)
            alice.say("hello from here")
            alice.wait_for_text("hello from here")


def test_both_passwords_at_once(tmp_path: Path, database: Database) -> None:
    with hosted(tmp_path / "host") as (server, host), TaggedClient(server.address, "bob") as bob:
        ordered(bob, "/register horse")
        ordered(host, "/password sesame")
        with Knower(server.address, "bob", database, "sesame", "horse") as other:
            other.next(Welcome)


def test_a_kicked_person_is_not_back_by_themselves(tmp_path: Path, database: Database) -> None:
    with hosted(tmp_path / "host") as (server, host):
        with Viewer(server.address, "bob", database) as bob:
            bob.next(Welcome)
            ordered(host, "/ban bob spam")
            found = bob.next(NotIn)
            assert found.problem is Problem.REMOVED
            assert found.detail == "alice banned you from the chat: spam"
            assert not any(isinstance(event, Lost) for event in bob.events)
        with Viewer(server.address, "bob", database) as bob:
            bob.wait_until(lambda: any(isinstance(e, NotIn | Lost) for e in bob.events))


def test_waiting_for_approval_may_take_longer_than_a_greeting(
    tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiver, "GREETED_SECONDS", 0.2)
    monkeypatch.setattr(receiver, "GREETING_SECONDS", 0.05)
    with (
        hosted(tmp_path / "host", asks_approval=True) as (server, host),
        Viewer(server.address, "bob", database) as bob,
    ):
        bob.next(Waiting)
        assert bob.model.order.is_waiting
        host.read_until(lambda e: isinstance(e, Knock) and e.outcome is Outcome.WAITING)
        host.ping()
        threading.Event().wait(2 * receiver.GREETED_SECONDS)  # and nobody gives up
        ordered(host, "/approve bob")
        bob.next(Welcome)
        assert not bob.model.order.is_waiting


def test_commands_are_answered_by_name_or_among_the_messages(
    tmp_path: Path, database: Database
) -> None:
    with (
        hosted(tmp_path / "host") as (server, host),
        TaggedClient(server.address, "bob"),
        Viewer(server.address, "carol", database) as carol,
    ):
        carol.next(Welcome)
        ordered(host, "/moderator carol")
        carol.wait_until(lambda: carol.model.order.role_of("carol") is Role.MODERATOR)
        assert carol.model.order.may_order("carol", "bob")
        name = carol.session.command("/mute bob 5")
        answer = carol.next(CommandAnswered)
        assert (answer.re, answer.text, answer.code) == (
            name,
            "bob is muted for 5 minutes.",
            "",
        )
        carol.say("/mute alice")
        answer = carol.next(CommandAnswered)
        assert (answer.code, answer.is_typed) == ("not-allowed", True)
        notices = [m.text for m in carol.model.room.messages if m.kind is Kind.NOTICE]
        assert notices[-1] == "alice is the host."
        asked = carol.session.command("/audit")
        answer = carol.next(CommandAnswered)
        assert (answer.re, [row.action for row in answer.audit]) == (
            asked,
            ["host", "moderator", "mute"],
        )


def test_a_moderator_may_delete_what_others_said(tmp_path: Path, database: Database) -> None:
    with (
        hosted(tmp_path / "host") as (server, host),
        TaggedClient(server.address, "bob") as bob,
        Viewer(server.address, "carol", database) as carol,
    ):
        carol.next(Welcome)
        entry = bob.confirm(bob.say("bad words"))
        message = carol.wait_for_text("bad words")
        assert not carol.model.can_delete(message)
        ordered(host, "/moderator carol")
        carol.wait_until(lambda: carol.model.can_delete(message))
        assert not carol.model.can_edit(message)
        ordered(host, f"/delete {entry.seq}")
        carol.wait_until(lambda: message.deleted)


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        *[(f"{word} x y", True) for word in ("/host", "/PASSWORD", " /register")],
        *[(text, False) for text in ("/host", "/mute bob", "password x", "//host x", "/hosts x")],
    ],
)
def test_what_holds_a_password(text: str, secret: bool) -> None:
    assert is_secret(text) is secret


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        *[(f"/{word} horse", True) for word in ("registre", "Pasword", "hots", "", " register")],
        *[(text, True) for text in ("/register\thorse", "/registre horse\n")],
        *[(text, False) for text in ("/registre", "/registre ", "/me waves", "/TOPIC all things")],
        *[
            (text, False)
            for text in ("//registre horse", "/etc and\n/usr", "or /this one", "/", "")
        ],
    ],
)
def test_what_may_be_a_mistyped_password(text: str, may_be: bool) -> None:
    assert may_be_mistyped(text) is may_be
