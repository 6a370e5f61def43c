"""What tkchat remembers from one start to the next: a file that a person may read and edit."""

import json
import os
from collections.abc import Callable
from dataclasses import Field, asdict, dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Any

from tkchat.i18n import listed, tr
from tkchat.wire.limits import MAX_STATUS_CHARS

RECENT_ADDRESSES = 8
MIN_ZOOM = 50  #: per cent
MAX_ZOOM = 250

Rule = Callable[[Any], str]
"""Returns what a value must be, in words, if it is not that already; else an empty text."""


def _one_of(allowed: tuple[str, ...], value: Any) -> str:
    return "" if value in allowed else tr("one of {values}").format(values=listed(allowed))


def _number(low: int, high: int, value: Any) -> str:
    if type(value) is int and low <= value <= high:
        return ""
    return tr("a whole number from {low} to {high}").format(low=low, high=high)


def _flag(value: Any) -> str:
    return "" if isinstance(value, bool) else tr("true or false")


def _text(most: int, value: Any) -> str:
    if isinstance(value, str) and len(value) <= most:
        return ""
    return tr("a text of at most {count} characters").format(count=most)


def _texts(value: Any) -> str:
    is_right = isinstance(value, list) and all(isinstance(each, str) for each in value)
    return "" if is_right else tr("a list of texts")


def _choice(*allowed: str) -> Any:
    return field(default=allowed[0], metadata={"rule": partial(_one_of, allowed)})


def _switch(*, default: bool) -> Any:
    return field(default=default, metadata={"rule": _flag})


def _line(most: int = 1000) -> Any:
    return field(default="", metadata={"rule": partial(_text, most)})


@dataclass(slots=True)
class Settings:
    """All that can be set, in the order of the file; what is not in a file has its default."""

    #: ``system`` is like the desktop, ``contrast`` black and white, dark if the desktop is
    theme: str = _choice("system", "light", "dark", "contrast")
    zoom: int = field(default=100, metadata={"rule": partial(_number, MIN_ZOOM, MAX_ZOOM)})
    font: str = _line()  #: the family of what is not code; empty: the desktop's
    density: str = _choice("cosy", "compact")
    clock: str = _choice("system", "12", "24")
    notify: str = _choice("all", "mentions", "none")  #: direct messages count as mentions
    sound: bool = _switch(default=True)
    preview: bool = _switch(default=True)  #: whether a notification shows the message's text
    dnd: bool = _switch(default=False)  #: do not disturb: others see it, and nothing is notified
    name: str = _line()
    status: str = _line(MAX_STATUS_CHARS)  #: the line that others see beside the name
    host_here: bool = _switch(default=False)  #: hosting was chosen last
    host_title: str = _line()  #: what the hosted chat is called
    host_approve: bool = _switch(default=False)  #: who is new has to be let in
    host_announce: bool = _switch(default=True)  #: others nearby are shown the chat
    #: it was given a password, which its host keeps as a hash and nobody else at all
    host_password: bool = _switch(default=False)
    #: the addresses joined, the last one first
    recent: list[str] = field(default_factory=list, metadata={"rule": _texts})
    #: the emoji picked, the last one first
    recent_emoji: list[str] = field(default_factory=list, metadata={"rule": _texts})
    window: str = _line()  #: the chat window's size and place, as Tk writes it

    def remember_address(self, address: str) -> None:
        """Put ``address`` first among the recent ones."""
        others = [each for each in self.recent if each != address]
        self.recent = [address, *others][:RECENT_ADDRESSES]


class SettingsFile:
    """The settings as a JSON file. Several processes may have it: what each changes is kept.

    What the file says beyond the known settings stays in it, and so does a value that is wrong,
    until it is changed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._agreed: dict[str, Any] = {}  # what this process last read or wrote

    def read(self) -> tuple[Settings, list[str]]:
        """Return the settings, and what was wrong with them, in sentences for a person.

        A file that is none is set aside. Raises OSError if it cannot be read or set aside.
        """
        content, problems = self._content()
        settings = Settings()
        for known in fields(Settings):
            if known.name in content and (wrong := _take(settings, known, content[known.name])):
                problems.append(wrong)
        self._agreed = asdict(settings)
        return settings, problems

    def write(self, settings: Settings) -> None:
        """Write what has changed since, whole or not at all.

        Raises:
            OSError: it cannot be written.
        """
        content, _ = self._content()
        ours = asdict(settings)
        for name, value in ours.items():
            if name not in content or value != self._agreed.get(name):
                content[name] = value
        unknown = content.keys() - ours.keys()
        ordered = {name: content[name] for name in (*ours, *sorted(unknown))}
        self._replace(json.dumps(ordered, indent=2, ensure_ascii=False) + "\n")
        self._agreed = ours

    def _content(self) -> tuple[dict[str, Any], list[str]]:
        """Return what the file says, and what is wrong with it as a whole."""
        try:
            content = json.loads(self._path.read_text("utf-8"))
            if not isinstance(content, dict):
                raise ValueError(tr("it is not a list of settings"))
        except FileNotFoundError:
            return {}, []
        except (ValueError, RecursionError) as error:  # the second for absurdly nested ones
            aside = self._set_aside()
            said = tr("The settings could not be read ({error}). They are kept in {file}.")
            return {}, [said.format(error=error, file=aside)]
        return content, []

    def _set_aside(self) -> Path:
        aside = self._path.with_suffix(".broken.json")
        number = 1
        while aside.exists():
            number += 1
            aside = self._path.with_suffix(f".broken-{number}.json")
        return self._path.rename(aside)

    def _replace(self, text: str) -> None:
        new = self._path.with_suffix(".new")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._path)


def _take(settings: Settings, known: "Field[Any]", value: Any) -> str:
    """Set one setting, or return what is wrong with its value."""
    value = _showable(value)
    rule: Rule = known.metadata["rule"]
    wanted = rule(value)
    if not wanted:
        setattr(settings, known.name, value)
        return ""
    said = tr("In the settings, “{key}” must be {wanted}. Until then it is as usual.")
    return said.format(key=known.name, wanted=wanted)


def _showable(value: Any) -> Any:
    """Return ``value`` without lone surrogates, which no widget shows."""
    if isinstance(value, list):
        return [_showable(each) if isinstance(each, str) else each for each in value]
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
