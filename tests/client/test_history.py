"""What one person has of one host's chat: who it is, what was read, what is being written."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.client.chats import ADDRESS, database, history, mid, said, say, seqs
from tkchat.client.chats import OtherHost
from tkchat.client.history import History
from tkchat.client.host_key import in_the_clear, on_this_computer
from tkchat.client.outbox import Outbox
from tkchat.client.query import Query
from tkchat.client.room_state import Anchor, Level


def test_before_the_first_welcome_nothing_is_known(tmp_path: Path) -> None:
    with database(tmp_path) as opened:
        chat = History(opened, ADDRESS, "alice")
        assert (chat.user, chat.log, chat.token, chat.head, chat.chat) == (
            "alice", "", "", None, None,
        )  # fmt: skip
        assert chat.rooms() == []
        assert chat.search(Query("hello")) == []
        assert chat.draft("general") == ""


@pytest.mark.parametrize(
    "write",
    [
        lambda chat: chat.take([], 1),
        lambda chat: chat.take_page("general", [], True),
        lambda chat: chat.gap(1, 2),
        lambda chat: chat.forget_floor("general"),
        lambda chat: chat.mark_read("general", 1),
        lambda chat: chat.set_draft("general", "x"),
    ],
)
def test_before_the_first_welcome_nothing_is_kept(
    tmp_path: Path, write: Callable[[History], None]
) -> None:
    with database(tmp_path) as opened, pytest.raises(ValueError, match="welcomed"):
        write(History(opened, ADDRESS, "alice"))


def test_a_chat_is_found_again_by_address_and_name(tmp_path: Path) -> None:
    with database(tmp_path) as opened:
        chat = History(opened, ADDRESS, "alice")
        assert not chat.welcomed("log", "Alice", "secret")
        chat.take([], 7)
        again = History(opened, ADDRESS, "ALICE")
        assert (again.user, again.log, again.token, again.head) == ("Alice", "log", "secret", 7)
        assert History(opened, "192.0.2.9:4321", "alice").log == ""
        assert History(opened, ADDRESS, "bob").log == ""


def test_the_same_log_at_another_address_is_the_same_chat(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        chat.met(b"key")
        chat.welcomed("log", "alice", "token")
        chat.take([said(1)], 1)
        moved = History(chat.database, "192.0.2.9:4321", "alice")
        moved.met(b"key")
        assert not moved.welcomed("log", "alice", "newer")
        assert (moved.head, seqs(moved.page("general", None, 5).entries)) == (1, [1])
        assert History(chat.database, "192.0.2.9:4321", "alice").token == "newer"
        assert History(chat.database, ADDRESS, "alice").log == ""


def test_another_log_begins_a_new_chat(tmp_path: Path) -> None:
    with history(tmp_path, "old") as chat:
        chat.take([said(1, "apple")], 1)
        assert not chat.welcomed("old", "alice", "token")
        assert chat.welcomed("new", "alice", "newer")
        assert (chat.log, chat.token, chat.head) == ("new", "newer", None)
        assert chat.rooms() == []
        assert [hit.entry.text for hit in chat.search(Query("apple"))] == ["apple"]
        assert History(chat.database, ADDRESS, "alice").log == "new"


def test_under_another_name_there_is_nothing_of_the_first_one(tmp_path: Path) -> None:
    with history(tmp_path, user="alice") as chat:
        chat.take([said(1, "apple")], 1)
        assert not chat.welcomed("new", "bob", "token")
        assert (chat.user, chat.head, chat.search(Query("apple"))) == ("bob", None, [])


def test_a_known_host_at_an_address_of_another_is_told_and_not_mixed_up(tmp_path: Path) -> None:
    with history(tmp_path, "one") as one:
        one.met(b"key")
        one.welcomed("one", "alice", "token")
        one.take([said(1, "apple")], 1)
        other = History(one.database, "192.0.2.9:4321", "alice")
        other.met(b"key")
        other.welcomed("two", "alice", "token")
        assert one.welcomed("two", "alice", "token")
        assert one.search(Query("apple")) == []
        assert one.welcomed("one", "alice", "token")
        assert one.head == 1


def test_the_head_moves_only_forward(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        chat.take([], 0)
        assert chat.head == 0
        chat.take([said(5)], 5)
        chat.take([said(3)], 3)
        chat.take([said(9)], None)
        assert chat.head == 5


def test_each_window_has_a_head_of_its_own(tmp_path: Path) -> None:
    with history(tmp_path) as one, history(tmp_path) as other:
        one.take([said(1)], 1)
        assert other.head is None  # so that the host sends it everything too
        other.take([], 0)
        assert History(one.database, ADDRESS, "alice").head == 1


def test_a_read_mark_moves_only_forward(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        chat.take([said(1), said(2), said(3)], 3)
        chat.mark_read("general", 2)
        chat.mark_read("general", 1)
        assert (chat.rooms()[0].read, chat.unread("general").count) == (2, 1)
        chat.mark_read("general", 10**18 - 1)  # whatever a host says
        assert chat.unread("general").count == 0
        assert chat.unread("elsewhere").count == 0
        chat.mark_read("empty", 7)
        assert next((each.room, each.read) for each in chat.rooms()) == ("empty", 7)


def test_what_a_room_is_about_and_how_it_disturbs_is_kept(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        chat.set_topic("general", "All things")
        chat.set_level("general", Level.MENTIONS)
        chat.set_anchor("general", Anchor(0, 17, -4))
        chat.set_anchor("ops", Anchor(0, 1))
        chat.set_anchor("ops", None)
    with history(tmp_path) as chat:
        general, ops = chat.rooms()
        assert (general.topic, general.level) == ("All things", Level.MENTIONS)
        assert general.anchor == Anchor(0, 17, -4)
        assert (ops.topic, ops.level, ops.anchor) == ("", Level.ALL, None)
        assert chat.topics() == {"general": "All things"}


def test_drafts_are_kept(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        chat.set_draft("general", "I was just\nsaying \ud800")
        chat.set_draft("@bob", "psst")
    with history(tmp_path) as chat:
        assert chat.draft("general") == "I was just\nsaying ?"
        assert chat.draft("@bob") == "psst"
        assert chat.draft("lab") == ""
        chat.set_draft("@bob", "")
        assert chat.draft("@bob") == ""


def test_taking_is_all_or_nothing(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        chat.take([said(1)], 1)
        with pytest.raises(Exception, match="unusual"):
            chat.take([said(2), said(10**17)], 10**17)
        assert chat.head == 1
        assert seqs(chat.page("general", None, 5).entries) == [1]


def test_a_room_is_sure_again_once_the_host_has_listed_it(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        chat.take([said(1, room="ops"), said(2)], 2)
        chat.welcomed("log", "alice", "token")
        assert chat.settle_rooms({"general", "ops"}) == []
        assert chat.settle_rooms({"general"}) == ["ops"]
        assert chat.settle_rooms({"general"}) == []  # that is known by now
        assert chat.page("ops", None, 5).at_floor


def test_a_room_that_was_not_listed_after_something_else_came_is_not_sure(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        chat.take([said(1, room="ops"), said(2)], 2)
        chat.welcomed("log", "alice", "token")
        chat.welcomed("log", "alice", "token")  # cut off before anything came
        assert chat.settle_rooms({"general", "ops"}) == []
        chat.welcomed("log", "alice", "token")
        chat.take([said(5)], 5)  # and cut off
    with history(tmp_path) as chat:  # which is one more welcome
        assert chat.settle_rooms({"general", "ops"}) == ["ops"]


def test_what_comes_again_does_not_end_what_is_missing(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        chat.take([said(1, room="ops"), said(9)], 9)
        chat.forget_floor("ops")
        chat.take([replace(said(3, room="ops"), mid=mid(1))], 9)  # said again, and long there
        assert chat.page("ops", None, 5).at_floor
        chat.take([said(10, room="ops")], 10)
        assert chat.page("ops", None, 5).cursor.before == 10


def test_an_answer_from_before_a_room_was_left_is_not_stored(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        moment = chat.moment
        chat.forget_floor("ops")
        chat.take_page("ops", [said(1, room="ops")], True, 0, moment)
        assert chat.page("ops", None, 5).at_floor
        chat.take_page("ops", [said(1, room="ops")], True, 0, chat.moment)
        assert seqs(chat.page("ops", None, 5).entries) == [1]


def test_the_same_chat_is_recognised_under_another_address(tmp_path: Path) -> None:
    with database(tmp_path) as store:
        here = History(store, "127.0.0.1:1", "alice")
        here.met(b"key")
        here.welcomed("log", "alice", "token")
        elsewhere = History(store, "192.168.1.5:1", "Alice")
        elsewhere.met(b"key")
        assert elsewhere.token == ""
        assert not elsewhere.recognise("another log")
        assert elsewhere.recognise("log")
        assert (elsewhere.token, elsewhere.log) == ("token", "log")


def test_a_chat_is_of_one_host_wherever_that_is(tmp_path: Path) -> None:
    with database(tmp_path) as store:
        here, elsewhere = (History(store, f"192.168.1.{n}:1", "alice") for n in (1, 2))
        here.met(b"key")
        here.welcomed("log", "alice", "token")
        elsewhere.met(b"another key")
        assert not elsewhere.recognise("log")
        assert elsewhere.token == ""
        with pytest.raises(OtherHost):
            elsewhere.welcomed("log", "alice", "their token")
        elsewhere.met(b"key")
        assert elsewhere.recognise("log")
        assert not elsewhere.welcomed("log", "alice", "new token")
        assert History(store, "192.168.1.2:1", "alice").token == "new token"


@pytest.mark.parametrize("met", [lambda _: b"", on_this_computer, in_the_clear])
def test_what_is_not_encrypted_is_the_same_only_at_its_own_address(
    tmp_path: Path, met: Callable[[str], bytes]
) -> None:
    with database(tmp_path) as store:
        here, elsewhere = (History(store, f"127.0.0.1:{n}", "alice") for n in (1, 2))
        here.met(met("127.0.0.1:1"))
        here.welcomed("log", "alice", "token")
        assert here.introduce("alice", "").token == "token"
        elsewhere.met(met("127.0.0.1:2"))
        assert not elsewhere.recognise("log")
        assert elsewhere.introduce("alice", "").token == ""


def test_this_computer_may_be_written_in_several_ways(tmp_path: Path) -> None:
    with database(tmp_path) as store:
        number, name = (History(store, f"{host}:1", "alice") for host in ("127.0.0.1", "localhost"))
        number.met(on_this_computer(1))
        number.welcomed("log", "alice", "token")
        name.met(on_this_computer(1))
        assert name.recognise("log")
        assert name.introduce("alice", "").token == "token"


def test_two_hosts_take_turns_at_one_address_of_this_computer(tmp_path: Path) -> None:
    with database(tmp_path) as store:
        chat = History(store, ADDRESS, "alice")
        chat.met(on_this_computer(1))
        for log in ("one", "two"):
            chat.welcomed(log, "alice", f"token of {log}")
        assert chat.recognise("one")
        assert chat.introduce("alice", "").token == "token of one"


def test_another_key_at_the_address_is_another_chat(tmp_path: Path) -> None:
    """A join code says that somebody else is there, and not that this is the same chat."""
    with database(tmp_path) as store:
        chat = History(store, ADDRESS, "alice")
        chat.met(b"key")
        chat.welcomed("log", "alice", "token")
        chat.take([said(1, "apple")], 1)
        Outbox(chat).add(say(1), 0)

        there = History(store, ADDRESS, "alice")
        there.met(b"another key")
        hello = there.introduce("alice", "word")
        assert (hello.token, hello.log, hello.since, hello.password) == ("", "", None, "word")
        with pytest.raises(OtherHost):
            there.welcomed("log", "alice", "their token")
        assert there.welcomed("other log", "alice", "their token")  # so what is shown goes
        assert (there.head, there.search(Query("apple"))) == (None, [])
        assert Outbox(there).waiting() == []

        there.met(b"key")
        assert there.introduce("alice", "").token == ""
        assert there.recognise("log")
        hello = there.introduce("alice", "")
        assert (hello.token, hello.log, hello.since) == ("token", "log", 1)
        assert [each.say for each in Outbox(there).waiting()] == [say(1)]


def test_an_older_profile_goes_on_with_the_first_key_at_its_address(tmp_path: Path) -> None:
    """It did not look who the host was."""
    with history(tmp_path) as chat:
        chat.met(in_the_clear(ADDRESS))
        assert chat.introduce("alice", "").token == ""
        chat.met(b"new key")
        assert chat.introduce("alice", "").token == "token"
        assert not chat.welcomed("log", "alice", "token")
        elsewhere = History(chat.database, "192.168.1.2:1", "alice")
        elsewhere.met(b"new key")
        assert elsewhere.recognise("log")
