"""The sidebar's list of who is in the room."""

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tkchat.client.order import Role
from tkchat.client.presence import Presence
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.order.order_words import role_text, role_word
from tkchat.gui.places.presence_dots import PresenceDots, presence_label
from tkchat.gui.widgets.row_draw import Row
from tkchat.gui.widgets.row_list import RowList
from tkchat.gui.widgets.sanitise import one_line
from tkchat.i18n import grouped, tr

_CAPTION = "CAPTION"

# A name, None if not known, whether it is own, and what they may do.
_Looks = tuple[str, Presence | None, bool, Role]


@dataclass(frozen=True, slots=True)
class People:
    """Who is in a room, or in the chat as a whole if ``everywhere``.

    Without ``is_known`` they are those who were there when that was known last. ``presence`` has
    those who are away or busy, or say something, ``roles`` those who keep order.
    """

    names: Sequence[str]
    own: str
    presence: dict[str, Presence]
    is_known: bool = True
    everywhere: bool = False
    roles: Mapping[str, Role] = field(default_factory=dict)


class PeopleList(RowList):
    """Names with a dot. ``on_activate`` gets the name that is clicked, or chosen with Return."""

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        dots: PresenceDots,
        *,
        on_activate: Callable[[str], None] = lambda _name: None,
        on_menu: Callable[[str, int, int], None] = lambda _name, _x, _y: None,
    ) -> None:
        super().__init__(parent, theme, on_choose=on_activate, on_menu=on_menu)
        self._emoji = emoji
        self._dots = dots
        self._made: dict[_Looks, Row] = {}  # of those shown: there may be thousands

    def show(self, people: People) -> None:
        """Show these people, sorted; this person is marked as "you"."""
        names = sorted(people.names, key=str.casefold)
        nothing_said = Presence()
        looks = [
            (
                name,
                people.presence.get(name, nothing_said) if people.is_known else None,
                name == people.own,
                people.roles.get(name, Role.MEMBER),
            )
            for name in names
        ]
        self._made = {look: self._made.get(look) or self._row(*look) for look in looks}
        self.put([Row(_CAPTION, _caption(people), is_caption=True), *self._made.values()])

    def _row(self, name: str, presence: Presence | None, is_own: bool, role: Role) -> Row:
        plain = self._emoji.plain
        shown = plain(one_line(name))
        said = plain(one_line(presence.text)) if presence else ""
        label = plain(one_line(presence_label(presence))) if presence else ""
        return Row(
            name,
            tr("{name} (you)").format(name=shown) if is_own else shown,
            note=" · ".join(filter(None, (role_word(role), said))),
            lead=self._dots.photo(presence),
            faint=presence is None,
            tip="\n".join(filter(None, (label, role_text(role)))),
        )


def _caption(people: People) -> str:
    text = tr("IN THE CHAT") if people.everywhere else tr("IN THIS ROOM")
    return f"{text} — {grouped(len(people.names))}" if people.is_known else text
