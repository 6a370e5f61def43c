"""What is saved from a damaged database."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from tests.client.chats import ADDRESS, database, history, said, say
from tkchat.client import database_schema
from tkchat.client.database_rescue import rescue
from tkchat.client.database_schema import MIGRATIONS
from tkchat.client.history import History
from tkchat.client.outbox import Outbox, Waiting
from tkchat.client.trust import Trust
from tkchat.net.address import Address

HOST = Address("192.168.1.1", 1)


def rescue_into(folder: Path, damaged: Path) -> bool:
    folder.mkdir()
    with (
        database(folder) as opened,
        contextlib.closing(
            sqlite3.connect(folder / "chats.sqlite3", isolation_level=None)
        ) as connection,
    ):
        install = opened.install
        saved = rescue(damaged, connection)
        assert not connection.in_transaction
        kept = connection.execute("SELECT install FROM profile").fetchall() == [(install,)]
        assert kept is not saved
    return saved


def test_the_outbox_and_the_token_are_saved(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        Outbox(chat).add(say(1), 1)
        Outbox(chat).add(say(2), 2)
        Outbox(chat).refuse(say(1).mid, "too-long", "Too long.")
        chat.take([said(1)], 1)
        waiting = Outbox(chat).waiting()
    assert rescue_into(tmp_path / "new", tmp_path / "chats.sqlite3")
    with history(tmp_path / "new") as chat:
        assert (chat.token, chat.head) == ("token", None)
        assert Outbox(chat).waiting() == waiting
        assert chat.page("general", None, 50).entries == []


def test_the_outbox_of_the_first_version_is_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(database_schema, "MIGRATIONS", MIGRATIONS[:1])
        with database(tmp_path) as old, old.writing() as connection:
            connection.execute(
                "INSERT INTO chat VALUES (1, 'log', 'alice', 'alice', ?, 'token', 7, NULL)",
                (ADDRESS,),
            )
            connection.execute(
                """INSERT INTO outbox (chat, mid, room, text, kind, target, at_ms)
                VALUES (1, ?, 'general', 'hello', 'message', 0, 5)""",
                (say(1).mid,),
            )
    assert rescue_into(tmp_path / "new", tmp_path / "chats.sqlite3")
    with history(tmp_path / "new") as chat:
        assert Outbox(chat).waiting() == [Waiting(say(1), 5)]


def test_nothing_is_saved_from_what_is_no_database(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    damaged.write_bytes(b"x" * 10_000)
    assert not rescue_into(tmp_path / "new", damaged)


def test_nothing_is_saved_from_a_database_with_other_tables(tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "damaged")) as other:
        other.execute("CREATE TABLE profile (name)")
    assert not rescue_into(tmp_path / "new", tmp_path / "damaged")


def test_what_makes_no_sense_is_not_saved(tmp_path: Path) -> None:
    with history(tmp_path) as chat, chat.database.writing() as connection:
        connection.execute("DELETE FROM profile")
    assert not rescue_into(tmp_path / "new", tmp_path / "chats.sqlite3")


def test_whom_hosts_are_known_by_is_saved(tmp_path: Path) -> None:
    """Otherwise whoever is in between now would be trusted as new."""
    with history(tmp_path) as chat:
        chat.met(b"key")
        chat.welcomed("log", "alice", "token")
        Trust(chat.database).replace(HOST, bytes(32))
    assert rescue_into(tmp_path / "new", tmp_path / "chats.sqlite3")
    with database(tmp_path / "new") as store:
        assert Trust(store).known(HOST) == bytes(32)
        elsewhere = History(store, "192.168.1.2:1", "alice")
        elsewhere.met(b"key")
        assert elsewhere.recognise("log")
