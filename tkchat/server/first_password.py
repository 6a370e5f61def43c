"""The chat's password, as it is given when the chat is hosted."""

from tkchat.server import moderation
from tkchat.server.guard import Guard
from tkchat.server.hub import Hub
from tkchat.server.log_records import NOT_STORED, LogError
from tkchat.wire.errors import RemoteError
from tkchat.wire.names import SERVER


def set_first_password(hub: Hub, guard: Guard, password: str) -> None:
    """Make ``password`` the chat's; those who have shown the same before need not do so again.

    Raises:
        LogError: it cannot be a password, or cannot be stored.
    """
    try:
        present = hub.ask(lambda chat: chat.order.password.hash)
        is_same = guard.passwords.verify(present, password) if present and password else False
        if is_same or present == password == "":
            return
        hashed = guard.passwords.hash(password) if password else ""
        hub.ask(lambda chat: moderation.change_password(chat, SERVER, hashed))
        if hub.ask(lambda chat: chat.order.password.hash) != hashed:
            raise LogError(NOT_STORED)
    except RemoteError as error:
        raise LogError(str(error)) from error
