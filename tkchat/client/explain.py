"""Problems in words that say what to do, for window and terminal alike."""

from tkchat.client import order_telling
from tkchat.client.events import CertificateChanged, Encrypted, NotIn, Problem
from tkchat.i18n import language, tr
from tkchat.net.address import Address
from tkchat.wire.command import BadUsage
from tkchat.wire.errors import RemoteError, WireError
from tkchat.wire.limits import MAX_NAME_CHARS
from tkchat.wire.names import SERVER, BadName, NameProblem


def explain(event: NotIn, address: Address) -> str:
    """Return one or two sentences: what went wrong, and what to do."""
    match event.problem:
        case Problem.NAME_REFUSED:
            return tr("{why} Please choose another name.").format(why=event.detail)
        case Problem.UNKNOWN_HOST:
            return tr(
                "No computer is called {host} here. Check the spelling, or use its number."
            ).format(host=address.host)
        case Problem.NOBODY_LISTENS:
            return tr(
                "No chat is open at {address}. Ask the host whether it is running, and where."
            ).format(address=address)
        case Problem.NO_ANSWER:
            return tr(
                "{address} did not answer. Check the address, or whether a firewall is in the way."
            ).format(address=address)
        case Problem.UNREACHABLE:
            return tr("This computer has no way to {host}. Check your network connection.").format(
                host=address.host
            )
        case Problem.CHAT_PASSWORD:
            told = tr("{why} Ask whoever hosts this chat for its password.")
            return told.format(why=event.detail)
        case Problem.NAME_PASSWORD:
            told = tr("{why} If the name is yours, type the password that you gave it.")
            return told.format(why=event.detail)
        case Problem.REMOVED:
            why = order_telling.removed(event.detail)
            return tr("You were put out of this chat. {why}").format(why=why)
        case Problem.OTHER_CERTIFICATE:
            return tr(
                "{address} does not have the key that it is known by. It may be another computer "
                "that pretends to be it, or its host began anew. Nothing was sent. Ask whoever "
                "hosts the chat for its join code, and join with that."
            ).format(address=address)
        case Problem.NOT_ENCRYPTED if event.detail:
            told = tr("{address} does not encrypt. It says: {why}")
            return told.format(address=address, why=event.detail)
        case Problem.NOT_ENCRYPTED:
            return tr(
                "{address} does not encrypt: others in the network could read along. Nothing was "
                "sent."
            ).format(address=address)
        case Problem.NO_LONGER_ENCRYPTED:
            return tr(
                "{address} encrypted before, and does not now. Somebody else may answer there. "
                "Nothing was sent."
            ).format(address=address)
        case Problem.NOT_LET_IN:
            why = event.detail or tr("It closed the connection.")
            return tr("{address} did not let you in: {why}").format(address=address, why=why)
        case _:
            told = tr("Joining {address} failed: {why}.")
            return told.format(address=address, why=event.detail)


def explain_key(event: Encrypted | CertificateChanged, address: Address) -> str:
    """Return what there is to know about the key of a host, empty for nothing new."""
    match event:
        case Encrypted(words, is_new=True):
            return tr(
                "The key of {address} is new to this computer: {words}. Whoever hosts the chat "
                "sees the same words, unless somebody is in between."
            ).format(address=address, words=words)
        case CertificateChanged(known_words=known, found_words=found):
            told = tr("Its key should be {known}, and is {found}.")
            return told.format(known=known, found=found)
        case _:
            return ""


def explain_refusal(error: WireError) -> str:
    """Return why something cannot be said, done or called so, as found out on this side."""
    match error:
        case BadName():
            return _name_problem(error)
        case BadUsage():
            return tr("It is typed like this: {usage}").format(usage=error.usage)
        case RemoteError(code="empty" | "too-long"):
            return explain_code(error.code, str(error))
        case _:
            return str(error)


def explain_code(code: str, why: str) -> str:
    """Return why a host refused something, ``why`` being what it said itself.

    That is English and more precise than its code, so English readers get it, and others where it
    is one of those that are known.
    """
    if code == "not-allowed" and (said := order_telling.not_allowed(why)):
        return said
    texts = {
        "empty": tr("There is no text in it."),
        "too-long": tr("It is too long."),
        "no-room": tr("There is no such room, or nobody of that name."),
        "not-allowed": tr("You are not allowed to do that."),
        "no-such-message": tr("That message is gone, or cannot be seen."),
        "bad-name": tr("That name is not allowed."),
        "name-taken": tr("That name is taken."),
        "bad-password": tr("That password is missing or wrong."),
        "server-full": tr("There are too many people in this chat just now."),
        "storage": tr("The host cannot write to its disk."),
    }
    return why if language() == "en" else texts.get(code, why)


def _name_problem(error: BadName) -> str:
    match error.problem:
        case NameProblem.EMPTY:
            return tr("A name cannot be empty.")
        case NameProblem.SPACE:
            return tr("A name cannot have a space in it.")
        case NameProblem.CHARACTER if len(error.char) == 1:
            return tr("A name cannot have {char} in it.").format(char=error.char)
        case NameProblem.TOO_LONG:
            return tr("A name has at most {count} characters.").format(count=MAX_NAME_CHARS)
        case NameProblem.RESERVED:
            return tr("The name {name} is the host's own.").format(name=SERVER)
        case _:
            return tr("A name cannot be written like that.")
