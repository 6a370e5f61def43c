"""What is done to messages: answer, change, delete, react, read who has seen them."""

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import click, press
from tests.gui.rows import captions
from tests.tagged import TaggedClient
from tkchat.gui.widgets import tooltip
from tkchat.wire.entry import Kind
from tkchat.wire.requests import SayRead, SayTyping
from tkchat.wire.tagged import Typing

MARKDOWN = """**bold** and *slanted* and ~~gone~~ and `code`
> quoted
- first
- second

```python
def answer(): return 42
```
https://example.org/a_(b)."""


def hears(people: People, person: Person, bob: TaggedClient, text: str) -> int:
    """Let bob say something, and wait until ``person`` sees it; return its seq."""
    entry = bob.confirm(bob.say(text))
    people.wait_until(lambda: text in person.read)
    return entry.seq


def test_markdown_is_drawn(people: People, alice: Person, bob: TaggedClient) -> None:
    alice.composer.set_text(MARKDOWN)
    alice.press("<Return>")
    assert bob.read_entries(1)[0].text == MARKDOWN
    people.wait_until(lambda: "second" in alice.read)
    looks = {
        "bold": "bold", "slanted": "italic", "gone": "strike", "code": "code",
        "42": "code-text", "example.org": "link",
    }  # fmt: skip
    for words, tag in looks.items():
        assert any(tag in name for name in alice.tags_of(words)), (words, alice.tags_of(words))
    assert any("item" in name for name in alice.tags_of("second"))
    assert any("bars" in name for name in alice.tags_of("quoted"))
    for mark in ("**", "~~", "`", "> quoted"):
        assert mark not in alice.read
    assert "https://example.org/a_(b)." in alice.read


def test_ones_own_name_stands_out(people: People, alice: Person, bob: TaggedClient) -> None:
    hears(people, alice, bob, "what does @alice say, and @bob?")
    assert "mention" in alice.tags_of("@alice")
    assert "mention-other" in alice.tags_of("@bob")
    hears(people, alice, bob, "and @all others?")
    assert "mention" in alice.tags_of("@all")


def test_an_answer_quotes_and_leads_back(people: People, alice: Person, bob: TaggedClient) -> None:
    seq = hears(people, alice, bob, "shall we?")
    hears(people, alice, bob, "\n\n".join(["filler"] * 40))
    alice.choose("shall we?", "Reply")
    people.wait_until(lambda: "Reply to bob" in alice.sees)
    alice.type("we shall\n")
    answer = bob.read_entries(1)[0]
    assert (answer.kind, answer.target, answer.text) == (Kind.REPLY, seq, "we shall")
    people.wait_until(lambda: alice.read.count("shall we?") == 2)
    assert "Reply to bob" not in alice.sees
    alice.click_on("we shall")
    quote = alice.messages.text.search("shall we?", "end", backwards=True)
    box = alice.messages.text.bbox(quote)
    assert box
    click(alice.messages.text, box[0] + 3, box[1] + 3)
    people.wait_until(lambda: "flash" in alice.tags_of("shall we?"))


def test_the_last_message_is_changed_with_up(
    people: People, alice: Person, bob: TaggedClient
) -> None:
    alice.type("helo\n")
    said = bob.read_entries(1)[0]
    people.wait_until(lambda: alice.model.last_own() is not None)
    alice.press("<Up>")
    assert alice.composer.text() == "helo"
    alice.press("<BackSpace>")
    alice.type("lo\n")
    change = bob.read_entries(1)[0]
    assert (change.kind, change.target, change.text) == (Kind.EDIT, said.seq, "hello")
    people.wait_until(lambda: "hello  (edited)" in alice.read)
    alice.press("<Up>", "<Escape>")
    assert alice.composer.text() == ""


def test_a_message_is_changed_and_deleted_by_its_menu(
    people: People, alice: Person, bob: TaggedClient
) -> None:
    for text in ("one", "two"):
        alice.type(f"{text}\n")
    first, second = bob.read_entries(2)
    people.wait_until(lambda: "two" in alice.read and not alice.model.room.waiting)
    alice.choose("one", "Edit")
    alice.type("!\n")
    assert bob.read_entries(1)[0].text == "one!"
    people.wait_until(lambda: "one!  (edited)" in alice.read)
    alice.choose("two", "Delete")
    people.wait_until(lambda: "Delete this message?" in alice.sees)
    alice.press_button("Delete")
    gone = bob.read_entries(1)[0]
    assert (gone.kind, gone.target) == (Kind.DELETE, second.seq)
    people.wait_until(lambda: "two" not in alice.read)
    assert first.seq != gone.target
    hears(people, alice, bob, "not mine")
    assert not {"Edit", "Delete"} & set(alice.offers_for("not mine"))


def test_reactions_are_pills_to_click(people: People, alice: Person, bob: TaggedClient) -> None:
    seq = hears(people, alice, bob, "shall we?")
    bob.confirm(bob.say("+1", react=seq))
    people.wait_until(lambda: " +1 1 " in alice.read)
    alice.click_on("+1 1")
    reaction = bob.read_entries(1)[0]
    assert (reaction.kind, reaction.target, reaction.text) == (Kind.REACT, seq, "+1")
    people.wait_until(lambda: " +1 2 " in alice.read)
    alice.click_on("shall we?")  # or the next click would be a double one
    alice.click_on("+1 2")
    people.wait_until(lambda: " +1 1 " in alice.read)
    bob.confirm(bob.say("+1", react=seq))
    people.wait_until(lambda: "+1" not in alice.read)
    menu = alice.open_menu("shall we?")
    press(menu.rows.canvas, "<Down>", "<Return>")
    people.wait_until(lambda: list(alice.message("shall we?").reactions) == ["👍"])


def test_any_emoji_can_be_a_reaction(people: People, alice: Person, bob: TaggedClient) -> None:
    seq = hears(people, alice, bob, "shall we?")
    menu = alice.open_menu("shall we?")
    press(menu.rows.canvas, "<Down>", "<Left>", "<Return>")
    people.wait_until(lambda: alice.keyboard is not alice.composer.entry)
    alice.type("rocket\n")
    reaction = bob.read_entries(1)[0]
    assert (reaction.target, reaction.text) == (seq, "🚀")


def test_each_sees_the_other_typing(people: People, alice: Person, bob: TaggedClient) -> None:
    bob.ask(SayTyping("general"))
    people.wait_until(lambda: "bob is typing" in alice.sees)
    hears(people, alice, bob, "done")
    people.wait_until(lambda: "bob is typing" not in alice.sees)
    alice.type("h")
    bob.read_until(lambda event: event == Typing("general", "alice"))


def test_the_pointer_tells_who_has_seen_a_message(
    people: People, alice: Person, bob: TaggedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tooltip, "DELAY_MS", 20)
    alice.type("anybody?\n")
    bob.ask(SayRead("general", bob.read_entries(1)[0].seq))
    message = alice.message("anybody?")
    people.wait_until(lambda: alice.model.seen_by(message) == ["bob"])
    x, y = alice.place_of("anybody?")
    alice.messages.text.event_generate("<Motion>", x=x, y=y)
    people.wait_until(lambda: "Seen by bob" in alice.sees)
    assert alice.keyboard is alice.composer.entry
    menu = alice.open_menu("anybody?")
    assert "Seen by 1 person" in captions(menu.rows)
    menu.close()


def test_a_very_long_text_is_folded(people: People, alice: Person, bob: TaggedClient) -> None:
    bob.confirm(bob.say("\n".join(f"line {number}" for number in range(150))))
    people.wait_until(lambda: "line 20" in alice.read)
    assert "line 149" not in alice.read
    alice.click_on("Show more")
    people.wait_until(lambda: "line 149" in alice.read and "Show more" not in alice.read)
