"""arXiv identifiers in every form that people paste."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.errors import UsageError
from pipeline.translation import gettext as _


@dataclass(frozen=True, slots=True)
class ArxivIdRules:
    """The forms of an arXiv id, alone and in addresses."""

    id_: str = r"(?P<id>[0-9]{4}\.[0-9]{4,5}|[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]{2})?/[0-9]{7})"
    version: str = r"(?:v(?P<version>[1-9][0-9]{0,3}))?"
    address: str = r"(?:https?://)?(?:[a-z]+\.)?(?:arxiv|ar5iv|alphaxiv)(?:\.labs\.arxiv)?\.org/"
    page: str = r"(?:(?:abs|pdf|html|format|e-print|ps|src|overview)/)?"
    doi: str = r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.48550/arxiv\."
    prefix: str = rf"(?:oai:arxiv\.org:|arxiv:\s*|{address}{page}|{doi})?"
    tail: str = r"(?:\.pdf|/)?(?:[?#]\S*)?(?:\s*\[[\w.-]+\][^\n]*)?"
    """The end of an address, or the class and date of the stamp on a paper's first page."""
    pasted: re.Pattern[str] = re.compile(
        rf"\s*(?i:{prefix}){id_}(?i:{version}){tail}\s*",
        re.ASCII,
    )


_rules = ArxivIdRules()


@dataclass(frozen=True, slots=True)
class ArxivId:
    """The identity of a paper on arXiv and, where one is named, its version.

    Both schemes of https://info.arxiv.org/help/arxiv_identifier.html.
    """

    id: str
    """Without version: "2409.03605" or "cs/0112017"."""
    version: int | None = None
    """From 1; None where no version is named."""

    @classmethod
    def parse(cls, text: str) -> ArxivId:
        """Read an id, `arXiv:…`, an OAI id, an address of a page or PDF, or the DOI of arXiv.

        Raises:
            UsageError: it is none of them.
        """
        found = cls.match(text)
        if found is None:
            raise UsageError(
                _('"{text}" is not an arXiv id.', text=text.strip()[:60]),
                step=_(
                    "Write it as in 2409.03605, 2409.03605v2 or cs/0112017."
                ),
                id=text,
            )
        return found

    @classmethod
    def match(cls, text: str) -> ArxivId | None:
        """Do what `parse` does; None where it raises."""
        found = _rules.pasted.fullmatch(text)
        if found is None:
            return None
        version = found["version"]
        return cls(found["id"], int(version) if version else None)

    def __str__(self) -> str:
        return f"{self.id}v{self.version}" if self.version else self.id
