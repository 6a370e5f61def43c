"""When the host cannot write: nobody hears what is not kept, everybody who spoke is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.log_kit import small_disk
from tests.server.tagged_kit import news, said, tagged_people
from tests.support import Client, running_server
from tests.tagged import TaggedClient
from tkchat.server.server import Server
from tkchat.wire.plain import Joined, Left
from tkchat.wire.requests import AskJoin, SayRead, SayTyping
from tkchat.wire.tagged import ReadTo, Typing

NOT_STORED = (
    "SERVER~The host cannot store anything just now: its disk may be full. Please try again later."
)


class Disk:
    """A small disk that a log is on, which a test fills and frees."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Leave no room for anything."""
        with self._ballast.open("ab", buffering=0) as file:
            for size in (65_536, 4_096):
                try:
                    while file.write(b"x" * size) == size:
                        pass
                except OSError:
                    pass

    def free(self) -> None:
        """Make room again."""
        self._ballast.unlink()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path / "disk", 4_096) as folder:
        yield Disk(folder)


@pytest.fixture
def server(disk: Disk) -> Iterator[Server]:
    with running_server(data=disk.folder) as server:
        yield server


def fill_up(disk: Disk, speaker: TaggedClient) -> str:
    """Fill the disk until ``speaker`` is refused; return the mid of what was not said."""
    disk.fill()
    for _ in range(5_000):  # what the log's files have room for still
        mid = speaker.say("x" * 1_000)
        while mid in speaker.unconfirmed:
            speaker.read_event()
        if speaker.entries[-1].mid != mid:
            return mid
    raise AssertionError("the disk is never full")


def test_who_speaks_is_refused_and_nobody_hears_of_it(disk: Disk, server: Server) -> None:
    with (
        tagged_people(server.address, "alice", "bob") as (alice, bob),
        Client(server.address, "carol") as carol,
    ):
        carol.say("before")
        alice.read_entries(1)
        lost = fill_up(disk, alice)
        kept = said(alice)
        news(alice)
        news(bob)
        assert [(seq, text) for seq, _, _, text in said(bob)] == [
            (seq, text) for seq, _, _, text in kept
        ]

        # Whatever lasts is refused, whoever says it, and whatever passes goes on.
        for number in range(3):
            mid = bob.say(f"lost {number}")
            bob.expect_refused("storage", mid)
            mid = bob.say("psst", "@alice")
            bob.expect_refused("storage", mid)
            mid = bob.say("👍", "", react=1)
            bob.expect_refused("storage", mid)
        carol.say("/who")
        carol.read_until("SERVER~In general (3): alice bob carol")
        carol.say("lost", "/msg alice lost", "/me lost")
        carol.expect(*[NOT_STORED] * 3)
        bob.ask(SayTyping("general"))
        alice.expect(Typing("general", "bob"))
        with TaggedClient(server.address) as dave:
            dave.send(b"@v=1 dave\n")
            dave.expect_refused("storage")
        with Client(server.address, "eve"):
            alice.expect(Joined("eve", "general"))
        alice.expect(Left("eve", "general"))
        with TaggedClient(server.address, "alice", token=alice.token, since=0) as again:
            assert again.entries == alice.entries, "who is known can come in and read"

        # With room on the disk, all goes on with the next number, also what was refused before.
        disk.free()
        alice.say("x" * 1_000, mid=lost)
        bob.read_entries(1)
        assert said(bob)[-1] == (len(kept) + 1, "general", "alice", "x" * 1_000)
        with TaggedClient(server.address, "dave"):
            pass
        carol.say("after")
        carol.read_until("carol~after")


def test_rooms_and_read_marks_of_that_time_are_kept_as_soon_as_possible(
    disk: Disk, server: Server
) -> None:
    with tagged_people(server.address, "alice", "bob") as (alice, bob):
        alice.confirm(alice.say("before"))
        fill_up(disk, alice)
        news(bob)
        alice.ask(AskJoin("games"), SayRead("general", 1))
        assert Joined("alice", "games") in news(alice)
        mid = alice.say("a move", "games")
        alice.expect_refused("storage", mid)
        disk.free()
        alice.say("a move", "games", mid=mid)
        alice.confirm(mid)
        server.close()
    with running_server(data=disk.folder) as again:
        alice.resume(again.address)
        assert said(alice)[-1][1:] == ("games", "alice", "a move")
        assert {Joined("alice", "games"), ReadTo("general", 1)} <= set(news(alice))
        alice.close()


def test_the_log_is_whole_afterwards(disk: Disk) -> None:
    with (
        running_server(data=disk.folder) as server,
        tagged_people(server.address, "alice") as (alice,),
    ):
        alice.confirm(alice.say("before"))
        fill_up(disk, alice)
        heard = said(alice)
        disk.free()
    with (
        running_server(data=disk.folder) as server,
        TaggedClient(server.address, "alice", token=alice.token, since=0) as again,
    ):
        assert said(again) == heard
