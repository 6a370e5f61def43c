"""Events, carried from a session's queue to somewhere else."""

import queue

from tests.support import wait_until
from tkchat.client.events import Event, Noticed
from tkchat.terminal.feed import Feed


def test_events_come_in_order_and_none_after_the_end() -> None:
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    seen: list[Event] = []
    sent = [Noticed(str(n)) for n in range(1000)]
    for event in sent[:500]:
        events.put(event)
    with Feed(events, seen.append):
        for event in sent[500:]:
            events.put(event)
        wait_until(lambda: len(seen) == len(sent))
    assert seen == sent
    events.put(Noticed("late"))
    assert seen == sent
