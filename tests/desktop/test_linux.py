import subprocess
from pathlib import Path

import pytest

from tests.desktop.support import program
from tkchat.desktop import linux

COMMAND = ["/usr/bin/python3", "/opt/tkchat/run_client.py", "--from-launcher"]
FOLDER = Path("/opt/tkchat")
ODD_NAMES = [
    "with spaces",
    "$HOME and `ls`",
    "\"double\" and 'single'",
    "back\\slash \\s \\n",
    "100% %u %%",
    "a=b",
    "é 日本 😀",
    "semi;colon & <pipe> | (x) # ~ *?!",
]


def tree(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def ours(folder: Path) -> list[str]:
    return sorted(name for name in tree(folder) if linux.APP_ID in name)


def validate(entry: str, folder: Path) -> str:
    file = folder / linux.ENTRY_NAME
    file.write_text(entry, encoding="utf-8")
    command = ["desktop-file-validate", str(file)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0 or done.stdout
    return done.stdout + done.stderr


def test_entry_is_valid_and_complete(tmp_path: Path) -> None:
    entry = linux.desktop_entry(COMMAND, FOLDER)
    assert validate(entry, tmp_path) == ""
    command = '"/usr/bin/python3" "/opt/tkchat/run_client.py" "--from-launcher" "--connect" %u'
    assert f"Exec={command}\n" in entry
    assert "MimeType=x-scheme-handler/tkchat;\n" in entry
    assert "Path=/opt/tkchat\n" in entry
    assert "StartupWMClass=Tkchat\n" in entry
    assert "Categories=Network;InstantMessaging;Chat;\n" in entry


@pytest.mark.parametrize("name", ODD_NAMES)
def test_entry_is_valid_with_odd_folders(name: str, tmp_path: Path) -> None:
    command = [f"/opt/{name}/python", f"/opt/{name}/run_client.py"]
    assert validate(linux.desktop_entry(command, Path("/opt", name)), tmp_path) == ""


def test_quotes_as_the_specification_says() -> None:
    """Its own example: a backslash in a quoted argument takes four in the file."""
    entry = linux.desktop_entry(["/bin/x", 'a\\b$c`d"e%f'], Path("/a\\b"))
    assert 'Exec="/bin/x" "a\\\\\\\\b\\\\$c\\\\`d\\\\"e%%f" "--connect" %u\n' in entry
    assert "Path=/a\\\\b\n" in entry


@pytest.mark.parametrize("character", "%=")
def test_a_program_that_exec_cannot_name_is_started_by_the_shell(character: str) -> None:
    entry = linux.desktop_entry([f"/opt/a{character}b/python"], FOLDER)
    assert 'Exec="/bin/sh" "-c" "exec \\\\"\\\\$@\\\\"" "sh" "/opt/a' in entry


@pytest.mark.parametrize("name", ["line\nbreak", "\x1b[0m", "not UTF-8: \udcff"])
def test_refuses_what_an_entry_cannot_hold(name: str) -> None:
    with pytest.raises(ValueError, match="rename the folder"):
        linux.desktop_entry([f"/opt/{name}/python"], FOLDER)


def test_installs_entry_icons_and_a_desktop_copy(home: Path) -> None:
    lines = linux.install(COMMAND, FOLDER)
    entry = home / ".local/share/applications" / linux.ENTRY_NAME
    copy = home / "Desktop" / linux.ENTRY_NAME
    assert entry.read_text() == copy.read_text() == linux.desktop_entry(COMMAND, FOLDER)
    assert copy.stat().st_mode & 0o111
    for size in linux.ICON_SIZES:
        icons = home / f".local/share/icons/hicolor/{size}x{size}/apps"
        assert (icons / f"{linux.APP_ID}.png").is_file()
    assert any(str(entry) in line for line in lines)
    assert any(str(copy) in line for line in lines)


def test_installing_twice_is_installing_once(home: Path) -> None:
    first_lines = linux.install(COMMAND, FOLDER)
    first = tree(home)
    assert linux.install(COMMAND, FOLDER) == first_lines
    assert tree(home) == first


def test_installing_again_follows_a_checkout_that_moved(home: Path) -> None:
    linux.install(COMMAND, FOLDER)
    linux.install(COMMAND, Path("/srv/tkchat"))
    for file in (home / ".local/share/applications", home / "Desktop"):
        assert "Path=/srv/tkchat\n" in (file / linux.ENTRY_NAME).read_text()


def test_remove_leaves_nothing(home: Path) -> None:
    linux.install(COMMAND, FOLDER)
    removed = linux.remove()
    assert ours(home) == []
    assert len(removed) == 2 + len(linux.ICON_SIZES)
    assert linux.remove() == ["There was no launcher to remove."]


def test_works_without_any_desktop_tool(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_tools = set(linux.install(COMMAND, FOLDER))
    expected = {name: tree(home)[name] for name in ours(home) if not name.startswith(".gnome")}
    linux.remove()
    monkeypatch.setenv("PATH", str(home))
    assert set(linux.install(COMMAND, FOLDER)) == with_tools
    assert {name: tree(home)[name] for name in ours(home)} == expected
    linux.remove()
    assert ours(home) == []


def test_works_when_the_tools_fail(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for tool in ("xdg-desktop-menu", "xdg-icon-resource", "xdg-user-dir", "gio"):
        program(tmp_path / "bin", tool, "exit 3")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    linux.install(COMMAND, FOLDER)
    assert len(ours(home)) == 2 + len(linux.ICON_SIZES)
    linux.remove()
    assert ours(home) == []


def test_uses_the_desktop_folder_of_the_language(home: Path) -> None:
    (home / "Schreibtisch").mkdir()
    (home / ".config").mkdir()
    (home / ".config/user-dirs.dirs").write_text('XDG_DESKTOP_DIR="$HOME/Schreibtisch"\n')
    linux.install(COMMAND, FOLDER)
    assert (home / "Schreibtisch" / linux.ENTRY_NAME).is_file()
    assert not (home / "Desktop" / linux.ENTRY_NAME).exists()


@pytest.mark.parametrize("setting", ["$HOME/", "$HOME/missing"])
def test_does_without_a_desktop_folder(setting: str, home: Path) -> None:
    (home / ".config").mkdir()
    (home / ".config/user-dirs.dirs").write_text(f'XDG_DESKTOP_DIR="{setting}"\n')
    linux.install(COMMAND, FOLDER)
    assert not (home / linux.ENTRY_NAME).exists()
    assert not (home / "missing").exists()


def test_ignores_a_relative_data_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "elsewhere")
    monkeypatch.setenv("PATH", str(home))
    linux.install(COMMAND, FOLDER)
    assert (home / ".local/share/applications" / linux.ENTRY_NAME).is_file()
