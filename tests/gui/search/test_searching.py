"""Searching in the chat window, with a real session and a real server."""

from collections.abc import Iterator

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import press, type_text
from tests.tagged import TaggedClient
from tkchat.gui.search.search_panel import SearchPanel
from tkchat.server.server import Server
from tkchat.wire.requests import AskJoin


@pytest.fixture
def bob(server: Server) -> Iterator[TaggedClient]:
    """Somebody who has said a lot, and one thing in another room."""
    with TaggedClient(server.address, "bob") as bob:
        bob.say("the needle")
        for number in range(150):
            bob.say(f"hay {number}")
        bob.ask(AskJoin("lab"))
        bob.confirm(bob.say("another needle", "lab"))
        yield bob


@pytest.fixture
def alice(people: People, server: Server, bob: TaggedClient) -> Person:
    alice = people.join(server.address, "alice")
    people.wait_until(lambda: "hay 149" in alice.read)
    return alice


def panel(person: Person) -> SearchPanel:
    widget = person.part(SearchPanel)
    assert isinstance(widget, SearchPanel)
    return widget


def results(person: Person) -> str:
    return panel(person).results.text.get("1.0", "end")


def search(people: People, person: Person, words: str) -> None:
    press(person.composer.entry, "<Control-f>")
    type_text(panel(person).entry, words)
    people.wait_until(lambda: person.window.focus_get() is panel(person).entry)


def test_what_only_the_host_has_is_found_and_gone_to(
    people: People, alice: Person, bob: TaggedClient
) -> None:
    search(people, alice, "needle")
    people.wait_until(lambda: "the needle" in results(alice))
    press(panel(alice).entry, "<Down>", "<Return>")
    people.wait_until(lambda: "flash" in alice.tags_of("the needle"))
    press(panel(alice).entry, "<Escape>")
    people.wait_until(lambda: "hay 149" in alice.read)
    assert not panel(alice).winfo_ismapped()
    assert alice.messages.at_bottom
    people.wait_until(lambda: alice.window.focus_get() is alice.composer.entry)


def test_a_result_in_another_room_leads_there_and_escape_back(
    people: People, server: Server, alice: Person, bob: TaggedClient
) -> None:
    alice.go_to("lab")
    people.wait_until(lambda: "another needle" in alice.read)
    alice.go_to("general")
    people.wait_until(lambda: alice.model.room.name == "general")
    search(people, alice, "another")
    people.wait_until(lambda: "another needle" in results(alice))
    press(panel(alice).entry, "<Return>")
    people.wait_until(lambda: "flash" in alice.tags_of("another needle"))
    assert alice.window.title() == "#lab – tkchat"
    assert "Only #lab" in alice.sees
    press(panel(alice).entry, "<Escape>")
    people.wait_until(lambda: alice.window.title() == "#general – tkchat")


def test_offline_this_computer_is_searched(
    people: People, server: Server, alice: Person, bob: TaggedClient
) -> None:
    server.close()
    people.wait_until(lambda: "Connection lost" in alice.sees)
    search(people, alice, "hay 14")
    people.wait_until(lambda: "hay 149" in results(alice))
    people.wait_until(lambda: "only this computer was searched" in alice.sees)


def test_in_a_narrow_window_the_panel_takes_the_place_of_the_messages(
    people: People, alice: Person
) -> None:
    alice.window.geometry("980x600")
    people.wait_until(lambda: alice.window.winfo_width() == 980)
    press(alice.composer.entry, "<Control-f>")
    main = alice.window._searching._main
    people.wait_until(lambda: panel(alice).winfo_rootx() > main.winfo_rootx())
    people.wait_until(lambda: main.winfo_width() > 1.5 * panel(alice).winfo_width() > 300)
    alice.window.geometry("600x500")
    people.wait_until(lambda: panel(alice).winfo_width() == main.winfo_width() > 300)
    search(people, alice, "hay 149")
    people.wait_until(lambda: "hay 149" in results(alice))
    press(panel(alice).entry, "<Return>")
    people.wait_until(lambda: "flash" in alice.tags_of("hay 149"))
    assert not panel(alice).winfo_ismapped()


def test_in_a_wide_window_it_is_no_wider_than_is_of_use(people: People, alice: Person) -> None:
    alice.window.geometry("1380x700")
    people.wait_until(lambda: alice.window.winfo_width() == 1380)
    press(alice.composer.entry, "<Control-f>")
    people.wait_until(lambda: panel(alice).winfo_width() == alice.app.theme.px(340))


def test_escape_without_a_jump_moves_nothing(people: People, alice: Person) -> None:
    alice.messages.page(-1)
    place = alice.messages.first_in_view
    press(
        alice.composer.entry,
        "<Control-f>",
    )
    press(panel(alice).entry, "<Escape>")
    assert alice.messages.first_in_view == place


def test_the_panel_finds_its_place_again_when_all_becomes_smaller(
    people: People, alice: Person
) -> None:
    theme = alice.app.theme
    alice.window.geometry("980x600")
    people.wait_until(lambda: alice.window.winfo_width() == 980)
    press(alice.composer.entry, "<Control-f>")
    main = alice.window._searching._main
    theme.set_zoom(200)
    people.wait_until(lambda: panel(alice).winfo_rootx() == main.winfo_rootx())
    theme.set_zoom(100)
    people.wait_until(lambda: panel(alice).winfo_rootx() > main.winfo_rootx())


def test_a_room_alone_shows_its_newest_messages(people: People, alice: Person) -> None:
    search(people, alice, "in:general")
    people.wait_until(lambda: "hay 149" in results(alice))
    assert "another needle" not in results(alice)


def test_of_a_room_that_only_the_host_knows_too(
    people: People, alice: Person, bob: TaggedClient
) -> None:
    bob.confirm(bob.say("psst", "@alice"))
    search(people, alice, "in:@bob")
    people.wait_until(lambda: "psst" in results(alice))


def test_what_has_an_unwanted_word_is_left_out(people: People, alice: Person) -> None:
    search(people, alice, "hay -149 -148")
    people.wait_until(lambda: "hay 147" in results(alice))
    people.wait_until(lambda: "Searching" not in panel(alice)._note.cget("text"))
    assert "hay 149" not in results(alice)
