"""Takes all pictures, or some."""

import argparse
import gc
import shutil
from collections.abc import Collection
from pathlib import Path

from pyvirtualdisplay.display import Display

from tests.gallery.camera import keep, still
from tests.gallery.index import write_index
from tests.gallery.scenes import SCENES
from tests.gallery.stage import Look, set_up
from tests.support import CHECKOUT

GALLERY = CHECKOUT / "docs" / "gallery"
SCREEN = (1400, 1000)
LOOKS = tuple(Look(theme, zoom) for zoom in (100, 175) for theme in ("light", "dark"))
CONTRAST = Look("contrast", 100)
CONTRASTED = {"chat", "direct", "settings"}  #: the scenes that are shown in high contrast, too
#: the README's pictures, and which of the gallery's they are
README = {
    "screenshot-light.png": "chat-light-100.png",
    "screenshot-dark.png": "chat-dark-100.png",
    "login.png": "login-light-100.png",
}


def main() -> None:
    """Take the pictures that the command line asks for; all of them also for the README."""
    scenes = [scene.__name__ for scene in SCENES]
    looks = {str(look): look for look in (*LOOKS, CONTRAST)}
    parser = argparse.ArgumentParser(description="Takes pictures of every screen of tkchat.")
    parser.add_argument("folder", type=Path, nargs="?", default=GALLERY)
    parser.add_argument("--scene", action="append", choices=scenes, help="instead of all")
    parser.add_argument("--look", action="append", choices=looks, help="instead of all")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    made: dict[Look, dict[str, list[str]]] = {}
    with Display(backend="xvfb", size=SCREEN, color_depth=24, extra_args=["-dpi", "96"]):
        for look in map(looks.__getitem__, asked.look or looks):
            wanted = set(asked.scene or scenes) & (CONTRASTED if look is CONTRAST else set(scenes))
            made[look] = take(look, asked.folder, wanted)
    if not (asked.scene or asked.look):
        tidy_up(asked.folder, made)
    if asked.folder == GALLERY:
        for name, source in README.items():
            shutil.copyfile(GALLERY / source, CHECKOUT / "assets" / name)


def take(look: Look, folder: Path, wanted: Collection[str]) -> dict[str, list[str]]:
    """Write the pictures of the scenes ``wanted`` in one look into ``folder``.

    Returns the names of the pictures of each scene.
    """
    made: dict[str, list[str]] = {}
    gc.disable()  # in any thread it could call Tk
    with set_up(look) as stage:
        for scene in SCENES:
            if scene.__name__ not in wanted:
                continue
            if scene.__name__ != "login":
                stage.enter()
            stage.stay_alive()
            for name, widget in scene(stage):
                keep(still(widget, stage.update), folder / f"{name}-{look}.png")
                made.setdefault(scene.__name__, []).append(name)
    gc.collect()
    return made


def tidy_up(folder: Path, made: dict[Look, dict[str, list[str]]]) -> None:
    """Remove pictures that are taken no more, and write the page about those that are."""
    files = {
        f"{name}-{look}.png"
        for look, scenes in made.items()
        for names in scenes.values()
        for name in names
    }
    for path in folder.glob("*.png"):
        if path.name not in files:
            path.unlink()
    write_index(folder, made[LOOKS[0]])


if __name__ == "__main__":
    main()
