"""The lines of the chat window's menu."""

from tkchat.gui.chat_menu import MenuActions, chat_entries
from tkchat.gui.widgets.menu import SEPARATOR, Entry


def made(chosen: list[str], *, room: list[Entry], can_search: bool) -> list[Entry]:
    actions = MenuActions(
        room=room,
        search=(lambda: chosen.append("search")) if can_search else None,
        browse=lambda: chosen.append("browse"),
        invite=lambda: chosen.append("invite"),
        order=[Entry("What was decided…", lambda: chosen.append("decided"))],
        export=(lambda: chosen.append("export")) if can_search else None,
        copy_address=lambda: chosen.append("copy"),
        settings=lambda: chosen.append("settings"),
        shortcuts=lambda: chosen.append("shortcuts"),
        leave=lambda: chosen.append("leave"),
        quit=lambda: chosen.append("quit"),
    )
    return chat_entries("10.0.0.5:12345", actions)


def test_each_line_does_what_it_says(chosen: list[str]) -> None:
    topic = Entry("Set the topic…", lambda: chosen.append("topic"))
    for entry in made(chosen, room=[topic], can_search=True):
        entry.action()
    assert chosen == [
        "browse", "search", "topic", "export", "invite", "copy", "decided", "settings", "shortcuts",
        "leave", "quit",
    ]  # fmt: skip


def test_what_cannot_be_done_is_not_offered(chosen: list[str]) -> None:
    texts = [entry.text for entry in made(chosen, room=[], can_search=False)]
    assert "Search…" not in texts
    assert "Save or print the room…" not in texts
    lines = [entry is SEPARATOR for entry in made(chosen, room=[], can_search=False)]
    assert [True, True] not in [lines[at : at + 2] for at in range(len(lines))]


def test_keys_stand_beside_what_has_some(chosen: list[str]) -> None:
    keys = {entry.text: entry.keys for entry in made(chosen, room=[], can_search=True)}
    assert keys["Search…"]
    assert not keys["Leave this chat"]
