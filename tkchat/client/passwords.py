"""What somebody typed to be let in with: sent when the host asks, never twice by itself."""

from dataclasses import dataclass, field

CHAT, NAME = "chat", "name"  #: whose password a host asks for


@dataclass(slots=True)
class Passwords:
    """The chat's password, and that of a registered name; either may be empty.

    A wrong one must not be tried again and again by a program that reconnects, since the host
    counts. Belongs to the receiving thread.
    """

    chat: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    _sent: set[str] = field(default_factory=set, repr=False)

    def begin(self) -> str:
        """Return the password for the first line of a new connection; empty for none."""
        self._sent.clear()
        return self.answer(CHAT) or self.answer(NAME)

    def answer(self, needs: str) -> str:
        """Return what the host asks for, unless it was sent over this connection already."""
        password = {CHAT: self.chat, NAME: self.name}.get(needs, "")
        if not password or needs in self._sent:
            return ""
        self._sent.add(needs)
        return password

    def forget(self) -> None:
        """Forget both: they were wrong, or are not needed any more."""
        self.chat = self.name = ""
