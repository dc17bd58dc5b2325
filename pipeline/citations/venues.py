"""Where a paper appears, as its arXiv comment or journal reference says: "Accepted by CVPR 2027
(Oral)".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from pipeline.paper import Paper

Kind = Literal["conference", "journal", "workshop"]


@dataclass(frozen=True, slots=True)
class Venue:
    """A conference, journal or workshop that has taken the paper."""

    name: str
    """Short where there is a short form: "CVPR", "IEEE TPAMI"."""
    year: int | None
    kind: Kind
    full: str
    """As a bibliography wants it: "IEEE/CVF Conference on Computer Vision and Pattern
    Recognition".
    """
    note: str = ""
    """"Oral", "Spotlight", "Highlight" …"""

    @property
    def text(self) -> str:
        """For a reader: "CVPR 2027 Workshop", "NeurIPS 2026 (Spotlight)"."""
        parts = [
            self.name,
            str(self.year) if self.year else "",
            "Workshop" if self.kind == "workshop" else "",
        ]
        return " ".join(filter(None, parts)) + (
            f" ({self.note})" if self.note else ""
        )


_CONFERENCES = {
    "CVPR": "IEEE/CVF Conference on Computer Vision and Pattern Recognition",
    "ICCV": "IEEE/CVF International Conference on Computer Vision",
    "ECCV": "European Conference on Computer Vision",
    "WACV": "IEEE/CVF Winter Conference on Applications of Computer Vision",
    "ACCV": "Asian Conference on Computer Vision",
    "BMVC": "British Machine Vision Conference",
    "3DV": "International Conference on 3D Vision",
    "NeurIPS": "Advances in Neural Information Processing Systems",
    "ICML": "International Conference on Machine Learning",
    "ICLR": "International Conference on Learning Representations",
    "AAAI": "AAAI Conference on Artificial Intelligence",
    "IJCAI": "International Joint Conference on Artificial Intelligence",
    "AISTATS": "International Conference on Artificial Intelligence and Statistics",
    "UAI": "Conference on Uncertainty in Artificial Intelligence",
    "CoRL": "Conference on Robot Learning",
    "ICRA": "IEEE International Conference on Robotics and Automation",
    "IROS": "IEEE/RSJ International Conference on Intelligent Robots and Systems",
    "RSS": "Robotics: Science and Systems",
    "ACM MM": "ACM International Conference on Multimedia",
    "ICMR": "ACM International Conference on Multimedia Retrieval",
    "ICMI": "ACM International Conference on Multimodal Interaction",
    "SIGGRAPH Asia": "ACM SIGGRAPH Asia",
    "SIGGRAPH": "ACM SIGGRAPH",
    "Eurographics": "Annual Conference of the European Association for Computer Graphics",
    "CHI": "ACM CHI Conference on Human Factors in Computing Systems",
    "UIST": "ACM Symposium on User Interface Software and Technology",
    "IEEE VR": "IEEE Conference on Virtual Reality and 3D User Interfaces",
    "ISMAR": "IEEE International Symposium on Mixed and Augmented Reality",
    "IVA": "ACM International Conference on Intelligent Virtual Agents",
    "KDD": "ACM SIGKDD Conference on Knowledge Discovery and Data Mining",
    "WWW": "ACM Web Conference",
    "SIGIR": "International ACM SIGIR Conference on Research and Development in Information Retrieval",
    "ACL": "Annual Meeting of the Association for Computational Linguistics",
    "EMNLP": "Conference on Empirical Methods in Natural Language Processing",
    "NAACL": "Conference of the North American Chapter of the Association for Computational Linguistics",
    "EACL": "Conference of the European Chapter of the Association for Computational Linguistics",
    "COLING": "International Conference on Computational Linguistics",
    "COLM": "Conference on Language Modeling",
    "ICASSP": "IEEE International Conference on Acoustics, Speech and Signal Processing",
    "Interspeech": "Interspeech",
    "SLT": "IEEE Spoken Language Technology Workshop",
    "ASRU": "IEEE Automatic Speech Recognition and Understanding Workshop",
    "ICIP": "IEEE International Conference on Image Processing",
    "ICME": "IEEE International Conference on Multimedia and Expo",
    "ICPR": "International Conference on Pattern Recognition",
    "ICANN": "International Conference on Artificial Neural Networks",
    "IJCNN": "International Joint Conference on Neural Networks",
    "PRCV": "Chinese Conference on Pattern Recognition and Computer Vision",
    "MMM": "International Conference on Multimedia Modeling",
    "FG": "IEEE International Conference on Automatic Face and Gesture Recognition",
    "ACII": "International Conference on Affective Computing and Intelligent Interaction",
    "IJCB": "IEEE International Joint Conference on Biometrics",
    "MICCAI": "International Conference on Medical Image Computing and Computer Assisted Intervention",
    "ISBI": "IEEE International Symposium on Biomedical Imaging",
    "MIDL": "Medical Imaging with Deep Learning",
}
_JOURNALS = {
    "TPAMI": "IEEE Transactions on Pattern Analysis and Machine Intelligence",
    "TIP": "IEEE Transactions on Image Processing",
    "TMM": "IEEE Transactions on Multimedia",
    "TVCG": "IEEE Transactions on Visualization and Computer Graphics",
    "TCSVT": "IEEE Transactions on Circuits and Systems for Video Technology",
    "TAFFC": "IEEE Transactions on Affective Computing",
    "TNNLS": "IEEE Transactions on Neural Networks and Learning Systems",
    "TIFS": "IEEE Transactions on Information Forensics and Security",
    "TMI": "IEEE Transactions on Medical Imaging",
    "TGRS": "IEEE Transactions on Geoscience and Remote Sensing",
    "TASLP": "IEEE/ACM Transactions on Audio, Speech, and Language Processing",
    "T-RO": "IEEE Transactions on Robotics",
    "RA-L": "IEEE Robotics and Automation Letters",
    "TOG": "ACM Transactions on Graphics",
    "TOMM": "ACM Transactions on Multimedia Computing, Communications, and Applications",
    "IJCV": "International Journal of Computer Vision",
    "TMLR": "Transactions on Machine Learning Research",
    "JMLR": "Journal of Machine Learning Research",
    "CVIU": "Computer Vision and Image Understanding",
    "CGF": "Computer Graphics Forum",
    "MedIA": "Medical Image Analysis",
    "TACL": "Transactions of the Association for Computational Linguistics",
}
# Other ways to write some of them.
_SPELLINGS = {
    "NeurIPS": r"NeurIPS|NIPS|(?:Conference on )?Neural Information Processing Systems",
    "CVPR": r"CVPR|Computer Vision and Pattern Recognition",
    "ICCV": r"ICCV|International Conference on Computer Vision(?! Theory)",
    "WACV": r"WACV|Winter Conference on Applications of Computer Vision",
    "3DV": r"3DV|International Conference on 3D Vision",
    "ACM MM": r"ACM ?(?:MM|Multimedia)(?! Asia)|MM ?(?='?\d\d)|ACM International Conference on Multimedia(?! R)",
    "SIGGRAPH Asia": r"SIGGRAPH ?Asia",
    "Eurographics": r"Eurographics",
    "IEEE VR": r"IEEE VR",
    "TPAMI": r"(?:IEEE )?T-?PAMI|Transactions on Pattern Analysis and Machine Intelligence",
    "TOG": r"(?:ACM )?TOG|(?:ACM )?Trans(?:actions|\.) on Graphics",
    "TAFFC": r"(?:IEEE )?TAC(?= |$)|(?:IEEE )?TAFFC|Transactions on Affective Computing",
    "T-RO": r"T-?RO\b",
    "RA-L": r"(?:IEEE )?RA-?L\b|Robotics and Automation Letters",
    "Interspeech": r"(?i:interspeech)",
    "FG": r"(?:IEEE )?FG(?= ?'?\d\d)",
    "RSS": r"RSS(?= ?'?\d\d)",
    "CHI": r"CHI(?= ?'?\d\d)",
    "IVA": r"IVA(?= ?'?\d\d)",
    "WWW": r"WWW(?= ?'?\d\d)|TheWebConf",
    "SLT": r"SLT(?= ?'?\d\d)",
    "MMM": r"MMM(?= ?'?\d\d)",
}


@dataclass(frozen=True, slots=True)
class VenuesRules:
    """How comments say where a paper was accepted."""

    year: str = r"(?:19|20)\d\d"
    not_yet: re.Pattern[str] = re.compile(
        r"(?i)\bsubmi(?:t|s)|under (?:\w+ ){0,4}review|under consideration|in review"
        r"|for (?:possible|potential) publication|extend(?:ed|s|ing)? (?:version )?(?:of|from)|extension of"
        r"|previous(?:ly)? |preliminary version|reject|withdraw|arXiv admin|overlap with|challenge|competition|rebuttal"
    )
    accepted: re.Pattern[str] = re.compile(
        r"(?i)\b(?:accept(?:ed|ance)?|publish(?:ed)?|publication|appear(?:s|ed|ing)?|presented|camera.ready|"
        r"proceedings|in proc\.?)\b(?: \w+){0,3}? ?(?:as|by|at|in|to|for|on|of|:) +"
    )
    workshop: re.Pattern[str] = re.compile(r"(?i)\bworkshops?\b|\bW\b")
    note: re.Pattern[str] = re.compile(
        r"(?i)\b(oral|spotlight|highlight|best paper(?: award| candidate| finalist)?|findings|demo|poster)\b"
    )
    sentence: re.Pattern[str] = re.compile(
        r"(?<!\bProc)(?<!\bTrans)(?<!\bConf)(?<!\bInt)(?<!\bJ)[.;](?:\s+|$)|\n|https?://\S+"
    )
    organisers: str = r"(?:IEEE/CVF |IEEE/RSJ |IEEE |ACM |International |European |Conference on )*"
    after: str = rf"""
    (?P<workshop>[Ww](?:orkshops?)?(?![A-Za-z])|(?![A-Za-z]))
    [\s,)('’-]{{0,3}}
    (?P<after>{year}|(?<=['’A-Z\s-])\d\d(?!\d|\s*(?:pages|p\b)))?
"""
    words: re.Pattern[str] = re.compile(
        r"^(?:the )?(?P<name>[A-Z0-9][^,;()]{2,90}?)(?:[,;()]|\.$|$)"
    )
    for_: re.Pattern[str] = re.compile(
        r"(?i)^(?:publication|presentation|inclusion|(?:an )?oral\w*|poster)(?: \w+)? (?:in|at|by|to) "
    )
    not_a_name: re.Pattern[str] = re.compile(
        r"(?i)^\d+ (?:pages|figures)|^(?:a |an |this|publication|be |version|main|oral|poster)"
    )


_rules = VenuesRules()


def venue_of(paper: Paper) -> Venue | None:
    """The venue of a paper, from its journal reference, else its comment; None when neither
    names one.
    """
    return venue(paper.comment, paper.journal_ref)


@lru_cache(
    maxsize=4096
)  # each face, card and reference asks for the same papers
def venue(comment: str, journal_ref: str = "") -> Venue | None:
    """The venue that a comment or a journal reference names; submissions and earlier versions
    do not count.
    """
    reference = " ".join(journal_ref.split())[:400]
    if reference and (
        found := _known(reference, sure=True) or _journal(reference)
    ):
        return found
    return next(
        filter(
            None,
            map(
                _of_sentence,
                _rules.sentence.split(" ".join(comment.split())[:1000]),
            ),
        ),
        None,
    )


def _of_sentence(sentence: str) -> Venue | None:
    if not sentence or _rules.not_yet.search(sentence):
        return None
    accepted = _rules.accepted.search(sentence) or re.search(
        r"(?i)\baccepted\b", sentence
    )
    found = _known(sentence, sure=bool(accepted))
    if found or not accepted:
        return found
    return _named(sentence[accepted.end() :])


def _known(text: str, *, sure: bool) -> Venue | None:
    """The first known venue in a text. Unless `sure` a year must stand beside it, or it must
    stand alone.
    """
    if not _any_venue().search(text):
        return None
    for name, pattern in _patterns():
        match = pattern.search(text)
        if match is None:
            continue
        year = _year(match, text)
        if not (sure or year or len(text) - len(match[0]) <= len(" (Oral)")):
            continue
        rest = text[: match.start()] + match["workshop"] + text[match.end() :]
        is_workshop = bool(
            match["workshop"] or _rules.workshop.search(rest)
        ) and name not in ("SLT", "ASRU")
        kind: Kind = (
            "journal"
            if name in _JOURNALS
            else "workshop"
            if is_workshop
            else "conference"
        )
        return Venue(
            name,
            year,
            kind,
            _JOURNALS.get(name) or _CONFERENCES[name],
            _note(text),
        )
    return None


def _year(match: re.Match[str], text: str) -> int | None:
    near = match["after"] or match["before"]
    if near:
        return int(near) + (2000 if len(near) == 2 else 0)  # noqa: PLR2004 - two digits of a year
    anywhere = re.findall(rf"\b{_rules.year}\b", text)
    return int(anywhere[-1]) if anywhere else None


def _note(text: str) -> str:
    found = _rules.note.search(text)
    return found[0][0].upper() + found[0][1:] if found else ""


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    names = [*_CONFERENCES, *_JOURNALS]
    return [
        (name, _pattern(_spelling(name), journal=name in _JOURNALS))
        for name in names
    ]


@cache
def _any_venue() -> re.Pattern[str]:
    """Finds what one of the patterns may find; most comments name none."""
    spellings = map(_spelling, [*_CONFERENCES, *_JOURNALS])
    either = "|".join(spellings).replace(" ", r"\ ")
    return re.compile(rf"(?<![\w/.-])(?i:{either})", re.VERBOSE)


def _spelling(name: str) -> str:
    """Short forms of a venue, and the whole name of a journal where it is no phrase that titles
    use too.
    """
    short = _SPELLINGS.get(name) or re.escape(name)
    full = _JOURNALS.get(name, "")
    whole = re.sub(r"^(?:IEEE(?:/ACM)?|ACM) ", "", full)
    return (
        f"{short}|{re.escape(whole).replace(chr(92) + ' ', ' ')}"
        if _is_journal(full)
        else short
    )


def _pattern(spelling: str, *, journal: bool) -> re.Pattern[str]:
    before = rf"(?:(?P<before>{_rules.year})\ {_rules.organisers.replace(' ', chr(92) + ' ')})?"
    publisher = r"(?:IEEE\ |ACM\ )?" if journal else ""
    spelling = spelling.replace(" ", r"\ ")
    return re.compile(
        rf"(?<![\w/.-]){before}{publisher}(?i:{spelling}){_rules.after}",
        re.VERBOSE,
    )


def _named(text: str) -> Venue | None:
    """A venue that is not in the tables, from the words after "accepted by"."""
    text = _rules.for_.sub("", text.strip())
    match = _rules.words.match(text)
    if match is None or _rules.not_a_name.search(match["name"]):
        return None
    name = match["name"].strip(" .")
    year = re.search(rf"\b{_rules.year}\b", text)
    bare = re.sub(rf"\s*\b{_rules.year}\b\s*", " ", name).strip(" '-") or name
    kind: Kind = (
        "workshop"
        if _rules.workshop.search(text)
        else "journal"
        if _is_journal(name)
        else "conference"
    )
    if kind == "workshop":
        bare = re.sub(r"(?i)\s*\bworkshop\b\s*$", "", bare) or bare
    return Venue(bare, int(year[0]) if year else None, kind, bare, _note(text))


def _is_journal(name: str) -> bool:
    return bool(
        re.search(
            r"(?i)\b(?:journal|transactions|trans\.|letters|magazine|review|access|nature|forum)\b",
            name,
        )
    )


def _journal(reference: str) -> Venue | None:
    """A journal reference by its form: a name, then volume, pages and year."""
    match = re.match(r"(?P<name>[^\d,;(]{3,120})", reference)
    if match is None:
        return None
    name = re.sub(
        r"(?i)[\s,.]*\b(?:vol(?:ume)?|no|pp|issue|art)\b.*$", "", match["name"]
    ).strip(" .,:-")
    years = re.findall(rf"\b{_rules.year}\b", reference)
    kind: Kind = (
        "conference"
        if re.search(
            r"(?i)\b(?:proc|conf|conference|proceedings|symposium)\b", name
        )
        else "journal"
    )
    return (
        Venue(name, int(years[-1]) if years else None, kind, name)
        if name
        else None
    )
