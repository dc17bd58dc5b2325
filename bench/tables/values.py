"""Made-up words and numbers of papers, each as it is printed and as LaTeX writes it."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

WORDS: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
)
SPECIAL = str.maketrans(
    {"&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$"}
)
UNICODE = str.maketrans(
    {
        "↑": r"$\uparrow$",
        "↓": r"$\downarrow$",
        "→": r"$\rightarrow$",
        "±": r"$\pm$",
        "×": r"$\times$",
        "−": "$-$",
        "–": "--",
        "†": r"\textsuperscript{\dag}",
        "‡": r"\textsuperscript{\ddag}",
        "*": r"\textsuperscript{*}",
        "✓": r"\yes{}",
        "✗": r"\no{}",
        "α": r"$\alpha$",
        "β": r"$\beta$",
        "λ": r"$\lambda$",
        "σ": r"$\sigma$",
        "°": r"$^{\circ}$",
    }
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of text: what is printed, and the LaTeX that prints it."""

    text: str
    tex: str

    def __add__(self, other: Phrase) -> Phrase:
        return Phrase(self.text + other.text, self.tex + other.tex)


def plain(text: str) -> Phrase:
    """Write text in LaTeX, special characters escaped."""
    return Phrase(
        text.replace("'", "’"), text.translate(SPECIAL).translate(UNICODE)
    )


def lowered(base: str, index: str) -> Phrase:
    """Put an index below the line: AP50 with a low 50."""
    return Phrase(base + index, rf"{base}$_{{\mathrm{{{index}}}}}$")


def stacked(*lines: str) -> Phrase:
    """Set lines above each other in one cell."""
    return Phrase(
        " ".join(lines),
        r"\makecell{" + r"\\".join(plain(line).tex for line in lines) + "}",
    )


def wrapped_in(command: str, phrase: Phrase) -> Phrase:
    """Put a phrase into a LaTeX command of one argument, which changes no letter."""
    return (
        Phrase(phrase.text, rf"\{command}{{{phrase.tex}}}")
        if phrase.text
        else phrase
    )


@dataclass(frozen=True, slots=True)
class Metric:
    """A column of numbers: its name, the range and digits of its values, and which end is the better one."""

    name: Phrase
    low: float
    high: float
    digits: int
    better: str = ""
    """↑, ↓ or nothing."""


def _metric(
    name: str | Phrase, low: float, high: float, digits: int, better: str = ""
) -> Metric:
    return Metric(
        name if isinstance(name, Phrase) else plain(name),
        low,
        high,
        digits,
        better,
    )


IMAGE = (
    _metric("PSNR", 18, 36, 2, "↑"),
    _metric("SSIM", 0.6, 0.98, 3, "↑"),
    _metric("LPIPS", 0.03, 0.4, 3, "↓"),
    _metric("FID", 4, 90, 2, "↓"),
    _metric("FVD", 80, 900, 1, "↓"),
    _metric("CSIM", 0.4, 0.95, 3, "↑"),
    _metric("LMD", 1, 6, 2, "↓"),
    _metric("Sync-C", 2, 9, 3, "↑"),
    _metric("Sync-D", 6, 12, 3, "↓"),
)
LABELS = (
    _metric("Acc.", 40, 99, 1, "↑"),
    _metric("F1", 30, 95, 2, "↑"),
    _metric("mAP", 20, 70, 1, "↑"),
    _metric(lowered("AP", "50"), 30, 80, 1, "↑"),
    _metric(lowered("AP", "75"), 20, 70, 1, "↑"),
    _metric("mIoU", 30, 88, 2, "↑"),
    _metric("R@1", 10, 80, 1, "↑"),
    _metric("R@10", 40, 97, 1, "↑"),
    _metric("AUC", 0.5, 1, 4, "↑"),
    _metric("Top-1 (%)", 40, 90, 2, "↑"),
    _metric(stacked("Accuracy", "(%)"), 40, 99, 2, "↑"),
)
LANGUAGE = (
    _metric("BLEU-4", 8, 45, 2, "↑"),
    _metric("METEOR", 10, 40, 2, "↑"),
    _metric("ROUGE-L", 20, 60, 2, "↑"),
    _metric("CIDEr", 30, 140, 1, "↑"),
    _metric("WER (%)", 2, 40, 2, "↓"),
    _metric("EM", 20, 85, 1, "↑"),
    _metric("PPL", 5, 60, 2, "↓"),
    _metric("Gain (%)", -6, 9, 1),
)
ERRORS = (
    _metric("MAE", 0.1, 4, 3, "↓"),
    _metric("RMSE", 0.2, 6, 3, "↓"),
    _metric(Phrase("R2", "$R^2$"), -0.4, 1, 3, "↑"),
    _metric("bias (mm)", -3, 3, 2),
    _metric(Phrase("L1", r"$\mathcal{L}_1$"), 0.01, 0.2, 4, "↓"),
    _metric("Rot. (°)", 0.4, 12, 2, "↓"),
)
COST = (
    _metric("Params (M)", 3, 900, 1, "↓"),
    _metric("FLOPs (G)", 1, 400, 1, "↓"),
    _metric("FPS", 1, 240, 0, "↑"),
    _metric("Time (s)", 0.1, 60, 2, "↓"),
    _metric("Mem. [GB]", 1, 79, 1, "↓"),
    _metric(stacked("Latency", "(ms)"), 4, 900, 0, "↓"),
    _metric(stacked("GPU", "hours"), 100, 20000, 0),
)
OPINIONS = (
    _metric("Naturalness", 1, 5, 2, "↑"),
    _metric("Lip sync", 1, 5, 2, "↑"),
    _metric("Realism", 1, 5, 2, "↑"),
    _metric("Identity", 1, 5, 2, "↑"),
    _metric(stacked("Visual", "quality"), 1, 5, 2, "↑"),
    _metric(stacked("Overall", "preference"), 1, 5, 2, "↑"),
)
FAMILIES = (IMAGE, LABELS, LANGUAGE, ERRORS)


def name_method(rng: random.Random) -> str:
    return rng.choice(WORDS["starts"]) + rng.choice(WORDS["ends"])


def distinct(
    rng: random.Random, starts: Sequence[str], ends: Sequence[str], count: int
) -> list[str]:
    """Make different names out of a start and an end."""
    names: dict[str, None] = {}
    while len(names) < count:
        names[rng.choice(starts) + rng.choice(ends)] = None
    return list(names)


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How the numbers of one table are written."""

    error: str
    """How an error is added: not at all, after ±, small, in brackets, or below the value."""
    minus: str
    """Hyphen or math minus."""
    missing: str
    percent: bool
    mathematical: bool


def choose_number_style(rng: random.Random, *, percent: bool) -> NumberStyle:
    """Choose how numbers are written; with `percent`, a sign may follow them."""
    return NumberStyle(
        error=rng.choices(
            ["", "pm", "small", "brackets", "below"], [24, 6, 4, 2, 1]
        )[0],
        minus=rng.choice("-−"),
        missing=rng.choice(["–", "–", "-", "—", "N/A", ""]),
        percent=percent and rng.random() < 0.25,
        mathematical=rng.random() < 0.15,
    )


def number(style: NumberStyle, value: float, digits: int) -> Phrase:
    """Write a number with its sign and its thousands."""
    digits_only = f"{abs(value):,.{digits}f}"
    text = (style.minus if value < 0 else "") + digits_only
    if style.mathematical:
        return Phrase(
            text.replace("-", "−"),
            "$" + text.replace("−", "-").replace(",", "{,}") + "$",
        )
    return plain(text)


def with_error(
    rng: random.Random, style: NumberStyle, base: Phrase, metric: Metric
) -> Phrase:
    """Add the error of a value, as large as a fiftieth of the range."""
    error = (
        f"{rng.random() * (metric.high - metric.low) / 50:.{metric.digits}f}"
    )
    match style.error:
        case "pm":
            return base + Phrase(f" ± {error}", rf" $\pm$ {error}")
        case "small":
            return base + Phrase(f"±{error}", rf"{{\scriptsize$\pm${error}}}")
        case "brackets":
            return base + plain(f" ({error})")
        case "below":
            return Phrase(
                f"{base.text} ±{error}",
                rf"\makecell{{{base.tex}\\{{\scriptsize $\pm${error}}}}}",
            )
    return (
        base + plain("%")
        if style.percent and not metric.name.text.endswith("%)")
        else base
    )
