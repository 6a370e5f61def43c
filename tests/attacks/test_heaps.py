"""What is kept for ever must not grow without bounds: rooms, changes, the backlog of one."""

import socket

from tests.attacks.attackers import are_closed, flood, guests
from tests.attacks.kit import MEGABYTE, Host, under_attack
from tests.tagged import TaggedClient
from tkchat.server.limits import Limits
from tkchat.wire.entry import Entry
from tkchat.wire.requests import AskHistory, AskJoin
from tkchat.wire.tagged import FoundAll, Refused

LIMITS = Limits()
LONG = "x" * 4_000
FAR_MORE_THAN_A_SYSTEM_BUFFERS = 8 * MEGABYTE


def test_who_never_reads_is_put_out_and_keeps_nothing(host: Host) -> None:
    with guests(host.address, 32) as socks:
        for sock in socks:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            sock.sendall(b"@room=general %s\n" % (b"x" * 3_900) * 3)
        ask = b"@event=history;re=h1;room=general;limit=200\n"
        with under_attack(host, most_processor=0.6, most_memory=32 * MEGABYTE):
            flood(dict.fromkeys(socks, lambda _: ask), 1.5, reads=False)
            for sock in socks:
                sock.close()


def test_who_never_reads_what_others_say_is_put_out() -> None:
    with (
        Host("--no-announce", "--no-flood-limit") as host,
        guests(host.address, 8) as socks,
        TaggedClient(host.address, "speaker") as speaker,
        under_attack(host, most_memory=32 * MEGABYTE, most_processor=1.5),
    ):
        for _ in range(FAR_MORE_THAN_A_SYSTEM_BUFFERS // len(LONG)):
            speaker.confirm(speaker.say(LONG))
        assert are_closed(socks)


def test_nobody_is_in_10_000_rooms() -> None:
    with (
        Host("--no-announce", "--no-flood-limit") as host,
        TaggedClient(host.address, "collector") as collector,
    ):
        collector.ask(*(AskJoin(f"lab{number}") for number in range(10_000)))
        last = collector.say("that was all")
        collector.confirm(last)
        refused = [event for event in collector.heard if isinstance(event, Refused)]
        assert len(refused) == 10_000 - (LIMITS.rooms_per_person - 1)
        assert {event.code for event in refused} == {"not-allowed"}
        collector.resume(host.address)


def test_rooms_come_to_an_end() -> None:
    limit = ("--limit", "rooms=50", "--limit", "rooms_per_person=30")
    with Host("--no-announce", "--no-flood-limit", *limit) as host:
        for name in ("alice", "bob"):
            with TaggedClient(host.address, name) as client:
                client.ask(*(AskJoin(f"{name}{number}") for number in range(29)))
                client.confirm(client.say("done"))
                refused = [event for event in client.heard if isinstance(event, Refused)]
                assert len(refused) == (0 if name == "alice" else 9)


def test_a_message_is_not_changed_for_ever() -> None:
    """Whoever looks back gets all that was done to what they see."""
    most = 20
    arguments = ("--no-announce", "--no-flood-limit", "--limit", f"changes_per_message={most}")
    with Host(*arguments) as host, TaggedClient(host.address, "alice") as alice:
        seq = alice.confirm(alice.say("hello")).seq
        mids = [alice.say("👍", room="", react=seq) for _ in range(3 * most)]
        alice.say("edited", room="", edit=seq)
        alice.read_until(lambda event: isinstance(event, Refused) and event.mid not in mids)
        alice.ask(AskHistory("h1", "general"))
        found = alice.read_until(lambda event: isinstance(event, FoundAll))
        assert len(found) == 1 + most + 1
        mid = alice.say("", room="", delete=seq)
        assert isinstance(alice.confirm(mid), Entry)  # to take it back is always possible
