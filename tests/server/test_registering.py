"""A name with a password of its own, and what becomes of those who came by an earlier one."""

import contextlib
from pathlib import Path

import pytest

from tests.client.hosts import Watched
from tests.net.pairs import connected
from tests.server.order_kit import answer, needs, ordered
from tests.support import running_server
from tests.tagged import TaggedClient
from tkchat.client.database import Database
from tkchat.client.events import Live, NotIn, Problem
from tkchat.client.session import Session
from tkchat.server import moderation
from tkchat.server.accounts import COME_IN_AGAIN
from tkchat.server.chat import Chat
from tkchat.server.order import Visit
from tkchat.wire.errors import RemoteError
from tkchat.wire.plain import Notice
from tkchat.wire.tagged import Welcome


def test_a_new_password_of_a_name_ends_its_other_tokens(tmp_path: Path) -> None:
    with running_server(data=tmp_path) as server, TaggedClient(server.address, "alice") as alice:
        ordered(alice, "/register horse")
        with TaggedClient(server.address, "alice", password="horse") as other:
            ordered(other, "/register battery")
            good, ended = other.token, alice.token
        assert needs(server.address, "alice", token=ended)[0] == "name"
    with running_server(data=tmp_path) as server:
        assert needs(server.address, "alice", token=ended)[0] == "name"
        assert isinstance(answer(server.address, "alice", token=good), Welcome)


def test_who_came_by_what_proves_the_name_no_longer_is_told_and_gone() -> None:
    with running_server() as server, TaggedClient(server.address, "alice") as alice:
        ordered(alice, "/register horse")
        with (
            TaggedClient(server.address, "alice", password="horse") as lost,
            TaggedClient(server.address, "alice", token=alice.token) as second_window,
        ):
            ordered(alice, "/register battery")
            assert lost.read_until(lambda event: event == Notice(COME_IN_AGAIN))
            lost.expect_end()
            mid = second_window.say("both windows of this device are still here")
            alice.confirm(mid)


def test_a_client_asks_its_person_for_the_new_password(tmp_path: Path) -> None:
    with (
        contextlib.closing(Database(tmp_path / "chats.sqlite3")) as database,
        running_server() as server,
        TaggedClient(server.address, "alice") as alice,
    ):
        ordered(alice, "/register horse")
        session = Session(server.address, "alice", database, name_password="horse")
        with Watched(session) as watched:
            watched.next(Live)
            ordered(alice, "/register battery")
            assert watched.next(NotIn).problem is Problem.NAME_PASSWORD


def test_who_was_let_in_by_an_ended_token_and_reads_up_does_not_stay(chat: Chat) -> None:
    with connected() as (first, _), connected() as (second, _):
        alice = chat.admit("alice", "", "a" * 32, first)
        chat.subscribe(alice.member)
        moderation.register(chat, alice.member, "hash")
        proof = Visit(name_password="hash")
        late = chat.admit("alice", "", "", second, visit=proof).member
        moderation.register(chat, alice.member, "another hash")
        with pytest.raises(RemoteError, match="come in again"):
            chat.subscribe(late)
