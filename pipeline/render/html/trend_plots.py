"""Papers a week and topic as SVG, readable in grey: lines differ by dash and mark too."""

from __future__ import annotations

import io
from dataclasses import dataclass

from pipeline.render.html.trend_tables import Trends


@dataclass(frozen=True, slots=True)
class LineStyles:
    """matplotlib's names of what tells one line from another, taken in turn."""

    dashes: tuple[str, ...] = ("-", "--", "-.", ":")
    marks: tuple[str, ...] = ("o", "s", "^", "D", "v", "x", "P")


_styles = LineStyles()


def plot_weeks(trends: Trends, label: str) -> bytes:
    """Draw the kept papers of each topic by week; SVG without script or outside links."""
    from matplotlib import rc_context

    # Words stay words: the browser has fonts for Chinese.
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "screen"}):
        return _draw(trends, label)


def _draw(trends: Trends, label: str) -> bytes:
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    # Small, so that its words can be read at the width of a phone.
    figure = Figure(figsize=(6, 3.2), layout="constrained")
    FigureCanvasSVG(figure)
    axes = figure.subplots()
    weeks = [f"{week:%m-%d}" for week in trends.weeks]
    for at, topic in enumerate(trends.topics):
        axes.plot(
            weeks,
            topic.kept,
            linestyle=_styles.dashes[at % len(_styles.dashes)],
            marker=_styles.marks[at % len(_styles.marks)],
            label=topic.topic,
        )
    axes.set_ylabel(label)
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    axes.tick_params(axis="x", rotation=45)
    axes.grid(visible=True, alpha=0.3)
    if trends.topics:
        axes.legend(fontsize="small", ncols=2)
    out = io.BytesIO()
    figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()
