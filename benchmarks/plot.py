"""The picture of the comparison: deliveries a second against clients, of all servers."""

from pathlib import Path

Rates = dict[str, list[tuple[int, float]]]  #: by server: clients, deliveries a second

# Ours stands out, the limit is dashed, and the others are told apart by name and shade.
_COLOURS = {
    "tkchat": "#c2410c",
    "tkchat-tagged": "#d97706",
    "tkchat-tls": "#92400e",
    "relay": "#374151",
    "ngircd": "#1d4ed8",
    "inspircd": "#0e7490",
    "mosquitto": "#7e22ce",
    "tutorial": "#6b7280",
}
_LABELS = {
    "tkchat-tagged": "tkchat, tagged",
    "tkchat-tls": "tkchat, tagged over TLS",
    "relay": "copying in C, no chat",
    "ngircd": "ngIRCd",
    "inspircd": "InspIRCd",
    "tutorial": "tutorial's loop",
}
_LEAST_GAP = 0.05  #: between two labels, as a share of the picture's height


def draw(rates: Rates, file: Path, note: str) -> bool:
    """Draw the picture into ``file``, an SVG or PNG; tell whether matplotlib is there to do so."""
    try:
        from matplotlib.figure import Figure
        from matplotlib.ticker import FuncFormatter
    except ImportError:
        return False
    figure = Figure(figsize=(8.5, 5.0), layout="constrained")
    axes = figure.subplots()
    axes.set_xscale("log")
    axes.set_yscale("log")
    for name, points in rates.items():
        axes.plot(
            [clients for clients, _ in points],
            [rate for _, rate in points],
            marker="o",
            markersize=6 if name == "tkchat" else 4,
            linewidth=3 if name == "tkchat" else 1.5,
            linestyle="--" if name == "relay" else "-",
            color=_COLOURS.get(name, "#374151"),
        )
    sizes = sorted({clients for points in rates.values() for clients, _ in points})
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.minorticks_off()
    axes.set_xlim(sizes[0] * 0.8, sizes[-1] * 1.15)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda rate, _: _number(rate)))
    axes.grid(axis="y", color="#e5e7eb")
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_xlabel("clients, all in one room")
    axes.set_ylabel("lines delivered a second")
    axes.set_title(note, fontsize=10, loc="left")
    low, high = axes.get_ylim()
    ends = {name: _height(points[-1][1], low, high) for name, points in rates.items()}
    for name, height in _spread(ends).items():
        axes.annotate(
            _LABELS.get(name, name),
            (1.01, height),
            xycoords="axes fraction",
            va="center",
            color=_COLOURS.get(name, "#374151"),
            fontweight="bold" if name == "tkchat" else "normal",
            annotation_clip=False,
        )
    figure.savefig(file, dpi=130, metadata={"Date": None} if file.suffix == ".svg" else None)
    return True


def _height(rate: float, low: float, high: float) -> float:
    import math

    return math.log(rate / low) / math.log(high / low)


def _spread(heights: dict[str, float]) -> dict[str, float]:
    """Return the heights moved apart, the lowest first, so that no two labels meet."""
    spread: dict[str, float] = {}
    free = 0.0
    for name, height in sorted(heights.items(), key=lambda item: item[1]):
        spread[name] = max(height, free)
        free = spread[name] + _LEAST_GAP
    return spread


def _number(rate: float) -> str:
    return f"{rate / 1e6:g} M" if rate >= 1e6 else f"{rate / 1e3:g} k"
