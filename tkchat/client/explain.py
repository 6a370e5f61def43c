"""Problems in words that say what to do, for window and terminal alike."""

from tkchat.client.events import NotIn, Problem
from tkchat.i18n import tr
from tkchat.net.address import Address


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
        case Problem.NOT_LET_IN:
            why = event.detail or tr("It closed the connection.")
            return tr("{address} did not let you in: {why}").format(address=address, why=why)
        case _:
            told = tr("Joining {address} failed: {why}.")
            return told.format(address=address, why=event.detail)
