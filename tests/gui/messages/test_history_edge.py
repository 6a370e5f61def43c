"""The line above the oldest message; more of it in a list: test_message_list.py."""

import tkinter as tk

from tests.gui.driving import show, wait_until
from tests.gui.sample_messages import many
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.history_edge import Edge, edge_text
from tkchat.gui.messages.message_list import LOOK_MS, MessageList


def test_only_the_beginning_names_the_room() -> None:
    named = [edge for edge in Edge if "#lab" in edge_text(edge, "#lab")]
    assert named == [Edge.BEGINNING]


def test_nothing_is_said_of_what_nobody_knows() -> None:
    assert [edge for edge in Edge if not edge_text(edge, "#lab")] == [Edge.UNKNOWN]


def test_more_is_asked_for_when_smaller_letters_bring_the_top_into_view(
    root: tk.Tk, theme: Theme, emoji: Emoji
) -> None:
    asked: list[str] = []
    theme.set_zoom(200)
    chat = MessageList(root, theme, emoji, own_name="me", on_top=lambda: asked.append("older"))
    chat.pack(fill="both", expand=True)
    show(chat)
    chat.show(many(8))
    chat.show_edge(Edge.MORE)
    looked: list[bool] = []
    chat.after(2 * LOOK_MS, lambda: looked.append(True))
    wait_until(chat, lambda: looked)
    assert asked == []  # the newest are in view
    theme.set_zoom(100)
    wait_until(chat, lambda: asked)


def test_an_answer_without_older_messages_lets_more_be_asked_for(
    root: tk.Tk, theme: Theme, emoji: Emoji
) -> None:
    asked: list[str] = []
    chat = MessageList(root, theme, emoji, own_name="me", on_top=lambda: asked.append("older"))
    chat.pack(fill="both", expand=True)
    show(chat)
    chat.show(many(2))
    chat.show_edge(Edge.MORE)
    wait_until(chat, lambda: asked == ["older"])
    chat.show_edge(Edge.MORE, answered=True)
    wait_until(chat, lambda: asked == ["older", "older"])
