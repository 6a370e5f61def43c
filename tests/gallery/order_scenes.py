"""The screens for inviting people, and for those who keep order."""

import tkinter as tk
from collections.abc import Iterator

from tests.gallery.stage import Stage
from tests.gui.driving import every, focus, press
from tests.gui.rows import labels
from tests.tagged import TaggedClient
from tkchat.client.order import Knock, Outcome, Role
from tkchat.client.ways_in import WayIn, WaysIn
from tkchat.gui.widgets.ask import Panel
from tkchat.net.address import Address
from tkchat.server.host_code import HOST_CODE_FILE
from tkchat.wire.join_code import JoinCode

Shots = Iterator[tuple[str, tk.Misc]]
KEY = bytes(range(40, 72))
WAYS = WaysIn(
    tuple(
        WayIn(Address(host), JoinCode(host, Address(host).port, KEY[:10]))
        for host in ("192.168.1.20", "10.8.0.4")
    ),
    KEY,
)


def invite(stage: Stage) -> Shots:
    """Show how others get into the chat, and what is said when nobody could."""
    chat = stage.ada.app._chat
    assert chat is not None
    chat._inviting.open()
    window = chat._inviting.shown
    assert window is not None
    stage.wait_until(lambda: "on this computer alone" in window._said)
    yield "invite-nowhere", window
    window.show_ways(WAYS)
    stage.update()
    focus(window.buttons["code"])
    yield "invite", window
    window.close()


def keeping_order(stage: Stage) -> Shots:
    """Show what those who keep order have: menus, questions, the door, and the list."""
    window, model = stage.ada.window, stage.ada.model
    code = (stage.people._folder / "host" / HOST_CODE_FILE).read_text("ascii").strip()
    window._keeping.ordering.carry_out(f"/host {code}")
    stage.wait_until(lambda: model.order.role_of("ada") is Role.HOST)
    TaggedClient(stage.server.address, "spammer").close()
    for command in ("/mute spammer 10 too many pictures", "/ban spammer advertisements"):
        window._keeping.ordering.carry_out(command)
    window._keeping.ordering.carry_out("/moderator grace")
    stage.wait_until(lambda: model.order.role_of("grace") is Role.MODERATOR)
    window._keeping.ordering.carry_out("/slow 30 design")
    window._keeping.ordering.carry_out("/lock design")
    stage.ada.go_to("design")
    stage.wait_until(lambda: "design" in model.order.rules and model.room.name == "design")
    focus(stage.ada.composer.entry)
    window.take([Knock(name, Outcome.WAITING, f"{name} asks") for name in ("edsger", "barbara")])
    yield "knock", window
    window.take([Knock(name, Outcome.GONE, f"{name} left") for name in ("edsger", "barbara")])
    people = window._where.sidebar.people
    stage.wait_until(lambda: "linus" in people.shown_keys())
    stage.ada.click_row(people, "linus", button=3)
    stage.wait_until(lambda: "Ban…" in labels(window._where._menu.rows))
    yield "order-person", window
    window._where._menu.close()
    window._where.header._open_room_menu()
    yield "order-room", window
    window._where.header.menu.close()
    window._keeping.ordering._ask_ban("linus")
    yield "ban", _panel(stage)
    _panel(stage).close()
    window._keeping.ordering.ask_register()
    yield "register", _panel(stage)
    _panel(stage).close()
    window._keeping.show_decisions()
    decisions = window._keeping._decisions
    assert decisions is not None
    stage.wait_until(lambda: decisions.lift_buttons)
    yield "decisions", decisions
    press(decisions, "<Escape>")


def _panel(stage: Stage) -> Panel:
    return next(each for each in every(stage.ada.root) if isinstance(each, Panel))
