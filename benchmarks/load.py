"""The load: some clients speak in a closed loop, and every line that anybody hears is counted."""

import time
from dataclasses import dataclass

from benchmarks.clients import PATIENCE, Crowd, ServerGaveUp
from benchmarks.dialects import TEXT
from benchmarks.programs import Program

WINDOW = 16  #: messages that are under way, for each who speaks
SPEAKERS = 10  #: at most, unless more are asked for
_LINE_END = 10


@dataclass(frozen=True, slots=True)
class Result:
    """``deliveries`` lines were heard by all clients together in ``seconds``."""

    deliveries: int
    seconds: float
    server_seconds: float  #: of processor time
    clients_seconds: float  #: of processor time, of the load itself
    memory: int  #: of the server, in bytes

    @property
    def rate(self) -> float:
        """Deliveries a second."""
        return self.deliveries / self.seconds

    @property
    def cost(self) -> float:
        """Microseconds of the server's processor time for a delivery."""
        return self.server_seconds / max(self.deliveries, 1) * 1e6


class Load:
    """Everybody in ``crowd`` listens, and its first ``speaking`` clients keep speaking.

    Since everybody hears everything, a client that has heard as many lines as there are others who
    speak knows that one message of each has arrived, and sends its next one: so ``WINDOW`` messages
    for each who speaks are always under way, the server sets the pace, and nobody has to look for
    its own lines. Lines of one length are counted by their bytes alone.
    """

    def __init__(self, crowd: Crowd, speaking: int) -> None:
        self._crowd = crowd
        self._speaking = speaking
        self._per_turn = speaking if crowd.dialect.hears_itself else speaking - 1
        for number, client in enumerate(crowd.clients):
            client.heard = client.rest = 0
            client.is_speaker = number < speaking
            client.sent = 0
        self.deliveries = 0

    def begin(self) -> None:
        """Have everybody who speaks send as much as may be under way."""
        for client in self._crowd.clients[: self._speaking]:
            client.send(self._crowd.dialect.say(client.name, TEXT, WINDOW))
            client.sent = WINDOW

    def run(self, seconds: float) -> float:
        """Go on for at least so long; return how long it took.

        Raises:
            ServerGaveUp: it hung up on somebody, or sent what was not expected.
        """
        began = time.perf_counter()
        end = began + seconds
        crowd = self._crowd
        select, buffer, say = crowd.selector.select, crowd.buffer, crowd.dialect.say
        line_length, per_turn, deliveries = crowd.dialect.length, self._per_turn, 0
        now = began
        while now < end:
            for key, _ in select(0.1):
                client = key.data
                received = client.receive_into(buffer)
                if not received:
                    raise ServerGaveUp(f"it hung up on {client.name.decode()}")
                if line_length:
                    rest = client.rest
                    lines, client.rest = divmod(rest + received, line_length)
                    if lines and buffer[lines * line_length - rest - 1] != _LINE_END:
                        raise ServerGaveUp(f"{client.name.decode()} heard something else")
                else:
                    lines = buffer.count(b"\n", 0, received)
                deliveries += lines
                if client.is_speaker:
                    client.heard += lines
                    free = WINDOW + client.heard // per_turn - client.sent
                    if free:
                        client.send(say(client.name, TEXT, free))
                        client.sent += free
            now = time.perf_counter()
        self.deliveries += deliveries
        return now - began

    def finish(self) -> None:
        """Have nobody speak any more, and wait until everybody has heard everything, once.

        Raises:
            ServerGaveUp: lines were lost, or came that nobody has sent.
        """
        clients = self._crowd.clients
        for client in clients:
            client.is_speaker = False
        hearers = len(clients) - (not self._crowd.dialect.hears_itself)
        expected = sum(client.sent for client in clients) * hearers
        before, progress = -1, time.monotonic()
        while self.deliveries < expected and time.monotonic() - progress < PATIENCE:
            progress = time.monotonic() if self.deliveries > before else progress
            before = self.deliveries
            self.run(0.01)
        if self.deliveries != expected:
            raise ServerGaveUp(f"{self.deliveries:,} lines were heard, not {expected:,}")


def measure(
    program: Program,
    crowd: Crowd,
    seconds: float,
    warm_up: float,
    most_speakers: int,
    *,
    finishes: bool = True,
) -> Result:
    """Let ``crowd`` speak for ``seconds``, after some that do not count.

    Then nobody speaks any more, and all that is under way is waited for, unless ``finishes`` is
    false; without that, nothing more can be measured with this crowd.

    Raises:
        ServerGaveUp: it hung up on somebody, or not everything came once to everybody.
    """
    load = Load(crowd, min(len(crowd.clients), most_speakers))
    load.begin()
    load.run(warm_up)
    before, server, clients = load.deliveries, program.processor_seconds, time.process_time()
    took = load.run(seconds)
    result = Result(
        load.deliveries - before,
        took,
        program.processor_seconds - server,
        time.process_time() - clients,
        program.memory,
    )
    if finishes:
        load.finish()
    return result
