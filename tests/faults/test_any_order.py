"""Whatever happens in whatever order: each list is the log, as far as that person may see it."""

import contextlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.faults.hosts import heard_once, read_log
from tests.support import Client, running_server
from tests.tagged import TaggedClient
from tkchat.server.server import Server
from tkchat.wire.requests import AskJoin

NAMES = ["alice", "bob", "carol"]
people = st.sampled_from(NAMES)
texts = st.text("ab \n\\;~é😀", min_size=1).filter(str.strip)


class AnyOrder(RuleBasedStateMachine):
    """Three people, two connections for one of them, a plain client, and a host that restarts."""

    @initialize()
    def open(self) -> None:
        """Start the host, and let everybody in."""
        self._ending = contextlib.ExitStack()
        self._folder = Path(self._ending.enter_context(tempfile.TemporaryDirectory()))
        self._server_ending = contextlib.ExitStack()
        self._start_host()
        self._clients = {name: TaggedClient(self._server.address, name) for name in NAMES}
        alice = self._clients["alice"]
        self._clients["alice too"] = TaggedClient(self._server.address, "alice", token=alice.token)
        self._is_cut: set[str] = set()
        self._all_said: list[bytes] = []

    def _start_host(self) -> None:
        self._server: Server = self._server_ending.enter_context(running_server(data=self._folder))

    @rule(name=st.sampled_from([*NAMES, "alice too"]), text=texts, to=st.sampled_from(["", *NAMES]))
    def say(self, name: str, text: str, to: str) -> None:
        """Say something to everybody or to one person; offline it waits."""
        self._say(name, text, room=f"@{to}" if to else "general")

    @rule(name=people, text=texts, change=st.sampled_from(["edit", "reply", "react", "delete"]))
    def change(self, name: str, text: str, change: str) -> None:
        """Do something to the last message that this person knows of, allowed or not."""
        known = [entry for entry in self._clients[name].entries if entry.kind.is_message]
        if known:
            word = {"react": "👍", "delete": ""}.get(change, text)
            self._say(name, word, room="", **{change: known[-1].seq})

    def _say(self, name: str, text: str, room: str, **tags: int) -> None:
        client = self._clients[name]
        with contextlib.suppress(OSError):
            client.say(text, room, None, **tags)
        self._all_said += client.unconfirmed.values()

    @rule(name=people)
    def say_all_again(self, name: str) -> None:
        """Send again whatever one person ever said; none of it is new."""
        client = self._clients[name]
        own = {entry.mid for entry in client.entries if entry.mid}
        with contextlib.suppress(OSError):
            client.send(b"".join(raw for raw in self._all_said if raw[5:37].decode() in own))

    @rule(text=st.sampled_from(["hello", "/msg bob psst", "/msg dave psst", "/join games"]))
    def say_plainly(self, text: str) -> None:
        """Let a plain client come, say something and go."""
        with Client(self._server.address, "dave") as dave:
            dave.say(text, "/quit")
            dave.read_until("SERVER~Goodbye, dave")

    @rule(name=people)
    def join_a_room(self, name: str) -> None:
        """Join another room, where nothing is said."""
        with contextlib.suppress(OSError):
            self._clients[name].ask(AskJoin("design"))

    @rule(name=st.sampled_from([*NAMES, "alice too"]))
    def cut(self, name: str) -> None:
        """Cut somebody's line, whatever is on it."""
        if name not in self._is_cut:
            self._clients[name].reset()
            self._is_cut.add(name)

    @precondition(lambda self: self._is_cut)
    @rule()
    def come_back(self) -> None:
        """Let all who were cut off come back."""
        for name in sorted(self._is_cut):
            self._clients[name].resume(self._server.address)
        self._is_cut.clear()

    @rule()
    def restart_host(self) -> None:
        """End the host and start it again, on another port."""
        self._server_ending.close()
        self._start_host()
        self._is_cut.update(self._clients)

    def teardown(self) -> None:
        """Let everybody come back, and compare."""
        if not hasattr(self, "_clients"):
            return
        self._is_cut.update(self._clients)
        self.come_back()
        for name, client in self._clients.items():
            while client.unconfirmed:
                assert client.read_event() is not None
            client.say(f"{name} has all")
        for client in self._clients.values():
            last = {f"{name} has all" for name in self._clients}
            while not last <= {entry.text for entry in client.entries}:
                assert client.read_event() is not None
            client.close()
        self._server_ending.close()
        log = read_log(self._folder)
        assert [record.seq for record in log] == list(range(1, len(log) + 1))
        for client in self._clients.values():
            mine = read_log(self._folder, client.name)
            assert list(heard_once(client)) == [(r.seq, r.author, r.text) for r in mine]
        self._ending.close()


AnyOrder.TestCase.settings = settings(
    max_examples=100,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestAnyOrder = pytest.mark.timeout(180)(AnyOrder.TestCase)  # on a busy computer it takes long
