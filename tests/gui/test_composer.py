"""Writing, sending and editing, by real keys."""

import tkinter as tk

import pytest

from tests.gui.driving import focus, press, show, type_text, wait_until
from tkchat.gui.composer import MAX_LINES, Composer
from tkchat.gui.emoji import Emoji
from tkchat.gui.palette import DARK, LIGHT
from tkchat.gui.theme import Theme
from tkchat.wire.limits import MAX_TEXT_CHARS


class Host:
    """Takes what is sent, or does not."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.takes = True
        self.names = ["alice"]

    def send(self, text: str) -> bool:
        self.sent.append(text)
        return self.takes


@pytest.fixture
def host() -> Host:
    return Host()


@pytest.fixture
def composer(root: tk.Tk, theme: Theme, emoji: Emoji, host: Host) -> Composer:
    made = Composer(root, theme, emoji, on_send=host.send, names=lambda: host.names)
    made.pack(side="bottom", fill="x", padx=10, pady=10)
    show(made)
    focus(made.entry)
    return made


def height(composer: Composer) -> int:
    return int(composer.entry.cget("height"))


def test_return_sends_and_clears(composer: Composer, host: Host) -> None:
    type_text(composer.entry, "hello there\n")
    assert host.sent == ["hello there"]
    assert composer.text() == ""


def test_the_button_sends(composer: Composer, host: Host) -> None:
    type_text(composer.entry, "hello")
    composer.button.invoke()
    assert host.sent == ["hello"]
    assert composer.focus_displayof() is composer.entry


def test_what_is_not_taken_stays(composer: Composer, host: Host) -> None:
    host.takes = False
    type_text(composer.entry, "hello\n")
    assert composer.text() == "hello"


@pytest.mark.parametrize("takes", [True, False])
def test_what_is_sent_may_close_the_window(root: tk.Tk, composer: Composer, takes: bool) -> None:
    def leave(_text: str) -> bool:
        root.destroy()
        return takes

    composer._on_send = leave
    composer.set_text("/quit")
    composer.entry.event_generate("<Return>")


def test_shift_return_begins_a_line_and_the_box_grows(composer: Composer, host: Host) -> None:
    type_text(composer.entry, "one")
    press(composer.entry, "<Shift-Return>")
    type_text(composer.entry, "two")
    assert composer.text() == "one\ntwo"
    wait_until(composer, lambda: height(composer) == 2)
    for _ in range(20):
        press(composer.entry, "<Shift-Return>")
    wait_until(composer, lambda: height(composer) == MAX_LINES)
    composer.set_text("")
    wait_until(composer, lambda: height(composer) == 1)


def test_wrapped_text_makes_it_grow_too(composer: Composer) -> None:
    composer.set_text("word " * 60)
    wait_until(composer, lambda: 1 < height(composer) < MAX_LINES)


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_nothing_is_not_sent(composer: Composer, host: Host, text: str) -> None:
    composer.set_text(text)
    press(composer.entry, "<Return>")
    assert host.sent == []
    assert composer.text() == text


def test_up_in_an_empty_box_brings_back_what_was_sent(composer: Composer, host: Host) -> None:
    type_text(composer.entry, "one\ntwo\n")
    press(composer.entry, "<Up>")
    assert composer.text() == "two"
    press(composer.entry, "<Up>")
    assert composer.text() == "one"
    press(composer.entry, "<Up>")
    assert composer.text() == "one"
    press(composer.entry, "<Down>", "<Down>")
    assert composer.text() == ""


def test_up_in_own_words_moves_the_cursor(composer: Composer) -> None:
    type_text(composer.entry, "one\n")
    composer.set_text("a\nb")
    press(composer.entry, "<Up>")
    assert composer.text() == "a\nb"
    assert composer.entry.index("insert").startswith("1.")


@pytest.mark.parametrize("text", ["", "zzz"])
def test_tab_with_nothing_to_complete_moves_on(composer: Composer, text: str) -> None:
    composer.set_text(text)
    press(composer.entry, "<Tab>")
    assert composer.text() == text
    assert composer.focus_displayof() is composer.button


def test_select_all_undo_and_redo(composer: Composer) -> None:
    type_text(composer.entry, "hello")
    press(composer.entry, "<Control-a>", "<BackSpace>")
    assert composer.text() == ""
    press(composer.entry, "<Control-z>")
    assert composer.text() == "hello"
    press(composer.entry, "<Control-y>")
    assert composer.text() == ""
    press(composer.entry, "<Control-y>", "<Control-z>")
    assert composer.text() == "hello"


def test_control_y_does_not_paste(composer: Composer) -> None:
    composer.clipboard_clear()
    composer.clipboard_append("unwanted")
    press(composer.entry, "<Control-y>")
    assert composer.text() == ""


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("one two", "one "),
        ("one two  ", "one "),
        ("👍👍 🎉🎉", "👍👍 "),
        ("one", ""),
        ("one\n", "one"),
        ("", ""),
    ],
)
def test_control_backspace_deletes_a_word(composer: Composer, text: str, left: str) -> None:
    composer.set_text(text)
    press(composer.entry, "<Control-BackSpace>")
    assert composer.text() == left


def test_a_draft_cannot_be_undone_into_the_last_rooms(composer: Composer) -> None:
    type_text(composer.entry, "for the other room")
    composer.set_text("draft")
    press(composer.entry, "<Control-z>")
    assert composer.text() == "draft"


def test_pasting_cleans_and_replaces_the_selection(composer: Composer) -> None:
    composer.set_text("old")
    composer.clipboard_clear()
    composer.clipboard_append("n\x1b[31me\u202ew\r\nline")
    press(composer.entry, "<Control-a>")
    composer.entry.event_generate("<<Paste>>")
    assert composer.text() == "new\nline"
    press(composer.entry, "<Control-z>")
    assert composer.text() == "old"


def test_the_middle_button_pastes_where_it_clicks(root: tk.Tk, composer: Composer) -> None:
    other = tk.Entry(root)
    other.pack()
    other.insert(0, "mid\tdle")
    other.selection_range(0, "end")
    composer.set_text("ab")
    composer.update()
    box = composer.entry.bbox("1.1")
    assert box
    composer.entry.event_generate("<<PasteSelection>>", x=box[0], y=box[1] + 3)
    assert composer.text() == "amid\tdleb"


def test_pasting_nothing(composer: Composer) -> None:
    composer.clipboard_clear()
    composer.entry.event_generate("<<Paste>>")
    assert composer.text() == ""


def test_no_emoji_reaches_an_unsafe_tk(root: tk.Tk, theme: Theme, host: Host) -> None:
    composer = Composer(root, theme, Emoji(root, safe=False, files=()), on_send=host.send)
    composer.pack(fill="x")
    composer.set_text("a 👍")
    composer.set_placeholder("to 🎉")
    composer.clipboard_clear()
    composer.clipboard_append("🚀")
    focus(composer.entry)
    composer.entry.event_generate("<<Paste>>")
    assert composer.text() == "a :thumbs_up_sign::rocket:"
    event: tk.Event[tk.Misc] = tk.Event()
    event.char = "🎉"
    assert composer._typed(event) == "break"
    assert composer.text().endswith(":party_popper:")


def test_the_placeholder_shows_while_empty(composer: Composer) -> None:
    composer.set_placeholder("Message #general")
    wait_until(composer, composer._hint.winfo_ismapped)
    assert composer._hint.cget("text") == "Message #general"
    type_text(composer.entry, "x")
    wait_until(composer, lambda: not composer._hint.winfo_ismapped())
    press(composer.entry, "<BackSpace>")
    wait_until(composer, composer._hint.winfo_ismapped)


def test_the_limit_is_counted_and_held(composer: Composer, host: Host, theme: Theme) -> None:
    composer.set_text("x" * MAX_TEXT_CHARS)
    wait_until(composer, composer._note.winfo_ismapped)
    assert str(composer._note.cget("foreground")) == LIGHT.muted
    composer.set_text("😀" * (MAX_TEXT_CHARS + 1))
    wait_until(composer, lambda: "too long" in composer._note.cget("text"))
    assert str(composer._note.cget("foreground")) == LIGHT.danger
    assert composer.button.instate(["disabled"])
    press(composer.entry, "<Return>")
    assert host.sent == []
    press(composer.entry, "<BackSpace>", "<Return>")
    assert host.sent == ["😀" * MAX_TEXT_CHARS]
    wait_until(composer, lambda: not composer._note.winfo_ismapped())


def test_the_field_shows_who_has_the_keyboard(composer: Composer) -> None:
    assert composer._field.instate(["focus"])
    focus(composer.button)
    assert composer._field.instate(["!focus"])


def test_it_follows_the_theme(composer: Composer, theme: Theme) -> None:
    theme.use(DARK)
    assert composer.entry.cget("background") == DARK.surface
    composer.destroy()
    theme.use(LIGHT)
