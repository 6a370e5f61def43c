"""Everything that is fuzzed: what inputs are made of, and what is done with each."""

import contextlib
import json
import ssl
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests.announcing import made_up
from tests.fuzz import announcements, conversations, readers
from tkchat.client.settings import Settings
from tkchat.net.identity import CERTIFICATE_FILE
from tkchat.net.multicast import SERVICE
from tkchat.server.identity import own_identity
from tkchat.wire.join_code import JoinCode, encode

Check = Callable[[Any], None]


@dataclass(frozen=True)
class Target:
    """``inputs`` are literals, so that one can be kept; ``start`` gives out what checks them."""

    inputs: st.SearchStrategy[Any]
    start: Callable[[], AbstractContextManager[Check]]


def _reader(check: Check) -> Callable[[], AbstractContextManager[Check]]:
    return lambda: contextlib.nullcontext(check)


# Pieces from which most inputs are near to what is understood.
_KEYS = [
    "event",
    "mid",
    "room",
    "seq",
    "time",
    "re",
    "v",
    "user",
    "log",
    "token",
    "since",
    "install",
    "password",
    "code",
    "for",
    "state",
    "text",
    "edit",
    "delete",
    "react",
    "reply",
    "read",
    "count",
    "counts",
    "topic",
    "from",
    "to",
    "more",
    "before",
    "limit",
    "author",
    "later",
    "earlier",
    "has",
    "seconds",
    "role",
    "locked",
    "slow",
    "by",
    "about",
    "action",
    "title",
    "users",
    "doors",
]
_EVENTS = [
    "welcome",
    "live",
    "reset",
    "gap",
    "join",
    "leave",
    "people",
    "rooms",
    "topic",
    "typing",
    "read",
    "seen",
    "presence",
    "ping",
    "pong",
    "quit",
    "notice",
    "refused",
    "history",
    "search",
    "end",
    "command",
    "done",
    "role",
    "rules",
    "muted",
    "removed",
    "knock",
    "audit",
    "banned",
    "info",
    "waiting",
]
_VALUES = [
    "general",
    "lab",
    "@bob",
    "@alice",
    "alice",
    "SERVER",
    "1",
    "2",
    "7",
    "0",
    "-1",
    "999999999999999999",
    "9999999999999999999",
    "here",
    "away",
    "busy",
    "host",
    "member",
    "waiting",
    "bad-name",
    "name-taken",
    "storage",
    "2026-11-20T12:00:00.123Z",
    "0001-01-01T00:00:00.000Z",
    "9999-12-31T23:59:59.999Z",
    "link",
    "password,locked",
]
_COMMANDS = [
    "/help",
    "/who",
    "/rooms",
    "/join",
    "/topic",
    "/msg",
    "/me",
    "/quit",
    "/host",
    "/register",
    "/moderator",
    "/mute",
    "/kick",
    "/ban",
    "/bans",
    "/lock",
    "/slow",
    "/delete",
    "/approve",
    "/audit",
    "/unban",
    "/password",
]
_word = st.sampled_from([*_VALUES, *_EVENTS, "", "\\", "\\n", "\\s", "раypal", "👍", "\u202e", "ﷺ"])
_text = st.lists(_word | st.text(max_size=6) | st.sampled_from(_COMMANDS), max_size=5).map(" ".join)
_tag = st.builds("{}={}".format, st.sampled_from(_KEYS), _word | st.text(max_size=4))
_event = st.sampled_from(_EVENTS).map("event={}".format)
_tagged = st.builds(
    lambda tags, text: f"@{';'.join(tags)} {text}",
    st.lists(_tag | _event, min_size=1, max_size=6),
    _text,
)
_entry = st.builds(
    "@seq={};room={};time=2026-11-20T12:00:00.123Z{} {}~{}".format,
    st.integers(0, 9),
    st.sampled_from(["general", "lab", "@bob", ""]),
    st.sampled_from(["", ";edit=1", ";delete=1", ";react=2", ";reply=3", f";mid={'a' * 32}"]),
    st.sampled_from(["alice", "bob", "SERVER", ""]),
    _text,
)
_raw = st.binary(max_size=40) | st.just(b"x" * 17_000)
_line = ((_tagged | _text | _entry).map(lambda it: it.encode("utf-8", "replace"))) | _raw
_line = _line.map(lambda raw: raw.replace(b"\n", b" "))
_hello = st.sampled_from(
    [b"@v=1;install=abc alice", b"bob", b"@v=1;install=c carol", b"@event=info"]
)
_welcome = st.sampled_from(
    [b"@event=welcome;v=1;user=alice;log=l;seq=5;token=t SERVER~Hi", b"SERVER~x"]
)
_live = st.just(b"@event=live;seq=5 SERVER~")


def _talk(first: st.SearchStrategy[bytes]) -> st.SearchStrategy[list[bytes]]:
    return st.builds(lambda one, more: [one, *more], first | _line, st.lists(_line, max_size=12))


_markup = st.lists(
    st.sampled_from(
        [
            "*bold*",
            "_i_",
            "`code`",
            "```",
            ">",
            "~~s~~",
            "[x](javascript:alert(1))",
            "[x](http://a.b)",
            "<http://a.b>\n<script>alert(1)</script>",
            "<img/src=x>",
            "onerror=alert(1)",
            "\"'",
            'http://a.b/?q="><svg/onload=1>\njavascript:alert(1)',
            "data:text/html,<script>",
            "-",
            "1.",
            "www.x.y",
            "mailto:a@b.c",
            "@bob",
            "&lt;",
            "\x00",
            "\u202e",
            "]]>",
            "-->\n</style>",
            "\n",
        ]
    )
    | st.text(max_size=8),
    max_size=12,
).map(" ".join)
_code = st.builds(
    lambda host, port, key: encode(JoinCode(host, port, key)),
    st.ip_addresses().map(str),
    st.integers(1, 65_535),
    st.binary(min_size=10, max_size=10),
)
_mistyped = st.builds(
    lambda code, at, char: code[:at] + char + code[at + 1 :],
    _code,
    st.integers(0, 40),
    st.text(max_size=2),
)
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
)
_settings = st.dictionaries(
    st.sampled_from([field.name for field in fields(Settings)]) | st.text(max_size=5),
    _json,
    max_size=6,
).map(lambda content: json.dumps(content).encode())


@cache
def _certificate() -> bytes:
    """Return a good certificate, to be damaged."""
    with tempfile.TemporaryDirectory() as folder:
        own_identity(Path(folder))
        pem = (Path(folder) / CERTIFICATE_FILE).read_text("ascii")
    return ssl.PEM_cert_to_DER_cert(pem)


# What strangers announce on the local network: mostly near to what a chat's record is.
_pair = st.builds(
    lambda key, value: (key + b"=" + value)[:255],
    st.sampled_from([b"v", b"title", b"people", b"log", b"doors", b"V", b""]),
    st.sampled_from([b"1", b"2", b"-1", b"9" * 200, "Клас\u202e\n".encode(), b"\xff\x00", b""])
    | st.binary(max_size=60),
)
_record = st.lists(_pair, max_size=6).map(
    lambda pairs: b"".join(bytes([len(pair)]) + pair for pair in [b"v=1", *pairs])
)
_label = st.text(max_size=20) | st.sampled_from(["My chat", "a" * 63, ".", "a..b", "\u202e", "\n"])
_instance = st.builds(
    "{}{}".format, _label, st.sampled_from([f".{SERVICE}", SERVICE, "._http._tcp.local.", ".", ""])
)
_announced = st.tuples(
    _instance,
    _record | st.binary(max_size=80),
    st.integers(0, 65_535),
    st.sampled_from(["a.local.", "b.local."]) | _instance,
    st.sampled_from([bytes([127, 0, 0, 1]), bytes([10, 0, 0, 1]), bytes([8, 8, 8, 8]), bytes(16)])
    | st.binary(max_size=16),
    st.sampled_from([0, 1, 120, 2**31 - 1]),
)
_packet = st.builds(
    lambda changes: _changed(made_up("x", "log"), changes),
    st.lists(st.tuples(st.integers(0, 999), st.integers(0, 255)), min_size=1, max_size=6),
)


def _damaged(changes: list[tuple[int, int]]) -> bytes:
    return _changed(_certificate(), changes)


def _changed(data: bytes, changes: list[tuple[int, int]]) -> bytes:
    damaged = bytearray(data)
    for place, byte in changes:
        damaged[place % len(damaged)] = byte
    return bytes(damaged)


TARGETS = {
    "lines": Target(
        st.lists(_line, max_size=6).map(b"\n".join) | st.binary(max_size=99),
        _reader(readers.read_lines),
    ),
    "host": Target(_talk(_hello), conversations.host),
    "client": Target(
        st.builds(lambda a, b, c: [a, b, *c], _welcome | _line, _live | _line, _talk(_line)),
        conversations.client,
    ),
    "codes": Target(_mistyped | _code | st.text(max_size=60), _reader(readers.read_code)),
    "settings": Target(_settings | st.binary(max_size=60), _reader(readers.read_settings)),
    "markup": Target(_markup, _reader(readers.read_markup)),
    "info": Target(
        _tagged.map(lambda it: it.encode("utf-8", "replace")) | st.binary(max_size=99),
        _reader(readers.read_info),
    ),
    "nearby": Target(
        st.lists(_announced | _packet, max_size=8), _reader(announcements.hear_announced)
    ),
    "certificates": Target(
        st.lists(st.tuples(st.integers(0, 999), st.integers(0, 255)), max_size=4).map(_damaged)
        | st.binary(max_size=200),
        _reader(readers.read_certificate),
    ),
}
