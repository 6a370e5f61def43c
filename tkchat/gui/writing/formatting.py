"""Puts marks of markdown around what is selected, or takes them away. No tkinter."""

BOLD, ITALIC, STRIKE, CODE = "**", "*", "~~", "`"
_FENCE = "```"


def toggle(text: str, start: int, end: int, mark: str) -> tuple[str, int, int]:
    """Return ``text`` with ``mark`` around the stretch from ``start`` to ``end``, or without it.

    The two numbers are where that stretch begins and ends then. Code of several lines is fenced.
    """
    chosen = text[start:end]
    end -= len(chosen) - len(chosen.rstrip())
    start = min(start + len(chosen) - len(chosen.lstrip()), end)
    chosen = text[start:end]
    if mark == CODE and "\n" in chosen:
        return _fence(text, start, end)
    size = len(mark)
    if _has_around(text, start, end, mark):
        return text[: start - size] + chosen + text[end + size :], start - size, end - size
    if len(chosen) > 2 * size and _has_around(text, start + size, end - size, mark):
        return text[:start] + chosen[size:-size] + text[end:], start, end - 2 * size
    return f"{text[:start]}{mark}{chosen}{mark}{text[end:]}", start + size, end + size


def as_code(text: str, before: str = "") -> str:
    """Return ``text`` as a block of code that can follow ``before``, with a fence around it."""
    fence = _FENCE
    while fence in text:
        fence += "`"
    begin = "\n" if before and not before.endswith("\n") else ""
    return f"{begin}{fence}\n{text.rstrip(chr(10))}\n{fence}\n"


def _has_around(text: str, start: int, end: int, mark: str) -> bool:
    size = len(mark)
    if start < size or text[start - size : start] != mark or text[end : end + size] != mark:
        return False
    # One star of two is no italic, but one of three is.
    return mark != ITALIC or _stars_before(text, start) % 2 == 1


def _stars_before(text: str, start: int) -> int:
    return len(text[:start]) - len(text[:start].rstrip("*"))


def _fence(text: str, start: int, end: int) -> tuple[str, int, int]:
    block = as_code(text[start:end], text[:start]).removesuffix("\n")
    behind = text[end:]
    gap = "\n" if behind and not behind.startswith("\n") else ""
    return text[:start] + block + gap + behind, start, start + len(block)
