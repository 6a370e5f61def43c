"""A command as it is typed: the word after the slash, and what follows it."""

from dataclasses import dataclass

from tkchat.wire.errors import RemoteError

_TAKES_REST = ("TEXT", "WHY", "PASSWORD")


class BadUsage(RemoteError):
    """A command has too few arguments, or too many: ``bad-line``. ``usage`` is how it is typed."""

    def __init__(self, usage: str) -> None:
        super().__init__("bad-line", f"It is typed like this: {usage}")
        self.usage = usage


@dataclass(frozen=True, slots=True)
class Command:
    """A word after the slash, and what must follow it, or may (in brackets).

    ``arguments`` has the names of these; ``TEXT`` as the last takes all that remains, and so do
    ``WHY`` and ``PASSWORD``, in brackets or not.
    """

    word: str
    arguments: str
    help: str

    @property
    def usage(self) -> str:
        """How it is typed."""
        return f"/{self.word} {self.arguments}".rstrip()

    def split(self, rest: str) -> list[str]:
        """Cut what follows the word into its arguments.

        Raises:
            BadUsage: there are too few or too many.
        """
        wanted = self.arguments.split()
        needed = [name for name in wanted if not name.startswith("[")]
        takes_rest = bool(wanted) and wanted[-1].strip("[]") in _TAKES_REST
        found = rest.split(maxsplit=len(wanted) - 1) if takes_rest else rest.split()
        if not len(needed) <= len(found) <= len(wanted):
            raise BadUsage(self.usage)
        return found
