"""The dots that tell who is here, away or busy."""

import tkinter as tk

from tkchat.client.presence import Presence, State
from tkchat.gui.look.palette import DARK, LIGHT
from tkchat.gui.look.theme import Theme
from tkchat.gui.places.presence_dots import SIZE, PresenceDots, draw_dot, presence_label


def test_a_presence_in_words() -> None:
    assert presence_label(None) == "Not in the chat"
    assert presence_label(Presence()) == "Here"
    assert presence_label(Presence(State.AWAY, "back at 3")) == "Away · back at 3"
    assert presence_label(Presence(State.BUSY)) == "Do not disturb"


def test_the_states_differ_in_shape_and_not_only_in_colour(theme: Theme) -> None:
    shapes = set()
    for state in (*State, None):
        image = draw_dot(state, theme)
        assert image.size == (theme.px(SIZE), theme.px(SIZE))
        ground = LIGHT.sidebar
        bare = tuple(int(ground[at : at + 2], 16) for at in (1, 3, 5))
        data = image.tobytes()
        pixels = [data[at : at + 4] for at in range(0, len(data), 4)]
        solid = [pixel[3] > 200 and tuple(pixel[:3]) != bare for pixel in pixels]
        shapes.add(tuple(solid))
    assert len(shapes) >= 3  # away and gone are both rings, of different strength


def test_they_are_redrawn_in_place(root: tk.Tk, theme: Theme) -> None:
    dots = PresenceDots(root, theme)
    photo = dots.photo(Presence())
    for palette in (LIGHT, DARK):
        theme.use(palette)
        red, green, blue = photo.get(theme.px(SIZE) // 2, theme.px(SIZE) // 2)
        assert f"#{red:02x}{green:02x}{blue:02x}" == palette.online
    assert dots.photo(Presence(text="hungry")) is photo
    assert dots.photo(None) is not photo


def test_a_window_that_is_gone_does_not_follow_the_theme(root: tk.Tk, theme: Theme) -> None:
    window = tk.Toplevel(root)
    PresenceDots(window, theme)
    window.destroy()
    theme.use(DARK)
