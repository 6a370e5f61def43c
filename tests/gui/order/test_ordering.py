"""What a moderator decides from the window, and what the host makes of it."""

import pytest

from tests.gui.apps import Person
from tests.gui.driving import every, press, type_text
from tests.gui.order.order_chat import Chat
from tests.gui.rows import labels, pick
from tests.server.order_kit import ordered
from tests.tagged import TaggedClient
from tkchat.client.model import Link
from tkchat.client.order import Role
from tkchat.gui.order.ask_why import AskWhy
from tkchat.gui.order.new_password import NewPassword
from tkchat.gui.widgets.ask import Panel, Question
from tkchat.gui.widgets.menu import Menu
from tkchat.wire.order import MutedFor, Removed
from tkchat.wire.requests import AskJoin, Hello, encode_hello
from tkchat.wire.tagged import Live, Refused

PLAIN = ["Write to bob", "Mention bob", "Copy the name"]
KEEPING = [
    "Silence for 10 minutes", "Silence for an hour", "Silence until I allow it again…",
    "Let write again",
    "Remove from the chat…", "Ban…",
]  # fmt: skip


def menu_on_bob(chat: Chat) -> Menu:
    """Open bob's menu by right click in the list of people."""
    where = chat.alice.window._where
    chat.wait_until(lambda: "bob" in where.sidebar.people.shown_keys())
    chat.alice.click_row(where.sidebar.people, "bob", button=3)
    chat.wait_until(where._menu.panel.winfo_viewable)
    return where._menu


def panel(chat: Chat, kind: type[Panel]) -> Panel:
    """Return the question that is open, once it has the keyboard."""
    found: list[Panel] = []

    def is_there() -> bool:
        found[:] = [each for each in every(chat.alice.root) if isinstance(each, kind)]
        return bool(found) and str(chat.alice.root.focus_get()).startswith(str(found[0]))

    chat.wait_until(is_there)
    return found[0]


def test_a_member_is_offered_none_of_it(chat: Chat) -> None:
    assert labels(menu_on_bob(chat).rows) == [*PLAIN, *KEEPING]
    press(chat.alice.keyboard, "<Escape>")
    chat.appoint(Role.MEMBER)
    assert labels(menu_on_bob(chat).rows) == PLAIN
    menu = [entry.text for entry in chat.alice.window._menu_entries()]
    assert "What was decided…" not in menu
    assert "Register my name with a password…" in menu


@pytest.mark.parametrize(
    ("label", "seconds"), [("Silence for 10 minutes", 600), ("Silence for an hour", 3600)]
)
def test_muting_for_a_while(chat: Chat, label: str, seconds: int) -> None:
    pick(menu_on_bob(chat), label)
    told = chat.bob.read_until(lambda event: isinstance(event, MutedFor))[-1]
    assert isinstance(told, MutedFor)
    assert told.seconds == seconds
    chat.wait_until(lambda: "bob is silenced." in chat.alice.sees)
    pick(menu_on_bob(chat), "Let write again")
    chat.bob.read_until(lambda event: isinstance(event, MutedFor) and event.seconds == 0)
    chat.wait_until(lambda: "bob may write again." in chat.alice.sees)


def test_a_refusal_is_shown(chat: Chat) -> None:
    pick(menu_on_bob(chat), "Let write again")
    chat.wait_until(lambda: "bob is not muted." in chat.alice.sees)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Silence until I allow it again…", "alice muted you: 3 times"),
        ("Remove from the chat…", "alice put you out of the chat: 3 times"),
        ("Ban…", "alice banned you from the chat: 3 times"),
    ],
)
def test_what_cannot_be_taken_back_asks_for_a_reason(chat: Chat, label: str, expected: str) -> None:
    menu_on_bob(chat)
    alice = chat.alice
    rows = labels(alice.window._where._menu.rows)
    alice.press(*["<Down>"] * (rows.index(label) + 1), "<Return>")  # all of it by keyboard
    asked = panel(chat, AskWhy)
    type_text(alice.keyboard, "3 times")
    alice.press("<Return>")
    assert asked.winfo_exists()  # so far it only leads to the button
    alice.press("<Return>")
    assert not asked.winfo_exists()
    told = chat.bob.read_until(lambda event: isinstance(event, MutedFor | Removed))[-1]
    assert isinstance(told, MutedFor | Removed)
    assert told.text == expected


def test_escape_and_cancel_do_nothing(chat: Chat) -> None:
    for key in ("<Escape>", "cancel"):
        pick(menu_on_bob(chat), "Ban…")
        asked = panel(chat, AskWhy)
        if key == "cancel":
            press(asked.cancel, "<Return>")
        else:
            press(chat.alice.keyboard, key)
        assert not asked.winfo_exists()
    assert ordered(chat.host, "/bans") == "There are none."


def test_nobody_decides_about_the_host_or_themselves(chat: Chat) -> None:
    ordering = chat.alice.window._keeping.ordering
    assert ordering.on_person("host") == []
    assert ordering.on_person("alice") == []
    assert ordering.on_person("bob")


def test_only_the_host_appoints(chat: Chat) -> None:
    alice = chat.alice
    host_code = (chat.folder / "host-code").read_text("ascii").strip()
    alice.say(f"/host {host_code}")
    chat.wait_until(lambda: alice.model.order.role_of("alice") is Role.HOST)
    pick(menu_on_bob(chat), "Make moderator…")
    panel(chat, Question)
    alice.press("<Return>")
    chat.wait_until(lambda: alice.model.order.role_of("bob") is Role.MODERATOR)
    chat.wait_until(lambda: "bob is a moderator now." in alice.sees)
    pick(menu_on_bob(chat), "No longer a moderator")
    chat.wait_until(lambda: alice.model.order.role_of("bob") is Role.MEMBER)


def test_a_room_is_locked_and_slowed_from_its_menu(chat: Chat) -> None:
    alice, header = chat.alice, chat.alice.window._where.header
    for label, is_locked, seconds in (
        ("Lock the chat: nobody new comes in", True, 0),
        ("One message in 2 minutes", True, 120),
        ("Lock the chat: nobody new comes in", False, 120),
        ("Speak as often as one likes", False, 0),
    ):
        header._open_room_menu()
        pick(header.menu, label)

        def holds(expected: tuple[bool, int] = (is_locked, seconds)) -> bool:
            rules = alice.model.order.rules.get("general")
            return (rules is not None and (rules.is_locked, rules.slow_seconds)) == expected or (
                rules is None and expected == (False, 0)
            )

        chat.wait_until(holds)
        [chosen] = [
            entry.text
            for entry in alice.window._keeping.ordering.on_room(alice.model.room)
            if entry.chosen and "chat" not in entry.text
        ]
        expected = {0: "Speak as often as one likes", 120: "One message in 2 minutes"}
        assert chosen == expected[seconds]


def room_menu(chat: Chat) -> Menu:
    """Open the menu of the current room."""
    header = chat.alice.window._where.header
    header._open_room_menu()
    chat.wait_until(header.menu.panel.winfo_viewable)
    return header.menu


def test_a_room_is_archived_by_keyboard_after_a_question(chat: Chat) -> None:
    alice = chat.alice
    assert "Archive the room…" not in labels(room_menu(chat).rows)  # everybody is in general
    alice.press("<Escape>")
    alice.go_to("lab")
    chat.wait_until(lambda: alice.model.room.name == "lab" and alice.model.room.joined)
    for answer in ("<Return>", "<Escape>", "<Tab>"):
        rows = labels(room_menu(chat).rows)
        alice.press(*["<Down>"] * (rows.index("Archive the room…") + 1), "<Return>")
        panel(chat, Question)
        assert "/unarchive lab brings it back" in alice.sees
        assert alice.model.room.joined
        alice.press(answer)  # the first is Cancel
    alice.press("<Return>")
    chat.wait_until(lambda: not alice.model.rooms["lab"].joined)
    chat.wait_until(lambda: "The room is archived." in alice.sees)
    chat.wait_until(lambda: "alice archived the room lab" in alice.read)
    chat.bob.ask(AskJoin("lab"))
    found = chat.bob.read_until(lambda event: isinstance(event, Refused))[-1]
    assert isinstance(found, Refused)
    assert found.why == "The room lab is archived."
    alice.say("/unarchive lab")
    chat.wait_until(lambda: "lab is back" in alice.read)
    alice.say("/join lab")
    chat.wait_until(lambda: alice.model.rooms["lab"].joined)
    assert "Archive the room…" in labels(room_menu(chat).rows)


def test_members_and_conversations_have_no_room_to_archive(chat: Chat) -> None:
    alice = chat.alice
    chat.bob.say("psst", "@alice")
    chat.wait_until(lambda: "@bob" in alice.model.rooms)
    ordering = alice.window._keeping.ordering
    assert ordering.on_room(alice.model.rooms["@bob"]) == []
    alice.go_to("lab")
    chat.wait_until(lambda: alice.model.room.name == "lab" and alice.model.room.joined)
    assert "Archive the room…" in labels(room_menu(chat).rows)
    alice.press("<Escape>")
    chat.appoint(Role.MEMBER)
    assert "Archive the room…" not in labels(room_menu(chat).rows)


def test_a_speed_of_its_own_is_offered_too(chat: Chat) -> None:
    ordered(chat.host, "/slow 7 general")
    chat.wait_until(lambda: "general" in chat.alice.model.order.rules)
    entries = chat.alice.window._keeping.ordering.on_room(chat.alice.model.room)
    assert [entry.text for entry in entries if entry.chosen] == ["One message in 7 seconds"]


def test_a_name_is_registered_with_two_equal_passwords(chat: Chat) -> None:
    alice = chat.alice
    entries = {entry.text: entry for entry in alice.window._menu_entries()}
    entries["Register my name with a password…"].action()
    asked = panel(chat, NewPassword)
    assert isinstance(asked, NewPassword)
    for first, second in (("horse", "house"), ("horse", "horse")):
        asked.entry.delete(0, "end")
        press(asked.entry, *first, "<Return>", *second, "<Return>")
    assert not asked.winfo_exists()
    chat.wait_until(lambda: "Your name has a password now." in alice.sees)
    assert "horse" not in alice.sees


def test_without_a_connection_nothing_is_offered(chat: Chat) -> None:
    alice = chat.alice
    chat.server.close()
    chat.wait_until(lambda: alice.model.link is Link.LOST)
    ordering = alice.window._keeping.ordering
    assert ordering.on_person("bob") == []
    assert ordering.on_room(alice.model.room) == []
    assert alice.window._keeping.menu_entries() == []


def test_a_message_of_somebody_else_is_deleted_after_a_question(chat: Chat) -> None:
    alice: Person = chat.alice
    chat.bob.confirm(chat.bob.say("bad words"))
    chat.wait_until(lambda: "bad words" in alice.read)
    alice.choose("bad words", "Delete")
    panel(chat, Question)
    assert "Delete this message of bob?" in alice.sees
    alice.press("<Return>")  # that is Cancel
    assert "bad words" in alice.read
    alice.choose("bad words", "Delete")
    panel(chat, Question)
    alice.press_button("Delete")
    chat.wait_until(lambda: "bad words" not in alice.read)
    chat.wait_until(lambda: "Message deleted" in alice.read)


def test_the_menu_on_a_message_leads_to_its_author(chat: Chat) -> None:
    alice: Person = chat.alice
    chat.bob.confirm(chat.bob.say("bad words"))
    chat.wait_until(lambda: "bad words" in alice.read)
    menu = alice.open_menu("bad words")
    pick(menu, "Silence, remove or ban bob…")
    chat.wait_until(lambda: labels(menu.rows) == [*PLAIN, *KEEPING])
    press(alice.keyboard, "<Escape>")
    name = alice.messages.text.tag_ranges("name")[0]
    assert alice.messages.text.get(str(name), f"{name} +3c") == "bob"
    alice.messages.menu.post_at(str(name))
    assert labels(menu.rows) == [*PLAIN, *KEEPING]


def test_the_host_changes_the_password_and_takes_it_away(chat: Chat) -> None:
    alice = chat.alice
    host_code = (chat.folder / "host-code").read_text("ascii").strip()
    alice.say(f"/host {host_code}")
    chat.wait_until(lambda: alice.model.order.role_of("alice") is Role.HOST)
    entries = {entry.text: entry for entry in alice.window._menu_entries()}
    entries["Password of the chat…"].action()
    asked = panel(chat, NewPassword)
    assert isinstance(asked, NewPassword)
    press(asked.entry, *"sesame", "<Return>", *"sesame", "<Return>")
    chat.wait_until(lambda: "The chat has a new password." in alice.sees)
    with TaggedClient(chat.server.address) as carol:
        carol.send(encode_hello(Hello("carol")))
        found = carol.read_until(lambda event: isinstance(event, Refused | Live))[-1]
        assert isinstance(found, Refused)
        assert found.code == "bad-password"
    entries["Password of the chat…"].action()
    panel(chat, NewPassword)
    alice.press_button("No password")
    chat.wait_until(lambda: "The chat has no password any more." in alice.sees)
    TaggedClient(chat.server.address, "dave").close()
