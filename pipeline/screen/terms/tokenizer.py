"""Text into words whose forms count as one: sentences, stems, and where each sentence stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from itertools import takewhile

from pipeline.paper import Paper


class Place(IntEnum):
    """Where a sentence stands in a record."""

    TITLE = 0
    FIRST = 1
    """Opens the abstract: names the problem."""
    CLAIM = 2
    """Says what the paper is: "we propose …", "this survey covers …"."""
    OWN = 3
    """Speaks of what the paper does, but not of what it is: "our method runs in …"."""
    LAST = 4
    BODY = 5
    COMMENT = 6


@dataclass(frozen=True)
class TokenizedSentence:
    """Words of one sentence, as written and as stems; both of the same length."""

    stands: Place
    """Title, comment, or where in the abstract it stands, whatever its words say."""
    raw: tuple[str, ...]
    stems: tuple[str, ...]
    text: str = ""
    """Of a sentence of the abstract whose words tell its place."""

    @cached_property
    def place(self) -> Place:
        """Its place by its words too. Few sentences are ever asked, so it is read late."""
        return _read_place(self.text, self.stands) if self.text else self.stands

    @cached_property
    def gives_examples(self) -> bool:
        """Whether it has words such as "such as" or "unlike"; most sentences have none."""
        return has_example_words(self.raw)


WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@dataclass(frozen=True, slots=True)
class TokenizerRules:
    """How text is cut into sentences and words, and these into stems."""

    mention: re.Pattern[str] = re.compile(
        r"\b(?:such as|including|includ(?:e|es)|e g|for example|for instance|like|unlike|in contrast to|beyond|"
        r"applications? (?:in|like|of|to|for|such)|ranging from|other than|rather than|instead of|inspired by|"
        r"downstream (?:tasks?|applications?)|applicable to|extended? to|potential (?:for|in)|benefits?|widely used in|"
        r"fields? (?:of|like)|areas? (?:of|like))\b"
    )
    """Words before a hit that make it an example or a contrast."""
    markup_signs: str = "\\${}^_"
    markup: re.Pattern[str] = re.compile(r"\\[a-zA-Z]+\s*|[${}^_]")
    to: re.Pattern[str] = re.compile(
        r"(?<=[a-z])2(?=[A-Za-z]{3})|(?<=[A-Z])2(?=[A-Z][a-z])"
    )
    sentence_end: re.Pattern[str] = re.compile(
        r"[.!?](?<=[a-z0-9)\]”\"'%].)\s+(?=[A-Z(“\"])"
    )
    ours: tuple[str, ...] = (" we ", " our ", " us ", " ours ", " we'")
    this_paper: re.Pattern[str] = re.compile(
        r"\b(?:this|the present) (?:paper|work|study|survey|article|thesis|report)\b"
    )
    claim: re.Pattern[str] = re.compile(
        r"\b(?:propos|present|introduc|develop|address|tackl|investigat|explor|stud[yi]|focus|survey|"
        r"review|design|aim|releas|contribut|examin|benchmark|creat|build|describ|construct|collect|"
        r"devis|formulat|task of)"
    )
    vowels: frozenset[str] = frozenset("aeiouy")
    doubled: frozenset[str] = frozenset("bdgmnprt")
    open_: frozenset[str] = frozenset("wx")
    shortest: int = 3
    """Letters of the shortest stem: "add" of "adding"."""
    long: int = 6
    """Letters from which a mute e is dropped. Below it makes another word (plane, plan) unless two
    consonants precede.
    """


_rules = TokenizerRules()


# Forms that no suffix rule brings together.
_IRREGULAR = {
    "facial": "face",
    "visual": "vision",
    "synthesis": "synthes",
    "syntheses": "synthes",
    "recognition": "recogn",
    "driven": "drive",
    "driving": "driving",
    "data": "data",
    "diffusion": "diffusion",
    "guided": "guide",
    "guiding": "guide",
    "imaging": "image",
    "imaged": "image",
    "styled": "style",
    "styling": "style",
    "stylized": "stylize",
    "stylised": "stylize",
    "stylize": "stylize",
    "stylise": "stylize",
    "stylization": "stylize",
    "stylisation": "stylize",
    "denoise": "denoise",
    "denoising": "denoise",
    "denoised": "denoise",
    "surgery": "surgical",
    "surgeries": "surgical",
    "relightable": "relight",
    "bias": "bias",
    "gas": "gas",
    "atlas": "atlas",
    "canvas": "canvas",
    "lens": "lens",
    "lenses": "lens",
    "people": "person",
    "women": "woman",
    "men": "man",
    "children": "child",
    "mice": "mouse",
    "spoken": "speak",
    "speech": "speech",
    "meshes": "mesh",
    "matrices": "matrix",
    "vertices": "vertex",
    "indices": "index",
    "analyses": "analysis",
    "analysis": "analysis",
    "cardiac": "heart",
}
# Longest first. What is left must be long enough to be a word of its own: "ration" is not "r" +
# "ation".
_ENDINGS = (
    *(
        ("izations", 3),
        ("isations", 3),
        ("ization", 3),
        ("isation", 3),
        ("izing", 3),
        ("ising", 5),
        ("ized", 3),
    ),
    *(
        ("ised", 5),
        ("izes", 3),
        ("ises", 5),
        ("ize", 4),
        ("ise", 5),
        ("atable", 3),
        ("ations", 4),
        ("ation", 4),
    ),
    *(
        ("ative", 4),
        ("ating", 4),
        ("ators", 4),
        ("ator", 4),
        ("ated", 4),
        ("ates", 4),
        ("ate", 4),
        ("ions", 5),
    ),
    ("ion", 5),
)


def stem(word: str) -> str:
    """The form that stands for all forms of an English word.

    Inflections and the noun and verb of one root become equal (segmentation, segmented,
    segments), other derivations stay apart: Porter's rules would make "general" of "generate"
    and "animal" of "animate".
    """
    word = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    if word in _IRREGULAR or len(word) <= _rules.shortest or not word.isascii():
        return _IRREGULAR.get(word, word)
    word = _singular(word)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending, least in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word.removesuffix(ending)
    return _base(word)


class StemMemory(dict[str, str]):
    """Stems of the words seen so far: looked up ten times as fast as they are made."""

    most = 50_000
    """Words that are kept; then it begins anew."""

    def __missing__(self, word: str) -> str:
        if len(self) >= self.most:
            self.clear()
        found = self[word] = stem(word)
        return found


_stems = StemMemory()


def word_beginning(stemmed: str) -> str:
    """Letters that every form of a word begins with; "" where its forms have none in common."""
    beginning = stemmed[: max(_rules.shortest, len(stemmed) - 2)]
    irregular = [form for form, found in _IRREGULAR.items() if found == stemmed]
    return _shared_beginning([beginning, *irregular])


def _shared_beginning(words: Sequence[str]) -> str:
    columns = takewhile(
        lambda letters: len(set(letters)) == 1,
        zip(*words, strict=False),
    )
    return "".join(letters[0] for letters in columns)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > _rules.shortest + 1:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _base(word: str) -> str:
    """Without -ing, -ed and a mute e."""
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if (
            rest != word
            and len(rest) >= _rules.shortest
            and _rules.vowels & set(rest)
        ):
            return _restore(rest)
    mute = word.endswith("e") and (
        len(word) >= _rules.long
        or (len(word) == _rules.long - 1 and word[-3] not in _rules.vowels)
    )
    return word[:-1] if mute else word


def _restore(rest: str) -> str:
    """What stood before -ing or -ed: splatt is splat, pos is pose."""
    if rest[-1] == rest[-2] and rest[-1] in _rules.doubled:
        return rest[:-1]
    short = (
        len(rest) <= _rules.shortest + 1
        and sum(letter in _rules.vowels for letter in rest.lstrip("y")) == 1
    )
    return (
        rest + "e"
        if short
        and rest[-2] in _rules.vowels
        and rest[-1] not in _rules.vowels | _rules.open_
        else rest
    )


def has_example_words(words: Sequence[str]) -> bool:
    """Tell whether words as written make what follows an example or a contrast."""
    return bool(_rules.mention.search(" ".join(words).lower()))


def clean_markup(text: str) -> str:
    """Text without TeX commands and signs, in compatibility form; Text2Image is Text to Image."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if any(sign in text for sign in _rules.markup_signs):
        text = _rules.markup.sub("", text)
    return _rules.to.sub(" to ", text) if "2" in text else text


_BETWEEN_WORDS = str.maketrans(
    {sign: " " for sign in map(chr, range(128)) if not sign.isalnum()}
)


def _split_words(text: str) -> tuple[str, ...]:
    """What WORD finds; plain text is split in half the time."""
    if text.isascii() and "'" not in text:
        return tuple(text.translate(_BETWEEN_WORDS).split())
    return tuple(WORD.findall(text))


def sentence(text: str, place: Place) -> TokenizedSentence:
    """One sentence into its words; its place is given."""
    raw = _split_words(text)
    return TokenizedSentence(place, raw, tuple(map(_stems.__getitem__, raw)))


def read_sentences(
    paper: Paper,
) -> tuple[TokenizedSentence, ...]:
    """Title, abstract and comment as sentences with their places."""
    abstract = [
        part
        for part in _rules.sentence_end.split(
            clean_markup(paper.abstract).strip()
        )
        if part
    ]
    last = len(abstract) - 1
    sentences = [sentence(clean_markup(paper.title), Place.TITLE)]
    for number, text in enumerate(abstract):
        sentences.append(_read_sentence(text, number, last))
    if paper.comment:
        sentences.append(sentence(clean_markup(paper.comment), Place.COMMENT))
    return tuple(sentences)


def _read_sentence(text: str, number: int, last: int) -> TokenizedSentence:
    raw = _split_words(text)
    stands = Place.LAST if number == last else Place.BODY
    stems = tuple(map(_stems.__getitem__, raw))
    return TokenizedSentence(
        Place.FIRST if number == 0 else stands, raw, stems, text
    )


def _read_place(text: str, stands: Place) -> Place:
    lower = f" {text.lower()} "
    if any(word in lower for word in _rules.ours) or _rules.this_paper.search(
        lower
    ):
        return Place.CLAIM if _rules.claim.search(lower) else Place.OWN
    return stands
