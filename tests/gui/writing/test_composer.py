"""Writing, sending and editing, by real keys."""

import tkinter as tk

import pytest

from tests.gui.driving import focus, press, show, type_text, wait_until
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.palette import DARK, LIGHT
from tkchat.gui.look.theme import Theme
from tkchat.gui.writing.composer import MAX_LINES, Calls, Composer
from tkchat.gui.writing.offers import Sources
from tkchat.wire.limits import MAX_TEXT_CHARS


class Host:
    """Takes what is sent, or does not."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.takes = True
        self.has_last = False
        self.edited = 0

    def send(self, text: str) -> bool:
        self.sent.append(text)
        return self.takes

    def edit_last(self) -> bool:
        self.edited += self.has_last
        return self.has_last

    def calls(self) -> Calls:
        return Calls(self.send, edit_last=self.edit_last)


@pytest.fixture
def host() -> Host:
    return Host()


@pytest.fixture
def composer(root: tk.Tk, theme: Theme, emoji: Emoji, host: Host) -> Composer:
    made = Composer(root, theme, emoji, host.calls(), names=lambda: ["alice"])
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
def test_what_is_sent_may_close_the_window(
    root: tk.Tk, theme: Theme, emoji: Emoji, takes: bool
) -> None:
    def leave(_text: str) -> bool:
        root.destroy()
        return takes

    leaving = Composer(root, theme, emoji, Calls(leave))
    leaving.pack()
    focus(leaving.entry)
    leaving.set_text("/quit")
    leaving.entry.event_generate("<Return>")


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


def test_up_in_an_empty_box_changes_what_was_said_last(composer: Composer, host: Host) -> None:
    type_text(composer.entry, "one\n")
    host.has_last = True
    press(composer.entry, "<Up>")
    assert host.edited == 1
    assert composer.text() == ""
    type_text(composer.entry, "own words")
    press(composer.entry, "<Up>")
    assert host.edited == 1


def test_control_up_brings_back_what_was_sent(composer: Composer, host: Host) -> None:
    host.has_last = True
    type_text(composer.entry, "one\ntwo\n")
    press(composer.entry, "<Control-Up>", "<Control-Up>")
    assert composer.text() == "one"
    press(composer.entry, "<Control-Down>")
    assert composer.text() == "two"
    assert host.edited == 0


@pytest.mark.parametrize("key", ["<Alt-Up>", "<Shift-Up>"])
def test_up_with_other_keys_is_another_key(composer: Composer, host: Host, key: str) -> None:
    heard: list[str] = []
    composer.winfo_toplevel().bind(key, lambda _: heard.append(key))
    host.has_last = True
    press(composer.entry, key)
    assert heard == [key]
    assert host.edited == 0


@pytest.mark.parametrize(
    ("key", "marked"),
    [
        ("<Control-b>", "a **word**"),
        ("<Control-i>", "a *word*"),
        ("<Control-Shift-Key-X>", "a ~~word~~"),
        ("<Control-e>", "a `word`"),
    ],
)
def test_keys_mark_what_is_selected(composer: Composer, key: str, marked: str) -> None:
    composer.set_text("a word")
    composer.entry.tag_add("sel", "1.2", "1.6")
    press(composer.entry, key)
    assert composer.text() == marked
    press(composer.entry, key)
    assert composer.text() == "a word"
    press(composer.entry, "<Control-z>", "<Control-z>", "<Control-Shift-Key-Z>")
    assert composer.text() == marked


def test_marks_can_be_written_into(composer: Composer) -> None:
    press(composer.entry, "<Control-b>")
    type_text(composer.entry, "bold")
    assert composer.text() == "**bold**"


def test_the_emoji_button_opens_a_picker_that_writes(composer: Composer) -> None:
    composer.set_text("ab")
    composer.entry.mark_set("insert", "1.1")
    composer.emoji_button.invoke()
    picker = composer._picker
    assert picker._panel is not None
    focus(picker._panel.search)
    type_text(picker._panel.search, "rocket\n")
    assert composer.text() == "a🚀b"
    wait_until(composer, lambda: composer.focus_displayof() is composer.entry)
    press(composer.entry, "<Control-z>")
    assert composer.text() == "ab"


def test_a_key_opens_the_picker_and_closes_it(composer: Composer) -> None:
    press(composer.entry, "<Control-period>")
    assert composer._picker.is_open
    composer.pick_emoji()
    assert not composer._picker.is_open
    wait_until(composer, lambda: composer.focus_displayof() is composer.entry)


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
    assert composer.focus_displayof() is composer.emoji_button
    press(composer.emoji_button, "<Tab>")
    assert composer.focus_displayof() is composer.button


def test_why_it_was_not_taken_stands_under_the_box_until_it_changes(
    composer: Composer, theme: Theme
) -> None:
    type_text(composer.entry, "/x")
    composer.refuse("There is no such command, " + "which is a long story " * 20)
    wait_until(composer, composer._note.winfo_ismapped)
    note = composer._note
    assert str(note.cget("foreground")) == theme.palette.danger
    assert note.winfo_rooty() >= composer._field.winfo_rooty() + composer._field.winfo_height()
    assert note.winfo_reqwidth() <= composer.winfo_width()
    theme.use(DARK)
    assert str(note.cget("foreground")) == DARK.danger
    theme.set_zoom(120)
    assert note.winfo_ismapped()
    press(composer.entry, "y")
    wait_until(composer, lambda: not note.winfo_ismapped())


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


def test_no_emoji_reaches_an_unsafe_tk(root: tk.Tk, theme: Theme, host: Host) -> None:
    composer = Composer(root, theme, Emoji(root, safe=False, files=()), host.calls())
    composer.pack(fill="x")
    composer.set_text("a 👍")
    composer.set_placeholder("to 🎉")
    composer.write("🚀")
    assert composer.text() == "a :thumbs_up_sign::rocket:"
    assert composer._placeholder == "to :party_popper:"


def test_the_placeholder_shows_while_empty(composer: Composer) -> None:
    composer.set_placeholder("Message #general")
    wait_until(composer, composer._hint.winfo_ismapped)
    assert composer._hint.cget("text") == "Message #general"
    type_text(composer.entry, "x")
    wait_until(composer, lambda: not composer._hint.winfo_ismapped())
    press(composer.entry, "<BackSpace>")
    wait_until(composer, composer._hint.winfo_ismapped)


def test_the_first_letter_comes_where_the_placeholder_was(composer: Composer) -> None:
    composer.set_placeholder("Message #general")
    wait_until(composer, composer._hint.winfo_ismapped)
    caret = int(composer.entry.cget("insertwidth"))
    before = composer._hint.winfo_x()
    assert before >= caret  # and does not hide the cursor
    type_text(composer.entry, "x")
    box = composer.entry.bbox("1.0")
    assert box is not None
    assert abs(box[0] - before) <= caret // 2


def test_the_button_is_as_high_as_one_line(composer: Composer, theme: Theme) -> None:
    for zoom in (100, 175):
        theme.set_zoom(zoom)
        composer.update()
        assert abs(composer.button.winfo_height() - composer._field.winfo_height()) <= 1


def test_the_limit_is_counted_and_held(composer: Composer, host: Host, theme: Theme) -> None:
    composer.set_text("x" * MAX_TEXT_CHARS)
    wait_until(composer, composer._note.winfo_ismapped)
    assert str(composer._note.cget("foreground")) == LIGHT.muted
    composer.set_text("é" * (MAX_TEXT_CHARS + 12))
    wait_until(composer, lambda: "12 characters too long" in composer._note.cget("text"))
    assert str(composer._note.cget("foreground")) == LIGHT.danger
    assert composer.button.instate(["disabled"])
    press(composer.entry, "<Return>")
    assert host.sent == []
    assert composer.text() == "é" * (MAX_TEXT_CHARS + 12)
    for _ in range(12):
        press(composer.entry, "<BackSpace>")
    press(composer.entry, "<Return>")
    assert host.sent == ["é" * MAX_TEXT_CHARS]
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


def test_shift_tab_leaves_the_box_backwards(root: tk.Tk, composer: Composer) -> None:
    before = tk.Entry(root)
    before.pack()
    before.lower()
    show(before)
    root.unbind_all("<<PrevWindow>>")  # on Windows the key does not come so far
    press(composer.entry, "<Shift-Tab>")
    wait_until(composer, lambda: composer.focus_displayof() is before)
    assert composer.text() == ""


def test_what_sending_brings_back_is_not_cleared_though_it_is_the_same(
    composer: Composer, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    def send(text: str) -> bool:
        composer.set_text("the same")  # as the draft of another room
        return host.send(text)

    monkeypatch.setattr(composer, "_calls", Calls(send))
    type_text(composer.entry, "the same\n")
    assert host.sent == ["the same"]
    assert composer.text() == "the same"


def test_offers_stand_right_above_the_box_when_the_refusal_goes(
    root: tk.Tk, theme: Theme, emoji: Emoji
) -> None:
    offers = Sources(rooms=lambda: [("lab", ""), ("design", "")])
    composer = Composer(root, theme, emoji, Calls(lambda _text: False), sources=offers)
    composer.pack(side="bottom", fill="x")
    show(composer)
    type_text(composer.entry, "x ")
    composer.refuse("There is no such thing")
    wait_until(composer, composer._note.winfo_ismapped)
    type_text(composer.entry, "#")
    wait_until(composer, lambda: not composer._note.winfo_ismapped())
    list_, field = composer.completing.popup.canvas, composer._field
    wait_until(
        composer,
        lambda: 0 < field.winfo_rooty() - list_.winfo_rooty() - list_.winfo_height() < 10,
    )
