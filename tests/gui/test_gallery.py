"""Every screen of the gallery can be reached, and its picture is small and true."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.gallery.camera import keep, with_few_colours
from tests.gallery.index import write_index
from tests.gallery.scenes import SCENES
from tests.gallery.stage import Look, set_up
from tests.gui.driving import show
from tests.support import CHECKOUT

README = (CHECKOUT / "docs" / "gallery" / "README.md").read_text("utf-8")


@pytest.mark.parametrize("at", range(len(SCENES)), ids=[scene.__name__ for scene in SCENES])
def test_a_scene_shows_what_the_gallery_has_of_it(at: int) -> None:
    scene = SCENES[at]
    with set_up(Look("light", 100)) as stage:
        if scene.__name__ != "login":
            stage.enter()
        for name, widget in scene(stage):
            show(widget)
            assert f"({name}-light-100.png)" in README


def test_a_picture_in_few_colours_keeps_its_grounds() -> None:
    picture = Image.linear_gradient("L").convert("RGB").resize((600, 400))
    draw = ImageDraw.Draw(picture)
    grounds = ["#ffffff", "#fefefe", "#f0f1f5", "#eaf1fe"]
    for at, colour in enumerate(grounds):
        draw.rectangle((at * 100, 0, at * 100 + 99, 99), fill=colour)
    small = with_few_colours(picture)
    assert small.getcolors(128) is not None
    shown = [small.convert("RGB").getpixel((at * 100 + 50, 50)) for at in range(len(grounds))]
    assert shown == [tuple(bytes.fromhex(colour.removeprefix("#"))) for colour in grounds]


def test_a_picture_is_written_only_if_something_else_is_to_be_seen(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    picture = Image.new("RGB", (200, 100), "white")
    keep(picture, path)
    written = path.read_bytes()
    draw = ImageDraw.Draw(picture)
    draw.line((10, 10, 10, 24), fill="black")  # a cursor
    keep(picture, path)
    assert path.read_bytes() == written
    draw.rectangle((10, 10, 40, 40), fill="black")
    keep(picture, path)
    assert path.read_bytes() != written


def test_the_page_shows_each_picture_and_links_to_its_other_looks(tmp_path: Path) -> None:
    for file in ("chat-light-100.png", "chat-dark-175.png", "chat-top-dark-175.png"):
        (tmp_path / file).touch()
    write_index(tmp_path, {scene.__name__: [scene.__name__] for scene in SCENES})
    page = (tmp_path / "README.md").read_text("utf-8")
    assert "![chat](chat-light-100.png)\n\nchat: [dark-175](chat-dark-175.png)\n" in page
