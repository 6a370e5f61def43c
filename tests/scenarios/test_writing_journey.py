"""Writing as people are used to it: completion, emoji, paste, limits."""

from tests.gui.apps import People, Person
from tests.gui.driving import focus
from tests.tagged import TaggedClient
from tkchat.gui.places.people_list import PeopleList
from tkchat.server.server import Server
from tkchat.wire.limits import MAX_TEXT_CHARS


def paste(people: People, person: Person, text: str) -> None:
    """Put ``text`` on the clipboard and press Ctrl+V in the box."""
    person.root.clipboard_clear()
    person.root.clipboard_append(text)
    person.press("<Control-v>")


def test_tab_completes_who_spoke_last(
    people: People, server: Server, alice: Person, bob: TaggedClient
) -> None:
    with TaggedClient(server.address, "bella") as bella:
        bella.confirm(bella.say("first"))
        bob.confirm(bob.say("second"))
        people.wait_until(lambda: "second" in alice.read)
        alice.type("@b")
        alice.press("<Tab>")
        assert alice.composer.text() == "@bob "
        bella.confirm(bella.say("third"))
        people.wait_until(lambda: "third" in alice.read)
        alice.type("and b")
        alice.press("<Tab>")
        assert alice.composer.text() == "@bob and bella "
        alice.type("@al")
        alice.press("<Return>")  # takes the offer and sends nothing yet
        assert alice.composer.text() == "@bob and bella @all "
        alice.press("<Return>")
        assert bob.read_entries(2)[-1].text.rstrip() == "@bob and bella @all"


def test_an_emoji_is_written_by_its_name(people: People, alice: Person, bob: TaggedClient) -> None:
    alice.app.emoji.shortcodes.load()  # what a thread does after the start
    alice.type("up :rock")
    people.wait_until(lambda: alice.composer.completing.popup.is_open)
    alice.press("<Escape>")
    assert not alice.composer.completing.popup.is_open
    alice.type("et:")
    assert alice.composer.text() == "up 🚀"
    alice.type(" and :tad")
    alice.press("<Tab>")
    assert alice.composer.text() == "up 🚀 and 🎉"
    alice.press("<Return>")
    assert bob.read_entries(1)[0].text == "up 🚀 and 🎉"
    people.wait_until(lambda: "and" in alice.read)


def test_an_emoji_is_picked(people: People, alice: Person, bob: TaggedClient) -> None:
    alice.app.emoji.shortcodes.load()
    alice.type("look ")
    alice.press("<Control-period>")
    people.wait_until(lambda: alice.keyboard is not alice.composer.entry)
    alice.type("rocket\n")
    people.wait_until(lambda: alice.keyboard is alice.composer.entry)
    assert alice.composer.text() == "look 🚀"
    alice.press("<Control-period>")
    people.wait_until(lambda: alice.keyboard is not alice.composer.entry)
    alice.press("<Escape>")
    people.wait_until(lambda: alice.keyboard is alice.composer.entry)
    assert alice.profile.settings.recent_emoji[0] == "🚀"


def test_a_long_text_is_not_pasted_unasked(
    people: People, alice: Person, bob: TaggedClient
) -> None:
    lines = [f"line {number}" for number in range(12)]
    paste(people, alice, "\n".join(lines[:10]))
    assert alice.composer.text() == "\n".join(lines[:10])
    alice.press("<Control-a>", "<BackSpace>")

    paste(people, alice, "\n".join(lines))
    people.wait_until(lambda: "These are 12 lines" in alice.sees)
    people.wait_until(lambda: alice.keyboard is not alice.composer.entry)
    alice.press("<Escape>")
    people.wait_until(lambda: alice.keyboard is alice.composer.entry)
    assert alice.composer.text() == ""

    paste(people, alice, "\n".join(lines))
    people.wait_until(lambda: "These are 12 lines" in alice.sees)
    alice.press_button("Paste as code")
    people.wait_until(lambda: "line 11" in alice.composer.text())
    focus(alice.composer.entry)
    alice.press("<Return>")
    said = bob.read_entries(1)[0].text
    assert said.startswith("```\nline 0\n")
    assert said.rstrip().endswith("line 11\n```")


def test_a_message_over_the_limit_is_counted_and_kept(
    people: People, alice: Person, bob: TaggedClient
) -> None:
    paste(people, alice, "x" * (MAX_TEXT_CHARS - 501))
    assert "characters" not in alice.sees
    alice.type("xx")
    assert f"{MAX_TEXT_CHARS - 499:,} of {MAX_TEXT_CHARS:,} characters" in alice.sees
    paste(people, alice, "x" * 502)
    assert "3 characters too long to send" in alice.sees
    alice.press("<Return>")
    assert len(alice.composer.text()) == MAX_TEXT_CHARS + 3
    alice.press("<BackSpace>", "<BackSpace>", "<BackSpace>", "<Return>")
    assert len(bob.read_entries(1)[0].text) == MAX_TEXT_CHARS
    assert alice.composer.text() == ""


def test_undo_and_redo_over_all_that_was_done(alice: Person) -> None:
    alice.type("one two")
    alice.press("<Control-a>", "<Control-b>")
    assert alice.composer.text() == "**one two**"
    alice.press("<Control-z>")
    assert alice.composer.text() == "one two"
    alice.press("<Control-y>")
    assert alice.composer.text() == "**one two**"
    alice.press("<Control-a>", "<BackSpace>")
    assert alice.composer.text() == ""
    alice.press("<Control-z>")
    assert alice.composer.text() == "**one two**"


def test_what_is_typed_anywhere_is_written(people: People, alice: Person) -> None:
    people.wait_until(lambda: "bob" in alice.part(PeopleList).shown_keys())
    focus(alice.part(PeopleList).canvas)
    alice.type("hi")
    assert alice.composer.text() == "hi"
