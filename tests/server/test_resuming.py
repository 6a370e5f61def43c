"""What a tagged client missed comes before what happens now: nothing twice, nothing left out."""

import contextlib
import threading
from pathlib import Path

import pytest

from tests.server.tagged_kit import news, said, tagged_people
from tests.support import Client, running_server
from tests.tagged import TaggedClient
from tkchat.server import replay
from tkchat.server.replay import NEWEST
from tkchat.server.server import Server
from tkchat.wire.entry import Entry
from tkchat.wire.requests import AskHistory, AskJoin
from tkchat.wire.tagged import FoundAll, Gap, Live, Reset, Welcome


def test_what_was_said_meanwhile_comes_in_order_and_before_live(server: Server) -> None:
    with tagged_people(server.address, "alice", "bob") as (alice, bob):
        token, log = bob.token, bob.log
        alice.say("one")
        head = bob.expect_said("alice", "one").seq
        bob.close()
        for text in ("two", "three"):
            alice.confirm(alice.say(text))
        with TaggedClient(server.address, "bob", token=token, log=log, since=head) as again:
            assert [type(event) for event in again.heard] == [Welcome, Entry, Entry, Live]
            assert said(again) == [(2, "general", "alice", "two"), (3, "general", "alice", "three")]
            assert again.heard[-1] == Live(3)
            alice.say("four")
            again.read_entries(1)
            assert said(again)[-1] == (4, "general", "alice", "four")


def test_one_s_own_lines_come_back_with_their_mids(server: Server) -> None:
    with TaggedClient(server.address, "alice") as alice:
        mid = alice.say("hello")
        alice.confirm(mid)
        alice.resume(server.address)
        assert not alice.unconfirmed
        with TaggedClient(server.address, "alice", token=alice.token) as again:
            assert [entry.mid for entry in again.entries] == [mid]
        with TaggedClient(server.address, "bob") as bob:
            assert [entry.mid for entry in bob.entries] == [""]


def test_without_since_the_newest_of_each_room_come(server: Server) -> None:
    with tagged_people(server.address, "alice") as (alice,):
        alice.ask(AskJoin("games"), AskJoin("lab"))
        for room, count in (("general", 3), ("games", 60), ("lab", NEWEST), ("general", 1)):
            for number in range(count):
                alice.say(f"{room} {number}", room)
        alice.read_entries(114)
        with TaggedClient(server.address, "alice", token=alice.token) as again:
            of_each = {room: [e for e in again.entries if e.room == room] for room in
                       ("general", "games", "lab")}  # fmt: skip
            assert {room: len(found) for room, found in of_each.items()} == {
                "general": 4,
                "games": NEWEST,
                "lab": NEWEST,
            }
            assert of_each["games"][0].text == "games 10"
            seqs = [entry.seq for entry in again.entries]
            assert seqs == sorted(seqs), "by seq across rooms"
        with TaggedClient(server.address, "bob") as bob:
            assert {entry.room for entry in bob.entries} == {"general"}


def test_since_nothing_is_everything(server: Server) -> None:
    with tagged_people(server.address, "alice") as (alice,):
        for number in range(3 * NEWEST):
            alice.say(str(number))
        alice.read_entries(3 * NEWEST)
        with TaggedClient(server.address, "alice", token=alice.token, since=0) as again:
            assert again.entries == alice.entries


def test_rooms_joined_on_another_connection_meanwhile_come_too(server: Server) -> None:
    with tagged_people(server.address, "alice", "bob") as (alice, bob):
        token, head = bob.token, bob.head
        bob.ask(AskJoin("games"))
        alice.ask(AskJoin("games"))
        news(bob)
        alice.confirm(alice.say("a move", "games"))
        with TaggedClient(server.address, "bob", token=token, since=head) as again:
            assert said(again) == [(1, "games", "alice", "a move")]


def test_another_log_is_announced_and_its_newest_come(tmp_path: Path) -> None:
    old = running_server(data=tmp_path / "1")
    with old as server, tagged_people(server.address, "alice") as (alice,):
        alice.confirm(alice.say("in the old log"))
    with running_server(data=tmp_path / "2") as server, Client(server.address, "bob") as bob:
        bob.say("in the new log")
        events = alice.resume(server.address)
        assert alice.welcome is not None
        assert events[1] == Reset(alice.welcome.log)
        assert said(alice)[1:] == [(1, "general", "bob", "in the new log")]
        assert alice.token
        alice.close()


def test_more_than_there_is_of_our_log_makes_it_another_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It was put back to an older copy: the numbers come to mean something else for everybody."""
    with (
        running_server(data=tmp_path) as server,
        tagged_people(server.address, "alice") as (alice,),
    ):
        alice.confirm(alice.say("hello"))
    with running_server(data=tmp_path) as server:

        def resume(since: int, log: str) -> TaggedClient:
            with TaggedClient(
                server.address, "alice", token=alice.token, since=since, log=log
            ) as again:
                assert len(again.entries) == int(Reset(again.log) in again.heard)
            return again

        assert Reset(alice.log) not in resume(1, alice.log).heard
        ahead = resume(2, alice.log)
        assert Reset(ahead.log) in ahead.heard
        assert ahead.log != alice.log
        late = resume(1, alice.log)
        assert Reset(ahead.log) in late.heard
        assert late.log == ahead.log
        # Somebody may make everybody begin anew, but only once.
        assert resume(9, ahead.log).log == ahead.log
    assert "restored from an older copy" in caplog.text


def test_who_is_new_here_cannot_make_everybody_begin_anew(server: Server) -> None:
    with tagged_people(server.address, "alice") as (alice,):
        alice.confirm(alice.say("hello"))
        for _ in range(2):
            with TaggedClient(
                server.address, "alice", token=alice.token, since=9, log=alice.log
            ) as again:
                assert Reset(alice.log) in again.heard


def test_another_log_is_told_also_to_who_has_nothing_of_it(server: Server) -> None:
    with TaggedClient(server.address, "alice", log="0" * 32) as alice:
        assert Reset(alice.log) in alice.heard


def test_trimmed_history_is_announced(tmp_path: Path) -> None:
    with (
        running_server(data=tmp_path) as server,
        tagged_people(server.address, "alice") as (alice,),
    ):
        for text in ("one", "two", "three"):
            last = alice.confirm(alice.say(text))
        assert server._log is not None
        assert server._log.trim(last.time_ms + 1) == (1, 2)
        for since, gaps in ((0, [Gap(1, 2)]), (1, [Gap(2, 2)]), (2, []), (3, [])):
            with TaggedClient(server.address, "alice", token=alice.token, since=since) as again:
                assert [event for event in again.heard if isinstance(event, Gap)] == gaps
                assert [entry.seq for entry in again.entries] == [3][: 3 - since]
        alice.ask(AskHistory("h", "general"))
        heard = alice.read_until(lambda event: isinstance(event, FoundAll))
        assert heard[-2:] == [Gap(1, 2, "h"), FoundAll("h", False)]


def test_the_replay_goes_in_pages(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with tagged_people(server.address, "alice") as (alice,):
        for number in range(100):
            alice.say(str(number))
        alice.read_entries(100)
        for page in (1, 7, 100, 101):
            monkeypatch.setattr(replay, "PAGE", page)
            for since in (0, 50, 99, 100):
                with TaggedClient(server.address, "alice", token=alice.token, since=since) as again:
                    assert again.entries == alice.entries[since:]


@pytest.mark.parametrize("since", [None, 0])
def test_while_others_talk_nothing_is_missing_double_or_out_of_order(
    server: Server, since: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replay, "PAGE", 5)  # so that a replay takes a while
    rounds, said_in_round = 20, 40
    over = threading.Event()

    def talk() -> None:
        number = 0
        while not over.is_set():
            alice.confirm(alice.say(str(number)))
            bob.say(str(number))
            bob.read_until(f"bob~{number}")
            number += 1

    with (
        tagged_people(server.address, "alice", "carol") as (alice, carol),
        Client(server.address, "bob") as bob,
    ):
        news(carol)
        token = carol.token
        talker = threading.Thread(target=talk)
        talker.start()
        try:
            for _ in range(rounds):
                with TaggedClient(server.address, "carol", token=token, since=since) as again:
                    again.read_entries(said_in_round)
                    seqs = [entry.seq for entry in again.entries]
                assert seqs == list(range(seqs[0], seqs[0] + len(seqs))), "every seq is general's"
                assert since is None or seqs[0] == since + 1
        finally:
            over.set()
            talker.join()


def test_coming_back_again_and_again_where_one_was_misses_nothing(server: Server) -> None:
    with (
        tagged_people(server.address, "alice", "bob") as (alice, bob),
        contextlib.ExitStack() as stack,
    ):
        count = 600

        def talk() -> None:
            for number in range(count):
                alice.say(str(number))

        talker = threading.Thread(target=talk)
        stack.callback(talker.join)
        talker.start()
        while len(bob.entries) < count:
            bob.read_entries(min(7, count - len(bob.entries)))
            bob.resume(server.address)
        assert [entry.text for entry in bob.entries] == [str(number) for number in range(count)]


def test_who_resends_after_a_cut_says_it_once(server: Server) -> None:
    with tagged_people(server.address, "alice", "bob") as (alice, bob):
        for number in range(30):
            for each in range(5):
                alice.say(f"{number}.{each}")
            alice.reset()
            alice.resume(server.address)
        while alice.unconfirmed:
            alice.read_entries(1)
        texts = [entry.text for entry in bob.read_entries(150)]
        assert texts == [f"{number}.{each}" for number in range(30) for each in range(5)]
