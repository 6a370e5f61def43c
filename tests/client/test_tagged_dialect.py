"""What the tagged dialect makes of a host's lines."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.client.logs import said
from tests.client.viewers import opened
from tkchat.client.archive import Archive
from tkchat.client.dialect import HangUp, NameRefused, NotLetIn, OtherKind
from tkchat.client.events import (
    Arrived,
    Came,
    Event,
    GapFound,
    Live,
    Noticed,
    Opened,
    PeopleHere,
    PresenceSet,
    Problem,
    Reset,
    RoomJoined,
    RoomsThere,
    SeenBy,
    TopicSet,
    Welcome,
    Went,
)
from tkchat.client.history import History
from tkchat.client.marks import Marks
from tkchat.client.outgoing import Outgoing
from tkchat.client.passwords import Passwords
from tkchat.client.tagged_dialect import TaggedDialect
from tkchat.client.worker import Worker
from tkchat.wire import order, plain, requests, tagged
from tkchat.wire.lines import decode_tagged
from tkchat.wire.names import GENERAL
from tkchat.wire.presence import State
from tkchat.wire.requests import AskJoin, AskRooms, Hello, SetPresence

WELCOME = tagged.Welcome("alice", "log", 5, "token")


@contextlib.contextmanager
def dialect(
    folder: Path,
    name: str = "Alice",
    presence: SetPresence | None = None,
    passwords: Passwords | None = None,
) -> Iterator[TaggedDialect]:
    """Return one for a session that never sends anything; its worker does not run."""
    with opened(folder) as database:
        history = History(database, "host:1", name)
        worker = Worker("worker", print)
        archive = Archive(history, lambda _: False, lambda _: None)
        outgoing = Outgoing(history, worker, lambda _: None)
        it = TaggedDialect(
            name,
            history,
            archive,
            Marks(history, lambda _: None),
            outgoing,
            worker,
            room=lambda: GENERAL,
            enter=lambda _: None,
            presence=lambda: presence,
            sender=lambda: lambda _: None,
            passwords=passwords,
        )
        it.hello()
        yield it


@pytest.fixture
def alice(tmp_path: Path) -> Iterator[TaggedDialect]:
    with dialect(tmp_path) as it:
        yield it


def hear(it: TaggedDialect, *events: tagged.Event) -> list[Event]:
    """Return what follows from ``events``, which arrive together."""
    heard: list[Event] = []
    for event in events:
        heard += it.receive(tagged.encode(event).removesuffix(b"\n")).events
    return heard + it.settle().events


def hello(it: TaggedDialect) -> Hello:
    (line,) = it.hello()
    return requests.decode_hello(decode_tagged(line.removesuffix(b"\n")))


def test_the_next_hello_goes_on_where_this_one_ends(alice: TaggedDialect) -> None:
    first = hello(alice)
    assert (first.user, first.token, first.log, first.since) == ("Alice", "", "", None)
    assert hear(alice, WELCOME) == [Welcome("alice", GENERAL, tagged=True)]
    hear(alice, said(3), said(4))
    second = hello(alice)
    assert (second.user, second.token, second.log, second.since) == ("alice", "token", "log", 4)
    assert second.install == first.install
    hear(alice, WELCOME, tagged.Live(9))
    assert hello(alice).since == 9


def test_what_arrives_is_told_in_order_whether_live_or_not(alice: TaggedDialect) -> None:
    heard = hear(alice, WELCOME, said(1), said(2), tagged.Live(2), said(3))
    assert heard[1:] == [
        Arrived((said(1),), live=False),
        Arrived((said(2),), live=False),
        Live(),
        Arrived((said(3),), live=True),
    ]


def test_what_is_known_of_the_chat_is_told_before_the_welcome(tmp_path: Path) -> None:
    with dialect(tmp_path) as it:
        hear(it, WELCOME, said(1), tagged.Live(1))
    with dialect(tmp_path) as it:
        opened, welcome = hear(it, WELCOME)
        assert isinstance(opened, Opened)
        assert opened.page.entries == [said(1)]
        assert isinstance(welcome, Welcome)
        it.hello()
        assert hear(it, WELCOME) == [welcome]
        it.hello()
        other = tagged.Welcome("alice", "other log", 0, "token")
        assert hear(it, other, tagged.Reset("other log")) == [Reset(), welcome]
        assert hello(it).log == "other log"


def test_a_first_time_that_was_cut_short_is_not_told_twice(tmp_path: Path) -> None:
    with dialect(tmp_path) as it:
        welcome = Welcome("alice", GENERAL, tagged=True)
        assert hear(it, WELCOME) == [welcome]
        it.hello()
        assert hear(it, WELCOME) == [welcome]
    with dialect(tmp_path) as it:
        assert [type(event) for event in hear(it, WELCOME)] == [Opened, Welcome]


def test_an_old_event_that_comes_again_moves_nothing_back(alice: TaggedDialect) -> None:
    hear(alice, WELCOME, tagged.Live(0), said(7), said(3))
    assert hello(alice).since == 7


def test_what_is_known_can_be_seen_without_a_host(tmp_path: Path) -> None:
    with dialect(tmp_path) as it:
        assert it.open_offline() == []
        hear(it, WELCOME)
    with dialect(tmp_path) as it:
        assert [type(event) for event in it.open_offline()] == [Opened]
        assert it.open_offline() == []


def test_rooms_that_were_asked_for_meanwhile_are_joined_then(alice: TaggedDialect) -> None:
    alice.rooms.wanted["ops"] = "ops"
    hear(alice, WELCOME)
    replies = alice.receive(tagged.encode(tagged.Live(1)).removesuffix(b"\n")).replies
    assert replies == [requests.encode(AskRooms()), requests.encode(AskJoin("ops"))]
    assert hear(alice, plain.Joined("alice", "ops")) == [RoomJoined("ops")]
    assert not alice.rooms.wanted
    assert alice.rooms.joined == {"ops"}


def test_people_come_and_go(alice: TaggedDialect) -> None:
    hear(alice, WELCOME, tagged.Live(0))
    assert hear(
        alice,
        plain.People("ops", 2, ("alice", "bob")),
        plain.Joined("eve", "ops"),
        plain.Left("eve", "ops"),
        plain.Rooms((("ops", 2),)),
        tagged.Typing("ops", "alice"),
    ) == [
        RoomJoined("ops"),
        PeopleHere(("alice", "bob"), "ops"),
        Came("eve", "ops"),
        Went("eve", "ops"),
        RoomsThere((("ops", 2),)),
    ]
    assert hear(alice, plain.People("dev", 1, ("eve",))) == [Noticed("In dev (1): eve")]
    assert alice.rooms.joined == {"ops"}


def test_what_people_are_up_to_and_have_seen_is_passed_on(alice: TaggedDialect) -> None:
    hear(alice, WELCOME, tagged.Live(0))
    assert hear(
        alice,
        tagged.Topic("ops", "News", "bob"),
        tagged.Presence("bob", State.BUSY, "in a call"),
        tagged.Seen("ops", "bob", 17),
    ) == [
        TopicSet("ops", "News", "bob"),
        PresenceSet("bob", State.BUSY, "in a call"),
        SeenBy("ops", "bob", 17),
    ]


def test_the_own_presence_is_said_again_after_each_welcome(tmp_path: Path) -> None:
    away = SetPresence(State.AWAY, "lunch")
    with dialect(tmp_path, presence=away) as it:
        for _ in range(2):
            assert PresenceSet("alice", State.AWAY, "lunch") in hear(it, WELCOME)
            replies = it.receive(tagged.encode(tagged.Live(1)).removesuffix(b"\n")).replies
            assert replies == [requests.encode(away), requests.encode(AskRooms())]
            it.hello()


def test_a_gap_is_told_while_catching_up(alice: TaggedDialect) -> None:
    hear(alice, WELCOME)
    assert hear(alice, tagged.Gap(1, 3)) == [GapFound(1, 3)]
    hear(alice, tagged.Live(3))
    assert hear(alice, tagged.Gap(1, 3)) == []  # it belongs to the answer of a request


def test_a_ping_is_answered(alice: TaggedDialect) -> None:
    hear(alice, WELCOME)
    assert alice.receive(b"@event=ping").replies == [requests.encode(tagged.Pong())]


def test_a_host_may_refuse(alice: TaggedDialect) -> None:
    with pytest.raises(NameRefused, match=r"The name alice is taken. .* 30 days"):
        hear(alice, tagged.Refused("name-taken", "The name alice is taken."))
    with pytest.raises(NameRefused, match="Bad"):
        hear(alice, tagged.Refused("bad-name", "Bad."))
    with pytest.raises(HangUp, match="full"):
        hear(alice, tagged.Refused("server-full", "It is full."))
    with pytest.raises(NotLetIn, match="The password is wrong"):
        hear(alice, tagged.Refused("bad-password", "The password is wrong."))
    hear(alice, WELCOME)
    assert hear(alice, tagged.Refused("bad-name", "No such room.")) == [Noticed("No such room.")]


def test_another_kind_of_host_is_known_by_its_first_line(tmp_path: Path) -> None:
    with dialect(tmp_path) as it:
        with pytest.raises(OtherKind):
            it.receive(b"SERVER~Hello")
        with pytest.raises(OtherKind):
            it.silence()
        hear(it, WELCOME)
        assert it.silence().events == []
        it.hello()
        assert it.silence().events == []  # it is known to be tagged: busy, then
        with pytest.raises(HangUp):
            it.receive(b"SERVER~Hello")


def test_a_line_that_makes_no_sense_is_told(alice: TaggedDialect) -> None:
    hear(alice, WELCOME)
    for line in (b"@seq=x;room=general;time=2026-11-20T12:00:00Z bob~hi", b"@event=live"):
        (notice,) = alice.receive(line).events
        assert isinstance(notice, Noticed)
    assert alice.receive(b"@event=unheard-of what").events == []


LINES = st.one_of(
    st.binary(),
    st.builds(lambda rest: b"@event=" + rest, st.binary()),
    st.sampled_from(
        [
            b"@event=people;room=x;count=9 a",
            b"@event=end;re=9",
            b"@event=join;user=alice;room=a b",
            b"@re=1;seq=1;room=general;time=2026-11-20T12:00:00Z bob~hi",
            b"@seq=999999999999999999;room=general;time=0001-01-01T00:00:00Z bob~hi",
            b"@seq=7;react=3;room=@;time=9999-12-31T23:59:59Z ~",
            b"@event=refused;code=x;mid=\xff",
            b"@event=welcome;user=\xf0;log=l;seq=1;token=t",
            b"@event=gap;from=9;to=1",
        ]
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(LINES, max_size=12), st.booleans())
def test_no_host_can_make_it_fail(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], is_in: bool
) -> None:
    with dialect(tmp_path_factory.mktemp("chats")) as it:
        if is_in:
            hear(it, WELCOME, tagged.Live(0))
        for line in lines:
            try:
                it.receive(line)
                it.settle()
            except (OtherKind, HangUp, NameRefused, NotLetIn):
                it.hello()


def test_a_refused_password_is_forgotten(tmp_path: Path) -> None:
    refusal = tagged.Refused("bad-password", "That password is wrong.", needs="chat")
    with dialect(tmp_path, passwords=Passwords("wrong")) as it:
        assert b"password=wrong" in it.hello()[0]
        with pytest.raises(NotLetIn) as refused:
            hear(it, refusal)
        assert refused.value.problem is Problem.CHAT_PASSWORD
        assert b"password" not in it.hello()[0]


def test_who_is_put_out_does_not_come_back(alice: TaggedDialect) -> None:
    with pytest.raises(NotLetIn, match="alice banned you") as refused:
        hear(alice, WELCOME, order.Removed("alice banned you"))
    assert refused.value.problem is Problem.REMOVED
