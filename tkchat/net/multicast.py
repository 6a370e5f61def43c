"""A thread that speaks mDNS with the local networks, whatever becomes of them."""

import asyncio
import contextlib
import logging
import threading
import time
from ipaddress import IPv4Interface

SERVICE = "_tkchat._tcp.local."  #: what every chat's record is filed under (RFC 6763)
LOOK_SECONDS = 2.0  # how often it is seen that a network has come or gone
# A flood is not listened to: over this share of one processor, looked at each second, the thread
# rests for ten times what it took.
MOST_BUSY = 0.25
BUSY_SECONDS = 1.0
REST_FACTOR = 10
RETRY_SECONDS = 30.0  # after what should not happen, such as a port 5353 that is kept from us

_log = logging.getLogger(__name__)


def own_networks() -> list[IPv4Interface]:
    """Return the IPv4 addresses of this computer, each with its network, without loopback.

    Empty where there are none, or none can be learned.
    """
    found: list[IPv4Interface] = []
    with contextlib.suppress(ImportError, OSError, ValueError):
        import ifaddr  # not at the top: a chat works without it

        for adapter in ifaddr.get_adapters():
            found += [
                IPv4Interface(f"{one.ip}/{one.network_prefix}")
                for one in adapter.ips
                if one.is_IPv4
            ]
    return [one for one in dict.fromkeys(found) if not one.is_loopback]


class Multicast:
    """Runs `talk` in an event loop in a thread of its own, again and again, until it is closed.

    What `talk` raises is logged, the first time, and it is begun anew later: nobody's chat ends for
    want of mDNS.
    """

    def __init__(self, name: str) -> None:
        self._closed = threading.Event()
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None  # while there is one to be woken
        self._woken = asyncio.Event()
        self._looked_at = 0.0
        self._spent = 0.0  # of a processor, until then
        self._rest_seconds = 0.0
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    async def talk(self) -> None:
        """Speak with the present networks; return to be begun anew, as for other networks."""
        raise NotImplementedError

    def start(self) -> None:
        """Begin. Returns at once."""
        self._thread.start()

    def close(self) -> None:
        """End `talk` at its next `wait`. Returns at once; from any thread, any number of times."""
        self._closed.set()
        with self._lock:
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._woken.set)

    def join(self, timeout: float) -> None:
        """Wait for the thread to end, up to ``timeout`` seconds."""
        if self._thread.ident is not None:
            self._thread.join(timeout)

    def wake(self) -> None:
        """End the running `wait`; from the loop only."""
        self._woken.set()

    async def wait(self, seconds: float) -> bool:
        """Wait, but not beyond `wake`; tell whether to go on. From `talk` only."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), seconds)
        self._woken.clear()
        return not self._closed.is_set()

    def is_flooded(self) -> bool:
        """Tell whether so much is heard that `talk` should return, and rest. From `talk` only."""
        now, spent = time.monotonic(), time.thread_time()
        if now - self._looked_at < BUSY_SECONDS:
            return False
        taken, seconds = spent - self._spent, now - self._looked_at
        self._looked_at, self._spent = now, spent
        self._rest_seconds = taken * REST_FACTOR if taken > MOST_BUSY * seconds else 0.0
        return self._rest_seconds > 0

    def _run(self) -> None:
        # What strangers send is no news for our log, and some of it is logged as a mistake of ours.
        logging.getLogger("zeroconf").setLevel(logging.CRITICAL)
        has_failed = False
        while not self._closed.is_set():
            try:
                asyncio.run(self._run_once())
            except Exception as error:  # noqa: BLE001 (whatever a library or a network may do)
                log = _log.debug if has_failed else _log.warning
                log("mDNS does not work: %s", repr(error))
                has_failed = True
                self._closed.wait(RETRY_SECONDS)

    async def _run_once(self) -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, what: _log.debug("in mDNS: %s", what.get("message")))
        with self._lock:
            self._loop = loop
            self._woken = asyncio.Event()  # one belongs to one loop
        try:
            if self._closed.is_set() or (
                self._rest_seconds and not await self.wait(self._rest_seconds)
            ):
                return
            self._looked_at, self._spent = time.monotonic(), time.thread_time()
            self._rest_seconds = 0.0
            await self.talk()
        finally:
            with self._lock:
                self._loop = None
