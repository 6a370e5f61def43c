"""The chat window with a real session and a real server."""

from collections.abc import Iterator

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import every, press, text_of
from tests.support import Client, connect_socket, running_server
from tkchat.client.hosting import Hosting
from tkchat.gui import chat_window
from tkchat.gui.message_list import MessageList
from tkchat.gui.people_list import PeopleList
from tkchat.gui.room_list import RoomsList
from tkchat.net.address import Address
from tkchat.server.server import Server


@pytest.fixture
def server() -> Iterator[Server]:
    with running_server() as server:
        yield server


@pytest.fixture
def alice(people: People, server: Server) -> Person:
    return people.join(server.address, "alice")


def rows(person: Person, kind: type[PeopleList] | type[RoomsList]) -> list[str]:
    widget = person.part(kind)
    assert isinstance(widget, PeopleList | RoomsList)
    return widget.shown_keys()


def test_what_is_written_is_said_and_seen(people: People, server: Server, alice: Person) -> None:
    with Client(server.address, "bob") as bob:
        alice.say("hello bob")
        bob.read_until("alice~hello bob")
        assert alice.composer.text() == ""
        bob.say("hello alice")
        people.wait_until(lambda: "hello alice" in alice.read)
        assert alice.read.count("hello bob") == 1


def test_several_lines_arrive_as_several_messages(server: Server, alice: Person) -> None:
    with Client(server.address, "bob") as bob:
        alice.say("one\n/usr/bin is a path\n\nthree")
        bob.expect("alice~one", "alice~/usr/bin is a path", "alice~three")


def test_people_and_count_follow(people: People, server: Server, alice: Person) -> None:
    people.wait_until(lambda: "Nobody else is here yet" in alice.sees)
    assert str(server.address) in alice.sees
    with Client(server.address, "bob"):
        people.wait_until(lambda: rows(alice, PeopleList) == ["alice", "bob"])
        assert "2 people" in alice.sees
    people.wait_until(lambda: rows(alice, PeopleList) == ["alice"])


def test_those_who_were_there_before_are_listed(people: People, server: Server) -> None:
    with Client(server.address, "zoe"), Client(server.address, "bob"):
        alice = people.join(server.address, "alice")
        people.wait_until(lambda: rows(alice, PeopleList) == ["alice", "bob", "zoe"])


def test_rooms_are_listed_and_a_click_goes_there(people: People, server: Server) -> None:
    with Client(server.address, "bob") as bob:
        bob.say("/join design")
        bob.read_until("SERVER~bob joined the room design")
        alice = people.join(server.address, "alice")
        people.wait_until(lambda: rows(alice, RoomsList) == ["general", "design"])
        rooms = alice.part(RoomsList)
        assert isinstance(rooms, RoomsList)
        press(rooms.rows, "<Down>", "<Return>")
        people.wait_until(lambda: alice.window.title() == "#design – tkchat")
        people.wait_until(lambda: rows(alice, PeopleList) == ["alice", "bob"])
        bob.say("only here")
        people.wait_until(lambda: "only here" in alice.read)
        alice.say("/join general")
        people.wait_until(lambda: alice.window.title() == "#general – tkchat")
        assert "only here" not in alice.read
        alice.say("/join design")
        people.wait_until(lambda: "only here" in alice.read)


def test_a_new_room_by_its_button(people: People, alice: Person) -> None:
    alice.press_button("+")
    entry = alice.root.focus_get()
    assert entry is not None
    press(entry, *"quiet", "<space>", *"place", "<Return>")
    people.wait_until(lambda: "cannot have a space" in alice.sees)
    press(entry, "<Control-a>", "<BackSpace>", *"quiet", "<Return>")
    people.wait_until(lambda: alice.window.title() == "#quiet – tkchat")


def test_a_person_is_written_to_by_name(alice: Person, people: People, server: Server) -> None:
    with Client(server.address, "bob") as bob:
        people.wait_until(lambda: rows(alice, PeopleList) == ["alice", "bob"])
        list_of_people = alice.part(PeopleList)
        assert isinstance(list_of_people, PeopleList)
        press(list_of_people.rows, "<Down>", "<Return>")
        assert alice.composer.text() == "/msg bob "
        alice.say("/msg bob a secret")
        bob.expect("alice~(to bob only) a secret")


def test_the_text_stays_while_there_is_no_connection(people: People, server: Server) -> None:
    alice = people.join(server.address, "alice")
    server.close()
    people.wait_until(lambda: "Lost the host" in alice.sees)
    alice.say("not lost")
    assert alice.composer.text() == "not lost"
    assert "Not sent" in alice.sees


def test_too_long_a_line_stays_to_be_split(alice: Person) -> None:
    alice.say("x" * 4001)
    assert len(alice.composer.text()) == 4001


def test_the_menu_copies_the_address_and_leaves(
    people: People, server: Server, alice: Person
) -> None:
    entries = {entry.text: entry for entry in alice.window._menu_entries()}
    entries[f"Copy the address {server.address}"].action()
    assert alice.root.clipboard_get() == str(server.address)
    entries["Leave this chat"].action()
    people.wait_until(lambda: alice.app.dialog is not None)
    assert alice.app.window is None
    people.wait_until(lambda: server.connections == 0)


def test_quit_leaves_for_good(people: People, server: Server, alice: Person) -> None:
    alice.say("/quit")
    people.wait_until(lambda: alice.app.dialog is not None)
    people.wait_until(lambda: server.connections == 0)


def is_listening(address: Address) -> bool:
    try:
        connect_socket(address).close()
    except OSError:
        return False
    return True


def host_with_guest(people: People) -> tuple[Person, Hosting]:
    host = people.add()
    host.app.open(name="host")
    host.dialog.submit()
    people.wait_until(lambda: host.app.window is not None)
    hosting = host.app._hosting
    assert hosting is not None
    return host, hosting


def test_whoever_hosts_alone_closes_without_a_question(people: People) -> None:
    host, hosting = host_with_guest(people)
    people.wait_until(lambda: "You are hosting" in host.sees)
    host.window.close()
    people.wait_until(lambda: not host.open)
    people.wait_until(lambda: not is_listening(hosting.address))


@pytest.mark.parametrize("goes_on", [True, False])
def test_whoever_hosts_others_is_asked(people: People, goes_on: bool) -> None:
    host, hosting = host_with_guest(people)
    with Client(hosting.address, "guest") as guest:
        people.wait_until(lambda: "guest" in rows(host, PeopleList))
        host.window.close()
        people.wait_until(lambda: "You are hosting this chat" in host.sees)
        host.press_button("Let it go on" if goes_on else "End it for all")
        people.wait_until(lambda: not host.open)
        if goes_on:
            guest.expect("SERVER~host left the chat app")
            guest.say("still here")
            guest.expect("guest~still here")
        else:
            guest.read_until("SERVER~The chat is closing")


def test_a_guest_in_another_room_counts_too(people: People) -> None:
    host, hosting = host_with_guest(people)
    with Client(hosting.address, "guest"):
        people.wait_until(lambda: "guest" in rows(host, PeopleList))
        host.say("/join elsewhere")
        people.wait_until(lambda: host.window.title() == "#elsewhere – tkchat")
        people.wait_until(lambda: "general" in rows(host, RoomsList))
        host.window.close()
        people.wait_until(lambda: "You are hosting this chat" in host.sees)
        host.press_button("End it for all")
        people.wait_until(lambda: not host.open)


def test_what_is_typed_elsewhere_goes_into_the_box(alice: Person) -> None:
    for kind in (PeopleList, RoomsList, MessageList):
        widget = alice.part(kind)
        assert isinstance(widget, PeopleList | RoomsList | MessageList)
        press(widget.text if isinstance(widget, MessageList) else widget.rows, "h")
        press(alice.composer.entry, "i")
        assert alice.composer.text() == "hi"
        alice.composer.set_text("")


def test_lists_that_are_asked_for_are_shown(people: People, alice: Person) -> None:
    alice.say("/who")
    people.wait_until(lambda: "In general: alice" in alice.read)
    alice.say("/rooms")
    people.wait_until(lambda: "Rooms: general (1)" in alice.read)


def test_the_rooms_are_asked_for_now_and_then(
    people: People, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat_window, "ROOMS_MS", 50)
    alice = people.join(server.address, "alice")
    with Client(server.address, "bob") as bob:
        bob.say("/join design")
        people.wait_until(lambda: rows(alice, RoomsList) == ["general", "design"])
        bob.say("/quit")
        people.wait_until(lambda: rows(alice, RoomsList) == ["general"])


def test_why_it_does_not_come_back_is_said(people: People) -> None:
    with running_server() as server:
        alice = people.join(server.address, "alice")
        port = server.address.port
    people.wait_until(lambda: "The chat is closing" in alice.sees)
    with running_server(port=port) as server, Client(server.address, "alice"):
        people.wait_until(lambda: "The name alice is taken" in alice.sees, 60)


def test_every_widget_shows_whole_at_the_smallest_size(people: People, alice: Person) -> None:
    for zoom in (100, 175):
        alice.app.theme.set_zoom(zoom)
        alice.window.geometry("900x600")
        people.wait_until(lambda: alice.window.winfo_width() == 900)
        right = alice.window.winfo_rootx() + alice.window.winfo_width()
        bottom = alice.window.winfo_rooty() + alice.window.winfo_height()
        for widget in every(alice.window):
            if widget.winfo_viewable() and "menu" not in widget.winfo_name():
                assert widget.winfo_rootx() + widget.winfo_width() <= right, text_of(widget)
                assert widget.winfo_rooty() + widget.winfo_height() <= bottom, text_of(widget)
