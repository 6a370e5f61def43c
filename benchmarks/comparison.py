"""What the comparison of servers says: a table, how tkchat does against its goals, and a record."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict

from benchmarks.figures import Figure
from benchmarks.load import Result

Results = dict[str, dict[int, list[Result]]]  #: by the server's name, and by clients

CHAT_SERVERS = ("ngircd", "inspircd", "mosquitto")
LEAST_OF_BEST = 3.0
LEAST_OF_RELAY = 0.7
LEAST_OF_RELAY_FEW = 0.25  #: where the disk's sync bounds a closed loop
FEW_CLIENTS = 10
LEAST_TAGGED = 0.8
MOST_COST_RATIO = 1.3
COST_AT = (100, 5_000)  #: the numbers of clients that are compared


def table(results: Results, sizes: Sequence[int]) -> str:
    """Return medians as a table: thousand deliveries a second, and who was busy."""
    lines = [
        "thousand deliveries a second (processor: server, load; * where the load needs more)",
        f"{'clients':15}" + "".join(f"{clients:>23,}" for clients in sizes),
    ]
    for name, by_clients in results.items():
        cells = [_cell(by_clients.get(clients, [])) for clients in sizes]
        lines.append(f"{name:15}" + "".join(f"{cell:>23}" for cell in cells))
    return "\n".join(lines)


def figures(results: Results, sizes: Sequence[int]) -> list[Figure]:
    """Return how tkchat does against its goals, where both sides were measured."""
    found = []
    for clients in sizes:
        ours = rate(results, "tkchat", clients)
        best = max((rate(results, name, clients) for name in CHAT_SERVERS), default=0.0)
        relay = rate(results, "relay", clients)
        tagged = rate(results, "tkchat-tagged", clients)
        secure = rate(results, "tkchat-tls", clients)
        at = f", {clients:,} clients"
        limit = LEAST_OF_RELAY_FEW if clients <= FEW_CLIENTS else LEAST_OF_RELAY
        pairs = [
            ("tkchat / the best chat server", ours, best, LEAST_OF_BEST),
            ("tkchat / relay", ours, relay, limit),
            ("tagged / plain", tagged, ours, LEAST_TAGGED),
            ("TLS / plain", secure, ours, None),
            ("TLS / tagged", secure, tagged, None),
        ]
        found += [
            Figure(what + at, first / second, "", goal, at_least=True)
            for what, first, second, goal in pairs
            if first and second
        ]
    low, high = (_median(results, "tkchat", clients, lambda it: it.cost) for clients in COST_AT)
    if low and high:
        what = f"processor time of a delivery, {COST_AT[1]:,} / {COST_AT[0]:,} clients"
        found.append(Figure(what, high / low, "", MOST_COST_RATIO))
    return found


def rate(results: Results, name: str, clients: int) -> float:
    """Return the median of deliveries a second; 0 where that was not measured."""
    return _median(results, name, clients, lambda it: it.rate)


def rates(results: Results) -> dict[str, list[tuple[int, float]]]:
    """Return the medians of all servers by clients, to be drawn."""
    curves = {
        name: [(clients, rate(results, name, clients)) for clients in sorted(by_clients)]
        for name, by_clients in results.items()
    }
    return {name: points for name, points in curves.items() if points}


def record(results: Results) -> dict[str, object]:
    """Return every single run, for JSON."""
    return {
        name: {str(clients): [asdict(run) for run in runs] for clients, runs in by_clients.items()}
        for name, by_clients in results.items()
    }


def _cell(runs: list[Result]) -> str:
    if not runs:
        return "-"
    per_second = statistics.median(run.rate for run in runs) / 1000
    server = statistics.median(run.server_seconds / run.seconds for run in runs)
    clients = statistics.median(run.clients_seconds / run.seconds for run in runs)
    mark = "*" if clients > server else ""
    return f"{per_second:,.0f} ({server:.0%}, {clients:.0%}{mark})"


def _median(results: Results, name: str, clients: int, what: Callable[[Result], float]) -> float:
    runs = results.get(name, {}).get(clients, [])
    return statistics.median(map(what, runs)) if runs else 0.0
