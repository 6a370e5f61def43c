"""The list of what was decided, with a real host."""

import pytest

from tests.gui.driving import every, press, text_of
from tests.gui.order.order_chat import Chat
from tests.server.order_kit import ordered
from tkchat.gui.order.decisions_window import DecisionsWindow


def opened(chat: Chat) -> DecisionsWindow:
    """Open it by the window's menu."""
    entries = {entry.text: entry for entry in chat.alice.window._menu_entries()}
    entries["What was decided…"].action()
    shown = chat.alice.window._keeping._decisions
    assert shown is not None
    chat.wait_until(lambda: shown.winfo_viewable() and "Asking the host" not in said(shown))
    return shown


def said(window: DecisionsWindow) -> str:
    return " | ".join(text_of(each) for each in every(window))


@pytest.fixture
def decided(chat: Chat) -> Chat:
    for command in ("/mute bob 10 too loud", "/unmute bob", "/ban bob spam", "/slow 30 general"):
        ordered(chat.host, command)
    return chat


def test_it_tells_who_decided_what_about_whom_and_why(decided: Chat) -> None:
    window = opened(decided)
    decided.wait_until(lambda: window.lift_buttons)
    found = said(window)
    for part in (
        "host silenced bob | for 10 minutes: too loud",
        "host let bob write again",
        "host banned bob | spam",
        "host changed how often people speak in general | One message in 30 seconds",
        "bob, by host | spam",
        "host made alice a moderator",
    ):
        assert part in found, found
    assert found.index("host banned bob") < found.index("host silenced bob")  # the newest on top
    assert "Change the password" not in found  # which is the host's


def test_a_ban_is_lifted_by_keyboard(decided: Chat) -> None:
    window = opened(decided)
    decided.wait_until(lambda: window.lift_buttons)
    press(window.lift_buttons["bob"], "<Return>")
    decided.wait_until(lambda: not window.lift_buttons)
    decided.wait_until(lambda: "alice lifted the ban of bob" in said(window))
    assert ordered(decided.host, "/bans") == "There are none."
    press(window, "<Escape>")
    assert not window.winfo_exists()


def test_asked_for_again_it_is_up_to_date(chat: Chat) -> None:
    window = opened(chat)
    ordered(chat.host, "/mute bob")
    assert opened(chat) is window
    chat.wait_until(lambda: "host silenced bob | until further notice" in said(window))


def test_what_is_refused_is_said(chat: Chat) -> None:
    window = opened(chat)
    ordered(chat.host, "/unmoderator alice")
    window.ask()
    chat.wait_until(lambda: "Only the host and moderators can do that." in said(window))


@pytest.mark.parametrize("zoom", [100, 175])
def test_long_reasons_are_wrapped(decided: Chat, zoom: int) -> None:
    ordered(decided.host, f"/mute bob 10 {'on and on ' * 19}")
    decided.alice.app.theme.set_zoom(zoom)
    window = opened(decided)
    decided.wait_until(lambda: window.lift_buttons)
    right = window.winfo_rootx() + window.winfo_width()
    for widget in every(window):
        if widget.winfo_viewable():
            assert widget.winfo_rootx() + widget.winfo_width() <= right, text_of(widget)
