"""Questions and prompts, answered by key presses."""

import tkinter as tk
from tkinter import ttk

import pytest

from tests.gui.driving import every, press, text_of, type_text, wait_until
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.ask import Option, Prompt, Question


@pytest.fixture
def answers() -> list[str]:
    return []


def ask(root: tk.Tk, theme: Theme, emoji: Emoji, answers: list[str]) -> Question:
    options = [
        Option("Yes", lambda: answers.append("yes")),
        Option("No", lambda: answers.append("no")),
    ]
    return Question(root, theme, emoji, "A question", "Is it so?", options)


def test_return_takes_the_first_option(
    root: tk.Tk, theme: Theme, emoji: Emoji, answers: list[str]
) -> None:
    question = ask(root, theme, emoji, answers)
    wait_until(root, lambda: isinstance(root.focus_get(), ttk.Button))
    first = root.focus_get()
    assert isinstance(first, ttk.Button)
    assert text_of(first) == "Yes"
    press(first, "<Return>")
    assert answers == ["yes"]
    assert not question.winfo_exists()


def test_return_does_nothing_dangerous(
    root: tk.Tk, theme: Theme, emoji: Emoji, answers: list[str]
) -> None:
    delete = Option("Delete", lambda: answers.append("gone"), is_dangerous=True)
    question = Question(root, theme, emoji, "Delete it?", "It cannot be brought back.", [delete])
    wait_until(root, lambda: root.focus_get() is question.cancel)
    press(question.cancel, "<Return>")
    assert answers == []
    assert not question.winfo_exists()
    question = Question(root, theme, emoji, "Delete it?", "It cannot be brought back.", [delete])
    button = next(w for w in every(question) if text_of(w) == "Delete")
    assert str(button.cget("style")) == "Danger.TButton"
    press(button, "<Return>")
    assert answers == ["gone"]


def test_every_option_can_be_pressed(
    root: tk.Tk, theme: Theme, emoji: Emoji, answers: list[str]
) -> None:
    question = ask(root, theme, emoji, answers)
    no = next(w for w in every(question) if text_of(w) == "No")
    press(no, "<space>")
    assert answers == ["no"]


def test_escape_does_nothing_but_close(
    root: tk.Tk, theme: Theme, emoji: Emoji, answers: list[str]
) -> None:
    question = ask(root, theme, emoji, answers)
    press(question, "<Escape>")
    assert not question.winfo_exists()
    assert answers == []


def check(answer: str) -> str:
    if not answer.isalpha():
        raise ValueError("Only letters.")
    return answer.lower()


def test_a_prompt_says_what_is_wrong_and_keeps_the_text(
    root: tk.Tk, theme: Theme, emoji: Emoji, answers: list[str]
) -> None:
    prompt = Prompt(root, theme, emoji, "A word", "Go", check, answers.append)
    before = prompt.winfo_reqheight()
    type_text(prompt.entry, "a1\n")
    assert any(text_of(w) == "Only letters." and w.winfo_ismapped() for w in every(prompt))
    prompt.update_idletasks()
    assert prompt.winfo_reqheight() > before  # it kept no empty line for that
    assert prompt.entry.get() == "a1"
    press(prompt.entry, "<BackSpace>")
    type_text(prompt.entry, "B\n")
    assert answers == ["ab"]
    assert not prompt.winfo_exists()


def test_a_prompt_begins_with_what_there_is(
    root: tk.Tk, theme: Theme, emoji: Emoji, answers: list[str]
) -> None:
    prompt = Prompt(root, theme, emoji, "A word", "Go", check, answers.append, initial="before\0")
    assert prompt.entry.get() == "before"
    type_text(prompt.entry, "b\n")  # all of it is selected
    assert answers == ["b"]


def test_it_takes_all_input_as_soon_as_it_is_seen(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    prompt = Prompt(root, theme, emoji, "A word", "Go", check, print)
    wait_until(root, lambda: prompt.grab_status() == "local")
    wait_until(root, lambda: root.focus_get() is prompt.entry)


def test_it_may_be_closed_while_it_comes_up(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    events: list[str] = []
    root.after(0, events.append, "later")
    prompt = Prompt(root, theme, emoji, "A word", "Go", check, print)
    assert events == []
    prompt.close()
    root.update()
    assert events == ["later"]


def test_where_emoji_are_deadly_none_is_shown(root: tk.Tk, theme: Theme) -> None:
    def refuse(answer: str) -> str:
        raise ValueError(f"Not {answer} 🎉")

    deadly = Emoji(root, safe=False, files=())
    prompt = Prompt(root, theme, deadly, "🎉", "🎉", refuse, print)
    prompt.entry.insert(0, "🎉")
    press(prompt.entry, "<Return>")
    question = Question(root, theme, deadly, "🎉", "🎉", [Option("🎉", print)])
    said = [text_of(widget) for window in (prompt, question) for widget in every(window)]
    assert sum(":party_popper:" in text for text in said) == 7
    assert "Not :party_popper: :party_popper:" in said
    assert not any("🎉" in text for text in said)
