"""Which page there is for which problem."""

import tkinter as tk

import pytest

from tkchat.client.events import CertificateChanged, NotIn, Problem
from tkchat.gui.door.door_pages import PasswordPage, RemovedPage
from tkchat.gui.door.key_pages import NoKeyPage, OtherKeyPage
from tkchat.gui.door.obstacles import Obstacles
from tkchat.gui.door.page import MakePage, Page
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.entering import Attempt, Refusal
from tkchat.gui.look.theme import Theme
from tkchat.net.address import Address

PC7 = Address("pc7")
PAGES = {
    Problem.CHAT_PASSWORD: PasswordPage,
    Problem.NAME_PASSWORD: PasswordPage,
    Problem.OTHER_CERTIFICATE: OtherKeyPage,
    Problem.NOT_ENCRYPTED: NoKeyPage,
    Problem.NO_LONGER_ENCRYPTED: NoKeyPage,
    Problem.REMOVED: RemovedPage,
}


@pytest.mark.parametrize("problem", Problem)
def test_each_problem_has_its_page_or_none(
    root: tk.Tk, theme: Theme, emoji: Emoji, problem: Problem
) -> None:
    shown: list[Page] = []

    def show(title: str, make: MakePage) -> None:
        assert title
        shown.append(make(root))

    obstacles = Obstacles(theme, emoji, show, lambda: None, lambda _: None)
    changed = CertificateChanged(PC7, "lusab", "hujib", bytes(32))
    refusal = Refusal(Attempt("ada", PC7), NotIn(problem, "why"), changed)
    assert obstacles.show(refusal) == bool(shown) == (problem in PAGES)
    assert [type(page) for page in shown] == [
        kind for each, kind in PAGES.items() if each is problem
    ]
