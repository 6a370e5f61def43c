"""Every screen of the program: how one gets there, and what it is called."""

import tkinter as tk
from collections.abc import Callable, Iterator

from tests.gallery.door_scenes import DOOR_SCENES
from tests.gallery.order_scenes import invite, keeping_order
from tests.gallery.stage import Stage
from tests.gui.driving import click, every, focus, press, text_of, type_text
from tests.gui.sample_messages import index_of
from tkchat.client.model import Link
from tkchat.gui.app import App
from tkchat.gui.emoji.emoji_picker import EmojiPicker
from tkchat.gui.export_dialog import ExportDialog
from tkchat.gui.settings.settings_window import SettingsWindow
from tkchat.gui.widgets.ask import Panel
from tkchat.gui.widgets.side_window import SideWindow
from tkchat.net.address import Address
from tkchat.wire.requests import SayTyping

Shots = Iterator[tuple[str, tk.Misc]]  #: the name of each picture, and the window to take it of
SMALL = (900, 600)
NOBODY_LISTENS = Address("127.0.0.1", 9)


def login(stage: Stage) -> Shots:
    """Show the login dialog: as it comes up, and when something is wrong."""
    newcomer = stage.newcomer()
    newcomer.app.open(name="ada")
    stage.wait_until(lambda: "Host and join" in newcomer.sees)
    yield "login", newcomer.dialog
    newcomer.close()
    newcomer = stage.newcomer()
    newcomer.app.open(NOBODY_LISTENS, "ada")
    stage.wait_until(lambda: "No chat is open" in newcomer.sees)
    yield "login-problem", newcomer.dialog
    newcomer.close()


def chat(stage: Stage) -> Shots:
    """Show a room with all that messages can be."""
    _go_to(stage, "design", "But that is taste")
    stage.others["grace"].ask(SayTyping("design"))
    stage.ada.composer.set_text("I'll make it a bit lighter")
    stage.wait_until(lambda: "typing" in stage.ada.sees)
    yield "chat", stage.ada.window
    stage.ada.composer.set_text("")


def markup(stage: Stage) -> Shots:
    """Show code, quotes and lists."""
    _go_to(stage, "lab", "both")
    press(stage.ada.messages.text, "<Home>")
    focus(stage.ada.composer.entry)
    yield "markup", stage.ada.window


def direct(stage: Stage) -> Shots:
    """Show the conversation with one person."""
    _go_to(stage, "@linus", "With pleasure")
    yield "direct", stage.ada.window


def completion(stage: Stage) -> Shots:
    """Show what is offered while one writes."""
    _go_to(stage, "design", "But that is taste")
    for name, first, rest in (("names", "at", ""), ("emoji", "colon", "ro"), ("rooms", "#", "")):
        entry = stage.ada.composer.entry
        focus(entry)
        press(entry, "numbersign" if first == "#" else first)
        type_text(entry, rest)
        stage.wait_until(lambda: stage.ada.composer.completing.popup.is_open)
        yield f"completion-{name}", stage.ada.window
        press(entry, "<Escape>")
        stage.ada.composer.set_text("")


def emoji_picker(stage: Stage) -> Shots:
    """Show the emoji picker: all of them, and what is found."""
    _go_to(stage, "design", "But that is taste")
    composer = stage.ada.composer
    press(composer.entry, "<Control-period>")
    picker: EmojiPicker = composer._picker
    stage.wait_until(lambda: picker.is_open)
    yield "emoji-picker", stage.ada.window
    assert picker._panel is not None
    type_text(picker._panel.search, "heart")
    yield "emoji-found", stage.ada.window
    picker.close()


def message(stage: Stage) -> Shots:
    """Show what there is to a message: under the pointer, by right click, an answer, an edit."""
    _go_to(stage, "design", "But that is taste")
    shown = stage.ada.messages
    text = shown.text
    _point_at(stage, "May I merge")
    stage.wait_until(lambda: shown.hover.tip.text)
    yield "message-hover", stage.ada.window
    x, y = _place(stage, "But that")
    click(text, x, y, button=3)
    yield "message-menu", stage.ada.window
    shown.menu.menu.close()
    _point_away(stage)
    stage.ada.window._writing.answer(stage.ada.message("But that is taste ✨"))
    stage.ada.composer.set_text("So is mine 🙂")
    yield "reply", stage.ada.window
    press(stage.ada.composer.entry, "<Escape>")
    stage.ada.composer.set_text("")
    stage.ada.window._writing.edit(stage.ada.message("May I merge it?"))
    yield "edit", stage.ada.window
    press(stage.ada.composer.entry, "<Escape>")
    stage.ada.composer.set_text("")


def menus(stage: Stage) -> Shots:
    """Show the menus of the window, of a room, of a person and of what is being written."""
    _go_to(stage, "design", "But that is taste")
    stage.ada.composer.set_text("Half a thought")
    press(stage.ada.composer.entry, "<Control-a>", "<Shift-F10>")
    press(stage.ada.keyboard, "<Down>", "<Down>")
    yield "edit-menu", stage.ada.window
    press(stage.ada.keyboard, "<Escape>")
    stage.ada.composer.set_text("")
    where = stage.ada.window._where
    own = where.sidebar.own
    entries = where.person_menu.own_entries
    for name, menu, post in (
        ("menu", where.header.menu, where.header.open_menu),
        ("room-menu", where.header.menu, where.header._open_room_menu),
        (
            "presence-menu",
            where._menu,
            lambda: where._menu.post(entries(), own.winfo_rootx(), own.winfo_rooty(), "sw"),
        ),
    ):
        post()
        stage.wait_until(menu.rows.canvas.winfo_viewable)
        yield name, stage.ada.window
        menu.close()
        stage.wait_until(lambda: stage.ada.root.focus_get() is stage.ada.composer.entry)


def switcher(stage: Stage) -> Shots:
    """Show the quick switcher, and the rooms that one could join."""
    _go_to(stage, "design", "But that is taste")
    go = stage.ada.window._where.navigation
    stage.wait_until(lambda: "music" in stage.ada.model.room_counts)
    go.switch()
    yield "switcher", stage.ada.window
    type_text(go.switcher.entry, "li")
    yield "switcher-found", stage.ada.window
    go.switcher.close()
    go.browse()
    yield "rooms", stage.ada.window
    type_text(go.switcher.entry, "party")
    yield "rooms-create", stage.ada.window
    go.switcher.close()


def search(stage: Stage) -> Shots:
    """Show the search: before, with results, and with none."""
    _go_to(stage, "design", "But that is taste")
    window = stage.ada.window
    press(stage.ada.composer.entry, "<Control-f>")
    panel = window._searching.panel
    stage.wait_until(panel.winfo_viewable)
    yield "search", window
    type_text(panel.entry, "window")
    stage.wait_until(lambda: "messages" in text_of(panel._note) and not panel._due)
    yield "search-found", window
    panel._words.set("")
    type_text(panel.entry, "zebra")
    stage.wait_until(lambda: "Nothing found" in text_of(panel._note))
    yield "search-nothing", window
    panel._words.set("")
    window._searching.close(True)


def settings(stage: Stage) -> Shots:
    """Show each page of the settings."""
    app = stage.ada.app
    app.open_settings()
    window = app.settings_window
    assert isinstance(window, SettingsWindow)
    for at, caption in enumerate(window._makers):
        if at:
            press(window._tabs[at - 1], "<Down>")
        yield f"settings-{caption.lower()}", window
    window.close()


def shortcut_sheet(stage: Stage) -> Shots:
    """Show all keys on their sheet."""
    app: App = stage.ada.app
    app.show_shortcuts()
    assert isinstance(app._sheet, SideWindow)
    yield "shortcuts", app._sheet
    app._sheet.close()


def dialogs(stage: Stage) -> Shots:
    """Show questions, a prompt, and how a room is saved."""
    _go_to(stage, "design", "But that is taste")
    window = stage.ada.window
    window._deeds._ask_to_delete(stage.ada.message("May I merge it?"))
    yield "question", _panel(stage)
    _panel(stage).close()
    window._where.room_menu.ask_topic(stage.ada.model.room)
    yield "prompt", _panel(stage)
    _panel(stage).close()
    assert window._actions.export is not None
    window._actions.export()
    dialog = _panel(stage)
    assert isinstance(dialog, ExportDialog)
    dialog.entry.delete(0, "end")
    dialog.entry.insert(0, "/home/ada/design.html")
    yield "export", dialog
    dialog.close()


def empty(stage: Stage) -> Shots:
    """Show a room that nobody has said anything in, and a conversation."""
    stage.ada.go_to("music")
    stage.wait_until(lambda: stage.ada.model.room.name == "music")
    stage.wait_until(lambda: "beginning" in stage.ada.sees)
    yield "empty-room", stage.ada.window
    stage.ada.go_to("@grace")
    stage.wait_until(lambda: stage.ada.model.room.name == "@grace")
    stage.wait_until(lambda: "your conversation with" in stage.ada.sees)
    yield "empty-direct", stage.ada.window


def compact(stage: Stage) -> Shots:
    """Show the compact density."""
    _go_to(stage, "design", "But that is taste")
    _set(stage, "density", "compact")
    yield "compact", stage.ada.window
    _set(stage, "density", "cosy")


def small(stage: Stage) -> Shots:
    """Show the window at 900 x 600 pixels, or as small as it gets."""
    _go_to(stage, "design", "But that is taste")
    window = stage.ada.window
    before, (least_wide, least_high) = window.geometry(), window.minsize()
    size = max(SMALL[0], least_wide), max(SMALL[1], least_high)
    window.geometry(f"{size[0]}x{size[1]}")
    stage.wait_until(lambda: (window.winfo_width(), window.winfo_height()) == size)
    yield "small", window
    window.geometry(before)
    stage.wait_until(lambda: window.geometry() == before)


def lost(stage: Stage) -> Shots:
    """Show what waits while the host is away. There is no way back from here."""
    _go_to(stage, "design", "But that is taste")
    stage.server.close()
    stage.wait_until(lambda: stage.ada.model.link is Link.LOST)
    stage.ada.say("It is merged. Thank you all!")
    stage.ada.say("And lighter now, too.")
    stage.wait_until(lambda: "waiting" in stage.ada.tags_of("And lighter"))
    yield "lost", stage.ada.window


#: All of them, in the order in which one meets them; the first and the last are as they say.
SCENES: tuple[Callable[[Stage], Shots], ...] = (
    login,
    *DOOR_SCENES,
    chat,
    markup,
    direct,
    completion,
    emoji_picker,
    message,
    menus,
    switcher,
    search,
    settings,
    shortcut_sheet,
    dialogs,
    compact,
    small,
    empty,
    invite,
    keeping_order,
    lost,
)


def _go_to(stage: Stage, room: str, words: str) -> None:
    """Go to a room in which these words can be read."""
    stage.ada.go_to(room)
    stage.wait_until(lambda: stage.ada.model.room.name == room and words in stage.ada.read)
    focus(stage.ada.composer.entry)


def _set(stage: Stage, field: str, value: str) -> None:
    setattr(stage.ada.profile.settings, field, value)
    stage.ada.app._changed(field)


def _place(stage: Stage, words: str) -> tuple[int, int]:
    text = stage.ada.messages.text
    index = index_of(stage.ada.messages, words)
    text.see(index)
    stage.update()
    box = text.bbox(f"{index} +2c")
    assert box
    return box[0] + box[2] // 2, box[1] + box[3] // 2


def _point_at(stage: Stage, words: str) -> None:
    """Move the pointer of the screen there."""
    text = stage.ada.messages.text
    x, y = _place(stage, words)
    text.event_generate("<Motion>", x=x, y=y, warp=True)
    stage.update()
    text.event_generate("<Motion>", x=x, y=y)
    stage.update()


def _point_away(stage: Stage) -> None:
    window = stage.ada.window
    window.event_generate("<Motion>", x=2, y=2, warp=True)
    stage.update()


def _panel(stage: Stage) -> Panel:
    return next(each for each in every(stage.ada.root) if isinstance(each, Panel))
