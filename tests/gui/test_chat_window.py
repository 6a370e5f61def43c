"""The chat window with a real session and a real server."""

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import every, press, text_of
from tests.gui.plain_host import plain_host
from tests.gui.rows import pick
from tests.support import Client, running_server
from tests.tagged import TaggedClient
from tkchat.client.events import Lost
from tkchat.gui import chat_window
from tkchat.gui.messages.message_list import MessageList
from tkchat.gui.places.people_list import PeopleList
from tkchat.gui.places.room_list import RoomRow, RoomsList
from tkchat.gui.places.room_rows import room_rows
from tkchat.server.server import Server
from tkchat.wire.requests import AskJoin


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


def test_several_lines_are_one_message(server: Server, alice: Person) -> None:
    with Client(server.address, "bob") as bob:
        alice.say("one\n/usr/bin is a path\nthree")
        bob.expect("alice~one", "alice~/usr/bin is a path", "alice~three")
    assert len([m for m in alice.model.room.messages if m.own]) == 1


def test_people_and_count_follow(people: People, server: Server, alice: Person) -> None:
    people.wait_until(lambda: "Nobody else is here yet" in alice.sees)
    assert str(server.address) in alice.sees
    with Client(server.address, "bob"):
        people.wait_until(lambda: rows(alice, PeopleList) == ["alice", "bob"])
        assert "2 people" in alice.sees
    people.wait_until(lambda: rows(alice, PeopleList) == ["alice"])


def test_who_was_here_can_be_seen_without_a_connection(
    people: People, server: Server, alice: Person
) -> None:
    with TaggedClient(server.address, "bob"):
        people.wait_until(lambda: "IN THIS ROOM — 2" in alice.sees)
        alice.window.take([Lost("no more", 60)])
        people.wait_until(lambda: "IN THIS ROOM — " not in alice.sees)
        assert rows(alice, PeopleList) == ["alice", "bob"]
        alice.go_to("lab")
        people.wait_until(lambda: rows(alice, PeopleList) == [])


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
        press(rooms.canvas, "<Down>", "<Return>")
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
    press(alice.window._where.sidebar._new, "<space>")
    entry = alice.window._where.navigation.switcher.entry
    press(entry, *"quiet", "<space>", *"place", "<Return>")
    people.wait_until(lambda: "cannot have a space" in alice.sees)
    press(entry, "<Control-a>", "<BackSpace>", *"quiet", "<Return>")
    people.wait_until(lambda: alice.window.title() == "#quiet – tkchat")


def test_a_click_on_a_person_opens_the_conversation(
    people: People, server: Server, alice: Person
) -> None:
    bob = people.join(server.address, "bob")
    people.wait_until(lambda: rows(alice, PeopleList) == ["alice", "bob"])
    list_of_people = alice.part(PeopleList)
    assert isinstance(list_of_people, PeopleList)
    press(list_of_people.canvas, "<Down>", "<Return>")
    people.wait_until(lambda: alice.window.title() == "@bob – tkchat")
    assert "Only the two of you see this" in alice.sees
    alice.say("a secret")
    people.wait_until(lambda: rows(bob, RoomsList) == ["general", "@alice"])
    bob.go_to("@alice")
    people.wait_until(lambda: "a secret" in bob.read)


def test_what_is_unread_is_counted_until_it_is_seen(
    people: People, server: Server, alice: Person
) -> None:
    alice.go_to("lab")
    people.wait_until(lambda: is_in(alice, "lab"))
    alice.go_to("general")
    with TaggedClient(server.address, "bob") as bob:
        bob.ask(AskJoin("lab"))
        for text in ("one", "two"):
            bob.say(text, "lab")
        people.wait_until(lambda: alice.model.rooms["lab"].unread == 2)
        people.wait_until(lambda: _row(alice, "lab").count == 2)
        alice.go_to("lab")
        people.wait_until(lambda: "two" in alice.read)
        people.wait_until(lambda: not _row(alice, "lab").count)


def is_in(person: Person, room: str) -> bool:
    return room in person.model.rooms and person.model.rooms[room].joined


def _row(person: Person, room: str) -> RoomRow:
    return next(row for row in room_rows(person.model) if row.room == room)


def test_a_draft_that_waits_is_marked(people: People, alice: Person) -> None:
    alice.composer.set_text("half a sentence")
    alice.go_to("lab")
    people.wait_until(lambda: is_in(alice, "lab") and _row(alice, "general").draft)
    alice.go_to("general")
    people.wait_until(lambda: not _row(alice, "general").draft)


def test_what_one_is_up_to_is_seen_by_others(people: People, server: Server, alice: Person) -> None:
    bob = people.join(server.address, "bob")
    people.wait_until(lambda: rows(bob, PeopleList) == ["alice", "bob"])
    own = alice.window._where.sidebar.own
    own.open_menu()
    pick(own.menu, "Away")
    people.wait_until(lambda: own.text == "Away")
    list_of_people = bob.part(PeopleList)
    assert isinstance(list_of_people, PeopleList)
    people.wait_until(lambda: list_of_people.rows[1].tip == "Away")


def test_a_notification_leads_to_its_room(people: People, alice: Person) -> None:
    alice.window.open_room("lab")
    people.wait_until(lambda: is_in(alice, "lab"))
    people.wait_until(lambda: alice.root.focus_get() is alice.composer.entry)


def test_whoever_watches_is_told_what_was_drawn(people: People, alice: Person) -> None:
    told: list[str] = []
    alice.window.watch(lambda changes: told.extend(m.text for m in changes.added))
    alice.say("hello")
    people.wait_until(lambda: "hello" in alice.read)
    with Client(alice.window._session.address, "bob") as bob:
        bob.say("hi")
        people.wait_until(lambda: "hi" in told)


def test_a_room_is_left_by_the_menu(people: People, alice: Person) -> None:
    alice.go_to("lab")
    people.wait_until(lambda: is_in(alice, "lab"))
    entries = {entry.text: entry for entry in alice.window._menu_entries()}
    entries["Leave the room #lab"].action()
    people.wait_until(lambda: alice.model.room.name == "general")
    people.wait_until(lambda: not is_in(alice, "lab"))


def test_what_is_written_offline_waits(people: People, alice: Person, server: Server) -> None:
    server.close()
    people.wait_until(lambda: "Connection lost" in alice.sees and "Trying again" in alice.sees)
    people.wait_until(lambda: "Try now" in alice.sees)
    alice.say("not lost")
    alice.say("nor this")
    assert alice.composer.text() == ""
    people.wait_until(
        lambda: "2 messages are waiting; they will be sent when the host is back" in alice.sees
    )
    people.wait_until(lambda: "waiting" in alice.tags_of("not lost"))
    alice.go_to("attic")
    people.wait_until(lambda: alice.window.title() == "#attic – tkchat")
    assert "not lost" not in alice.read


def test_with_a_plain_host_the_text_stays_while_there_is_no_connection(people: People) -> None:
    with plain_host() as host:
        alice = people.join(host.address, "alice")
        alice.say("hello")
        people.wait_until(lambda: alice.read.count("hello") == 1)
        assert "beginning" not in alice.read
        press(alice.composer.entry, "<Control-f>")
        assert "keeps no messages" in alice.sees
    people.wait_until(lambda: "Connection lost" in alice.sees)
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


def test_f6_goes_from_part_to_part(people: People, alice: Person) -> None:
    sidebar = alice.window._where.sidebar
    parts = [sidebar.rooms.canvas, sidebar.people.canvas, alice.messages.text]
    press(alice.composer.entry, "<F6>")
    for part in parts:
        people.wait_until(lambda part=part: alice.root.focus_get() is part)  # type: ignore[misc]  # a lambda's default has no type
        press(part, "<F6>")
    people.wait_until(lambda: alice.root.focus_get() is alice.composer.entry)
    press(alice.composer.entry, "<Shift-F6>")
    people.wait_until(lambda: alice.root.focus_get() is alice.messages.text)
    press(alice.messages.text, "<Escape>")
    people.wait_until(lambda: alice.root.focus_get() is alice.composer.entry)


def test_the_search_is_a_part_while_it_is_open(people: People, alice: Person) -> None:
    press(alice.composer.entry, "<Control-f>")
    panel = alice.window._searching.panel
    people.wait_until(lambda: str(alice.root.focus_get()).startswith(str(panel)))
    entry = alice.root.focus_get()
    assert entry is not None
    press(entry, "<Shift-F6>")
    people.wait_until(lambda: alice.root.focus_get() is alice.composer.entry)
    press(alice.composer.entry, "<F6>")
    people.wait_until(lambda: str(alice.root.focus_get()).startswith(str(panel)))


def test_keys_open_what_the_program_around_has(people: People, alice: Person) -> None:
    press(alice.composer.entry, "<F10>")
    header = alice.window._where.header
    people.wait_until(lambda: header.menu.is_open)
    press(header.menu.rows.canvas, "<Escape>")
    press(alice.composer.entry, "<Control-comma>")
    people.wait_until(lambda: alice.app.settings_window is not None)


def test_what_is_typed_elsewhere_goes_into_the_box(alice: Person) -> None:
    for kind in (PeopleList, RoomsList, MessageList):
        widget = alice.part(kind)
        assert isinstance(widget, PeopleList | RoomsList | MessageList)
        press(widget.text if isinstance(widget, MessageList) else widget.canvas, "h")
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
