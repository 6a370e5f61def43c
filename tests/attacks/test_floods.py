"""Lines without end, of every kind: the host reads them no faster than the flood limit allows."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.attacks.attackers import flood, flood_with_bytes, guests, many_connections, secure
from tests.attacks.kit import Host, attacked_host, under_attack
from tests.server.order_kit import ordered
from tests.support import wait_until
from tests.tagged import TaggedClient
from tkchat.server.host_code import host_code

SECONDS = 0.8
MOST_PROCESSOR = 0.5  # unslowed, a flood keeps it wholly busy


def always(line: bytes) -> Callable[[int], bytes]:
    return lambda _: line


TAGGED: dict[str, Callable[[int], bytes]] = {
    "pings": always(b"@event=ping\n"),
    "pongs": always(b"@event=pong\n"),
    "unknown events": always(b"@event=later x\n"),
    "people": always(b"@event=people;room=general\n"),
    "rooms": always(b"@event=rooms\n"),
    "typing": always(b"@event=typing;room=general\n"),
    "read marks": lambda n: b"@read=%d;room=general\n" % n,
    "presence": lambda n: b"@event=presence;state=%s %d\n" % ((b"away", b"here")[n % 2], n),
    "topics": lambda n: b"@event=topic;room=general %s%d\n" % (b"t" * 240, n),
    "coming and going": always(b"@event=join;room=lab\n@event=leave;room=lab\n"),
    "new rooms": lambda n: b"@event=join;room=lab%d\n" % n,
    "messages": lambda n: b"@room=general;mid=%032x hello\n" % n,
    "one message again": always(b"@room=general;mid=%032x hello\n" % 7),
    "conversations": lambda n: b"@room=@nobody%d;mid=%032x hello\n" % (n, n),
    "reactions": always("@react=1 👍\n".encode()),
    "edits": lambda n: b"@edit=1 %d\n" % n,
    "history": always(b"@event=history;re=h1;room=general;limit=200\n"),
    "search": always(b"@event=search;re=s1;limit=200 t\n"),
    "long searches": always(b"@event=search;re=s1 " + b"a b " * 3_900 + b"\n"),
    "quotes": always(b"@event=search;re=s1 " + b'"' * 15_000 + b"\n"),
    "commands": always(b"@event=command;re=c1 /mute talker0\n"),
    "huge numbers": always(b"@event=history;re=h;room=general;before=%s\n" % (b"9" * 15_000)),
    "many tags": always(b"@" + b"a;" * 8_000 + b"b x\n"),
    "many tags of nothing": always(b"@event=later;" + b"a;" * 8_000 + b"b x\n"),
    "backslashes": always(b"@event=later;a=" + b"\\" * 16_000 + b" x\n"),
    "names that are none": always("@event=join;room={}\n".format("ﷺ" * 5_000).encode()),
    "names that look alike": always("@event=join;room={}\n".format("ӏ̇́" * 42).encode()),
    "blank lines": always(b"\n" * 20_000),
}
PLAIN: dict[str, Callable[[int], bytes]] = {
    "blank lines": always(b"\n" * 20_000),
    "white space": always(b" \t" * 5_000 + b"\n"),
    "commands": always(b"/who\n/rooms\n/topic\n/nothing\n"),
    "moving": lambda n: b"/join lab%d\n" % n,
    "lines of 1 MB": always(b"x" * 1_000_000 + b"\n"),
    "a line without end": always(b"x" * 60_000),
    "messages to one": always(b"/msg talker0 hello\n"),
    "wrong codes": always(b"/host 123456\n"),
}
EACH = 3  #: guests who send one kind
TOGETHER = 6  #: kinds at once, so that all are tried in a quarter of a minute


def groups() -> Iterator[tuple[bool, tuple[str, ...]]]:
    for is_tagged, floods in ((True, TAGGED), (False, PLAIN)):
        kinds = tuple(floods)
        for first in range(0, len(kinds), TOGETHER):
            yield is_tagged, kinds[first : first + TOGETHER]


@pytest.mark.parametrize(("is_tagged", "kinds"), list(groups()))
def test_floods_leave_the_others_their_time(
    host: Host, is_tagged: bool, kinds: tuple[str, ...]
) -> None:
    floods = TAGGED if is_tagged else PLAIN
    with guests(host.address, EACH * len(kinds), is_tagged=is_tagged) as socks:
        first = b"@room=general;mid=%032x hello\n" % 1 if is_tagged else b"hello\n"
        socks[0].sendall(first)  # to react to, and to edit
        lines = {sock: floods[kinds[number // EACH]] for number, sock in enumerate(socks)}
        with under_attack(host, most_processor=MOST_PROCESSOR):
            flood(lines, SECONDS)
            for sock in socks:
                sock.close()


def test_a_line_without_end_from_many(host: Host) -> None:
    """What is thrown away costs next to nothing, for it is read slowly."""
    with (
        under_attack(host, most_processor=MOST_PROCESSOR),
        guests(host.address, 8, is_tagged=False) as socks,
    ):
        flood(dict.fromkeys(socks, PLAIN["a line without end"]), SECONDS)


def test_tiny_records_of_blank_lines(host: Host) -> None:
    """What is encrypted byte by byte costs the host more than the attacker."""
    with (
        many_connections(host.address, 8) as socks,
        under_attack(host, most_processor=MOST_PROCESSOR),
    ):
        secured = [secure(sock) for sock in socks]
        flood_with_bytes(secured, b"\n", SECONDS)
        for sock in secured:
            sock.close()


def test_who_sends_much_and_hangs_up_holds_nothing_once_put_out(tmp_path: Path) -> None:
    """All that they said would still be heard: none of it is lost, but slowly."""
    with attacked_host("--data", str(tmp_path)) as host:
        threads = host.threads
        with TaggedClient(host.address, "keeper", password=host_code(tmp_path)) as keeper:
            with guests(host.address, 5, is_tagged=False) as socks:
                for sock in socks:
                    sock.sendall(b"x\n" * 20_000)
            wait_until(lambda: host.stderr.count(" is guest") == 5)
            assert "left" not in host.stderr
            for number in range(5):
                ordered(keeper, f"/kick guest{number}")
            wait_until(lambda: host.stderr.count(" left (") == 5, describe=lambda: host.stderr)
        wait_until(lambda: host.threads <= threads)
