"""The scripts, as text: PowerShell is not here to run them."""

import base64
from pathlib import PureWindowsPath

from tkchat.desktop import windows

PYTHON = r"C:\Program Files\Python\pythonw.exe"
SCRIPT = r"C:\Users\Zoë's\my chat\run_client.py"


def script() -> str:
    image, folder = PureWindowsPath(r"C:\i.ico"), PureWindowsPath(SCRIPT).parent
    command = [PYTHON, SCRIPT, "--from-launcher"]
    return windows.install_script(command, folder, image)


def test_shortcut_has_target_arguments_folder_and_icon() -> None:
    lines = [line.strip() for line in script().splitlines()]
    assert rf"$link.TargetPath = '{PYTHON}'" in lines
    assert (
        r"""$link.Arguments = '"C:\Users\Zoë''s\my chat\run_client.py" --from-launcher'""" in lines
    )
    assert r"$link.WorkingDirectory = 'C:\Users\Zoë''s\my chat'" in lines
    assert r"$link.IconLocation = 'C:\i.ico,0'" in lines


def test_install_and_remove_mean_the_same_files() -> None:
    for text in (script(), windows.remove_script()):
        assert "foreach ($name in 'Programs', 'Desktop')" in text
        assert "Join-Path ([Environment]::GetFolderPath($name)) 'tkchat.lnk'" in text
        assert text.count("{") == text.count("}")


def test_links_are_opened_with_the_client() -> None:
    lines = script().splitlines()
    assert r"$key = 'HKCU:\Software\Classes\tkchat'" in lines
    assert "Set-ItemProperty -LiteralPath $key -Name 'URL Protocol' -Value ''" in lines
    command = f'"{PYTHON}" "{SCRIPT}" --from-launcher --connect "%1"'.replace("'", "''")
    assert f"$open = '{command}'" in lines
    assert "Remove-Item -LiteralPath $key -Recurse" in windows.remove_script()


def test_quotes_every_kind_of_single_quote() -> None:
    assert windows.quoted("it's $x") == "'it''s $x'"
    assert windows.quoted("Zoë\u2019s") == "'Zoë\u2019\u2019s'"


def test_script_is_passed_whole() -> None:
    *options, encoded = windows.powershell_command("echo 'é日本'\n")
    assert options[-1] == "-EncodedCommand"
    assert base64.b64decode(encoded).decode("utf-16-le") == "echo 'é日本'\n"
