"""From every older version to the newest, whole or not at all."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tkchat.client import database_schema
from tkchat.client.database_schema import MIGRATIONS, NewerVersion, upgrade


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(tmp_path / "chats.sqlite3", isolation_level=None)
    with contextlib.closing(opened):
        yield opened


def tables(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()


@pytest.mark.parametrize("version", range(len(MIGRATIONS) + 1))
def test_every_older_version_becomes_the_newest(
    connection: sqlite3.Connection, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(database_schema, "MIGRATIONS", MIGRATIONS[:version])
        upgrade(connection)
    upgrade(connection)
    assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        upgrade(fresh)
        assert tables(connection) == tables(fresh)


def test_a_newer_version_is_left_alone(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(NewerVersion):
        upgrade(connection)
    assert tables(connection) == []
    assert not connection.in_transaction


def test_a_migration_that_fails_leaves_no_trace(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade(connection)
    before = tables(connection)
    broken = (*MIGRATIONS, ("CREATE TABLE extra (a)", "this is not SQL"))
    monkeypatch.setattr(database_schema, "MIGRATIONS", broken)
    with pytest.raises(sqlite3.OperationalError):
        upgrade(connection)
    assert tables(connection) == before
    assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
