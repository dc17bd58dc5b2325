"""Tables of settings, counts, words and measurements over made-up values."""

from __future__ import annotations

import random

from bench.tables import values
from bench.tables.contents import (
    Column,
    Content,
    Group,
    name_methods,
    part_into_groups,
)
from bench.tables.values import WORDS, NumberStyle, Phrase, plain


def make_hyperparameters(rng: random.Random) -> Content:
    """Settings of training, for one model or several."""
    names = rng.sample(WORDS["hyperparameters"], rng.randint(6, 14))
    titles = rng.choice(
        [
            ["Value"],
            ["Base", "Large"],
            ["Stage 1", "Stage 2"],
            ["Small", "Base", "Large"],
        ]
    )
    rows = [[plain(name), *(_setting(rng) for _ in titles)] for name in names]
    first = plain(
        rng.choice(["Hyperparameter", "Parameter", "Setting", "Config"])
    )
    columns = [
        Column((first,), "l"),
        *(Column((plain(title),), rng.choice("cl")) for title in titles),
    ]
    groups = part_into_groups(rng, rows, 3)
    labelled = len(groups) > 1 and rng.random() < 0.3
    return Content("hyperparameters", columns, groups, 1, grouped=labelled)


def _setting(rng: random.Random) -> Phrase:
    power = rng.randint(2, 5)
    lead = rng.randint(1, 9)
    forms = [
        Phrase(f"{lead} × 10−{power}", rf"${lead} \times 10^{{-{power}}}$"),
        Phrase(f"10−{power}", f"$10^{{-{power}}}$"),
        plain(f"{lead}e-{power}"),
        plain(str(2 ** rng.randint(3, 11))),
        plain(f"{rng.random():.2f}"),
        plain(f"{rng.randint(1, 400):,}K"),
        Phrase("256 × 256", r"$256\times256$"),
        plain(rng.choice(WORDS["choices"])),
        Phrase(f"(0.9, 0.9{lead})", f"$(0.9, 0.9{lead})$"),
    ]
    return rng.choice(forms)


def make_statistics(rng: random.Random) -> Content:
    """Data sets against their counts."""
    names = values.distinct(
        rng, WORDS["sets"], WORDS["set_ends"], rng.randint(4, 10)
    )
    counts = rng.sample(WORDS["counts"], rng.randint(3, 5))
    align = rng.choice("rrc")
    columns = [
        Column((plain(rng.choice(["Dataset", "Corpus", "Data set"])),), "l"),
        Column((plain("Year"),)),
    ]
    columns += [
        Column((*_split_head(count), plain(count)), align)
        for count in sorted(counts)
    ]
    columns.append(Column((plain(rng.choice(["License", "Source"])),), "l"))
    style = NumberStyle(
        "", "-", rng.choice("–-"), percent=False, mathematical=False
    )
    rows = [
        [plain(name), plain(str(rng.randint(2010, 2025)))] for name in names
    ]
    for row in rows:
        row += [_count(rng, style) for _ in counts]
        row.append(plain(rng.choice(WORDS["licences"])))
    return Content(
        "statistics",
        columns,
        part_into_groups(rng, rows, 3),
        2,
        grouped=rng.random() < 0.4,
    )


def _split_head(count: str) -> tuple[Phrase, ...]:
    return (plain("Split"),) if count in {"# Train", "# Val", "# Test"} else ()


def _count(rng: random.Random, style: NumberStyle) -> Phrase:
    if rng.random() < 0.06:
        return plain(style.missing)
    return values.number(style, 10 ** rng.uniform(1, 6), 0)


def make_comparison(rng: random.Random) -> Content:
    """Works described in words that wrap, with years and a check mark or two."""
    names = name_methods(rng, rng.randint(4, 8))
    marks = rng.sample(WORDS["parts"], rng.randint(0, 2))
    columns = [Column((plain("Work"),), "l"), Column((plain("Year"),))]
    columns += [
        Column((plain(title),), "X")
        for title in ("Input", "Approach", "Limitation")
    ]
    columns += [Column((plain(mark),)) for mark in marks]
    rows = []
    for name in names:
        said = [
            _join_some(rng, part)
            for part in ("inputs", "approaches", "limitations")
        ]
        row = [name, plain(str(rng.randint(2016, 2025)))]
        row += said
        rows.append(row + [plain(rng.choice("✓✗")) for _ in marks])
    return Content(
        "comparison",
        columns,
        part_into_groups(rng, rows, 3),
        1,
        grouped=rng.random() < 0.3,
    )


def _join_some(rng: random.Random, part: str) -> Phrase:
    """Join one or two phrases to a text that may wrap."""
    words = " and ".join(rng.sample(WORDS[part], rng.randint(1, 2)))
    return plain(words[0].upper() + words[1:])


QUANTITIES = (
    Phrase("σ", r"$\sigma$"),
    Phrase("Ωm", r"$\Omega_\mathrm{m}$"),
    Phrase("H0", r"$H_0$"),
    Phrase("log M", r"$\log M$"),
    Phrase("τ", r"$\tau$"),
    Phrase("E (eV)", r"$E$ (eV)"),
    Phrase("a (Å)", r"$a$ (\AA)"),
    Phrase("χ2/N", r"$\chi^2/N$"),
)


def make_measurements(rng: random.Random) -> Content:
    """Quantities of a natural science with their errors, for samples or models."""
    quantities = rng.sample(QUANTITIES, rng.randint(3, 6))
    fits = rng.sample(
        [
            "Model A",
            "Model B",
            "DFT",
            "Experiment",
            "Run 1",
            "Run 2",
            "This work",
        ],
        rng.randint(2, 4),
    )
    form = rng.choice(["{:.2f}({})", "{:.3f} ± 0.0{}", "{:.1f}"])
    rows = []
    for fit in fits * (1 if rng.random() < 0.5 else 2):
        drawn = [
            form.format(rng.uniform(-2, 80), rng.randint(1, 9))
            for _ in quantities
        ]
        rows.append(
            [plain(fit), *(plain(value.replace("-", "−")) for value in drawn)]
        )
    groups = (
        part_into_groups(rng, rows, 2)
        if len(rows) > len(fits)
        else [Group("", rows)]
    )
    columns = [
        Column((plain(rng.choice(["", "Sample", "Model"])),), "l"),
        *(Column((name,)) for name in quantities),
    ]
    return Content("measurements", columns, groups, 1, grouped=len(groups) > 1)


def make_confusion(rng: random.Random) -> Content:
    """True classes against predicted classes."""
    classes = rng.sample(WORDS["classes"], rng.randint(4, 7))
    above = (
        (plain(rng.choice(["Predicted", "Predicted class"])),)
        if rng.random() < 0.6
        else ()
    )
    digits = rng.choice([0, 1, 2])
    rows = []
    for true in classes:
        shares = [
            plain(f"{rng.uniform(0, 100 if name == true else 20):.{digits}f}")
            for name in classes
        ]
        shares[classes.index(true)] = values.wrapped_in(
            "textbf", shares[classes.index(true)]
        )
        rows.append([plain(true), *shares])
    columns = [
        Column((plain(rng.choice(["", "True", "Class"])),), "l"),
        *(Column((*above, plain(c))) for c in classes),
    ]
    return Content("confusion", columns, [Group("", rows)], 1)
