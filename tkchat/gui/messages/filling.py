"""How many messages fill a view, roughly: so many are drawn first, and the others later. Pure."""

from collections.abc import Sequence

from tkchat.client.message import Kind, Message

MOST_LINES = 25  # that one message counts for: a longer one is folded


def enough(messages: Sequence[Message], rows: int, columns: int, *, has_headers: bool) -> int:
    """Return how many of the newest of ``messages`` take at least ``rows`` lines, or all of them.

    Rather too many: ``columns`` is as many characters as a line may have, and what folds into one
    line, as presence does, counts for nothing. ``has_headers``: an author stands on a line of
    their own.
    """
    lines, author = -1 if has_headers else 0, ""  # the first that counts may have none
    for count, message in enumerate(reversed(messages), 1):
        if message.kind is not Kind.PRESENCE:
            lines += _lines(message, columns) + (has_headers and message.author != author)
            author = message.author
        if lines >= rows:
            return count
    return len(messages)


def _lines(message: Message, columns: int) -> int:
    if message.deleted:
        return 1
    text = message.text[: MOST_LINES * columns]
    return min(sum(1 + len(line) // columns for line in text.split("\n")), MOST_LINES)
