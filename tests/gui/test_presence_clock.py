"""Going away and coming back, with a real host that tells the others."""

from pathlib import Path

import pytest

from tests.desktop.support import program
from tests.gui.apps import People, Person
from tests.gui.driving import press
from tkchat.client.presence import Presence, State
from tkchat.gui import presence_clock
from tkchat.server.server import Server


class Two:
    """alice, and bob, who sees her. They sit at one computer, where time runs fast."""

    def __init__(
        self, people: People, server: Server, monkeypatch: pytest.MonkeyPatch, folder: Path
    ) -> None:
        self._people = people
        self._patch = monkeypatch
        self._folder = folder
        monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")  # where the tool below is asked
        monkeypatch.setenv("PATH", str(folder))
        self.idle(0)
        monkeypatch.setattr(presence_clock, "CHECK_MS", 50)
        monkeypatch.setattr(presence_clock, "BACK_MS", 50)
        monkeypatch.setattr(presence_clock, "AWAY_SECONDS", 1.0)
        self.alice: Person = people.join(server.address, "alice")
        self.bob: Person = people.join(server.address, "bob")
        people.wait_until(lambda: "alice" in self.bob.model.room.people)

    def idle(self, seconds: float) -> None:
        """Let nobody have touched the computer for so long."""
        self._answer(f"echo '(uint64 {int(seconds * 1000)},)'")

    def no_desktop(self) -> None:
        """Let the desktop not say."""
        self._answer("exit 1")

    def _answer(self, script: str) -> None:
        # Under another name first: the one of that name may be running.
        new = program(self._folder, "new", f"echo >> '{self._folder}/asked'; {script}")
        new.replace(self._folder / "gdbus")

    def choose(self, state: State, text: str = "") -> None:
        """Let alice say for herself what she is up to."""
        self.alice.window._session.set_presence(state, text)
        self.wait_for(state, text)

    def wait_for(self, state: State, text: str = "") -> None:
        """Wait until bob and alice herself see that she is so."""
        wanted = Presence(state, text)
        models = (self.alice.model, self.bob.model)
        self._people.wait_until(lambda: all(m.presence_of("alice") == wanted for m in models))

    def turns(self, count: int) -> None:
        """Let the clocks look so many times."""
        asked = self._folder / "asked"
        asked.unlink(missing_ok=True)
        self._people.wait_until(lambda: asked.exists() and asked.stat().st_size >= count)


@pytest.fixture
def two(people: People, server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Two:
    return Two(people, server, monkeypatch, tmp_path)


def test_who_leaves_the_computer_alone_is_away_and_comes_back(two: Two) -> None:
    two.choose(State.HERE, "in the lab")
    two.idle(0.9)
    two.turns(3)
    two.wait_for(State.HERE, "in the lab")
    two.idle(1.1)
    two.wait_for(State.AWAY, "in the lab")
    two.idle(0.1)
    two.wait_for(State.HERE, "in the lab")


def test_the_first_key_brings_back(two: Two) -> None:
    two.idle(1.1)
    two.wait_for(State.AWAY)
    two._patch.setattr(presence_clock, "BACK_MS", 10**6)
    two.turns(1)
    press(two.alice.composer.entry, "a")
    two.wait_for(State.HERE)


@pytest.mark.parametrize("state", [State.AWAY, State.BUSY])
def test_what_was_chosen_is_left_alone(two: Two, state: State) -> None:
    two.choose(state, "back at 3")
    for seconds in (1.1, 0):
        two.idle(seconds)
        two.turns(3)
        two.wait_for(state, "back at 3")


def test_who_chose_meanwhile_to_be_busy_stays_so(two: Two) -> None:
    two.idle(1.1)
    two.wait_for(State.AWAY)
    two.choose(State.BUSY)
    two.idle(0)
    two.turns(3)
    two.wait_for(State.BUSY)


def test_where_nobody_knows_the_window_counts(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence_clock, "AWAY_SECONDS", 600)
    two.no_desktop()
    two.turns(2)
    two.wait_for(State.HERE)
    monkeypatch.setattr(presence_clock, "AWAY_SECONDS", 0.05)
    two.wait_for(State.AWAY)
    monkeypatch.setattr(presence_clock, "AWAY_SECONDS", 600)
    press(two.alice.composer.entry, "a")
    two.wait_for(State.HERE)


def test_under_x11_tk_knows(
    people: People, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(presence_clock, "CHECK_MS", 50)
    monkeypatch.setattr(presence_clock, "BACK_MS", 50)
    alice = people.join(server.address, "alice")
    monkeypatch.setattr(presence_clock, "AWAY_SECONDS", -1.0)
    people.wait_until(lambda: alice.model.presence_of("alice") == Presence(State.AWAY))
    monkeypatch.setattr(presence_clock, "AWAY_SECONDS", 1e9)
    people.wait_until(lambda: alice.model.presence_of("alice") == Presence(State.HERE))
