"""What a person at a terminal is told."""

import pytest

from tkchat.client.events import (
    Arrived,
    Came,
    CertificateChanged,
    Encrypted,
    Entered,
    Event,
    Live,
    Lost,
    Noticed,
    NotIn,
    Older,
    Opened,
    PeopleHere,
    PresenceSet,
    Problem,
    Refused,
    RoomsThere,
    TopicSet,
    Welcome,
)
from tkchat.client.model import Model
from tkchat.client.order import Knock, Outcome
from tkchat.client.outbox import Waiting
from tkchat.client.pages import Cursor, Page
from tkchat.net.address import Address
from tkchat.terminal.lines import QUIET, Styled
from tkchat.terminal.telling import EARLIER, MOST_MISSED, Telling
from tkchat.wire.entry import Entry
from tkchat.wire.presence import State
from tkchat.wire.requests import Say

MID = "0" * 32
IN = "You are in general as alice. Type to talk; Ctrl+D leaves."


@pytest.fixture
def telling() -> Telling:
    return Telling(Model("alice"), Address("pc7"))


def page(*numbers: int, room: str = "general") -> Page:
    entries = [Entry(n, 0, room, "bob", f"text {n}") for n in numbers]
    return Page(entries, [], Cursor(1), at_floor=False, at_start=True)


def opened(*numbers: int, waiting: tuple[Waiting, ...] = ()) -> Opened:
    return Opened("alice", "general", page(*numbers), waiting=waiting)


def arrived(seq: int, text: str = "hi", *, room: str = "general", live: bool = True) -> Arrived:
    return Arrived((Entry(seq, 0, room, "bob", text),), live)


def told(telling: Telling, *events: Event) -> list[str]:
    """Return the lines for all events, without the time."""
    return [plain(line) for event in events for line in telling.about(event)]


def plain(line: Styled) -> str:
    pieces = [text for _, text in line]
    return "".join(pieces[1:] if pieces[0][2:3] == ":" else pieces)


WELCOME = Welcome("alice", "general", tagged=True)


def test_the_last_messages_are_shown_quietly_on_the_way_in(telling: Telling) -> None:
    assert told(telling, opened(*range(1, 31)), WELCOME) == [IN]
    lines = list(telling.about(Live()))
    assert [plain(line) for line in lines] == [f"bob: text {n}" for n in range(31 - EARLIER, 31)]
    assert {style for line in lines for style, _ in line} == {QUIET}
    assert told(telling, Older("general", page(0)), Live()) == []
    assert telling.take_read() == [("general", 30)]


def test_who_is_new_is_shown_what_the_host_sends_first(telling: Telling) -> None:
    first = [arrived(n, f"text {n}", live=False) for n in range(1, 51)]
    assert told(telling, WELCOME, *first) == [IN]
    shown = told(telling, Live(), Older("general", page()))
    assert shown == [f"bob: text {n}" for n in range(51 - EARLIER, 51)]


def test_what_was_missed_is_shown_up_to_a_limit(telling: Telling) -> None:
    missed = [arrived(n, live=False) for n in range(1, EARLIER + 11)]
    assert len(told(telling, opened(), WELCOME, *missed, Live())) == 1 + EARLIER + 10


def test_not_all_that_was_missed_in_a_month_is_shown(telling: Telling) -> None:
    missed = [arrived(n, live=False) for n in range(1, MOST_MISSED * 2)]
    lines = told(telling, opened(), WELCOME, *missed, Live())
    assert len(lines) == 2 + MOST_MISSED
    assert lines[1] == f"{MOST_MISSED - 1} of the messages that you missed are not shown here."


def test_what_was_missed_while_the_connection_was_lost_is_shown_whole(telling: Telling) -> None:
    told(telling, opened(1), WELCOME, Live(), Lost("cut", 1.0), WELCOME)
    missed = [arrived(n, f"text {n}", live=False) for n in range(2, 302)]
    assert told(telling, *missed, Live()) == [f"bob: text {n}" for n in range(2, 302)]


def test_nothing_is_shown_twice_after_an_empty_beginning(telling: Telling) -> None:
    told(telling, WELCOME, Live(), arrived(1))
    missed = arrived(2, "missed", live=False)
    assert told(telling, Lost("cut", 1.0), WELCOME, missed, Live())[2:] == ["bob: missed"]


def test_what_was_said_in_private_meanwhile_is_shown(telling: Telling) -> None:
    told(telling, opened(1), WELCOME)
    assert told(telling, arrived(2, room="@bob", live=False), Live()) == [
        "bob: (to alice only) hi",
        "bob: text 1",
    ]


def test_own_messages_appear_once(telling: Telling) -> None:
    told(telling, opened(), WELCOME, Live())
    (line,) = telling.said([Say("general", "hi", MID)])
    assert (plain(line), telling.unconfirmed) == ("alice: hi", 1)
    own = Entry(1, 0, "general", "alice", "hi", mid=MID)
    assert told(telling, Arrived((own,), live=True)) == []
    assert telling.unconfirmed == 0
    elsewhere = Entry(2, 0, "general", "alice", "from the window", mid="1" * 32)
    assert told(telling, Arrived((elsewhere,), live=True)) == ["alice: from the window"]


def test_without_the_host_messages_wait(telling: Telling) -> None:
    before = Waiting(Say("general", "from before", "1" * 32), 0)
    refused = Waiting(Say("general", "no", "2" * 32), 0, "x", "too rude")
    assert told(telling, opened(1, waiting=(before, refused)), Lost("no way", 1.0)) == [
        "bob: text 1",
        "alice: from before  (waiting)",
        "alice: no  (refused: too rude)",
        "The host is not there: no way. What you say is kept until it is.",
    ]
    assert told(telling, Lost("no way", 2.0)) == []
    (line,) = telling.said([Say("general", "hi", MID)])
    assert plain(line) == "alice: hi  (waiting)"
    assert [plain(line) for line in telling.farewell()] == [
        "2 messages wait on this computer, to be sent when you are here again."
    ]


def test_a_refusal_is_told_with_the_text(telling: Telling) -> None:
    told(telling, opened(), WELCOME, Live())
    list(telling.said([Say("@bob", "psst", MID)]))
    assert told(telling, Refused(MID, "x", "too rude")) == [
        "The host did not take “psst”: too rude"
    ]
    assert (telling.take_refused(), telling.take_refused()) == ([MID], [])
    assert list(telling.farewell()) == []


def test_other_rooms_are_not_told_of_but_conversations_are(telling: Telling) -> None:
    told(telling, opened(), WELCOME, Live())
    assert told(telling, arrived(1, room="ops")) == []
    assert told(telling, arrived(2, room="@bob")) == ["bob: (to alice only) hi"]
    assert telling.take_read() == [("@bob", 2)]
    assert telling.take_read() == []


def test_another_room_begins_with_its_last_messages(telling: Telling) -> None:
    told(telling, opened(1), WELCOME, Live())
    assert told(telling, Entered("ops", page(5, room="ops"))) == [
        "You are in ops now.",
        "bob: text 5",
    ]
    assert told(telling, Entered("new", page(room="new"))) == ["You are in new now."]
    assert told(telling, arrived(8, room="new")) == ["bob: hi"]
    assert told(telling, Older("new", page(7, room="new"))) == ["bob: text 7"]


def test_answers_are_shown_when_asked_for(telling: Telling) -> None:
    told(telling, opened(), WELCOME, Live())
    rooms = RoomsThere((("general", 2), ("ops", 0)))
    people = PeopleHere(("bob",), "ops")
    assert told(telling, rooms, people) == []
    telling.asked |= {RoomsThere, PeopleHere}
    assert told(telling, rooms, people) == ["Rooms: general (2) ops (0)", "In ops: bob"]
    assert told(telling, rooms, people) == []
    assert told(telling, PeopleHere(("bob",), "general")) == ["In general: bob"]


def test_who_comes_is_told_but_not_oneself(telling: Telling) -> None:
    told(telling, opened(), WELCOME, Live())
    assert told(telling, Came("bob", "general"), Came("alice", "general")) == ["bob joined"]


def test_a_lost_connection_is_told_once(telling: Telling) -> None:
    told(telling, opened(), WELCOME, Live())
    assert told(telling, Lost("cut", 1.0), Lost("no way", 2.0)) == ["The connection is lost: cut."]


def test_the_end(telling: Telling) -> None:
    (line,) = told(telling, NotIn(Problem.NOBODY_LISTENS))
    assert line.startswith("No chat is open at pc7")
    assert telling.failed


def test_who_is_away_is_told_by_the_list_only(telling: Telling) -> None:
    told(telling, opened(), WELCOME, Live())
    assert told(telling, PresenceSet("bob", State.AWAY, "lunch")) == []
    assert told(telling, PeopleHere(("alice", "bob"), "general")) == [
        "In general: alice bob (away: lunch)"
    ]


def test_the_own_presence_is_told_once(telling: Telling) -> None:
    told(telling, opened(), WELCOME, Live())
    busy = PresenceSet("alice", State.BUSY)
    assert told(telling, busy, busy) == ["The others see you as alice (busy)."]
    assert told(telling, PresenceSet("alice", State.HERE)) == ["The others see that you are here."]


def test_a_new_topic_is_told(telling: Telling) -> None:
    told(telling, opened(), WELCOME, Live(), RoomsThere((("general", 2),)))
    assert told(telling, TopicSet("general", "News", "bob")) == ["bob set the topic: News"]
    assert told(telling, TopicSet("ops", "Elsewhere", "bob")) == []


def test_a_new_key_is_told(telling: Telling) -> None:
    (line,) = told(telling, Encrypted("lusab-babad", is_new=True))
    assert "lusab-babad" in line
    assert told(telling, Encrypted("lusab-babad", is_new=False)) == []


def test_a_changed_key_is_told_and_ends_it(telling: Telling) -> None:
    address = Address("pc7")
    changed = CertificateChanged(address, "lusab-babad", "gutih-tugad", bytes(32))
    lines = told(telling, changed, NotIn(Problem.OTHER_CERTIFICATE))
    assert "lusab-babad" in lines[0]
    assert "Nothing was sent" in lines[1]
    assert telling.failed


def test_who_asks_to_be_let_in_is_told_as_there_is_no_bar_for_it(telling: Telling) -> None:
    knock = Knock("bob", Outcome.WAITING, "bob asks to be let in: /approve bob or /reject bob")
    assert told(telling, knock) == [knock.text]


def test_what_the_host_says_unasked_is_told(telling: Telling) -> None:
    assert told(telling, Noticed("You are the host now.")) == ["You are the host of this chat."]
