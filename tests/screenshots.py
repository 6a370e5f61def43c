"""Takes the README's pictures of the real program: ``python -m tests.screenshots FOLDER``."""

import sys
import tempfile
from functools import partial
from pathlib import Path

from pyvirtualdisplay.display import Display

from tests.gui.apps import People, Person
from tests.gui.driving import screenshot
from tests.support import Client, running_server
from tests.tagged import TaggedClient
from tkchat.gui.palette import DARK, LIGHT

TALK = [
    ("grace", "Morning! Did the build on the lab machine go through?"),
    ("linus", "It did. Log: https://ci.example.org/builds/2041"),
    ("ada", "Then I would like to ship it before lunch."),
    ("grace", "Go ahead. I have tested the installer twice 👍🏽"),
    ("margaret", "After a power cut it reconnects by itself now."),
]
ANSWER = "Did you really pull the plug? 😄"


def take(folder: Path) -> None:
    """Write ``screenshot-light.png``, ``screenshot-dark.png`` and ``login.png`` into ``folder``."""
    with (
        tempfile.TemporaryDirectory() as profiles,
        Display(backend="xvfb", size=(1400, 1000), color_depth=24),
        running_server() as server,
    ):
        people = People(Path(profiles))
        others = {
            name: TaggedClient(server.address, name) for name in ("grace", "linus", "margaret")
        }
        newcomer = people.add()
        newcomer.app.open(name="ada")
        people.wait_until(lambda: "Host and join" in newcomer.sees)
        screenshot(newcomer.dialog, folder / "login.png")
        newcomer.close()
        ada = people.join(server.address, "ada")
        ada.window.geometry("980x640")
        for name, text in TALK:
            if name == "ada":
                ada.say(text)
            else:
                others[name].say(text)
            people.wait_until(partial(_reads, ada, text[:9]))
        shipping, last = (ada.message(TALK[at][1]).seq for at in (2, 4))
        others["linus"].say(ANSWER, reply=last)
        people.wait_until(partial(_reads, ada, ANSWER[:9]))
        for name, emoji in (("grace", "🚀"), ("linus", "🚀"), ("margaret", "👍")):
            others[name].confirm(others[name].say(emoji, react=shipping))
        ada.window._deeds.react(ada.message(ANSWER), "👏")
        others["linus"].confirm(others["linus"].say("Lunch at one?", "@ada"))
        with Client(server.address, "ken") as ken:
            ken.say("/join design")
            ken.read_until("SERVER~ken joined the room design")
            people.wait_until(lambda: "# design" in ada.sees and "@ linus" in ada.sees)
            people.wait_until(lambda: ada.message(ANSWER).reactions)
            ada.composer.set_text("I'll write the announcement")
            for palette in (LIGHT, DARK):
                ada.app.theme.use(palette)
                people.wait_until(lambda: "4 people" in ada.sees)
                screenshot(ada.window, folder / f"screenshot-{palette.name}.png")
        people.close()
        for client in others.values():
            client.close()


def _reads(person: Person, text: str) -> bool:
    return text in person.read


if __name__ == "__main__":
    take(Path(sys.argv[1]))
