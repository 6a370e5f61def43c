"""Which lines the host is known to have."""

from datetime import UTC, datetime

from tkchat.client.message import Delivery, Kind, Message
from tkchat.terminal.ledger import WINDOW_BYTES, WINDOW_LINES, Ledger


def waiting(text: str = "hi") -> Message:
    at = datetime(2026, 11, 20, tzinfo=UTC)
    return Message(0, Kind.SAID, "bot", text, at, own=True, delivery=Delivery.WAITING)


def sent(ledger: Ledger, count: int) -> list[Message]:
    messages = [waiting(str(n)) for n in range(count)]
    for message in messages:
        ledger.sent(10, message)
    return messages


def echo(ledger: Ledger, message: Message) -> None:
    message.delivery = Delivery.SENT
    ledger.echoed(message)


def test_each_echo_settles_one_line() -> None:
    ledger = Ledger()
    first, second = sent(ledger, 2)
    assert (ledger.unsettled, ledger.awaits_echo) == (2, False)
    echo(ledger, first)
    assert (ledger.unsettled, ledger.awaits_echo) == (1, True)
    echo(ledger, second)
    assert (ledger.unsettled, ledger.awaits_echo, ledger.refused) == (0, False, 0)


def test_an_echo_settles_the_commands_before_it() -> None:
    ledger = Ledger()
    ledger.sent(10)
    (message,) = sent(ledger, 1)
    ledger.sent(10)
    echo(ledger, message)
    assert (ledger.unsettled, ledger.awaits_echo, ledger.refused) == (1, False, 0)


def test_what_an_echo_leaves_out_was_refused() -> None:
    ledger = Ledger()
    _, _, third = sent(ledger, 3)
    echo(ledger, third)
    assert (ledger.unsettled, ledger.refused) == (0, 2)


def test_a_late_echo_settles_nothing_else() -> None:
    ledger = Ledger()
    (first,) = sent(ledger, 1)
    ledger.clear()
    sent(ledger, 2)
    echo(ledger, first)
    assert (ledger.unsettled, ledger.refused) == (2, 0)


def test_it_is_full_of_many_lines_or_of_long_ones() -> None:
    ledger = Ledger()
    messages = sent(ledger, WINDOW_LINES - 1)
    assert not ledger.is_full
    messages += sent(ledger, 1)
    assert ledger.is_full
    echo(ledger, messages[0])
    assert not ledger.is_full
    ledger.sent(WINDOW_BYTES)
    assert ledger.is_full
    ledger.clear()
    assert (ledger.is_full, ledger.unsettled) == (False, 0)
    ledger.sent(WINDOW_BYTES - 1)
    assert not ledger.is_full
