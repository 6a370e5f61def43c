"""What the property tests draw from."""

from hypothesis import strategies as st

from tkchat.wire import plain, requests, tagged
from tkchat.wire.entry import Entry, Kind, from_ms
from tkchat.wire.errors import RemoteError
from tkchat.wire.lines import Line
from tkchat.wire.names import check_name
from tkchat.wire.presence import State

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
one_line = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=200
)

tags = st.dictionaries(
    st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=32),
    any_text,
    min_size=1,
    max_size=8,
)

# Pieces in which line ends, their halves and broken UTF-8 are frequent.
stream_pieces = st.lists(
    st.one_of(st.sampled_from([b"\n", b"\r\n", b"\r", b"\xf0\x9f", b"x" * 30]), st.binary()),
    max_size=20,
)

_LETTERS = st.characters(categories=["Ll", "Lu", "Lo", "Mn", "Nd"])


def _normal(name: str) -> str:
    try:
        return check_name(name)
    except RemoteError:
        return ""


names = st.text(_LETTERS, min_size=1, max_size=12).map(_normal).filter(bool)

_counts = st.integers(0, 999_999)

events = st.one_of(
    st.builds(plain.Said, names, one_line),
    st.builds(plain.Joined, names, st.just("") | names),
    st.builds(plain.Left, names, st.just("") | names),
    st.builds(plain.People, names, _counts, st.lists(names, max_size=5).map(tuple)),
    st.builds(plain.Rooms, st.lists(st.tuples(names, _counts), min_size=1, max_size=5).map(tuple)),
    st.builds(
        plain.Notice, st.sampled_from(["", "hello", "Rooms: none", "x~y", "In a hurry (2): "])
    ),
)

# The tagged dialect. Times are what a computer's clock can show.

numbers = st.integers(0, 10**18 - 1)
times = st.integers(0, 32_503_679_999_999)
mids = st.text("0123456789abcdef", min_size=32, max_size=32)
_ids = st.text("abcXYZ019-_; \\", min_size=1, max_size=40)
_re = st.text("abcXYZ019", min_size=1, max_size=8)
rooms = names | names.map("@{}".format)


def _entries(kind: Kind) -> st.SearchStrategy[Entry]:
    target = st.just(0) if kind is Kind.MESSAGE else numbers
    mid = st.just("") | mids
    return st.builds(Entry, numbers, times, rooms, names, any_text, st.just(kind), target, mid)


entries = st.sampled_from(Kind).flatmap(_entries)

tagged_events = st.one_of(
    entries,
    st.builds(tagged.Welcome, names, _ids, numbers, _ids),
    st.builds(tagged.Live, numbers),
    st.builds(tagged.Gap, numbers, numbers),
    st.builds(tagged.Reset, _ids),
    st.builds(tagged.Refused, _ids, any_text, st.just("") | mids, st.just("") | _re),
    st.builds(plain.Joined, names, rooms),
    st.builds(plain.Left, names, rooms),
    st.builds(plain.People, rooms, _counts, st.lists(names, max_size=5).map(tuple)),
    st.builds(plain.Rooms, st.lists(st.tuples(names, _counts), max_size=5).map(tuple)),
    st.builds(tagged.Typing, rooms, names),
    st.builds(tagged.ReadTo, rooms, numbers),
    st.builds(tagged.Seen, rooms, names, numbers),
    st.builds(tagged.Topic, names, any_text, st.just("") | names),
    st.builds(tagged.Presence, names, st.sampled_from(State), any_text),
    st.builds(tagged.Found, _re, entries),
    st.builds(tagged.FoundAll, _re, st.booleans()),
    st.builds(tagged.Ping),
    st.builds(tagged.Pong),
    st.builds(plain.Notice, any_text),
)

hellos = st.builds(
    requests.Hello, names, *[st.just("") | _ids] * 3, st.none() | numbers, st.just("") | _ids
)

_moments = st.none() | times.map(from_ms)
_limit = st.integers(1, requests.MOST_FOUND)
_about = st.sampled_from([kind for kind in Kind if kind is not Kind.MESSAGE])

tagged_requests = st.one_of(
    st.builds(requests.Say, rooms, any_text, st.just("") | mids),
    st.builds(requests.Say, st.just("") | rooms, any_text, st.just("") | mids, _about, numbers),
    st.builds(requests.AskJoin, names),
    st.builds(requests.AskLeave, names),
    st.builds(requests.SayTyping, rooms),
    st.builds(requests.SayRead, rooms, numbers),
    st.builds(requests.SetTopic, names, any_text),
    st.builds(requests.SetPresence, st.sampled_from(State), any_text),
    st.builds(requests.AskPeople, names),
    st.builds(requests.AskRooms),
    st.builds(requests.AskHistory, _re, rooms, numbers, _limit),
    st.builds(
        requests.AskSearch,
        _re,
        any_text,
        st.just("") | rooms,
        numbers,
        _limit,
        st.just("") | names,
        _moments,
        _moments,
        st.booleans(),
    ),
    st.builds(tagged.Ping),
    st.builds(tagged.Pong),
    st.builds(requests.Quit),
    st.builds(requests.Command, any_text, st.just("") | _re, st.just("") | rooms),
)

# Lines that almost mean something: every key and event that either side knows, with odd values.

_KEYS = [
    "event", "v", "user", "log", "seq", "token", "install", "since", "password", "from", "to",
    "code", "mid", "re", "room", "time", "message", "reply", "edit", "delete", "react", "read",
    "before", "limit", "count", "counts", "more", "state", "author", "later", "earlier", "has",
    "role", "locked", "slow", "seconds", "by", "about", "action", "for",
    "unheard-of",
]  # fmt: skip
_EVENTS = [
    "welcome", "live", "gap", "reset", "refused", "join", "leave", "people", "rooms", "typing",
    "read", "seen", "topic", "presence", "end", "ping", "pong", "notice", "history", "search",
    "quit", "command", "role", "rules", "muted", "waiting", "knock", "removed", "audit", "banned",
    "done", "unheard-of",
]  # fmt: skip
_values = st.one_of(
    any_text,
    st.sampled_from(["", "0", "1", "-1", "17", "9" * 18, "9" * 19, "9" * 5_000, "\u0663", "1,2"]),
    st.sampled_from(["general", "@bob", "a" * 32, "alice", "away", "link"]),
    st.sampled_from(
        ["2026-11-20T12:00:00.123Z", "2026-11-20", "0001-01-01T00:00:00+23:59", "9999-12-31T23Z"]
    ),
)
almost_lines = st.builds(
    lambda text, tags, event: Line(text, tags | event),
    any_text | st.sampled_from(["", "alice~hi", "SERVER~no", "general", "general games"]),
    st.dictionaries(st.sampled_from(_KEYS), _values, max_size=8),
    st.just({}) | st.builds(lambda event: {"event": event}, st.sampled_from(_EVENTS)),
)
