"""Counts in pills."""

import tkinter as tk

from tkchat.gui.look.badge import Badges, draw_badge
from tkchat.gui.look.palette import DARK
from tkchat.gui.look.theme import Theme


def test_a_pill_is_as_wide_as_its_number_needs(theme: Theme) -> None:
    narrow, wide = draw_badge("3", theme), draw_badge("1,234", theme)
    assert narrow.height == wide.height == theme.px(20)
    assert narrow.width < wide.width


def test_only_pills_in_use_are_kept_and_shared(root: tk.Tk, theme: Theme) -> None:
    badges = Badges(root, theme)
    first = badges.photos([(3, False), (3, False), (12, False)])
    assert set(first) == {(3, False), (12, False)}
    second = badges.photos([(12, False), (12, True), (20_000, False)])
    assert second[12, False] is first[12, False]
    assert len({str(photo) for photo in second.values()}) == 3


def test_a_new_theme_draws_them_anew(root: tk.Tk, theme: Theme) -> None:
    badges = Badges(root, theme)
    before = badges.photos([(3, False)])[3, False]
    theme.use(DARK)
    badges.forget()
    assert badges.photos([(3, False)])[3, False] is not before
