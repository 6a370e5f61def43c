"""The part of the log that is not said by anybody: accounts, bans, mutes, the audit."""

import sqlite3
from collections.abc import Callable
from dataclasses import astuple, replace
from typing import Any

from tkchat.server.log_records import Account, Ban, Batch, ChatPassword, Decision, Mute
from tkchat.wire.order import Role

_Rows = Callable[..., list[tuple[Any, ...]]]

_NEWEST_ACCOUNTS = """
SELECT id, name, key, token_hash, install, used_at, role, password_hash, let_in FROM accounts
WHERE id IN (SELECT max(id) FROM accounts GROUP BY key) ORDER BY id"""
_TOKENS = "SELECT account_id, hash FROM tokens ORDER BY id"
_BANS = "SELECT id, name, key, account_id, addresses, by, time_ms, why FROM bans ORDER BY id"
_MUTES = "SELECT key, name, until_ms, by, why FROM mutes"
_LOAD_META = """
SELECT coalesce((SELECT value FROM meta WHERE key = 'password_hash'), ''),
    coalesce((SELECT value FROM meta WHERE key = 'password_version'), '0'),
    coalesce((SELECT value FROM meta WHERE key = 'host_code_hash'), '')"""
_DECISIONS = "SELECT time_ms, by, action, about, text FROM audit ORDER BY id DESC LIMIT ?"

_ADD_ACCOUNT = """
INSERT INTO accounts (id, name, key, token_hash, install, used_at, role, password_hash, let_in)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, key = excluded.key,
token_hash = excluded.token_hash, install = excluded.install, used_at = excluded.used_at,
role = excluded.role, password_hash = excluded.password_hash, let_in = excluded.let_in"""
_PROVE = "INSERT OR IGNORE INTO tokens (account_id, hash) VALUES (?, ?)"
_DISPROVE = "DELETE FROM tokens WHERE account_id = ? AND hash = ?"
_UNBAN = "DELETE FROM bans WHERE id = ?"
_BAN = """
INSERT INTO bans (id, name, key, account_id, addresses, by, time_ms, why)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_UNMUTE = "DELETE FROM mutes WHERE key = ?"
_MUTE = "INSERT OR REPLACE INTO mutes (key, name, until_ms, by, why) VALUES (?, ?, ?, ?, ?)"
_SET = "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)"
_DECIDE = "INSERT INTO audit (time_ms, by, action, about, text) VALUES (?, ?, ?, ?, ?)"


def load_accounts(rows: _Rows) -> list[Account]:
    """Return the newest account of each name; ``rows`` returns those of a query."""
    return [_account(*row) for row in rows(_NEWEST_ACCOUNTS)]


def load_order(rows: _Rows) -> dict[str, Any]:
    """Return the last fields of a `State`, by their names."""
    ((password_hash, version, host_code_hash),) = rows(_LOAD_META)
    return {
        "tokens": rows(_TOKENS),
        "bans": [_ban(*row) for row in rows(_BANS)],
        "mutes": [Mute(*row) for row in rows(_MUTES)],
        "password": ChatPassword(password_hash, int(version)),
        "host_code_hash": host_code_hash,
    }


def _account(number: int, name: str, key: str, token_hash: bytes, *row: Any) -> Account:
    install, used_at, role, password_hash, let_in = row
    role = Role(role)
    return Account(number, name, key, token_hash, install, used_at, role, password_hash, let_in)


def _ban(number: int, name: str, key: str, account_id: int | None, hosts: str, *row: Any) -> Ban:
    return Ban(number, name, key, account_id, tuple(hosts.split()), *row)


def load_decisions(rows: _Rows, count: int) -> list[Decision]:
    """Return the newest decisions, the oldest of them first."""
    return [Decision(*row) for row in reversed(rows(_DECISIONS, count))]


def add_order(writer: sqlite3.Connection, batch: Batch) -> None:
    """Write this part of ``batch``, within the caller's transaction."""
    many = writer.executemany
    many(_ADD_ACCOUNT, map(astuple, batch.accounts))
    many(_PROVE, batch.tokens)
    many(_DISPROVE, batch.ended_tokens)
    many(_UNBAN, [(number,) for number in batch.unbanned])
    bans = [replace(ban, addresses=(" ".join(ban.addresses),)) for ban in batch.bans]
    many(_BAN, [(*astuple(ban)[:4], *ban.addresses, *astuple(ban)[5:]) for ban in bans])
    many(_UNMUTE, [(key,) for key in batch.unmuted])
    many(_MUTE, map(astuple, batch.mutes))
    if batch.password is not None:
        writer.execute(_SET, ("password_hash", batch.password.hash))
        writer.execute(_SET, ("password_version", str(batch.password.version)))
    if batch.host_code_hash:
        writer.execute(_SET, ("host_code_hash", batch.host_code_hash))
    many(_DECIDE, map(astuple, batch.decisions))
