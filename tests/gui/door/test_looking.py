"""Listening for chats while the dialog is open."""

import threading
import tkinter as tk
from collections.abc import Sequence

from tests.gui.driving import wait_until
from tkchat.client.nearby import Nearby
from tkchat.gui.door.looking import Looking
from tkchat.gui.pump import Pump
from tkchat.net.address import Address


def listeners() -> list[str]:
    return [each.name for each in threading.enumerate() if each.name == "nearby"]


def test_it_begins_in_the_background_and_ends_with_close(root: tk.Tk) -> None:
    pump = Pump(root)
    looking = Looking(pump, lambda _: None)
    assert listeners() == []
    wait_until(root, listeners)
    looking.close()
    wait_until(root, lambda: not listeners(), 10)
    looking.close()


def test_closed_before_it_began_it_never_does(root: tk.Tk) -> None:
    pump = Pump(root)
    made: list[bool] = []
    looking = Looking(pump, lambda _: None)
    looking.close()
    pump.in_background(lambda: None, lambda _: made.append(True))
    wait_until(root, lambda: made)
    assert listeners() == []


def test_what_is_heard_is_shown(root: tk.Tk) -> None:
    shown: list[Sequence[Nearby]] = []
    looking = Looking(Pump(root), shown.append)
    chats = (Nearby("Class 3b", 3, Address("pc7")),)
    looking._heard.put(())
    looking._heard.put(chats)
    wait_until(root, lambda: shown)
    assert shown[-1] == chats
    looking.close()
