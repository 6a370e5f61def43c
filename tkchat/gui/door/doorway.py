"""Between the login dialog and the way in: shows in the one what is met on the other."""

from collections.abc import Callable, Iterator
from functools import partial
from threading import Event

from tkchat.client.doctor import examine
from tkchat.client.events import Problem
from tkchat.client.findings import Finding
from tkchat.client.nearby import Nearby
from tkchat.client.profile import Profile
from tkchat.gui.door.doctor_page import DoctorPage, doctor_title
from tkchat.gui.door.door_pages import WaitingPage, waiting_title
from tkchat.gui.door.login import Field, LoginDialog
from tkchat.gui.door.obstacles import Obstacles
from tkchat.gui.door.page import MakePage
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.entering import Attempt, Door, Entered, Entering, Refusal
from tkchat.gui.look.theme import Theme
from tkchat.gui.pump import Pump
from tkchat.net.address import Address


class Doorway:
    """Leads from the dialog that is open, if ``dialog`` returns one, into a chat.

    A chat that is hosted from here gets the port of ``host_here``. ``call_off`` ends what is under
    way.
    """

    def __init__(
        self,
        pump: Pump,
        theme: Theme,
        emoji: Emoji,
        profile: Profile,
        host_here: Address,
        dialog: Callable[[], LoginDialog | None],
        call_off: Callable[[], None],
        entered: Callable[[Entered], None],
    ) -> None:
        self._pump = pump
        self._theme = theme
        self._emoji = emoji
        self._dialog = dialog
        self._call_off = call_off
        door = Door(self._busy, self._problem, self._refused, self._waiting, entered)
        self.way_in = Entering(pump, profile, host_here, door)  #: behind the door
        self._obstacles = Obstacles(theme, emoji, self._show_page, call_off, self._go_on)

    def _go_on(self, deed: Callable[[Entering], None]) -> None:
        deed(self.way_in)

    def _busy(self, what: str) -> None:
        if dialog := self._dialog():
            dialog.show_busy(what)

    def _problem(self, field: Field, text: str) -> None:
        if dialog := self._dialog():
            dialog.show_problem(field, text)

    def _show_page(self, title: str, make: MakePage) -> None:
        if dialog := self._dialog():
            dialog.show_page(title, make)

    def _waiting(self, attempt: Attempt, seconds: int) -> None:
        self._show_page(
            waiting_title(),
            lambda parent: WaitingPage(
                parent, self._theme, self._emoji, attempt.name, seconds, self._call_off
            ),
        )

    def _refused(self, refusal: Refusal) -> None:
        dialog = self._dialog()
        if dialog is None:
            return
        if refusal.event.problem is Problem.NAME_REFUSED:
            dialog.show_problem(Field.NAME, refusal.text)
        elif not self._obstacles.show(refusal):
            find_out = partial(self._find_out, dialog, refusal.attempt)
            dialog.show_problem(Field.WHERE, refusal.text, find_out)

    def _find_out(self, dialog: LoginDialog, attempt: Attempt) -> None:
        def look(cancelled: Event) -> Iterator[Finding]:
            known = self.way_in.known_key(attempt.address)
            return examine(attempt.address, attempt.key, known, cancelled)

        def choose(chat: Nearby) -> None:
            dialog.show_idle()
            dialog.places.take_nearby(chat)
            dialog.submit()

        self._show_page(
            doctor_title(),
            lambda parent: DoctorPage(
                parent, self._theme, self._emoji, self._pump, look, dialog.show_idle, choose
            ),
        )
