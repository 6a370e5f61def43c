"""How far an own message has come."""

import tkinter as tk
from datetime import timedelta

from tests.gui.sample_messages import NOON, said, waiting
from tkchat.client.message import Delivery
from tkchat.gui.look.palette import DARK
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.delivery_marks import WaitingMark, is_late, trouble


def test_a_message_is_late_after_a_second() -> None:
    message = waiting("mine")
    assert not is_late(message, NOON + timedelta(seconds=0.9))
    assert is_late(message, NOON + timedelta(seconds=1))
    assert not is_late(said("sent"), NOON + timedelta(days=1))


def test_a_clock_that_was_set_back_hides_nothing() -> None:
    assert is_late(waiting("mine"), NOON - timedelta(hours=1))


def test_trouble_is_told_with_its_reason() -> None:
    message = waiting("mine")
    assert trouble(message) == ""
    message.delivery = Delivery.DOUBTFUL
    assert trouble(message) == "May not have arrived"
    message.delivery = Delivery.REFUSED
    assert trouble(message) == "Not sent"
    message.why = "Too long."
    assert trouble(message) == "Not sent: Too long."


def test_the_mark_follows_theme_and_zoom(root: tk.Tk, theme: Theme) -> None:
    mark = WaitingMark(root, theme)
    width, colour = mark.photo.width(), mark.photo.get(10, 1)
    theme.use(DARK)
    theme.set_zoom(200)
    mark.redraw()
    assert mark.photo.width() > 1.8 * width
    assert mark.photo.get(20, 2) != colour
