"""The way in: what the login dialog offers, and what it shows when something stands in the way."""

import tkinter as tk
from collections.abc import Callable, Iterator

from tests.gallery.stage import Stage
from tests.gui.apps import Person
from tests.gui.driving import press, type_text
from tkchat.client.events import CertificateChanged, NotIn, Problem
from tkchat.client.nearby import Nearby
from tkchat.gui.entering import Attempt, Refusal
from tkchat.net.address import Address

Shots = Iterator[tuple[str, tk.Misc]]
HOST = Address("192.168.1.20")
NOBODY_LISTENS = Address("127.0.0.1", 9)
CHANGED = CertificateChanged(
    HOST, "lusab-babad-gutih-tugad-mudof-sakat", "hujib-zodiv-nalos-bamuk-fosir-tidap", bytes(32)
)
CHATS = (
    Nearby("Class 3b", 12, HOST),
    Nearby("Design team", 3, Address("192.168.1.31")),
    Nearby("Lab", 1, Address("192.168.1.44")),
)


def nearby(stage: Stage) -> Shots:
    """Show the chats nearby in the login dialog, and how to host one oneself."""
    ada = _at_the_dialog(stage)
    places = ada.dialog.places
    places.look()
    places.show_nearby(CHATS)
    assert places._nearby is not None
    places._nearby._chosen(str(HOST))
    stage.wait_until(lambda: "Class 3b" in ada.sees)
    yield "login-nearby", ada.dialog
    press(places.set_up, "<space>")
    type_text(ada.keyboard, "Design")
    yield "login-options", ada.dialog
    ada.close()


def in_the_way(stage: Stage) -> Shots:
    """Show the pages on passwords, keys and waiting."""
    attempt = Attempt("ada", HOST)
    for name, event, changed in (
        ("password", NotIn(Problem.CHAT_PASSWORD), None),
        ("other-key", NotIn(Problem.OTHER_CERTIFICATE), CHANGED),
        ("not-encrypted", NotIn(Problem.NOT_ENCRYPTED, "Welcome!"), None),
    ):
        ada = _at_the_dialog(stage)
        ada.app._find_way_in()._door.refused(Refusal(attempt, event, changed))
        stage.wait_until(lambda: ada.dialog.page is not None)  # noqa: B023 - used at once
        yield f"login-{name}", ada.dialog
        ada.close()
    ada = _at_the_dialog(stage)
    ada.app._find_way_in()._door.waiting(attempt, 600)
    yield "login-waiting", ada.dialog
    ada.close()


def doctor(stage: Stage) -> Shots:
    """Show why a chat cannot be joined, as the doctor found it."""
    ada = stage.newcomer()
    ada.app.open(NOBODY_LISTENS, "ada")
    stage.wait_until(lambda: "Find out why" in ada.sees)
    press(ada.dialog.places.why, "<space>")
    stage.wait_until(lambda: ada.dialog.page is not None)
    stage.wait_until(lambda: "Looking…" not in ada.sees)
    yield "doctor", ada.dialog
    ada.close()


def _at_the_dialog(stage: Stage) -> Person:
    """Start a program whose dialog is complete."""
    ada = stage.newcomer()
    ada.app.open(name="ada")
    stage.wait_until(ada.dialog.places.set_up.winfo_ismapped)
    return ada


DOOR_SCENES: tuple[Callable[[Stage], Shots], ...] = (nearby, in_the_way, doctor)
