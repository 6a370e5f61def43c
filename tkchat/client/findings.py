"""What the connection doctor finds, in words for somebody who knows nothing of networks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from tkchat.client.nearby import Nearby
from tkchat.client.probes import Heard, Kind, is_number, likely_meant
from tkchat.i18n import listed, tr, trn
from tkchat.net.address import Address
from tkchat.net.errors import Cause
from tkchat.net.identity import words
from tkchat.wire.info import VERSION, Door, Info

CLOCK_MS = 2 * 60_000  # two clocks may be so far apart
QUICK_SECONDS = 1.0  # who answers sooner that there is no way is on the way, and says it on purpose
MOST_NEARBY = 5
_MS_PER_MINUTE = 60_000


class State(Enum):
    """How bad a finding is."""

    OK = "ok"
    WARN = "warn"  #: one can join, but should know this
    BAD = "bad"  #: like that one cannot join, or should not


class Step(Enum):
    """What was looked at."""

    NAME = "name"
    NETWORK = "network"
    CONNECT = "connect"
    HOST = "host"
    CERTIFICATE = "certificate"
    VERSION = "version"
    CLOCK = "clock"
    DOOR = "door"
    NEARBY = "nearby"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found out, in words; ``advice`` is what to do, if anything.

    ``nearby`` are chats that may be the one that was meant, ``join_code`` is what others join by.
    """

    step: Step
    state: State
    text: str
    advice: str = ""
    nearby: tuple[Nearby, ...] = ()
    join_code: str = ""


def misspelt(host: str) -> Finding | None:
    """Say what is wrong with an address that can be none; None for others."""
    if host in ("0.0.0.0", "::"):  # noqa: S104 (compared, not listened on)
        return Finding(
            Step.NAME,
            State.BAD,
            tr("{host} is no address to join: it stands for all addresses of a computer.").format(
                host=host
            ),
            tr("Ask the host for the address that its window shows."),
        )
    if guess := likely_meant(host):
        told = tr("{host} is not an address. Is {guess} meant?").format(host=host, guess=guess)
        return Finding(Step.NAME, State.BAD, told, tr("Type digits and dots only."))
    looks_like_number = host.replace(".", "").isdigit() and not is_number(host)
    if not looks_like_number:
        return None
    return Finding(
        Step.NAME,
        State.BAD,
        tr("{host} is not a whole address.").format(host=host),
        tr("One has four numbers from 0 to 255, with dots between: {example}.").format(
            example="192.168.1.20"
        ),
    )


def unknown_name(host: str, cause: Cause) -> Finding:
    """Say that no address was found for a name."""
    advice = tr("Check the spelling, or use its number, which the host's window shows.")
    if cause is Cause.TIMEOUT:
        told = tr("Nobody answers the question which computer {host} is.").format(host=host)
    else:
        told = tr("No computer is called {host} here.").format(host=host)
    return Finding(Step.NAME, State.BAD, told, advice)


def name_is(host: str, found: Sequence[str]) -> Finding:
    """Say which addresses a name stands for."""
    told = tr("{host} is {addresses}.").format(host=host, addresses=listed(found))
    return Finding(Step.NAME, State.OK, told)


def no_network() -> Finding:
    """Say that this computer is on its own."""
    return Finding(
        Step.NETWORK,
        State.BAD,
        tr("This computer is not in any network."),
        tr("Join the Wi-Fi, or plug in the cable."),
    )


def nothing_here(port: int) -> Finding:
    """Say that no chat is open on this computer."""
    return Finding(
        Step.CONNECT,
        State.BAD,
        tr("No chat is open on this computer at port {port}.").format(port=port),
        tr(
            "If the chat is on another computer, use that one's address. "
            "If it should be here, start it, or look which port it has."
        ),
    )


def only_from_here(port: int) -> Finding:
    """Say that this computer's chat listens to this computer only."""
    return Finding(
        Step.CONNECT,
        State.BAD,
        tr("The chat at port {port} takes connections from this computer only.").format(port=port),
        tr("Host it from the window, or start it with {option}, so that others can join.").format(
            option="--host 0.0.0.0"
        ),
    )


def no_way(address: Address, cause: Cause, seconds: float, *, is_near: bool) -> Finding:
    """Say why nobody could be reached at ``address``; it took so many seconds to be known."""
    host, port = address.host, address.port
    if cause is Cause.REFUSED:
        told = tr("The computer {host} is there, but nothing listens at port {port}.")
        advice = tr(
            "Ask the host whether the chat is running, whether others may join it or only the "
            "host's own computer, and whether the port is right. Some firewalls answer like "
            "this, too."
        )
    elif cause is Cause.TIMEOUT:
        told = tr("{host} does not answer at all: something swallows what is sent to port {port}.")
        advice = tr(
            "Mostly that is the firewall of the host's computer: allow tkchat there, or port "
            "{port}. Guest networks often keep their computers apart; then use another one."
        ).format(port=port)
        if not is_near:
            advice = tr(
                "Check the address: if it is wrong, this is what happens. If it is right, a "
                "firewall is in the way, on the host's computer or between the networks."
            )
    elif cause is Cause.UNREACHABLE and seconds < QUICK_SECONDS:
        told = tr("There is no way to {host}, or a firewall there turns this computer away.")
        advice = tr(
            "Check the address and your network. If both are right, allow tkchat, or port {port}, "
            "in the firewall of the host's computer."
        ).format(port=port)
    elif cause is Cause.UNREACHABLE:
        told = tr("No computer in this network has the address {host} right now.")
        advice = tr(
            "Is the host's computer on, awake and in the same network? Its address may have "
            "changed: look at the host's window again. Guest networks often keep their computers "
            "apart; then use another one."
        )
    else:
        told = tr("The system does not let this computer connect to {host}.")
        advice = tr("Look whether a firewall or a virus scanner of this computer forbids it.")
    return Finding(Step.CONNECT, State.BAD, told.format(host=host, port=port), advice)


def elsewhere(host: str, own: Sequence[str]) -> Finding:
    """Say that ``host`` is in another network than this computer."""
    told = tr("{host} is in another network than this computer, which is {addresses}.")
    return Finding(
        Step.NETWORK,
        State.WARN,
        told.format(host=host, addresses=listed(own)),
        tr("Both must be in the same Wi-Fi, or in networks that are joined."),
    )


def nearby(chats: Sequence[Nearby]) -> Finding:
    """Say which chats can be heard of instead."""
    shown = tuple(chats[:MOST_NEARBY])
    names = [f"{chat.title} ({chat.address})".strip() for chat in shown]
    told = tr("These chats are nearby: {chats}.").format(chats=listed(names))
    return Finding(Step.NEARBY, State.OK, told, tr("Is it one of them?"), shown)


def reached(address: Address) -> Finding:
    """Say that somebody listens."""
    return Finding(
        Step.CONNECT, State.OK, tr("Something listens at {address}.").format(address=address)
    )


def host(heard: Heard) -> Finding:
    """Say what answers."""
    match heard.kind:
        case Kind.TKCHAT if heard.info is not None and heard.info.title:
            told = tr("The chat {title} answers.").format(title=heard.info.title)
            return Finding(Step.HOST, State.OK, told)
        case Kind.TKCHAT:
            return Finding(Step.HOST, State.OK, tr("A chat answers."))
        case Kind.OTHER_TKCHAT:
            told = tr("A tkchat of another version answers.")
            advice = tr("Have the host and yourself install the newest tkchat.")
            return Finding(Step.VERSION, State.WARN, told, advice)
        case Kind.REFUSING:
            told = tr("The chat turns this computer away: {words}").format(words=heard.quote)
            return Finding(Step.DOOR, State.BAD, told)
        case Kind.CHAT if heard.quote:
            told = tr("A chat of another make answers. It says: {words}").format(words=heard.quote)
            return Finding(Step.HOST, State.WARN, told)
        case Kind.CHAT:
            told = tr("A simple chat answers, of another make.")
            advice = tr("One can join it, but messages may get lost and anybody can read along.")
            return Finding(Step.HOST, State.WARN, told, advice)
        case Kind.OTHER:
            told = tr("What listens there is no chat. It says: {words}").format(words=heard.quote)
        case Kind.SILENT:
            told = tr("Something listens there, but does not answer.")
        case Kind.HUNG_UP:
            told = tr("Something listens there, but hangs up at once.")
    advice = tr(
        "Check the port: another program has this one. The host's window shows the right one."
    )
    return Finding(Step.HOST, State.BAD, told, advice)


def encryption(found: bytes, key: bytes, pinned: bytes, problem: str) -> Finding:
    """Say whether the host is who it should be; ``found`` is its fingerprint, empty for none.

    ``key`` is how it should begin by the join code, ``pinned`` what it was before.
    """
    if not found and problem:
        told = tr("It encrypts in a way that this computer does not know ({why}).")
        advice = tr("Have the host and yourself install the newest tkchat.")
        return Finding(Step.CERTIFICATE, State.BAD, told.format(why=problem), advice)
    if not found and (key or pinned):
        told = tr("It does not encrypt, although this chat should.")
        return Finding(Step.CERTIFICATE, State.BAD, told, _do_not_join())
    if not found:
        return Finding(
            Step.CERTIFICATE,
            State.WARN,
            tr("It does not encrypt: anybody in the network can read along."),
            tr("Ask the host to use the newest tkchat, or say nothing there that is secret."),
        )
    if key and not found.startswith(key):
        told = tr("Another computer answers than the one that the join code is of.")
        return Finding(Step.CERTIFICATE, State.BAD, told, _do_not_join())
    if key:
        told = tr("It is the computer that the join code is of.")
        return Finding(Step.CERTIFICATE, State.OK, told)
    if pinned and pinned != found:
        told = tr("It shows another key than before: {words}.").format(words=words(found))
        return Finding(Step.CERTIFICATE, State.BAD, told, _do_not_join())
    if pinned:
        return Finding(Step.CERTIFICATE, State.OK, tr("It is the same computer as before."))
    told = tr("It encrypts, with the key {words}.").format(words=words(found))
    advice = tr("To be sure that it is the right one, compare these words with the host's.")
    return Finding(Step.CERTIFICATE, State.OK, told, advice)


def _do_not_join() -> str:
    return tr(
        "Do not join. Ask the host, face to face or by telephone, for the join code that its "
        "window shows now. If that does not help, somebody may pretend to be the host."
    )


def about(said: Info, now_ms: int) -> Iterator[Finding]:
    """Say what the host tells of itself; ``now_ms`` is this computer's clock."""
    if said.version != VERSION:
        yield Finding(
            Step.VERSION,
            State.BAD,
            tr("The host's tkchat is of another version than this one."),
            tr("Have the host and yourself install the newest tkchat."),
        )
    if said.time_ms is not None and (apart := abs(said.time_ms - now_ms)) > CLOCK_MS:
        minutes = round(apart / _MS_PER_MINUTE)
        told = trn(
            "The host's clock and this computer's are {count} minute apart.",
            "The host's clock and this computer's are {count} minutes apart.",
            minutes,
        )
        advice = tr("Set the wrong one: until then, the times of messages are wrong.")
        yield Finding(Step.CLOCK, State.WARN, told.format(count=minutes), advice)
    if Door.LOCKED in said.doors:
        told = tr("The chat is locked: nobody new is let in.")
        advice = tr("Ask the host to unlock it. Who was there before can come back.")
        yield Finding(Step.DOOR, State.WARN, told, advice)
    if Door.PASSWORD in said.doors:
        told, advice = tr("The chat has a password."), tr("Ask the host for it.")
        yield Finding(Step.DOOR, State.WARN, told, advice)
    if Door.APPROVAL in said.doors:
        told = tr("The host lets in each newcomer by hand.")
        yield Finding(Step.DOOR, State.WARN, told, tr("Join, and wait until the host has seen it."))


def not_by(address: Address) -> Finding:
    """Say that the chat here cannot be reached by one of this computer's addresses."""
    told = tr("The chat does not answer at {address}, an address of this computer.")
    return Finding(Step.CONNECT, State.WARN, told.format(address=address))


def reached_by(address: Address, join_code: str) -> Finding:
    """Say how others join the chat here."""
    if not join_code:
        told = tr("Others can join by {address}.").format(address=address)
    else:
        told = tr("Others can join by {address}, or with the join code {code}.").format(
            address=address, code=join_code
        )
    return Finding(Step.CONNECT, State.OK, told, join_code=join_code)


def firewall_unknown(port: int) -> Finding:
    """Say what cannot be known from here."""
    told = tr("Whether this computer's firewall lets others in can only be seen from another one.")
    advice = tr(
        "If others get no answer, allow tkchat, or port {port}, in this computer's firewall."
    )
    return Finding(Step.NETWORK, State.OK, told, advice.format(port=port))
