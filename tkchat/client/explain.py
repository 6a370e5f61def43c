"""Problems in words that say what to do, for window and terminal alike."""

from tkchat.client.events import NotIn, Problem
from tkchat.net.address import Address


def explain(event: NotIn, address: Address) -> str:
    """Return one or two sentences: what went wrong, and what to do."""
    match event.problem:
        case Problem.NAME_REFUSED:
            return f"{event.detail} Please choose another name."
        case Problem.UNKNOWN_HOST:
            return (
                f"No computer is called {address.host} here. Check the spelling, or use its number."
            )
        case Problem.NOBODY_LISTENS:
            return f"No chat is open at {address}. Ask the host whether it is running, and where."
        case Problem.NO_ANSWER:
            return (
                f"{address} did not answer. Check the address, or whether a firewall is in the way."
            )
        case Problem.UNREACHABLE:
            return f"This computer has no way to {address.host}. Check your network connection."
        case Problem.NOT_LET_IN:
            why = event.detail or "It closed the connection."
            return f"{address} did not let you in: {why}"
        case _:
            return f"Joining {address} failed: {event.detail}."
