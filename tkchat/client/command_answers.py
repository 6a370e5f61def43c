"""The host's answers to commands: each may come in several lines, which its name holds together."""

from itertools import count

from tkchat.client.order import Audit, Banned, CommandAnswered

_TYPED, _ASKED = "t", "c"  # how the names of commands begin; an archive's have other letters


class CommandAnswers:
    """Names commands, and gathers what comes back under each name.

    `new_name` may be called by any thread, the others belong to the receiving one.
    """

    def __init__(self) -> None:
        self._numbers = count(1)
        self._audit: dict[str, list[Audit]] = {}
        self._banned: dict[str, list[Banned]] = {}

    def new_name(self, *, is_typed: bool) -> str:
        """Return the name of another command, typed among the messages or asked for by a view."""
        return f"{_TYPED if is_typed else _ASKED}{next(self._numbers) % 10_000_000}"

    def is_name(self, re: str) -> bool:
        """Tell whether ``re`` names a command."""
        return re[:1] in (_TYPED, _ASKED) and re[1:].isdecimal()

    def take(self, row: Audit | Banned) -> None:
        """Keep a row until its answer is complete."""
        if not self.is_name(row.re):
            return
        if isinstance(row, Audit):
            self._audit.setdefault(row.re, []).append(row)
        else:
            self._banned.setdefault(row.re, []).append(row)

    def complete(self, re: str, text: str, code: str = "") -> CommandAnswered:
        """Return the answer that this line ends; ``code`` is why it was refused, if it was."""
        audit, banned = self._audit.pop(re, []), self._banned.pop(re, [])
        is_typed = not re.startswith(_ASKED)
        return CommandAnswered(re, text, code, is_typed, tuple(audit), tuple(banned))

    def begin(self) -> None:
        """Forget what another connection left unfinished."""
        self._audit.clear()
        self._banned.clear()
