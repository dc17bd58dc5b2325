"""Which sentences of running text read well alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

SHORTEST, LONGEST = 40, 330
"""Characters of a sentence worth quoting; what is shorter says little, what is longer ran into
a formula or a table.
"""
SHORTEST_CJK, LONGEST_CJK = 12, 130


@dataclass(frozen=True, slots=True)
class SentenceChoiceRules:
    """Limits and patterns of sentence choice."""

    letters: float = 0.72
    """Share of letters and spaces: formulas and rows of tables have fewer."""
    words: int = 7
    """Words that an English sentence has at least."""
    digits: float = 0.12
    """Share of digits: rows of tables have more."""
    dangling: re.Pattern[str] = re.compile(
        r"(?:this|these|those|that|it|they|he|she|such|its|their|them|here|there|then|thus|hence|therefore|so|also|and|but|or|yet"
        r"|besides|moreover|furthermore|additionally|in addition|consequently|accordingly|similarly|likewise|specifically"
        r"|in particular|for example|for instance|in other words|that is|as a result|in contrast|on the other hand"
        r"|on the contrary|instead|otherwise|meanwhile|finally|lastly|next|firstly?|second(?:ly)?|third(?:ly)?"
        r"|as (?:shown|seen|described|illustrated|mentioned|discussed|can be seen|we can see|before|above)"
        r"|in this (?:section|subsection|paper, the rest|appendix|chapter|case|way|figure|table)"
        r"|in the (?:following|next|previous|above|remainder)|the (?:rest|remainder|former|latter|above|following|same)"
        r"|both of|all of (?:these|them)|see|note (?:that|how)|recall|let|where|which|whose"
        r"|compared (?:to|with) (?:this|it|them)"
        r"|(?:to|towards?|despite|unlike|with|given|under|throughout|among|beyond|upon|although|while|like|from|in|by|of|on)"
        r" (?:this|these|that|those|them)\b(?! (?:paper|work|article|study|survey|review))"
        r"|to (?:\w+ ){1,2}(?:this|these|that|those)\b|on the one hand|another|one such|again|notably|importantly|crucially"
        r"|initially|overall|we (?:now|first|next|then|will|again|further|also)|among the (?:two|three|four|five|six)"
        r"|the (?:proposed solution|main difference|first|second|third|last|other|latter|aim is)\b"
        r"|although|though|here|several|some|both|accordingly"
        r"|to do (?:so|this)|(?:for|following|based on|motivated by|inspired by) (?:this|these|that)"
        r"|after that|at this|in doing so|now"
        r"|fig(?:ure)?s?|tab(?:le)?s?|eq(?:uation)?s?|sec(?:tion)?s?|algorithm|appendix|left|right|top|bottom|middle)\b",
        re.IGNORECASE,
    )
    run_in: re.Pattern[str] = re.compile(r"[A-Z][^.:;]{2,50}: [A-Z]")
    """A heading in the line of its paragraph."""
    work: str = r"(?:paper|work|article|study|survey|review|letter|thesis|manuscript|research)"
    good_this: re.Pattern[str] = re.compile(
        rf"(?:in )?this {work}\b(?!,? we (?:first|begin|organi|structure|proceed)| is (?:organi|structured)|, the rest)",
        re.IGNORECASE,
    )
    pointing: re.Pattern[str] = re.compile(
        r"\b(?:in (?:this|the (?:next|following|previous)) (?:section|subsection|appendix|chapter)|is organi[sz]ed as"
        r"|as follows|following (?:sections?|equation)|(?:shown|given|listed|reported|presented|summari[sz]ed|illustrated"
        r"|depicted) (?:in|by|at) (?:the |our )?(?:fig|tab|eq|sec|alg|app|supp|\()"
        r"|(?:described|detailed|found|see|defined) (?:in|by) (?:the |our )?(?:fig|tab|eq|sec|alg|app|supp|\()"
        r"|supplementary material|refer the reader|we refer|§"
        r"|(?:fig(?:ure)?|tab(?:le)?|eq(?:uation)?|sec(?:tion)?|alg(?:orithm)?|appendix)s?\.?\s*\(?(?-i:[0-9A-Z])"
        r"|preprint|arxiv:|copyright|permission|all rights|©|creative commons|license|corresponding author"
        r"|equal contribution|https?://|www\.|e-?mail|accepted (?:by|for|to)|published|proceedings|conference on)",
        re.IGNORECASE,
    )
    leaning: re.Pattern[str] = re.compile(
        "因此|所以|此外|另外|然后|同时|而且|但是|但|其中|这|该|它|其|如图|如表|图|表|式|即|例如|具体来说|综上|接着|最后|首先|其次"
    )
    cited_start: re.Pattern[str] = re.compile(
        r"^\s*(?:[\[(（]?\d{1,3}[\])）]|[\[(]|[,;:)\]]|\d+\s*[.)]\s|[•▪–—*-]\s*)"
    )
    math: re.Pattern[str] = re.compile(
        r"[=≪≫ℏ∈∑∏∫∂∇≤≥≈∼→⊙⊕⊗‖|{}\\^_<>∗†‡§\u0370-\u03ff\U0001d400-\U0001d7ff\ufffd\ue000-\uf8ff]"
    )
    most_math: int = 1
    formula: re.Pattern[str] = re.compile(
        r"\b[A-Za-z]\w{0,2}\((?:[a-z]\w?[,+−-]|[A-Za-z]\d?\)|[a-z]\w?\|)|\.\.\.\s?,|,\s?\.\.\."
        r"|\b[Ee]q(?:uation|n)?s?\.? ?\(?\d|\(\d+\.\d+[a-z]?\)"
    )
    """P(st+1), x1, ..., xm and what refers to a numbered equation."""
    glued: re.Pattern[str] = re.compile(
        r"[A-Za-z]{26,}|[a-z]{2}\d+%?[a-z]{4}|%[a-z]{3}|[A-Z]{4,}[a-z]{4,}"
    )
    """Words that ran together in the PDF."""
    signpost: re.Pattern[str] = re.compile(
        r"\b(?:this|the (?:next|following|previous|last|remaining)|each) (?:\w+ )?(?:sub)?(?:section|chapter|appendix)s?\b"
        r"|\b(?:first|second|third|next|last|remaining|final) part of (?:this|the) (?:paper|work|article)"
        r"|^(?:in|see|as (?:shown|seen|listed|given|illustrated|depicted) in|from) (?:the )?(?:fig|tab|eq|sec|alg|app)"
        r"|\b(?:are|is) (?:listed|shown|given|summari[sz]ed|organi[sz]ed|structured) (?:below|above)|\bas follows\b"
        r"|^(?:the following|for (?:more )?details|we (?:begin|start|organi[sz]e|structure) (?:this|by|the|with)|we refer)"
        r"|^(?:index terms|key ?words|ccs concepts|abstract)\b"
        r"|本(?:节|章|小节)|如下(?:所示|图|表)|见(?:图|表)",
        re.IGNORECASE,
    )
    """What leads a reader through the paper and says nothing of the work."""
    open_: re.Pattern[str] = re.compile(r"[(\[（【“]")
    close: re.Pattern[str] = re.compile(r"[)\]）】”]")
    cjk: re.Pattern[str] = re.compile(r"[\u3400-\u9fff]")


_rules = SentenceChoiceRules()


def reads_well(sentence: str) -> bool:
    """Whether it is a whole sentence of prose: no formula, no row of a table, nothing cut off
    on either side.
    """
    cjk = len(_rules.cjk.findall(sentence)) > len(sentence) // 4
    low, high = (SHORTEST_CJK, LONGEST_CJK) if cjk else (SHORTEST, LONGEST)
    if (
        not low <= len(sentence) <= high
        or _rules.cited_start.match(sentence)
        or not re.search(r"[.!。！][\"'”’)]*$", sentence)
    ):
        return False
    if (
        _rules.signpost.search(sentence)
        or _rules.glued.search(sentence)
        or _rules.formula.search(sentence)
    ):
        return False
    if len(_rules.math.findall(sentence)) > _rules.most_math or len(
        _rules.open_.findall(sentence)
    ) != len(_rules.close.findall(sentence)):
        return False
    letters = sum(each.isalpha() or each.isspace() for each in sentence)
    digits = sum(each.isdigit() for each in sentence)
    if letters < _rules.letters * len(sentence) or digits > _rules.digits * len(
        sentence
    ):
        return False
    return cjk or (sentence[0].isupper() and _is_prose(sentence))


def _is_prose(sentence: str) -> bool:
    """Words in lower case with a small word among them; names and headings that ran together
    have none.
    """
    words = sentence.split()
    small = sum(word.islower() for word in words)
    single = sum(
        len(word.strip(".,;:()")) == 1 and word not in ("a", "A", "I")
        for word in words
    )
    return (
        len(words) >= _rules.words
        and small >= len(words) // 2
        and single <= len(words) // 8
    )


def stands_alone(sentence: str) -> bool:
    """Whether it can be understood without the sentence before it and the page around it."""
    dangles = (
        _rules.dangling.match(sentence) and not _rules.good_this.match(sentence)
    ) or _rules.run_in.match(sentence)
    return (
        not dangles
        and not _rules.pointing.search(sentence)
        and not _rules.leaning.match(sentence)
    )
