"""What waits to be sent."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.client.chats import ADDRESS, database, history, mid, said, say
from tkchat.client.history import History
from tkchat.client.outbox import Outbox, Waiting
from tkchat.wire.entry import Entry, Kind
from tkchat.wire.requests import Say


def texts(outbox: Outbox) -> list[str]:
    return [waiting.say.text for waiting in outbox.waiting()]


def test_it_keeps_everything_in_the_order_it_was_written(tmp_path: Path) -> None:
    says = [
        say(9, "later mid first"),
        say(1, "two\nlines"),
        Say("", "🙂", mid(5), Kind.REACT, 17),
        Say("@bob", "psst", mid(3), Kind.REPLY, 4),
    ]
    with history(tmp_path) as chat:
        for at_ms, each in enumerate(says):
            Outbox(chat).add(each, at_ms)
    with history(tmp_path) as chat:
        expected = [Waiting(each, at_ms) for at_ms, each in enumerate(says)]
        assert Outbox(chat).waiting() == expected


def test_the_same_mid_twice_is_one_message(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        outbox = Outbox(chat)
        outbox.add(say(1), 1)
        outbox.add(say(1), 1)
        assert outbox.waiting() == [Waiting(say(1), 1)]


def test_what_comes_back_leaves(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        outbox = Outbox(chat)
        for number in (1, 2, 3):
            outbox.add(say(number, str(number)), 1)
        back = Entry(7, 0, "general", "alice", "2", mid=mid(2))
        chat.take_page("general", [back], complete=False)
        assert texts(outbox) == ["1", "2", "3"]  # the answer to a question is no acknowledgement
        chat.take([back], 7)
        assert texts(outbox) == ["1", "3"]


def test_a_refused_one_stays_until_it_is_replaced_or_discarded(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        outbox = Outbox(chat)
        for number in (1, 2, 3):
            outbox.add(say(number, str(number)), number)
        outbox.refuse(mid(1), "too-long", "That is too long.")
        outbox.refuse(mid(2), "no-room", "No such room.")
        assert outbox.waiting()[0] == Waiting(say(1, "1"), 1, "too-long", "That is too long.")
        assert outbox.replace(mid(1), say(4, "shorter"), 4)
        outbox.discard(mid(2))
        assert outbox.waiting() == [Waiting(say(3, "3"), 3), Waiting(say(4, "shorter"), 4)]


def test_one_that_was_accepted_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        outbox = Outbox(chat)
        outbox.add(say(1), 1)
        chat.take([Entry(1, 0, "general", "alice", "hello", mid=mid(1))], 1)
        assert not outbox.replace(mid(1), say(2, "other"), 2)
        assert outbox.waiting() == []


def edit(number: int, text: str) -> Say:
    return Say("general", text, mid(number), Kind.EDIT)


def test_an_edit_waits_until_it_is_known_what_it_is_about(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        outbox = Outbox(chat)
        outbox.add(say(1, "helo"), 1)
        outbox.add_edit(edit(2, "hullo"), mid(1), 2)
        outbox.add_edit(edit(3, "hello"), mid(1), 3)
        assert outbox.waiting() == [
            Waiting(say(1, "helo"), 1),
            Waiting(edit(3, "hello"), 3, awaits=mid(1)),
        ]
        assert outbox.aim_edits() == {mid(1)}
        assert outbox.edit_of(mid(1)) == edit(3, "hello")
        chat.take([Entry(7, 0, "general", "alice", "helo", mid=mid(1))], 7)
    with history(tmp_path) as chat:  # after a crash
        outbox = Outbox(chat)
        assert outbox.aim_edits() == set()
        assert outbox.waiting() == [
            Waiting(Say("general", "hello", mid(3), Kind.EDIT, 7), 3),
        ]


def test_finding_what_an_edit_is_about_costs_the_same_in_a_long_log(tmp_path: Path) -> None:
    costs: list[int] = []
    with history(tmp_path) as chat:
        outbox = Outbox(chat)
        for number, length in ((1, 10), (2, 10_000)):
            outbox.add(say(number), 1)
            outbox.add_edit(edit(number + 10, "hello"), mid(number), 2)
            back = Entry(length, 0, "general", "alice", "helo", mid=mid(number))
            chat.take([*map(said, range(length - 9, length)), back], length)
            if number == 1:
                chat.take([*map(said, range(length + 1, 9_990))], 9_990)
            steps: list[None] = []
            with chat.database.writing() as connection:
                connection.set_progress_handler(lambda: steps.append(None), 1)  # noqa: B023 (used at once)
            outbox.aim_edits()
            with chat.database.writing() as connection:
                connection.set_progress_handler(None, 0)
            costs.append(len(steps))
            assert outbox.edit_of(mid(number)) == replace(edit(number + 10, "hello"), target=length)
            outbox.discard(mid(number + 10))
    assert costs[1] < 1.2 * costs[0]


def test_an_edit_goes_with_its_message(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        outbox = Outbox(chat)
        for number in (1, 2):
            outbox.add(say(number), number)
            outbox.add_edit(edit(number + 10, "edited"), mid(number), number)
        outbox.discard(mid(1))
        assert outbox.replace(mid(2), say(3, "other"), 3)
        assert outbox.aim_edits() == set()
        assert outbox.waiting() == [Waiting(say(3, "other"), 3)]


@pytest.mark.parametrize("token", ["token", "another token"])
def test_an_edit_moves_along_to_a_new_log(tmp_path: Path, token: str) -> None:
    with history(tmp_path, "old") as chat:
        outbox = Outbox(chat)
        outbox.add(say(1, "helo"), 1)
        outbox.add_edit(edit(2, "hello"), mid(1), 2)
        assert chat.welcomed("new", "alice", token)
        waiting = outbox.waiting()
        if token == "token":
            assert [(each.say.text, each.awaits) for each in waiting] == [
                ("helo", ""),
                ("hello", mid(1)),
            ]
            assert outbox.aim_edits() == {mid(1)}
        else:  # the person decides about the text that they meant
            assert [(each.say.text, each.refused_code) for each in waiting] == [
                ("hello", "other-chat")
            ]
            assert outbox.aim_edits() == set()


def test_before_the_first_welcome_there_is_nothing(tmp_path: Path) -> None:
    with database(tmp_path) as opened:
        outbox = Outbox(History(opened, ADDRESS, "alice"))
        assert outbox.waiting() == []
        with pytest.raises(ValueError, match="welcomed"):
            outbox.add(say(1), 1)


def test_each_chat_has_its_own(tmp_path: Path) -> None:
    with history(tmp_path, user="alice") as chat:
        Outbox(chat).add(say(1), 1)
    with history(tmp_path, user="bob") as other:
        assert Outbox(other).waiting() == []


def test_it_moves_along_to_a_new_log(tmp_path: Path) -> None:
    with history(tmp_path, "old") as chat:
        outbox = Outbox(chat)
        outbox.add(say(1, "plain"), 1)
        outbox.add(Say("lab", "an answer", mid(2), Kind.REPLY, 17), 2)
        outbox.add(Say("", "mended", mid(3), Kind.EDIT, 18), 3)
        with database(tmp_path) as same:
            second_window = History(same, ADDRESS, "alice")
            assert chat.welcomed("new", "alice", "token")
            outbox.add(say(4, "after"), 4)
            Outbox(second_window).add(say(5, "too late for the old one"), 5)
            assert second_window.welcomed("new", "alice", "token")
            assert Outbox(second_window).waiting() == outbox.waiting()
        plain, answer, mended, *rest = outbox.waiting()
        assert plain == Waiting(say(1, "plain"), 1)
        # The host's new log counts from 1 again: a target would be somebody else's message.
        assert answer == Waiting(Say("lab", "an answer", mid(2)), 2)
        assert mended.refused_code == "no-such-message"
        assert [each.say.text for each in rest] == ["after", "too late for the old one"]


def test_in_a_chat_of_strangers_nothing_is_sent_before_the_person_has_decided(
    tmp_path: Path,
) -> None:
    """The same address on another network is somebody else's."""
    with history(tmp_path, "old") as chat:
        outbox = Outbox(chat)
        outbox.add(say(1, "for my own people"), 1)
        assert chat.welcomed("other", "alice", "another token")
        (waiting,) = outbox.waiting()
    assert waiting.say == say(1, "for my own people")
    assert waiting.refused_code == "other-chat"


def test_one_is_found_until_it_is_gone(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        outbox = Outbox(chat)
        outbox.add(say(1), 5)
        assert outbox.find(mid(1)) == Waiting(say(1), 5)
        outbox.refuse(mid(1), "empty", "Nothing.")
        assert outbox.find(mid(1)) == Waiting(say(1), 5, "empty", "Nothing.")
        outbox.discard(mid(1))
        assert outbox.find(mid(1)) is None
