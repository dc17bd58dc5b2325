"""Measure the checks on statements that people wrote: `python bench/claims/measure.py [SET …]`.

A set is a file beside this one: statements with their quotes about papers of ../shared, true ones
and false ones of a told kind. Those of `tuning` and `kept` are by writers who had not seen the
rules; `tuning` is for whoever writes rules, `kept` for nobody. `fields` has papers of other fields
and layouts (medicine, chemistry, music, systems), by a writer who knew the rules. `paraphrase`
has true ones only, freely reworded, by a writer who had not seen the rules; 7 of its 60 were
refused before what refused them was mended. `reworded` is by six more such writers, true and
false ones; 33 of its 360 true ones were refused at first, 1 of the last writer's 60. Prints by
kind how many false ones would be published and how many true ones would be refused.

    --model URL       also with the second call, asked of an OpenAI-compatible endpoint at URL
    --errors          also the statements themselves (never of `kept`)
    --papers FOLDER   the papers' PDFs; may be given again
    --read FOLDER     where Documents are kept between runs
"""

from __future__ import annotations

import argparse
import asyncio
import json
import pickle
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from pipeline.paper import Document, Paper
from pipeline.summarize.review.draft import Draft, DraftStatement, Problem
from pipeline.summarize.review.questions import statement_lines
from pipeline.summarize.verify.checks import check
from pipeline.summarize.verify.evidence import Evidence, gather_evidence
from pipeline.summarize.verify.quotes.mentions import about_paper
from pipeline.summarize.verify.support import RULES

SHARED = ROOT.parent / "shared"
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Claim:
    """A line of a set."""

    paper: str
    language: str
    item: str
    text: str
    quote: str
    true: bool
    kind: str
    why: str = ""


def read_set(name: str) -> list[Claim]:
    lines = (Path(__file__).parent / f"{name}.jsonl").read_text(
        encoding="utf-8"
    )
    return [Claim(**json.loads(line)) for line in lines.splitlines()]


def read_document(path: Path, kept: Path) -> Document:
    """What a PDF holds, read once."""
    from pipeline.extract.worker.pool import read

    kept.mkdir(parents=True, exist_ok=True)
    place = kept / f"{path.name}.pickle"
    if not place.exists():
        reading = read(path.read_bytes(), timeout=120, memory=2000, draw=False)
        place.write_bytes(pickle.dumps(reading.document))
    document: Document = pickle.loads(place.read_bytes())
    return document


def evidence_of(file: str, papers: Sequence[Path], kept: Path) -> Evidence:
    path = next(one / file for one in papers if (one / file).exists())
    document = read_document(path, kept)
    title, abstract = document.title, document.abstract
    record = Paper(file, 1, title, abstract, (), ("cs.CV",), NOW, NOW)
    return gather_evidence(record, document)


def draft_of(claim: Claim) -> tuple[Draft, str]:
    """A draft that holds the statement alone, and its field."""
    if claim.item == "summary":
        return Draft(
            summary=DraftStatement(text=claim.text, quote=claim.quote)
        ), "summary"
    item = claim.item if claim.item in Draft.model_fields else "results"
    statements = (DraftStatement(text=claim.text, quote=claim.quote),)
    return Draft(**{item: statements}), item


def reasons(claim: Claim, evidence: Evidence) -> list[str]:
    """The checks that refuse the statement."""
    draft, item = draft_of(claim)
    problems = check(draft, evidence, claim.language, (item,))
    return [
        f"{_cause(problem, claim, evidence)}: {problem.words}"
        for problem in problems
    ]


def _cause(problem: Problem, claim: Claim, evidence: Evidence) -> str:
    """The cause of a problem; of a rule of support its name."""
    located = evidence.locate(claim.quote)
    if problem.check == "support" and located is not None:
        for rule in RULES:
            if rule(claim.text, claim.quote, located):
                return rule.__name__
    return problem.cause or problem.check


def judged(
    claims: list[Claim], papers: Sequence[Path], kept: Path
) -> Iterator[tuple[Claim, list[str]]]:
    """Each statement with what refuses it."""
    for file in dict.fromkeys(claim.paper for claim in claims):
        evidence = evidence_of(file, papers, kept)
        for claim in claims:
            if claim.paper == file:
                yield claim, reasons(claim, evidence)


async def read_again(
    claims: list[Claim], papers: Sequence[Path], kept: Path, url: str
) -> list[tuple[Claim, list[str]]]:
    """What the rules refuse, and of the rest what a second reader does not find supported."""
    from pipeline.llm.client import ModelClient
    from pipeline.llm.providers import Endpoint
    from pipeline.resources import PROMPTS
    from pipeline.summarize.review.prompts import load_prompts
    from pipeline.summarize.review.second_reading import (
        SecondReader,
        SupportQuestion,
    )
    from tests.llm.endpoint import PlainLedger

    results = list(judged(claims, papers, kept))
    endpoint = Endpoint(
        provider="custom",
        base_url=url,
        name="reader",
        key="none",
        context=32_000,
    )
    told: dict[str, list[str]] = {}
    async with ModelClient(endpoint, PlainLedger(), timeout=3000.0) as model:
        for file in dict.fromkeys(claim.paper for claim in claims):
            evidence = evidence_of(file, papers, kept)
            for language in ("zh", "en"):
                questions = [
                    SupportQuestion(str(number), claim.text, passage)
                    for number, (claim, found) in enumerate(results)
                    if (claim.paper, claim.language) == (file, language)
                    and not found
                    and (
                        passage := statement_lines(
                            claim.text, claim.quote, evidence
                        )
                    )
                ]
                # the set is written true ones first, which would tell the answer
                random.Random(file).shuffle(questions)
                reader = SecondReader(
                    model, load_prompts(PROMPTS, language).support
                )
                for path, said in (
                    await reader.read(questions, file, about_paper(evidence))
                ).items():
                    told[path] = (
                        [] if said == "supported" else [f"second: {said}"]
                    )
    return [
        (claim, found or told.get(str(number), []))
        for number, (claim, found) in enumerate(results)
    ]


def show(results: list[tuple[Claim, list[str]]]) -> None:
    """A line a kind, then the totals."""
    written = Counter(claim.kind or "true" for claim, _ in results)
    wrong = Counter(
        claim.kind or "true"
        for claim, found in results
        if bool(found) == claim.true
    )
    for kind in sorted(written, key=lambda kind: (kind == "true", kind)):
        label = "refused" if kind == "true" else "published"
        print(f"{kind:14s} {label:9s} {wrong[kind]:4d} of {written[kind]:4d}")
    causes = Counter(
        reason.partition(":")[0]
        for claim, found in results
        if claim.true
        for reason in found
    )
    print("true ones refused by", dict(causes))
    for language in ("zh", "en"):
        false = [
            not found
            for claim, found in results
            if not claim.true and claim.language == language
        ]
        true = [
            bool(found)
            for claim, found in results
            if claim.true and claim.language == language
        ]
        print(
            f"{language}: false published {_share(sum(false), len(false))}, "
            f"true refused {_share(sum(true), len(true))}"
        )
    false_all = sum(written.values()) - written["true"]
    published = sum(wrong.values()) - wrong["true"]
    print(
        f"all: false published {_share(published, false_all)}, "
        f"true refused {_share(wrong['true'], written['true'])}"
    )


def _share(part: int, whole: int) -> str:
    """A share with three digits, or a dash where the set has none."""
    return f"{part / whole:.3f}" if whole else "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=["tuning"])
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--model", default="")
    parser.add_argument("--papers", type=Path, action="append", default=[])
    parser.add_argument(
        "--read",
        type=Path,
        default=Path(tempfile.gettempdir()) / "claims-documents",
    )
    options = parser.parse_args()
    options.papers += [
        SHARED / "corpus" / "pdfs",
        SHARED / "corpus_more" / "pdfs",
    ]
    for name in options.sets:
        results = list(judged(read_set(name), options.papers, options.read))
        print(f"-- {name}: rules alone")
        show(results)
        if options.model:
            claims = [claim for claim, _ in results]
            again = read_again(
                claims, options.papers, options.read, options.model
            )
            results = asyncio.run(again)
            print(f"-- {name}: with the second call")
            show(results)
        if options.errors and name != "kept":
            for claim, found in results:
                if bool(found) == claim.true:
                    print(
                        json.dumps(
                            [
                                claim.kind,
                                claim.paper,
                                claim.text,
                                claim.quote,
                                found,
                            ],
                            ensure_ascii=False,
                        )
                    )


if __name__ == "__main__":
    main()
