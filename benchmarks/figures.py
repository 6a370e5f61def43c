"""Single figures, with the goals that some of them have."""

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured number. ``goal`` is the most that it should be, or the least with ``at_least``."""

    what: str
    value: float
    unit: str = ""
    goal: float | None = None
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        """Whether it is as it should be."""
        if self.goal is None:
            return True
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    def __str__(self) -> str:
        text = f"{self.what:54} {_short(self.value):>10} {self.unit:6}"
        if self.goal is None:
            return text.rstrip()
        bound = "at least" if self.at_least else "at most"
        mark = "" if self.is_met else "  MISSED"
        return f"{text} {bound} {_short(self.goal)}{mark}"


def tell(figures: Iterable[Figure]) -> None:
    """Print them, a line each."""
    for figure in figures:
        print(f"  {figure}", flush=True)


def percentile(values: Iterable[float], percent: float) -> float:
    """Return the value that so many percent do not exceed; 0 where there is none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))] if ordered else 0.0


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Return the exponent of growth: how steep the line through points is where both are logs.

    0 is for what does not grow, 1 for what grows in proportion. Needs two points of another size.
    """
    xs = [math.log(max(size, 1.0)) for size, _ in points]
    ys = [math.log(max(cost, 1e-9)) for _, cost in points]
    return statistics.linear_regression(xs, ys).slope


def _short(value: float) -> str:
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
