"""What is said of roles, of rules and of decisions. No tkinter."""

import re
from collections.abc import Callable
from datetime import datetime

from tkchat.client.model import Model
from tkchat.client.order import Audit, Banned, Role, Rules
from tkchat.i18n import tr, trn
from tkchat.wire.entry import format_time
from tkchat.wire.names import GENERAL

_FOR_MINUTES = re.compile(r"for (\d{1,9}) minutes?(?:: |\Z)")


def role_word(role: Role) -> str:
    """Return what stands beside a name; nothing for a member."""
    return {Role.HOST: tr("host"), Role.MODERATOR: tr("moderator")}.get(role, "")


def role_text(role: Role) -> str:
    """Return what a role means; nothing for a member."""
    texts = {
        Role.HOST: tr("Host: this chat is theirs"),
        Role.MODERATOR: tr("Moderator: keeps order in this chat"),
    }
    return texts.get(role, "")


def slow_text(seconds: int) -> str:
    """Return how often people may speak."""
    if not seconds:
        return tr("Speak as often as one likes")
    if seconds % 60 == 0:
        minutes = seconds // 60
        said = trn("One message in {count} minute", "One message in {count} minutes", minutes)
        return said.format(count=minutes)
    said = trn("One message in {count} second", "One message in {count} seconds", seconds)
    return said.format(count=seconds)


def rules_text(rules: Rules) -> str:
    """Return what holds in a room, for a tool-tip."""
    told = []
    if rules.is_locked and rules.room == GENERAL:
        told.append(tr("Locked: nobody new comes into the chat"))
    elif rules.is_locked:
        told.append(tr("Locked: nobody new comes into this room"))
    if rules.slow_seconds:
        told.append(tr("{rule} for each person").format(rule=slow_text(rules.slow_seconds)))
    return "\n".join(told)


def muted_text(model: Model, clock: Callable[[datetime], str]) -> str:
    """Return why this person may say nothing, and until when; empty if they may."""
    order = model.order
    if not order.is_muted:
        return ""
    why = order.muted_text.rstrip(".")
    if order.muted_until is None:
        until = tr("You can read on, and write again when they let you.")
    else:
        until = tr("You can write again at {time}.").format(time=clock(order.muted_until))
    return tr("{why}. {until}").format(why=why, until=until) if why else until


def decision_text(decision: Audit) -> str:
    """Return who decided what about whom."""
    texts = {
        "host": tr("{by} proved to be the host"),
        "member": tr("{about} is the host no longer"),
        "moderator": tr("{by} made {about} a moderator"),
        "unmoderator": tr("{by} took the role of moderator from {about}"),
        "mute": tr("{by} silenced {about}"),
        "unmute": tr("{by} let {about} write again"),
        "kick": tr("{by} removed {about} from the chat"),
        "ban": tr("{by} banned {about}"),
        "unban": tr("{by} lifted the ban of {about}"),
        "lock": tr("{by} locked {about}"),
        "unlock": tr("{by} unlocked {about}"),
        "slow": tr("{by} changed how often people speak in {about}"),
        "archive": tr("{by} archived the room {about}"),
        "unarchive": tr("{by} brought the room {about} back"),
        "delete": tr("{by} deleted a message of {about}"),
        "approve": tr("{by} let {about} in"),
        "reject": tr("{by} sent {about} away"),
        "password": tr("{by} changed the password of the chat"),
        "register": tr("{by} registered their name"),
    }
    said = texts.get(decision.action)
    if said is None:  # of a newer host
        said = "{by}: " + decision.action + (" {about}" if decision.about else "")
    return said.format(by=decision.by, about=decision.about)


def decision_reason(decision: Audit) -> str:
    """Return for how long, and why; empty if nothing was said."""
    what = f"{decision.by}: {decision.action} {decision.about}".rstrip()
    text = decision.text.removeprefix(f"{format_time(decision.time_ms)} {what}")
    text = text.removeprefix(": ")
    match decision.action:
        case "mute" if found := _FOR_MINUTES.match(text):
            minutes = int(found[1])
            said = trn("for {count} minute", "for {count} minutes", minutes).format(count=minutes)
            why = text[found.end() :]
            return tr("{how_long}: {why}").format(how_long=said, why=why) if why else said
        case "mute" if text == "":
            return tr("until further notice")
        case "slow":
            return slow_text(int(text)) if text.isascii() and text.isdigit() else slow_text(0)
        case "password" | "lock" | "unlock":
            return ""
        case "member":
            return tr("the host's code was changed")
    return text


def ban_reason(ban: Banned) -> str:
    """Return why somebody is kept out; empty if nothing was said."""
    return ban.text.removeprefix(f"{ban.user}, by {ban.by}").removeprefix(": ")
