"""What a self-test found: every client's list beside the host's log."""

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Said = tuple[str, str]  #: author and text; each is said once


@dataclass(slots=True)
class Report:
    """Counts of a self-test. Latencies are in seconds, of what was heard while it happened.

    ``cuts`` is how often a client that lived on had to connect anew.
    """

    messages: int = 0
    lost: int = 0
    doubled: int = 0
    reordered: int = 0
    cuts: int = 0
    host_kills: int = 0
    client_kills: int = 0
    latencies: list[float] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether every message is there, once and in order, and whether there were any."""
        return bool(self.messages) and not (self.lost or self.doubled or self.reordered)

    def compare(
        self,
        promised: Iterable[Said],
        log: Sequence[tuple[int, Said]],
        lists: Mapping[str, Sequence[tuple[int, Said]]],
    ) -> None:
        """Count what is wrong.

        ``promised`` is what somebody said and their own disk had; ``log`` has the host's messages
        by seq, ``lists`` those of each client, as it would show them.
        """
        said = [each for _, each in log]
        counts = Counter(said)
        self.messages = len(counts)
        self.lost = len(set(promised) - set(said))
        self.doubled = len(said) - len(counts)
        self.reordered += _out_of_order(said)
        known = set(log)
        for shown in lists.values():
            self.lost += len(known - set(shown))
            self.doubled += len(shown) - len(set(shown))
            self.reordered += sum(one >= next_ for (one, _), (next_, _) in pairwise(shown))
            self.reordered += len(set(shown) - known)  # a seq that says something else

    def lines(self) -> list[str]:
        """Return the report for a person to read."""
        lines = [
            f"{self.messages} messages, {self.cuts} broken connections, "
            f"{self.host_kills} kills of the host, {self.client_kills} kills of clients",
            f"lost {self.lost}, doubled {self.doubled}, reordered {self.reordered}",
        ]
        if len(self.latencies) > 1:
            ms = [1000 * value for value in statistics.quantiles(self.latencies, n=100)]
            lines.append(
                f"latency through the faulty line: median {ms[49]:.1f} ms, p99 {ms[98]:.1f} ms"
            )
        return lines


def _out_of_order(said: Sequence[Said]) -> int:
    """Count what one person said before something that stands before it."""
    last: dict[str, tuple[int, ...]] = {}
    count = 0
    for author, text in said:
        place = tuple(int(part) for part in text.split()[0].split("."))
        count += place < last.get(author, ())
        last[author] = max(place, last.get(author, place))
    return count
