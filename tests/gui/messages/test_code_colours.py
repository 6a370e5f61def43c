"""Code gets its colours without anybody waiting for them."""

import threading
import tkinter as tk

import pytest
from pygments.lexers import PythonLexer

from tests.gui.driving import show, wait_until
from tests.gui.sample_messages import NOON, said
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages import code_colours
from tkchat.gui.messages.code_colours import CodeColours
from tkchat.gui.messages.message_blocks import arrange
from tkchat.gui.messages.message_draw import MessagePainter
from tkchat.gui.messages.message_tags import configure_tags

CODE = 'def one():\n    """One."""\n    return 1  # ä\n'


@pytest.fixture
def text(root: tk.Tk) -> tk.Text:
    made = tk.Text(root)
    made.pack(fill="both", expand=True)
    show(made)
    return made


@pytest.fixture
def painter(text: tk.Text, theme: Theme, emoji: Emoji) -> MessagePainter:
    made = MessagePainter(text, theme, emoji, "me")
    configure_tags(text, theme, made.avatars.width())
    return made


def draw(painter: MessagePainter, message: str) -> None:
    painter.insert(1, arrange([said(message)]), NOON)


def coloured(text: tk.Text, kind: str) -> list[str]:
    places = [str(index) for index in text.tag_ranges(f"code-{kind}")]
    return [text.get(*pair) for pair in zip(places[::2], places[1::2], strict=True)]


def test_code_is_known_after_a_while(text: tk.Text) -> None:
    colours = CodeColours(text)
    assert colours.find("Python", CODE) == [(CODE, "")]
    wait_until(text, lambda: len(colours.find("python", CODE)) > 1)
    found = colours.find("python", CODE)
    assert "".join(part for part, _ in found) == CODE
    kinds = {part.strip(): kind for part, kind in found}
    assert kinds["def"] == kinds["return"] == "keyword"
    assert kinds['"""One."""'] == "string"
    assert kinds["1"] == "number"
    assert kinds["# ä"] == "comment"
    assert kinds["one"] == ""


@pytest.mark.parametrize("language", ["", "no-such-language"])
def test_an_unknown_language_has_no_colours(text: tk.Text, language: str) -> None:
    colours = CodeColours(text)
    assert colours.find(language, CODE) == [(CODE, "")]
    colours.find("python", CODE)
    wait_until(text, lambda: len(colours.find("python", CODE)) > 1)
    assert colours.find(language, CODE) == [(CODE, "")]


def test_what_is_drawn_gets_its_colours_in_place(text: tk.Text, painter: MessagePainter) -> None:
    draw(painter, f"look:\n```python\n{CODE}```")
    assert coloured(text, "keyword") == []
    text.configure(state="disabled")
    wait_until(text, lambda: coloured(text, "comment"))
    assert coloured(text, "keyword") == ["def", "return"]
    assert coloured(text, "string") == ['"""One."""']
    assert coloured(text, "comment") == ["# ä"]
    text.configure(state="normal")
    draw(painter, f"again:\n> ```python\n{'> '.join(['', *CODE.splitlines(True)])}> ```")
    assert coloured(text, "comment") == ["# ä", "# ä"]


def test_emoji_in_code_do_not_move_the_colours(text: tk.Text, painter: MessagePainter) -> None:
    draw(painter, "```python\nx = '🎉'  # 😀 1\n```")
    draw(painter, "```python\ny = 1\n```")
    wait_until(text, lambda: "1" in coloured(text, "number"))
    assert coloured(text, "number") == ["1"]
    draw(painter, "```python\nx = '🎉'  # 😀 1\n```")
    assert len(coloured(text, "comment")) >= 1


def test_very_long_code_stays_as_it_is(text: tk.Text, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_colours, "MAX_CHARS", 10)
    before = threads()
    assert CodeColours(text).find("python", CODE) == [(CODE, "")]
    assert threads() <= before


def test_what_is_known_is_bounded(text: tk.Text, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_colours, "KEPT", 2)
    colours = CodeColours(text)
    for number in range(4):
        colours.find("python", f"x = {number}")
    wait_until(text, lambda: not colours._due)
    assert len(colours.find("python", "x = 3")) > 1
    assert len(colours.find("python", "x = 0")) == 1


def test_the_thread_ends_with_the_window(text: tk.Text) -> None:
    colours = CodeColours(text)
    colours.find("python", CODE)
    wait_until(text, lambda: len(colours.find("python", CODE)) > 1)
    colours.find("python", "x = 2")
    root = text.winfo_toplevel()
    text.destroy()
    wait_until(root, lambda: not threads())


def test_without_pygments_code_is_plain(text: tk.Text, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    before = threads()
    assert CodeColours(text).find("python", CODE) == [(CODE, "")]
    assert threads() <= before


def threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name.startswith("code colours")}


def test_a_lexer_that_fails_leaves_the_code_as_it_is(
    text: tk.Text, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_self: object, _code: str) -> None:
        raise RecursionError

    monkeypatch.setattr(PythonLexer, "get_tokens", fail)
    colours = CodeColours(text)
    colours.find("python", CODE)
    wait_until(text, lambda: not colours._asked)
    assert colours.find("python", CODE) == [(CODE, "")]


def test_a_lexer_that_hangs_does_not_keep_the_program(
    text: tk.Text, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, end = threading.Event(), threading.Event()

    def hang(_self: object, _code: str) -> list[object]:
        began.set()
        end.wait(20)
        return []

    monkeypatch.setattr(PythonLexer, "get_tokens", hang)
    colours = CodeColours(text)
    for number in range(3):
        colours.find("python", f"x = {number}")
    assert began.wait(5)
    began.clear()
    root = text.winfo_toplevel()
    text.destroy()
    assert all(thread.daemon for thread in threads())
    end.set()
    wait_until(root, lambda: not threads())
    assert not began.is_set()  # the others are not even begun
