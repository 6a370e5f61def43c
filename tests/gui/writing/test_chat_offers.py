"""What the chat as it is has to offer to who writes."""

import tkinter as tk

from tkchat.client.model import Model
from tkchat.client.presence import Presence, State
from tkchat.client.room import Changes
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.writing.chat_offers import chat_offers
from tkchat.gui.writing.offers import offers_for


def test_people_rooms_commands_and_emoji(root: tk.Tk, emoji: Emoji) -> None:
    model = Model("me")
    model.room.people.update({"me", "bob", "carol"})
    model.presence["carol"] = Presence(State.BUSY, "writing")
    model.room_counts.update({"lab": 3, "design": 1})
    emoji.recent.used("😼")
    sources = chat_offers(model, emoji)
    people = offers_for("@", sources)
    assert [(each.label, each.presence) for each in people[:-1]] == [
        ("bob", Presence()),
        ("carol", Presence(State.BUSY, "writing")),
    ]
    assert [each.label for each in offers_for("#", sources)] == ["#general", "#design", "#lab"]
    assert "/who [ROOM]" in [each.label for each in offers_for("/", sources)]
    assert offers_for(":smi", sources)[0].text == "😼"


def test_a_room_comes_with_its_topic_and_a_conversation_not_at_all(
    root: tk.Tk, emoji: Emoji
) -> None:
    model = Model("me")
    model.room.topic = "Everything"
    model._rooms.get("@bob")
    [general] = offers_for("#", chat_offers(model, emoji))
    assert general.detail == "Everything"


def test_everybody_is_no_more_than_the_two_in_a_conversation(root: tk.Tk, emoji: Emoji) -> None:
    model = Model("me")
    sources = chat_offers(model, emoji)
    assert [each.text for each in offers_for("@al", sources)] == ["@all "]
    model._rooms.enter("@bob", Changes())
    assert offers_for("@al", sources) == []
