"""Which page there is for what stands in the way into a chat, or back into it."""

from collections.abc import Callable

from tkchat.client.events import CertificateChanged, Problem
from tkchat.client.order_telling import removed
from tkchat.gui.door.door_pages import PasswordPage, RemovedPage, password_title
from tkchat.gui.door.key_pages import NoKeyPage, OtherKeyPage, SurePage, key_title, sure_title
from tkchat.gui.door.page import MakePage
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.entering import Entering, Refusal
from tkchat.gui.look.theme import Theme
from tkchat.i18n import tr


class Obstacles:
    """Makes pages and has them shown by ``show``, which gets a title and what makes the page.

    ``cancel`` gives up. ``go_on`` gets what is to be done with the way in, once a person has said
    so.
    """

    def __init__(
        self,
        theme: Theme,
        emoji: Emoji,
        show: Callable[[str, MakePage], None],
        cancel: Callable[[], None],
        go_on: Callable[[Callable[[Entering], None]], None],
    ) -> None:
        self._theme = theme
        self._emoji = emoji
        self._show = show
        self._cancel = cancel
        self._go_on = go_on

    def show(self, refusal: Refusal) -> bool:
        """Show the page for what stands in the way; tell whether there is one."""
        match refusal.event.problem:
            case Problem.CHAT_PASSWORD | Problem.NAME_PASSWORD:
                self._ask_password(refusal)
            case Problem.OTHER_CERTIFICATE if refusal.changed is not None:
                self._show_other_key(refusal.changed)
            case Problem.NOT_ENCRYPTED | Problem.NO_LONGER_ENCRYPTED:
                self._show_no_key(refusal)
            case Problem.REMOVED:
                self._show(
                    tr("You were put out of this chat"),
                    lambda parent: RemovedPage(
                        parent,
                        self._theme,
                        self._emoji,
                        removed(refusal.event.detail),
                        self._cancel,
                    ),
                )
            case _:
                return False
        return True

    def _ask_password(self, refusal: Refusal) -> None:
        problem, attempt = refusal.event.problem, refusal.attempt
        is_of_chat = problem is Problem.CHAT_PASSWORD

        def done(password: str) -> None:
            if is_of_chat:
                self._go_on(lambda way: way.try_again(password=password))
            else:
                self._go_on(lambda way: way.try_again(name_password=password))

        self._show(
            password_title(problem),
            lambda parent: PasswordPage(
                parent,
                self._theme,
                self._emoji,
                problem,
                attempt.name,
                self._cancel,
                done,
                is_wrong=bool(attempt.password if is_of_chat else attempt.name_password),
            ),
        )

    def _show_other_key(self, changed: CertificateChanged) -> None:
        self._show(
            key_title(),
            lambda parent: OtherKeyPage(
                parent,
                self._theme,
                self._emoji,
                changed,
                self._cancel,
                lambda: self._make_sure(changed),
            ),
        )

    def _make_sure(self, changed: CertificateChanged) -> None:
        self._show(
            sure_title(),
            lambda parent: SurePage(
                parent,
                self._theme,
                self._emoji,
                changed,
                self._cancel,
                lambda: self._go_on(lambda way: way.trust(changed)),
            ),
        )

    def _show_no_key(self, refusal: Refusal) -> None:
        attempt = refusal.attempt
        was_known = refusal.event.problem is Problem.NO_LONGER_ENCRYPTED
        join = lambda: self._go_on(lambda way: way.try_again(plaintext=True))  # noqa: E731 - it needs no name
        self._show(
            tr("This chat is not encrypted"),
            lambda parent: NoKeyPage(
                parent,
                self._theme,
                self._emoji,
                attempt.address,
                refusal.event.detail,
                self._cancel,
                None if was_known else join,
                by_code=bool(attempt.key),
            ),
        )
