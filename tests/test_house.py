"""How the house is built: which way imports run, how long files are, what belongs to what."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import CHECKOUT

PACKAGE = CHECKOUT / "tkchat"
MAX_LINES = 400

# What each part may import of the project, itself always included.
MAY_IMPORT = {
    "wire": set[str](),
    "net": {"wire", "i18n"},
    "server": {"net", "wire", "folder_lock", "left_alone", "queues"},
    "client": {"net", "wire", "program", "folder_lock", "left_alone", "i18n", "queues"},
    "gui": {"client", "net", "wire", "desktop", "program", "i18n"},
    "terminal": {"client", "net", "wire", "i18n", "queues"},
    "desktop": {"program", "i18n"},
    "i18n": set[str](),
    "program": set[str](),
    "folder_lock": set[str](),
    "left_alone": {"folder_lock"},
    "queues": set[str](),
    "selftest": {"client", "server", "net", "wire", "program", "queues"},
    "cli": {"gui", "terminal", "server", "client", "net", "desktop", "program", "selftest", "i18n"},
    "__main__": {"cli"},
}

# The modules whose tests are elsewhere, each with the reason.
TESTED_ELSEWHERE = {
    "client/events.py": "nothing but records",
    "client/message.py": "nothing but records",
    "server/process.py": "a process of its own: tests/scenarios/test_server_process.py",
    "wire/limits.py": "nothing but numbers",
}


def sources(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


def module_name(path: Path) -> str:
    parts = path.relative_to(CHECKOUT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sources(PACKAGE)}


def imports(path: Path) -> Iterator[str]:
    """Yield the project's modules that ``path`` imports, anywhere and for whatever purpose."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} has a relative import"
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name in MODULES else node.module or "" for name in inner]
        yield from (name for name in names if name.partition(".")[0] == "tkchat")


def part_of(module: str) -> str:
    """Return the part of the house that ``module`` is in; empty for the package itself."""
    if module.endswith(".__main__"):
        return "__main__"
    return module.split(".")[1] if "." in module else ""


@pytest.mark.parametrize("module", [name for name in MODULES if part_of(name)])
def test_imports_run_one_way(module: str) -> None:
    part = part_of(module)
    others = {part_of(name) for name in imports(MODULES[module])} - {part, ""}
    assert others <= MAY_IMPORT[part], f"{module} must not import {others - MAY_IMPORT[part]}"


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {name: set(imports(path)) - {name} for name, path in MODULES.items()}
    left = dict(graph)
    while left:
        done = {name for name, wanted in left.items() if not wanted & left.keys()}
        assert done, f"these import each other: {sorted(left)}"
        for name in done:
            del left[name]


def test_the_search_for_imports_finds_them() -> None:
    assert "tkchat.client.session" in set(imports(PACKAGE / "terminal" / "app.py"))
    assert "tkchat.terminal.interactive" in set(imports(PACKAGE / "terminal" / "app.py"))


def test_nothing_waits_for_a_queue_in_the_way_that_may_never_end() -> None:
    text = {name: path.read_text(encoding="utf-8") for name, path in MODULES.items()}
    assert {name for name in text if ".get(timeout=" in text[name]} == {"tkchat.queues"}


def test_no_file_is_too_long_to_be_read_at_once() -> None:
    lengths = {
        str(path.relative_to(CHECKOUT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in sources(PACKAGE) + sources(CHECKOUT / "tests")
    }
    assert {path: length for path, length in lengths.items() if length > MAX_LINES} == {}


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(CHECKOUT))
        for path in sources(PACKAGE)
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_every_module_has_its_tests() -> None:
    missing = []
    for path in sources(PACKAGE):
        inside = path.relative_to(PACKAGE)
        expected = CHECKOUT / "tests" / inside.parent / f"test_{inside.name}"
        if not (path.name.startswith("__") or expected.is_file()):
            missing.append(inside.as_posix())
    assert set(missing) == set(TESTED_ELSEWHERE)


@pytest.mark.parametrize("path", [*MODULES.values(), *sources(CHECKOUT / "tests")], ids=str)
def test_every_silenced_check_has_its_reason_beside_it(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if re.search(r"# (noqa: \w+|type: ignore\[[\w-]+\])$", line)]
