"""This person themselves, at the foot of the sidebar: a click changes what they are up to."""

import tkinter as tk
from collections.abc import Callable

from PIL import Image

from tkchat.client.presence import Presence
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.avatar import draw_avatar, initials
from tkchat.gui.look.elements import CLEAR, Box, rounded, to_photo
from tkchat.gui.look.palette import author_number
from tkchat.gui.look.theme import Theme
from tkchat.gui.places.presence_dots import SIZE as DOT_SIZE
from tkchat.gui.places.presence_dots import draw_dot, presence_label
from tkchat.gui.widgets.clipped_label import clip
from tkchat.gui.widgets.keyboard import has_keyboard
from tkchat.gui.widgets.menu import Entry, Menu
from tkchat.gui.widgets.menu_keys import bind_menu_keys
from tkchat.gui.widgets.sanitise import one_line

# All sizes in pixels of 96 dpi.
_AVATAR = 32
_MARGIN = 8
_RADIUS = 6
_RIM = 2  # between the avatar and the dot on its edge


class OwnPresence(tk.Canvas):
    """Shows a person's avatar, name and presence. ``entries`` is asked for the menu's lines."""

    def __init__(
        self, parent: tk.Misc, theme: Theme, emoji: Emoji, entries: Callable[[], list[Entry]]
    ) -> None:
        super().__init__(parent, highlightthickness=0, borderwidth=0, takefocus=True, width=1)
        self._theme = theme
        self._emoji = emoji
        self._entries = entries
        self._user = ""
        self._presence: Presence | None = Presence()
        self._is_hovered = False
        self._photos: list[tk.PhotoImage] = []
        self.menu = Menu(self, theme, emoji)
        self.configure(cursor="hand2")
        self.bind("<ButtonRelease-1>", lambda _event: self.open_menu())
        for key in ("<Return>", "<KP_Enter>", "<space>", "<Up>", "<Down>"):
            self.bind(key, lambda _event: self._opened())
        bind_menu_keys(self, lambda _event: self.open_menu(), self.open_menu)
        self.bind("<Enter>", lambda _event: self._hover(True))
        self.bind("<Leave>", lambda _event: self._hover(False))
        for event in ("<Configure>", "<FocusIn>", "<FocusOut>"):
            self.bind(event, lambda _event: self._draw())
        unsubscribe = theme.subscribe(self._restyle)
        self.bind("<Destroy>", lambda _event: unsubscribe())
        self._restyle()

    @property
    def text(self) -> str:
        """What is said of the person: their presence, in words."""
        return self._emoji.plain(one_line(presence_label(self._presence)))

    def show(self, user: str, presence: Presence | None) -> None:
        """Show who this person is; None is a presence that nobody else can see now."""
        if (user, presence) != (self._user, self._presence):
            self._user, self._presence = user, presence
            self._draw()

    def open_menu(self) -> None:
        """Open the menu above."""
        self.menu.post(self._entries(), self.winfo_rootx(), self.winfo_rooty(), "sw")

    def _opened(self) -> str:
        self.open_menu()
        return "break"

    def _hover(self, is_hovered: bool) -> None:
        self._is_hovered = is_hovered
        self._draw()

    def _restyle(self) -> None:
        fonts, px = self._theme.fonts, self._theme.px
        lines = int(fonts.bold.metrics("linespace")) + int(fonts.small.metrics("linespace"))
        height = max(lines, px(_AVATAR)) + px(14)
        self.configure(height=height, background=self._theme.palette.sidebar)
        self._draw()

    def _draw(self) -> None:
        self.delete("all")
        if self.winfo_width() <= 1:
            return
        fonts, palette, px = self._theme.fonts, self._theme.palette, self._theme.px
        self._photos = []
        is_focused = has_keyboard(self)
        margin, middle = px(_MARGIN), self.winfo_height() // 2
        if self._is_hovered or is_focused:
            fill = palette.hover if self._is_hovered else CLEAR
            size = self.winfo_width() - 2 * margin, self.winfo_height() - px(4)
            box = Box(fill, palette.accent if is_focused else "")
            self._put(rounded(*size, px(_RADIUS), box, max(px(1.5), 1)), margin, px(2), "nw")
        left = 2 * margin
        self._put(self._picture(), left, middle, "w")
        left += px(_AVATAR) + px(10)
        room = self.winfo_width() - 2 * margin - left
        name = clip(self._emoji.plain(one_line(self._user)), fonts.bold, room)
        status = clip(self.text, fonts.small, room)
        self.create_text(left, middle, text=name, anchor="sw", font=fonts.bold, fill=palette.text)
        self.create_text(
            left, middle, text=status, anchor="nw", font=fonts.small, fill=palette.muted
        )

    def _picture(self) -> Image.Image:
        palette, px = self._theme.palette, self._theme.px
        size, spot, rim = px(_AVATAR), px(DOT_SIZE), px(_RIM)
        fill = palette.authors[author_number(palette, self._user)]
        picture = draw_avatar(initials(self._user), size, fill, palette.on_author)
        ground = palette.hover if self._is_hovered else palette.sidebar
        at = size - spot
        state = self._presence.state if self._presence else None
        disc = rounded(spot + 2 * rim, spot + 2 * rim, spot, Box(ground))
        whole = Image.new("RGBA", (size + rim, size + rim), CLEAR)
        whole.paste(picture)
        whole.alpha_composite(disc, (at - rim, at - rim))
        whole.alpha_composite(draw_dot(state, self._theme), (at, at))
        return whole

    def _put(self, picture: Image.Image, x: int, y: int, anchor: str) -> None:
        photo = to_photo(self, picture)
        self._photos.append(photo)
        self.create_image(x, y, image=photo, anchor=anchor)
