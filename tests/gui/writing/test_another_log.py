"""What is begun about a message while the host gets another log, or a room another spelling."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import press, type_text
from tests.support import running_server
from tkchat.client.events import Entered, RoomJoined
from tkchat.client.message import Message
from tkchat.client.pages import Cursor, Page

OLD = "of the first log"
NEW = "of the second log"


class TwoLogs:
    """An address where a host with one log is followed by a host with another."""

    def __init__(self, people: People, folder: Path) -> None:
        self._people = people
        self._second = folder / "second"
        self._running = ExitStack()
        with running_server(data=self._second) as server:
            self.address = server.address
        self._run(folder / "first")
        self.alice = people.join(self.address, "alice")
        self.alice.say(OLD)
        people.wait_until(lambda: self.alice.message(OLD).seq)

    def change(self) -> Message:
        """Put the second log in the first one's place, and say something in it."""
        self.close()
        self._run(self._second)
        self._people.wait_until(lambda: "began anew" in self.alice.read)
        self._people.wait_until(lambda: self.alice.model.is_live)
        self.alice.window._session.say(NEW)
        self._people.wait_until(lambda: NEW in self.alice.read and self.alice.message(NEW).seq)
        return self.alice.message(NEW)

    def close(self) -> None:
        self._running.close()

    def _run(self, data: Path) -> None:
        self._running.enter_context(running_server(data=data, port=self.address.port))


@pytest.fixture
def logs(soon: None, people: People, tmp_path: Path) -> Iterator[TwoLogs]:
    logs = TwoLogs(people, tmp_path)
    yield logs
    logs.close()


def test_an_edit_changes_no_other_message(logs: TwoLogs) -> None:
    alice = logs.alice
    press(alice.composer.entry, "<Up>")
    type_text(alice.composer.entry, ", changed")
    new = logs.change()
    press(alice.composer.entry, "<Return>")
    assert "That message is gone" in alice.sees
    assert alice.composer.text() == f"{OLD}, changed"
    assert not new.edited
    assert not alice.model.waiting_count


def test_an_answer_becomes_a_message_of_its_own(people: People, logs: TwoLogs) -> None:
    alice = logs.alice
    alice.choose(OLD, "Reply")
    type_text(alice.composer.entry, "indeed")
    logs.change()
    press(alice.composer.entry, "<Return>")
    assert "Reply to" not in alice.sees
    press(alice.composer.entry, "<Return>")
    people.wait_until(lambda: alice.message("indeed").seq)
    assert not alice.message("indeed").answers


def test_a_question_deletes_no_other_message(logs: TwoLogs) -> None:
    alice = logs.alice
    alice.choose(OLD, "Delete")
    new = logs.change()
    alice.press_button("Delete")
    assert not alice.model.waiting_count
    assert not new.deleted


def test_a_room_that_the_host_spells_otherwise(people: People, alice_at_work: Person) -> None:
    alice = alice_at_work
    page = Page([], [], Cursor(0), at_floor=True, at_start=False)
    alice.window.take([Entered("LAB", page)])
    alice.composer.set_text("typed in between")
    alice.window.take([RoomJoined("Lab"), Entered("Lab", page)])
    assert alice.composer.text() == "typed in between"


@pytest.fixture
def alice_at_work(people: People) -> Iterator[Person]:
    with running_server() as server:
        alice = people.join(server.address, "alice")
        people.wait_until(lambda: alice.model.is_live)
        yield alice
        alice.close()
