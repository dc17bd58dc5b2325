"""How a paper speaks of itself: we, this paper, the name of what it presents."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.paper import Document


@dataclass(frozen=True, slots=True)
class SelfReferenceRules:
    """Words of a work that speaks of itself."""

    our: str = (
        r"our(?! (?:[\w-]+ ){0,2}(?:world|societ|li[fv]e|planet|universe"
        r"|galaxy|homes|cit|centur|understanding|knowledge|brain|bod))"
    )
    """Our, but for what is everybody's: our world, our understanding."""
    work: str = (
        r"(?:(?:this|the present|our) (?:\w+ )?(?:paper|work|article|study|survey|review|thesis|letter|report"
        r"|research|manuscript|chapter)"
        r"|we|"
        + our
        + r" (?:[\w-]+ ){0,4}[\w-]+|the proposed (?:[\w-]+ ){0,3}[\w-]+|nous|notre \w+|wir|proponemos"
        r"|presentamos|本文|该文|我们|本研究)"
    )
    """What names the work as a subject."""
    anywhere: str = (
        r"\b(?:we|(?-i:us)|"
        + our
        + r"|ours|the proposed|the present (?:paper|work|article|study|survey|review|thesis|report|trial))\b"
        r"|\bthis (?:\w+ )?(?:paper|work|article|study|survey|review|thesis"
        r"|meta[- ]analysis|trial|report|dissertation)\b"
        r"|\b(?:nous|notre|nos|wir|unser\w*|nuestr\w+|proponemos)\b|本文|该文|我们|本研究"
    )
    done: str = (
        r"\b(?:was|were|is|are|will be) (?:(?!typically|usually|commonly|generally|widely|mostly)\w+ly )?"
        r"(?:examined|investigated|evaluated|assessed|compared|studied"
        r"|presented|proposed|explored|analy[sz]ed|conducted|performed|carried out|collected|measured|prepared"
        r"|determined|recruited|interviewed|synthesi[sz]ed|simulated|undertaken|obtained|isolated|extracted"
        r"|administered|exposed|treated|enrolled|randomi[sz]ed|searched|screened)\b"
    )
    """What tells in the passive what was done for a paper."""
    lead: str = (
        r"(?:^|^in (?:this|the present) \w+ |^[^.;:]{0,110}?[,，] ?|\bthat |\bhow )"
        r"(?:(?:here|therefore|the|each|an?|both) )?"
    )
    """What may stand before a subject."""
    named: re.Pattern[str] = re.compile(
        r"\b(?:propos|present|introduc|develop|call|nam|dub|term|design)(?:e|es|ed|ing|s)?"
        r" (?:(?:the|our|as|it) )?[\"'“‘]?(?P<direct>[A-Z][\w+-]*[A-Z0-9][\w+-]*)"
        r"|\b(?:propos|present|introduc|develop|design)(?:e|es|ed|ing|s)? (?:(?:an?|new|novel|simple|[\w-]+ly) ){1,3}"
        r"(?P<apposed>[A-Z][\w+-]*[A-Z0-9][\w+-]*)(?=[,.;:]| that\b| which\b| \()"
        r"|\b(?:[Ww]e|paper|work|article|study)\b[^.;]{0,30}\b(?:propos|present|introduc|develop|design)\w*"
        r"(?: (?!for\b|of\b|in\b|on\b|with\b|using\b|from\b|based\b|to\b"
        r"|that\b)[\w-]+){1,9} \((?P<short>[A-Z][\w+-]*[A-Z0-9][\w+-]*)\)"
        r"|\b(?:called|named|dubbed|termed|namely) [\"'“‘]?(?P<called>[A-Z][\w+-]*)"
    )
    """The name of what a paper presents, behind the verb that presents it."""
    named_by_us: re.Pattern[str] = re.compile(
        r"\b(?:[Ww]e|[Tt]his (?:paper|work|article|study)) (?:propose|present|introduce|develop|design)s?"
        r" (?:(?:the|our) )?(?P<direct>[A-Z][\w+-]*[A-Z0-9-][\w+-]*)"
    )
    survey: re.Pattern[str] = re.compile(
        r"\b(?:survey|review|perspective|tutorial|overview)\b", re.IGNORECASE
    )
    """Titles of papers about others' work; before their colon stands a field, not a name."""


self_reference_rules = SelfReferenceRules()


@dataclass(frozen=True, slots=True)
class SelfReference:
    """How a paper speaks of itself."""

    is_survey: bool
    """Whether its title says that it is about the work of others."""
    subject: str
    """Pattern of what names the work as a subject."""
    anywhere: re.Pattern[str]
    leads: re.Pattern[str]


def self_reference(document: Document) -> SelfReference:
    """How a paper speaks of itself: we, this paper, the name of what it presents."""
    title, colon, rest = document.title.partition(":")
    found = [*self_reference_rules.named.finditer(document.abstract)]
    found += self_reference_rules.named_by_us.finditer(_opening_text(document))
    names = {name for one in found for name in one.groups() if name}
    if (
        colon
        and title.strip()
        and " " not in title.strip()
        and not self_reference_rules.survey.search(rest)
    ):
        names.add(title.strip())
    proper = "".join(
        rf"|(?-i:\b{re.escape(name)}(?!\w))" for name in sorted(names)
    )
    subject = f"(?:{self_reference_rules.work}{proper})"
    return SelfReference(
        bool(self_reference_rules.survey.search(document.title)),
        subject,
        re.compile(self_reference_rules.anywhere + proper, re.IGNORECASE),
        re.compile(
            rf"{self_reference_rules.lead}{subject}(?![\w-])", re.IGNORECASE
        ),
    )


def _opening_text(document: Document) -> str:
    """The text of the first section, where a paper names what it presents."""
    bodies = [one for one in document.sections if one.kind == "body"]
    return "\n".join(one.text for one in bodies[:2])
