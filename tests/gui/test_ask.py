"""Questions and prompts, answered by key presses."""

import tkinter as tk
from tkinter import ttk

import pytest

from tests.gui.driving import every, press, text_of, type_text, wait_until
from tkchat.gui.ask import Option, Prompt, Question
from tkchat.gui.theme import Theme


@pytest.fixture
def answers() -> list[str]:
    return []


def ask(root: tk.Tk, theme: Theme, answers: list[str]) -> Question:
    options = [
        Option("Yes", lambda: answers.append("yes")),
        Option("No", lambda: answers.append("no")),
    ]
    return Question(root, theme, "A question", "Is it so?", options)


def test_return_takes_the_first_option(root: tk.Tk, theme: Theme, answers: list[str]) -> None:
    question = ask(root, theme, answers)
    wait_until(root, lambda: isinstance(root.focus_get(), ttk.Button))
    first = root.focus_get()
    assert isinstance(first, ttk.Button)
    assert text_of(first) == "Yes"
    press(first, "<Return>")
    assert answers == ["yes"]
    assert not question.winfo_exists()


def test_every_option_can_be_pressed(root: tk.Tk, theme: Theme, answers: list[str]) -> None:
    question = ask(root, theme, answers)
    no = next(w for w in every(question) if text_of(w) == "No")
    press(no, "<space>")
    assert answers == ["no"]


def test_escape_does_nothing_but_close(root: tk.Tk, theme: Theme, answers: list[str]) -> None:
    question = ask(root, theme, answers)
    press(question, "<Escape>")
    assert not question.winfo_exists()
    assert answers == []


def check(answer: str) -> str:
    if not answer.isalpha():
        raise ValueError("Only letters.")
    return answer.lower()


def test_a_prompt_says_what_is_wrong_and_keeps_the_text(
    root: tk.Tk, theme: Theme, answers: list[str]
) -> None:
    prompt = Prompt(root, theme, "A word", "Go", check, answers.append)
    type_text(prompt.entry, "a1\n")
    assert any(text_of(w) == "Only letters." for w in every(prompt))
    assert prompt.entry.get() == "a1"
    press(prompt.entry, "<BackSpace>")
    type_text(prompt.entry, "B\n")
    assert answers == ["ab"]
    assert not prompt.winfo_exists()
