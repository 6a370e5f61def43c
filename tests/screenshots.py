"""Takes the README's pictures of the real program: ``python -m tests.screenshots FOLDER``."""

import sys
import tempfile
from functools import partial
from pathlib import Path

from pyvirtualdisplay.display import Display

from tests.gui.apps import People, Person
from tests.gui.driving import screenshot
from tests.support import Client, running_server
from tkchat.gui.palette import DARK, LIGHT

TALK = [
    ("grace", "Morning! Did the build on the lab machine go through?"),
    ("linus", "It did. Log: https://ci.example.org/builds/2041"),
    ("linus", "All green 🎉"),
    ("ada", "Then I would like to ship it before lunch."),
    ("grace", "Go ahead. I have tested the installer twice 👍🏽"),
    ("margaret", "One thing: after a power cut it reconnects by itself now."),
    ("margaret", "I pulled the plug three times to be sure."),
]


def take(folder: Path) -> None:
    """Write ``screenshot-light.png``, ``screenshot-dark.png`` and ``login.png`` into ``folder``."""
    with (
        tempfile.TemporaryDirectory() as profiles,
        Display(backend="xvfb", size=(1400, 1000), color_depth=24),
        running_server() as server,
    ):
        people = People(Path(profiles))
        others = {name: Client(server.address, name) for name in ("grace", "linus", "margaret")}
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
        with Client(server.address, "ken") as ken:
            ken.say("/join design")
            ken.read_until("SERVER~ken joined the room design")
            people.wait_until(lambda: "# design" in ada.sees)
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
