"""What is on its way to the host: everything, in order, and never too much at once."""

from hypothesis import given
from hypothesis import strategies as st

from tests.client.logs import mid
from tkchat.client.sending import WINDOW, WINDOW_BYTES, Sending
from tkchat.wire.names import GENERAL
from tkchat.wire.requests import Say


def say(number: int, text: str = "hello") -> Say:
    return Say(GENERAL, text, mid(number))


def loaded(*says: Say) -> Sending:
    sending = Sending()
    sending.load(says)
    return sending


def test_nothing_is_sent_without_a_host() -> None:
    sending = loaded(say(1))
    assert sending.next() == []
    sending.begin()
    assert sending.next() == [say(1)]
    assert sending.next() == []


def test_a_window_of_them_is_on_its_way() -> None:
    sending = loaded(*(say(number) for number in range(WINDOW + 2)))
    sending.begin()
    assert len(sending.next()) == WINDOW
    assert sending.sent(mid(0)) == say(0)
    assert sending.sent(mid(WINDOW)) is None
    sending.remove(mid(0))
    assert sending.sent(mid(0)) is None
    assert sending.next() == [say(WINDOW)]


def test_long_ones_fill_the_window_sooner_but_one_always_goes() -> None:
    long = "x" * (WINDOW_BYTES // 4 + 1)
    sending = loaded(say(1, long), say(2, long))
    sending.begin()
    assert sending.next() == [say(1, long)]
    sending.remove(mid(1))
    assert sending.next() == [say(2, long)]


def test_after_a_loss_all_go_again_from_the_oldest() -> None:
    sending = loaded(say(1), say(2))
    sending.begin()
    sending.next()
    sending.stop()
    sending.add(say(3))
    assert sending.next() == []
    sending.begin()
    assert sending.next() == [say(1), say(2), say(3)]


STEPS = st.lists(st.sampled_from(["add", "next", "ack", "lose", "begin"]), max_size=60)


@given(STEPS)
def test_the_host_gets_all_of_them_in_order_whatever_happens(steps: list[str]) -> None:
    sending = Sending()
    added, on_the_wire, had = 0, list[Say](), list[str]()
    for step in [*steps, "begin", *["next", "ack"] * 80]:
        match step:
            case "add":
                sending.add(say(added))
                added += 1
            case "next":
                on_the_wire += sending.next()
            case "ack" if on_the_wire:
                first = on_the_wire.pop(0)
                had += [first.mid] if first.mid not in had else []
                sending.remove(first.mid)
            case "lose":
                # The host has the first half of what was under way, and we do not know.
                had += [s.mid for s in on_the_wire[: len(on_the_wire) // 2] if s.mid not in had]
                on_the_wire.clear()
                sending.stop()
            case "begin":
                on_the_wire.clear()
                sending.begin()
    assert had == [mid(number) for number in range(added)]
