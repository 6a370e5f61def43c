"""The page that shows all pictures of a folder."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.gallery.scenes import SCENES

_HEAD = """# What tkchat looks like

Every screen of the program, as `make screenshots` takes them: the real windows, on a chat in which
five people have talked for two days. Shown here is the light theme at 100 %; under each picture are
links to the dark one and to those at 175 %, and of a few there is one in high contrast.
"""


def write_index(folder: Path, names: Mapping[str, Sequence[str]]) -> None:
    """Write ``README.md`` into ``folder``; ``names`` are those of the pictures of each scene."""
    parts = [_HEAD]
    for scene in SCENES:
        said = (scene.__doc__ or "").partition("\n")[0]
        parts.append(f"## {scene.__name__.replace('_', ' ').capitalize()}\n\n{said}\n")
        parts += [_picture(folder, name) for name in names[scene.__name__]]
    (folder / "README.md").write_text("\n".join(parts), encoding="utf-8")


def _picture(folder: Path, name: str) -> str:
    others = sorted(path.name for path in folder.glob(f"{name}-[a-z]*-[0-9]*.png"))
    others = [each for each in others if each.rsplit("-", 2)[0] == name]
    looks = [each.removeprefix(f"{name}-").removesuffix(".png") for each in others]
    links = " · ".join(f"[{look}]({name}-{look}.png)" for look in looks if look != "light-100")
    title = name.replace("-", " ")
    return f"![{title}]({name}-light-100.png)\n\n{title}: {links}\n"
