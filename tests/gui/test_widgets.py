"""What holds for every widget class of ours."""

import importlib
import pkgutil
import tkinter as tk

import pytest

import tkchat.gui

OVERRIDDEN_ON_PURPOSE = {"destroy", "focus", "focus_set"}


def widget_classes() -> list[type[tk.Misc]]:
    return [
        value
        for module in pkgutil.iter_modules(tkchat.gui.__path__, "tkchat.gui.")
        for value in vars(importlib.import_module(module.name)).values()
        if isinstance(value, type)
        and issubclass(value, tk.Misc)
        and value.__module__ == module.name
    ]


@pytest.mark.parametrize("kind", widget_classes(), ids=lambda kind: kind.__name__)
def test_no_widget_hides_a_name_of_tkinter(kind: type[tk.Misc]) -> None:
    """A method called ``_bind`` or ``keys`` would silently break what tkinter does with it."""
    taken = {
        name
        for base in kind.__mro__
        if base.__module__.startswith("tkinter")
        for name in vars(base)
        if not name.startswith("__")
    }
    assert not (set(vars(kind)) & taken) - OVERRIDDEN_ON_PURPOSE
