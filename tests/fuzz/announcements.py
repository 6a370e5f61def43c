"""What strangers announce on the local network, on its way into the list of chats nearby."""

import queue
from types import SimpleNamespace
from typing import Any, cast

from zeroconf import ServiceStateChange
from zeroconf._cache import DNSCache
from zeroconf._dns import DNSAddress, DNSPointer, DNSService, DNSText
from zeroconf._protocol.incoming import DNSIncoming
from zeroconf._protocol.outgoing import DNSOutgoing

from tests.announcing import CLASS_IN, CLASS_UNIQUE, LOOPBACK, RESPONSE
from tkchat.client import nearby
from tkchat.client.nearby import Browser
from tkchat.net.multicast import SERVICE
from tkchat.wire.info import one_title
from tkchat.wire.limits import MAX_TITLE_CHARS

# (what the service's record points to, TXT, port, server, address, seconds)
Announced = tuple[str, bytes, int, str, bytes, int]


def packets_of(announced: Announced) -> list[bytes]:
    """Return what a stranger sends; nothing, where it is no name that fits into a packet."""
    name, text, port, server, address, seconds = announced
    out = DNSOutgoing(RESPONSE)
    out.add_answer_at_time(DNSPointer(SERVICE, 12, CLASS_IN, seconds, name), 0)
    out.add_answer_at_time(DNSService(name, 33, CLASS_UNIQUE, seconds, 0, 0, port, server), 0)
    out.add_answer_at_time(DNSText(name, 16, CLASS_UNIQUE, seconds, text), 0)
    out.add_answer_at_time(DNSAddress(server, 1, CLASS_UNIQUE, seconds, address), 0)
    try:
        return out.packets()
    except Exception:  # noqa: BLE001 (what zeroconf cannot write, a stranger does not send)
        return []


def hear(packets: list[bytes]) -> None:
    """Take in packets as the browser's library does; see what would be listed then."""
    cache, browser = DNSCache(), Browser(queue.SimpleQueue())
    for packet in packets:
        incoming = DNSIncoming(packet)
        answers = incoming.answers() if incoming.valid else []
        cache.async_add_records(answers)
        for record in answers:
            if isinstance(record, DNSPointer) and record.name.lower() == SERVICE:
                is_over = record.ttl == 0
                change = ServiceStateChange.Removed if is_over else ServiceStateChange.Added
                browser._on_change(name=record.alias, state_change=change)
    browser._look(cast(Any, SimpleNamespace(zeroconf=SimpleNamespace(cache=cache))), [LOOPBACK])
    shown = nearby._shown(known.chat for known in browser._known.values())
    assert len(browser._known) <= nearby.MOST_KNOWN
    assert len(shown) <= nearby.MOST_SHOWN
    for chat in shown:
        assert chat.title == one_title(chat.title)
        assert len(chat.title) <= MAX_TITLE_CHARS
        assert chat.people is None or 0 <= chat.people <= 99_999
        assert len(chat.log) <= 64
        assert 0 < chat.address.port < 65_536
        same = [each for each in shown if each.address.host == chat.address.host]
        assert len(same) <= nearby.MOST_AT_ONE_ADDRESS


def hear_announced(announced: list[Announced | bytes]) -> None:
    """Take in announcements, and packets that may be none."""
    packets: list[bytes] = []
    for each in announced:
        packets += [each] if isinstance(each, bytes) else packets_of(each)
    hear(packets)
