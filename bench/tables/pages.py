"""Pages of papers around tables: templates of the field, prose, figures."""

from __future__ import annotations

import random
from dataclasses import dataclass

from bench.tables import values
from bench.tables.values import WORDS


@dataclass(frozen=True, slots=True)
class Template:
    """A document class as a venue uses it."""

    name: str
    document_class: str
    column: float
    """Width of a column in points."""
    width: float
    """Width of the text in points."""
    font: float
    """Size of the text in points."""
    preamble: str = ""
    front: str = "article"
    roman: bool = False
    """Whether tables are numbered I, II, III."""

    turns: bool = True
    """Whether turned floats stay on the page."""

    @property
    def two_columns(self) -> bool:
        return self.column < self.width


LATIN_MODERN = r"\usepackage[margin=1in]{geometry}\usepackage[T1]{fontenc}\usepackage{lmodern}"
TIMES = r"\usepackage{times}"
SMALL_CAPTIONS = r"\usepackage[font=small]{caption}"


def _geometry(options: str) -> str:
    return rf"\usepackage[{options}]{{geometry}}"


CVPR = _geometry(
    "letterpaper,textwidth=6.875in,textheight=8.875in,columnsep=0.3125in"
)
ICML = _geometry("letterpaper,textwidth=6.75in,textheight=9in,columnsep=0.25in")
ACL = _geometry("a4paper,margin=2.5cm,columnsep=0.6cm")
NEURIPS = _geometry("letterpaper,textwidth=5.5in,textheight=9in")
TEMPLATES = (
    Template("article", "article", 469, 469, 10, _geometry("margin=1in")),
    Template(
        "article 12pt", "[12pt,a4paper]{article}", 450, 450, 12, LATIN_MODERN
    ),
    Template(
        "article two columns",
        "[twocolumn]{article}",
        229,
        469,
        10,
        _geometry("margin=1in"),
    ),
    Template(
        "CVPR",
        "[10pt,twocolumn]{article}",
        237,
        496,
        10,
        CVPR + TIMES + SMALL_CAPTIONS,
    ),
    Template(
        "CVPR small",
        "[10pt,twocolumn]{article}",
        237,
        496,
        9,
        CVPR + TIMES + SMALL_CAPTIONS,
    ),
    Template(
        "ICML",
        "[10pt,twocolumn]{article}",
        234,
        487,
        10,
        ICML + TIMES + SMALL_CAPTIONS,
    ),
    Template(
        "ACL",
        "[11pt,twocolumn]{article}",
        219,
        455,
        11,
        ACL + TIMES + SMALL_CAPTIONS,
    ),
    Template("NeurIPS", "[10pt]{article}", 397, 397, 10, NEURIPS + TIMES),
    Template(
        "KOMA",
        "[fontsize=11pt]{scrartcl}",
        418,
        418,
        11,
        _geometry("a4paper,textwidth=418pt"),
    ),
    Template(
        "IEEE conference",
        "[conference]{IEEEtran}",
        252,
        516,
        10,
        front="ieee",
        roman=True,
    ),
    Template(
        "IEEE journal",
        "[journal]{IEEEtran}",
        252,
        516,
        10,
        front="ieee",
        roman=True,
    ),
    Template(
        "ACM",
        "[sigconf,nonacm]{acmart}",
        241,
        506,
        9,
        TIMES,
        front="acm",
        turns=False,
    ),
    Template("LNCS", "{llncs}", 347, 347, 10, front="llncs"),
    Template(
        "REVTeX",
        "[aps,prl,twocolumn]{revtex4-2}",
        246,
        510,
        10,
        front="revtex",
        roman=True,
    ),
    Template(
        "Elsevier preprint",
        "[preprint,12pt]{elsarticle}",
        390,
        390,
        12,
        front="elsevier",
    ),
    Template(
        "Elsevier two columns",
        "[5p,twocolumn]{elsarticle}",
        252,
        522,
        10,
        front="elsevier",
    ),
    Template(
        "REVTeX 4-1",
        "[aps,prd,twocolumn]{revtex4-1}",
        246,
        510,
        10,
        front="revtex",
        roman=True,
    ),
    Template(
        "JMLR",
        "[11pt]{article}",
        434,
        434,
        11,
        _geometry("letterpaper,textwidth=6in") + TIMES,
    ),
    Template("AMS", "{amsart}", 360, 360, 10, front="ams"),
    Template("SPIE", "{spie}", 487, 487, 10),
)
PACKAGES = r"""\usepackage{graphicx,booktabs,multirow,makecell,array,tabularx,longtable,rotating,pifont,xcolor,colortbl,wrapfig}
\definecolor{shade}{gray}{0.9}\definecolor{ranka}{rgb}{1,.7,.7}\definecolor{rankb}{rgb}{1,.85,.7}
\definecolor{rankc}{rgb}{1,1,.7}
\newcommand\yes{\ding{51}}\newcommand\no{\ding{55}}\newcommand\best[1]{{\bfseries\boldmath #1}}
\newcolumntype{C}{>{\centering\arraybackslash}X}\newcolumntype{L}{>{\raggedright\arraybackslash}X}
"""
MARKS = r"""\newwrite\marks\immediate\openout\marks=\jobname.marks
\newcommand\marked[1]{\pdfsavepos\write\marks{#1 \number\ReadonlyShipoutCounter\space
  \the\pdflastxpos\space\the\pdflastypos\space\the\pdfpageheight}}
\newcommand\tablestart{}\newcommand\tableend{}
\newsavebox\tablebox
\newcommand\measured[2]{\sbox\tablebox{#2}%
  \ifdim\wd\tablebox>\linewidth\sbox\tablebox{\resizebox{\linewidth}{!}{\usebox\tablebox}}\fi
  \edef\measures{table #1 \the\wd\tablebox\space\the\ht\tablebox\space\the\dp\tablebox}%
  \leavevmode\expandafter\marked\expandafter{\measures}\usebox\tablebox}
\makeatletter
\AtBeginDocument{\let\turnstart\Grot@start
  \def\Grot@start{\edef\turn{turn \Grot@sin}\expandafter\marked\expandafter{\turn}\turnstart}}
\makeatother
"""
"""What writes the place of each table into a file beside the PDF."""


def _sentence(rng: random.Random) -> str:
    part, other = (word.lower() for word in rng.sample(WORDS["parts"], 2))
    module = rng.choice(WORDS["modules"])
    name = values.name_method(rng)
    forms = [
        f"We find that the {part} {module} improves results by {rng.uniform(0.2, 9):.1f} points over {name}.",
        f"In contrast to {name}~[{rng.randint(1, 80)}], our {module} takes the {part} and the {other} of each frame.",
        f"The {other} {module} is trained for {rng.randint(2, 400)} thousand steps on the training split.",
        f"This indicates that {part} and {other} are learned jointly, whereas earlier work keeps them apart.",
        f"Removing the {part} {module} leads to visible artefacts around the mouth and to unstable {other}.",
        f"Table~{rng.randint(1, 8)} and Fig.~{rng.randint(1, 8)} show that {name} falls behind when the {part} is unseen.",
        f"Let $x_t$ denote the {part} at time $t$; its {other} follows from the {module} in closed form.",
    ]
    return rng.choice(forms)


def paragraph(rng: random.Random) -> str:
    return " ".join(_sentence(rng) for _ in range(rng.randint(3, 7))) + "\n\n"


def plain_text(rng: random.Random) -> str:
    """Write a page of paragraphs and nothing else."""
    return "".join(paragraph(rng) for _ in range(6))


def _title(rng: random.Random) -> str:
    first, second, third = rng.sample(WORDS["parts"], 3)
    return (
        f"{values.name_method(rng)}: {first} and {second} for {third} Synthesis"
    )


FORMULA = r"""\begin{equation}
\mathcal{L} = \lambda_1 \mathcal{L}_r + \lambda_2 \|x - y\|_1
\end{equation}
"""


def prose(rng: random.Random, paragraphs: int) -> str:
    """Write paragraphs with headings, now and then a formula or a list."""
    parts = []
    for place in range(paragraphs):
        if place == 0 or rng.random() < 0.2:
            level = rng.choice(["section", "subsection"])
            heading = rng.choice(WORDS["headings"])
            parts.append(f"\\{level}{{{heading}}}\n")
        parts.append(paragraph(rng))
        if rng.random() < 0.12:
            parts.append(FORMULA)
        if rng.random() < 0.08:
            items = "".join(f"\\item {_sentence(rng)}\n" for _ in range(3))
            parts.append(f"\\begin{{itemize}}\n{items}\\end{{itemize}}\n")
    return "".join(parts)


def figure(rng: random.Random, *, wide: bool) -> str:
    """Draw a plot or a row of boxes under a caption."""
    name = "figure*" if wide else "figure"
    drawing = _plot(rng) if rng.random() < 0.5 else _boxes(rng)
    return f"\\begin{{{name}}}[t]\n\\centering\n{drawing}\n\\caption{{{_sentence(rng)}}}\n\\end{{{name}}}\n"


def _plot(rng: random.Random) -> str:
    dots = "".join(
        f"\\put({12 * x},{rng.randint(5, 70)}){{\\circle*{{3}}}}"
        for x in range(1, 14)
    )
    axes = r"\put(0,0){\vector(1,0){180}}\put(0,0){\vector(0,1){80}}"
    ticks = "".join(f"\\put({36 * x},-10){{{20 * x}}}" for x in range(5))
    return f"\\begin{{picture}}(180,90)(0,-10)\n{axes}{dots}{ticks}\n\\end{{picture}}"


def _boxes(rng: random.Random) -> str:
    names = [part.lower() for part in rng.sample(WORDS["parts"], 3)]
    return r" $\rightarrow$ ".join(
        rf"\fbox{{\rule{{0pt}}{{20pt}}\,{name}\,}}" for name in names
    )


FRONTS = {
    "article": r"\title{%s}\author{First Author \and Second Author}\date{}\maketitle\begin{abstract}%s\end{abstract}",
    "ieee": r"\title{%s}\author{First Author, Second Author}\maketitle\begin{abstract}%s\end{abstract}",
    "acm": r"\title{%s}\author{First Author}\affiliation{\institution{Some University}\country{Somewhere}}"
    r"\begin{abstract}%s\end{abstract}\maketitle",
    "ams": r"\title{%s}\author{First Author}\begin{abstract}%s\end{abstract}\maketitle",
    "llncs": r"\title{%s}\author{First Author}\institute{Some University}\maketitle\begin{abstract}%s\end{abstract}",
    "revtex": r"\title{%s}\author{First Author}\affiliation{Some University}\begin{abstract}%s\end{abstract}\maketitle",
    "elsevier": r"\begin{frontmatter}\title{%s}\author{First Author}\begin{abstract}%s\end{abstract}\end{frontmatter}",
}
"""Title and abstract as the classes want them."""


def front(rng: random.Random, template: Template) -> str:
    """Write title, authors and abstract as the class wants them."""
    return FRONTS[template.front] % (_title(rng), paragraph(rng).strip()) + "\n"


def preamble(template: Template) -> str:
    """Write everything before the document begins."""
    chosen = template.document_class
    chosen = chosen if chosen.endswith("}") else f"{{{chosen}}}"
    small = r"\AtBeginDocument{\small}" if template.name == "CVPR small" else ""
    return (
        rf"\PassOptionsToPackage{{table}}{{xcolor}}\documentclass{chosen}"
        f"\n{template.preamble}\n{PACKAGES}{MARKS}{small}\n"
    )
