"""Forms of web addresses: broken ones made whole, repositories, pages of projects, publishers."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AddressPatterns:
    """Web addresses in text, and their kinds."""

    address: re.Pattern[str]
    """An address in running text."""
    repository: re.Pattern[str]
    """A repository, its owner and its name."""
    pages: re.Pattern[str]
    """Pages of a project or an author that a host of repositories serves."""
    not_ours: re.Pattern[str]
    """Publishers, indexes and films: never the authors' own."""
    broken_scheme: re.Pattern[str]
    """"https:" and "//" apart."""
    broken_host: re.Pattern[str]
    """A host broken at a stop."""
    broken_path: re.Pattern[str]
    """A path broken behind its host."""
    opening: dict[str, str]
    """Closing brackets and their opening ones."""


patterns = AddressPatterns(
    address=re.compile(
        r"(?:https?://|www\.)[^\s<>\"“”]+"
        r"|(?<![\w@./-])(?:github\.com|gitlab\.com|bitbucket\.org)/[^\s<>\"“”]+"
        r"|(?<![\w@./-])[\w-]+\.(?:github|gitlab)\.io(?:/[^\s<>\"“”]*)?"
        r"|(?<![\w@./-])(?:[\w-]+\.)+(?:ai|io|com|org|net|edu|dev|me)/[\w./~-]+",
        re.IGNORECASE,
    ),
    repository=re.compile(
        r"https?://(?:www\.)?(?:github\.com|gitlab\.[\w.]+|bitbucket\.org|codeberg\.org|gitee\.com"
        r"|anonymous\.4open\.science/r|sourceforge\.net/projects|code\.google\.com/p)"
        r"/(?P<owner>[\w.~-]+)(?:/(?P<name>[\w.~-]+))?",
        re.IGNORECASE,
    ),
    pages=re.compile(
        r"https?://(?P<owner>[\w-]+)\.(?:github|gitlab)\.io(?:/(?P<name>[\w.~-]+))?",
        re.IGNORECASE,
    ),
    not_ours=re.compile(
        r"https?://(?:[\w-]+\.)*(?:doi\.org|arxiv\.org|acm\.org|ieee\.org|creativecommons\.org"
        r"|orcid\.org|openreview\.net|youtu\.be|youtube\.com|springer\.com|sciencedirect\.com"
        r"|elsevier\.com|wikipedia\.org|google\.com|w3\.org|paperswithcode\.com|aclweb\.org"
        r"|aclanthology\.org|nips\.cc|neurips\.cc|crossmark\.crossref\.org|mdpi\.com|plos\.org"
        r"|biomedcentral\.com|frontiersin\.org|hindawi\.com|peerj\.com)\b"
        r"|https?://github\.com/anon(ymous)?/?\.*$",
        re.IGNORECASE,
    ),
    broken_scheme=re.compile(
        r"\b(https?:)\s+(//)|\b(https?:/)\s+(/)", re.IGNORECASE
    ),
    broken_host=re.compile(
        r"(https?://[\w.-]+[.-])\s+((?:[\w-]+\.)*(?:com|org|io|net|edu|ai|dev)\b(?:/\S*)?)",
        re.IGNORECASE,
    ),
    broken_path=re.compile(
        r"(https?://(?:www\.)?(?:github|gitlab)\.com/)\s+([\w.-]+/[\w.-]+)",
        re.IGNORECASE,
    ),
    opening={")": "(", "]": "[", "}": "{"},
)


def join_broken(text: str) -> str:
    """Put the parts of addresses together that the end of a line broke: "https:" and "//…"."""
    text = patterns.broken_scheme.sub(
        lambda found: "".join(filter(None, found.groups())), text
    )
    return patterns.broken_path.sub(
        r"\1\2", patterns.broken_host.sub(r"\1\2", text)
    )


def clean_address(url: str) -> str:
    """An address without the punctuation around it, with a scheme."""
    url = url.strip().rstrip(".,;:!?'’\"*†‡")
    while url.endswith((")", "]", "}")) and url.count(url[-1]) > url.count(
        patterns.opening[url[-1]]
    ):
        url = url[:-1].rstrip(".,;:")
    if url.startswith("//"):
        return f"https:{url}"
    return url if url.lower().startswith("http") else f"https://{url}"


def bare_address(url: str) -> str:
    """An address without scheme and final slash, for comparing."""
    return re.sub(r"^(https?:)?//(www\.)?", "", url.strip()).rstrip("/").lower()
