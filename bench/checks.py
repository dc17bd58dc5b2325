"""Measure the checks on real papers: `python bench/checks.py [--papers DIR] [--errors]`.

True statements are written from sentences of the papers with their numbers as they are,
rounded, reformatted and translated; false ones by changing a digit so that no number of the
paper comes near. Quotes are pieces of the papers, with the slips that models and PDFs make, or
stitched, shortened and turned round. One table at the end.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pipeline.common.sentences import split_sentences
from pipeline.paper import Document, Paper, Paragraph, Passage, Section
from pipeline.summarize.review.draft import STATEMENTS, Draft, DraftStatement
from pipeline.summarize.verify import named_entities, numbers
from pipeline.summarize.verify.checks import check
from pipeline.summarize.verify.evidence import Evidence, gather_evidence
from pipeline.summarize.verify.tables.table_values import named

NOW = datetime(2026, 11, 1, tzinfo=UTC)
PROSE = ("body", "abstract", "appendix")
NUMBER = re.compile(
    r"(?<![\w.,-])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s?(%|M\b|K\b|million\b|billion\b|×)?(?!\d|[\w.,]\d)"
)
COMPARED = re.compile(
    r"\b(?:than|over|from|versus|compared|against|outperform\w*|only)\b"
)
CITATION = re.compile(r"\s*\[\d[\d, –-]*\]")


def read(path: Path) -> Document:
    """A paper by the extract stage, or roughly where this checkout has none."""
    try:
        from pipeline.extract.reader import read_pdf
    except ImportError:
        return roughly(path)
    return read_pdf(path).document


def roughly(path: Path) -> Document:
    import pymupdf

    flags = pymupdf.TEXT_DEHYPHENATE | pymupdf.TEXT_PRESERVE_WHITESPACE
    pages = list(pymupdf.open(path))
    blocks = [
        (page.number + 1, block[4].split())
        for page in pages
        for block in page.get_text("blocks", flags=flags)
    ]
    texts = tuple(
        Paragraph(" ".join(words), number) for number, words in blocks if words
    )
    front = " ".join(part.text for part in texts[:6])
    return Document(
        pages=texts[-1].page,
        title="",
        abstract="",
        language="en",
        front=front,
        sections=(Section("", 1, 1, texts),),
    )


def paper_of(path: Path) -> Paper:
    return Paper(path.stem, 1, path.stem, "", (), ("cs.CV",), NOW, NOW)


# ---- statements
# --------------------------------------------------------------------------------------------------

FRAMES = (
    "实验中该方法的结果为{}",
    "与基线相比达到{}",
    "作者报告的数值是{}，优于以往方法",
    "在该任务上取得{}的成绩",
    "数据规模为{}",
)


def true_numbers(text: str) -> Iterator[tuple[str, str]]:
    """Numbers of a passage as a reviewer might write them, and how."""
    for found in NUMBER.finditer(text):
        whole, fraction, unit = (
            found[1].replace(",", ""),
            found[2] or "",
            found[3] or "",
        )
        value = float(whole + fraction)
        yield "as printed", found[0]
        yield from _rounded(value, fraction, unit)
        if unit == "%":
            yield "percent as words", f"{whole}{fraction}个百分点"
            if value < 100:
                yield "percent as fraction", f"{value / 100:.10g}"
        elif not unit and 0 < value < 1 and len(fraction) > 2:
            yield "fraction as percent", f"{value * 100:.10g}%"
        elif unit in ("M", "K", "million", "billion"):
            scale = {"M": 100.0, "million": 100.0, "K": 0.1, "billion": 1e5}[
                unit
            ]
            yield "scale as 万", f"{value * scale:.10g}万"
        elif not unit and not fraction and value >= 10_000:
            yield "without commas", whole
            yield "with commas", f"{int(whole):,}"
            yield "large as 万", f"{value / 1e4:.2f}万"
        elif unit == "×":
            yield "times as 倍", f"{whole}{fraction}倍"
    for word, sign in (
        ("three", "三"),
        ("four", "四"),
        ("five", "五"),
        ("six", "六"),
        ("two", "两"),
    ):
        if re.search(rf"\b{word}\b", text):
            yield "spelled out", f"{sign}个数据集"


def _rounded(
    value: float, fraction: str, unit: str
) -> Iterator[tuple[str, str]]:
    if len(fraction) > 2 and value >= 1:
        yield (
            "rounded",
            f"{value:.{len(fraction) - 2}f}{unit if unit == '%' else ''}",
        )
    if len(fraction) == 2 and unit == "%" and value >= 10:
        yield "rounded to a whole percent", f"约{value:.0f}%"


def false_number(
    found: numbers.Number, index: numbers.Index, draw: random.Random
) -> str | None:
    """The number with a digit changed so that no number of the paper is near."""
    digits = list(found.text)
    places = [place for place, digit in enumerate(digits) if digit.isdigit()]
    if len(places) < 3 or not re.fullmatch(r"[\d.]+", found.text):
        return None
    place = draw.choice(places[:-1])
    digits[place] = draw.choice(
        [digit for digit in "123456789" if digit != digits[place]]
    )
    text = "".join(digits)
    half = 0.5 / 10 ** len(
        text.partition(".")[2]
    )  # what rounds to it is no other number
    value = float(text)
    forms = (
        (value, half),
        (value / 100, half / 100),
        (value * 100, half * 100),
    )
    near = any(
        abs(form - other) <= max(0.006 * form, half)
        for other in index.ordered
        for form, half in forms
    )
    return None if near else text


# ---- quotes
# ------------------------------------------------------------------------------------------------------


def quotes(
    sentence: str, other: str, draw: random.Random
) -> Iterator[tuple[str, str, bool]]:
    """Quotes of a sentence, what was done to them, and whether they must be found."""
    words = sentence.split()
    start = draw.randrange(max(1, len(words) - 12))
    piece = words[start : start + draw.randint(9, 22)]
    text = " ".join(piece)
    yield "as printed", text, True
    yield (
        "ligatures",
        text.replace("fi", "\ufb01").replace("fl", "\ufb02"),
        True,
    )
    yield (
        "broken lines",
        re.sub(r"([a-z]{4})([a-z]{4})", r"\1-\n\2", text, count=1),
        True,
    )
    yield (
        "other case and marks",
        f"“{text.replace(',', '')}”".capitalize(),
        True,
    )
    yield "a letter wrong", _typo(text, draw), True
    if CITATION.search(text):
        yield "without citations", CITATION.sub("", text), True
    tail = other.split()
    yield (
        "stitched",
        " ".join(piece[: len(piece) // 2] + tail[: len(piece) // 2]),
        False,
    )
    if len(piece) > 12:
        yield "middle left out", " ".join(piece[:5] + piece[9:]), False
    if re.search(r"\d", text):
        yield (
            "number changed",
            re.sub(
                r"\d",
                lambda digit: str((int(digit[0]) + 3) % 10),
                text,
                count=1,
            ),
            False,
        )
    turned = re.sub(r"\b(is|are|can|does|we|to)\b", r"\1 not", text, count=1)
    if turned != text:
        yield "turned round", turned, False


def _typo(text: str, draw: random.Random) -> str:
    places = [place for place, letter in enumerate(text) if letter.islower()]
    place = draw.choice(places) if places else 0
    return text[:place] + "q" + text[place + 1 :]


# ---- the table
# ---------------------------------------------------------------------------------------------------


class Tally:
    """How often each case went as it must."""

    def __init__(self) -> None:
        self.right: Counter[tuple[str, str]] = Counter()
        self.all: Counter[tuple[str, str]] = Counter()
        self.wrong: list[str] = []

    def count(self, group: str, case: str, right: bool, example: str) -> None:
        """One case more; a wrong one is kept as an example."""
        self.all[group, case] += 1
        self.right[group, case] += right
        if not right:
            self.wrong.append(f"{group} | {case} | {example}")

    def show(self) -> None:
        """Print the table: a line for each group and one for each of its cases."""
        for group in dict.fromkeys(group for group, _ in self.all):
            cases = [key for key in self.all if key[0] == group]
            total, right = (
                sum(self.all[key] for key in cases),
                sum(self.right[key] for key in cases),
            )
            print(_row(group, right, total))
            for key in sorted(cases):
                print(_row(f"    {key[1]}", self.right[key], self.all[key]))


def _row(name: str, right: int, total: int) -> str:
    return f"{name:44s} {right:7d} / {total:7d}  {100 * right / total:7.2f} %"


def measure_paper(
    document: Document,
    evidence: Evidence,
    *,
    strangers: list[str],
    draw: random.Random,
    tally: Tally,
) -> None:
    passages = [
        one
        for one in document.passages()
        if one.kind in (*PROSE, "caption", "inside")
    ]
    sentences = [
        (text, one.page)
        for one in passages
        if one.kind in PROSE
        for text in split_sentences(one.text)
    ]
    plain = [
        pair
        for pair in sentences
        if 80 <= len(pair[0]) <= 400
        and re.search(r"[a-z]{4} [a-z]{3}", pair[0])
    ]
    for passage in draw.sample(passages, min(60, len(passages))):
        for case, text in true_numbers(passage.text):
            statement = draw.choice(FRAMES).format(text)
            missing = [
                each.text
                for each in numbers.read_numbers(statement)
                if not evidence.numbers.holds(each)
            ]
            tally.count(
                "true numbers accepted",
                case,
                not missing,
                f"{statement} <- {passage.text[:120]}",
            )
        for number in numbers.read_numbers(passage.text):
            wrong = false_number(number, evidence.numbers, draw)
            if wrong:
                statement = draw.choice(FRAMES).format(wrong)
                found = all(
                    evidence.numbers.holds(each)
                    for each in numbers.read_numbers(statement)
                )
                tally.count(
                    "false numbers refused",
                    "a digit changed",
                    not found,
                    f"{statement} ({number.text})",
                )
    said = " ".join(text for text, _ in plain)
    own = sorted(set(re.findall(r"\b[A-Z][A-Za-z]*[A-Z0-9][\w-]*\b", said)))
    for name in draw.sample(own, min(25, len(own))):
        for case, form in (
            ("as printed", name),
            ("without hyphens", name.replace("-", "")),
            ("plural", f"{name}s"),
        ):
            tally.count(
                "true names accepted",
                case,
                named_entities.is_known_name(form, evidence),
                form,
            )
    for name in draw.sample(strangers, min(25, len(strangers))):
        if (
            name.lower()
            not in " ".join(one.text for one in document.passages()).lower()
        ):
            case = "short form" if name.isupper() else "name"
            unknown = named_entities.unknown(
                f"该方法优于{name}", evidence, "zh", draw.choice(plain)[0]
            )
            tally.count(
                "false names refused",
                f"{case} of another paper",
                bool(unknown),
                name,
            )
    measure_quotes(plain, passages, evidence, draw, tally)
    measure_results(document, evidence, draw, tally)
    measure_said_results(plain, evidence, tally)


def pages_of(quote: str, passages: list[Passage], page: int) -> set[int]:
    """The pages on which a quote begins, by its first letters that nothing was done to."""
    head = re.sub(
        r"[^\w ].*",
        "",
        quote.strip("“").replace("\ufb01", "fi").replace("\ufb02", "fl"),
        flags=re.DOTALL,
    )[:30].lower()
    places = [
        (one, found.start())
        for one in passages
        for found in re.finditer(re.escape(head), one.text.lower())
    ]
    return {page_at(one, at) for one, at in places} or {page}


def page_at(passage: Passage, offset: int) -> int:
    return (
        passage.turn[1]
        if passage.turn and offset >= passage.turn[0]
        else passage.page
    )


def measure_results(
    document: Document, evidence: Evidence, draw: random.Random, tally: Tally
) -> None:
    """Values under the head of their own column, and of another one where the value does not
    stand too.
    """
    for figure in document.figures:
        rows = (
            [line.split("\t") for line in figure.text.splitlines()]
            if figure.kind == "table"
            else []
        )
        even = [row for row in rows[1:] if len(row) == len(rows[0])]
        if len(even) < len(rows) - 2 or not rows:
            continue
        cells = [
            (head, cell.strip("% "))
            for row in even
            for head, cell in zip(rows[0][1:], row[1:], strict=True)
        ]
        cells = [
            (named(head), value)
            for head, value in cells
            if named(head) and re.fullmatch(r"\d+\.\d+", value)
        ]
        for head, value in draw.sample(cells, min(12, len(cells))):
            told = list(
                evidence.values.unfounded(
                    f"在 {head} 上的结果为 {value}，优于基线", ""
                )
            )
            tally.count(
                "true results accepted",
                "a value of a column",
                not told,
                f"{figure.label} {head} {value}",
            )
            others = [
                other
                for name, other in cells
                if name != head and (head, other) not in cells
            ]
            if others and head in evidence.values.names:
                wrong = draw.choice(others)
                told = list(
                    evidence.values.unfounded(
                        f"在 {head} 上的结果为 {wrong}，优于基线", ""
                    )
                )
                tally.count(
                    "false results refused",
                    "of another column",
                    bool(told),
                    f"{figure.label} {head} {wrong}",
                )


def measure_said_results(
    plain: list[tuple[str, int]], evidence: Evidence, tally: Tally
) -> None:
    """Values and names of one clause, said in other words and with another quote.

    A clause that compares gives one of its values to somebody else: it is left out.
    """
    for sentence, _ in plain:
        for clause in re.split(r"[,;:()]\s", sentence):
            values = re.findall(
                r"(?<!Section )(?<!Sec. )(?<!Eq. )(?<![\w.])\d+\.\d+(?![\w.])",
                clause,
            )
            known = [
                name
                for name in evidence.values.names
                if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", clause)
            ]
            if not values or not known or COMPARED.search(sentence):
                continue
            said = (
                f"实验表明，{'、'.join(known)} 上取得 {'、'.join(values[:2])}"
            )
            told = list(evidence.values.unfounded(said, ""))
            tally.count(
                "true results accepted",
                "a value of a clause",
                not told,
                f"{said} <- {sentence[:120]}",
            )


def measure_quotes(
    plain: list[tuple[str, int]],
    passages: list[Passage],
    evidence: Evidence,
    draw: random.Random,
    tally: Tally,
) -> None:
    for text, page in draw.sample(plain, min(25, len(plain))):
        for case, quote, must in quotes(text, draw.choice(plain)[0], draw):
            found = evidence.find(quote)
            group = "true quotes found" if must else "false quotes refused"
            tally.count(group, case, (found is not None) == must, quote)
            if must and found:
                tally.count(
                    "pages right",
                    case,
                    found in pages_of(quote, passages, page),
                    f"{found}: {quote}",
                )


def draft_of(document: Document, draw: random.Random) -> Draft:
    """A review of usual size, for timing."""
    prose = [one.text for one in document.passages() if one.kind in PROSE]
    texts = [
        text for one in prose for text in split_sentences(one) if len(text) > 80
    ] or prose

    def statement() -> DraftStatement:
        quote = " ".join(draw.choice(texts).split()[:20])
        return DraftStatement(
            text=f"作者指出该方法在第{draw.randint(1, 9)}项实验上优于基线",
            quote=quote,
        )

    head = statement()
    fields = {name: tuple(statement() for _ in range(3)) for name in STATEMENTS}
    return Draft(
        summary=DraftStatement(text=head.text, quote=head.quote),
        title="题目",
        **fields,
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--papers",
        type=Path,
        default=ROOT.parent / "shared" / "corpus" / "pdfs",
    )
    parser.add_argument(
        "--errors", type=int, default=0, help="how many wrong cases to show"
    )
    arguments = parser.parse_args()
    draw, tally, times = random.Random(7), Tally(), []
    strangers: list[str] = []
    for path in sorted(arguments.papers.glob("*.pdf")):
        document, paper = read(path), paper_of(path)
        if not times:
            check(
                draft_of(document, draw), gather_evidence(paper, document), "zh"
            )  # patterns are compiled once a process
        begun = time.process_time()
        evidence = gather_evidence(paper, document)
        gathered = time.process_time()
        check(draft_of(document, draw), evidence, "zh")
        times.append((gathered - begun, time.process_time() - gathered))
        measure_paper(
            document, evidence, strangers=strangers, draw=draw, tally=tally
        )
        text = " ".join(
            one.text for one in document.passages() if one.kind == "body"
        )
        strangers = sorted(
            set(re.findall(r"\b(?:[A-Z][a-z]+[A-Z]\w+|[A-Z]{3,6})\b", text))
        )
    tally.show()
    both = tuple(map(sum, times))
    for name, part in zip(
        ("gather_evidence", "check a draft", "both"),
        (*zip(*times, strict=True), both),
        strict=True,
    ):
        print(
            f"{name:44s} median {1000 * sorted(part)[len(part) // 2]:.1f} ms, longest {1000 * max(part):.1f} ms"
        )
    for line in random.Random(1).sample(
        tally.wrong, min(arguments.errors, len(tally.wrong))
    ):
        print(line)


if __name__ == "__main__":
    main()
