"""Own messages of the plain dialect, which come back as nothing but text."""

from datetime import UTC, datetime

from tkchat.client.echoes import Echoes
from tkchat.client.message import Delivery, Kind, Message
from tkchat.client.rooms import Rooms

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def message(key: int, text: str) -> Message:
    return Message(key, Kind.SAID, "alice", text, NOON, own=True)


def test_the_oldest_with_a_text_is_confirmed_first() -> None:
    echoes = Echoes()
    first, second = message(1, "hi"), message(2, "hi")
    echoes.add(first)
    echoes.add(second)
    assert [first.delivery, second.delivery] == [Delivery.WAITING, Delivery.WAITING]
    assert echoes.confirm("hi") is first
    assert [first.delivery, second.delivery] == [Delivery.SENT, Delivery.WAITING]
    assert echoes.confirm("other") is None
    assert echoes.confirm("hi") is second
    assert echoes.confirm("hi") is None


def test_what_is_under_way_when_the_connection_ends_is_doubtful() -> None:
    echoes = Echoes()
    lost = message(1, "hi")
    echoes.add(lost)
    assert echoes.lose() == [lost]
    assert lost.delivery is Delivery.DOUBTFUL
    assert echoes.confirm("hi") is None


def test_what_was_said_on_the_way_comes_along() -> None:
    echoes = Echoes()
    rooms = Rooms("alice", lambda: NOON, lambda entry, era: message(era, entry.text))
    before, after = message(1, "before"), message(2, "after")
    for each in (before, after):
        rooms.current.timeline.append(each)
        echoes.add(each)
    echoes.moving(2)
    echoes.moving(3)  # the first one counts
    ops = rooms.get("ops")
    echoes.bring_along(rooms.by_name, ops)
    assert rooms.current.messages == [before]
    assert ops.messages == [after]
