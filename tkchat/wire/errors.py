"""What is wrong with a line, and whose fault it was."""


class WireError(ValueError):
    """A line breaks the grammar or a limit; its text says what and what to do."""


class LocalError(WireError):
    """Our own side asked for a line that cannot be said on the wire: a bug here."""


class RemoteError(WireError):
    """The peer sent something that `docs/protocol.md` refuses.

    ``code`` is its one-word reason (``too-long``, ``bad-name``, ...).
    """

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code
