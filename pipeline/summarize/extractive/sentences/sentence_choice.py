"""Which sentences of running text read well alone, and what of a sentence does."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SentenceChoiceRules:
    """What makes a sentence whole, and what ties it to its neighbours."""

    shortest: int = 40
    """Characters of a sentence worth quoting; what is shorter says little."""
    longest: int = 330
    """What is longer ran into a formula or a table."""
    longest_of_abstract: int = 420
    shortest_cjk: int = 12
    longest_cjk: int = 130
    letters: float = 0.72
    """Share of letters and spaces: formulas and rows of tables have fewer."""
    words: int = 7
    """Words that an English sentence has at least."""
    digits: float = 0.12
    """Share of digits: rows of tables have more."""
    dangling: re.Pattern[str] = re.compile(
        r"(?:this|these|those|that|it|they|he|she|such|its|their|them|here|there|then|thus|hence|therefore|so"
        r"|also|and|but|or|yet"
        r"|besides|moreover|furthermore|additionally|in addition|consequently|accordingly|similarly|likewise"
        r"|specifically"
        r"|in particular|for example|for instance|in other words|that is|as a result|in contrast|on the other hand"
        r"|on the contrary|instead|otherwise|meanwhile|finally|lastly|next|firstly?|second(?:ly)?|third(?:ly)?"
        r"|as (?:shown|seen|described|illustrated|mentioned|discussed|can be seen|we can see|before|above)"
        r"|in this (?:section|subsection|paper, the rest|appendix|chapter|case|way|figure|table)"
        r"|in the (?:following|next|previous|above|remainder)|the (?:rest|remainder|former|latter|above|following|same)"
        r"|both of|all of (?:these|them)|yes|no|not|probably|perhaps|maybe|see|note (?:that|how)|recall|let"
        r"|where|which|whose"
        r"|compared (?:to|with) (?:this|it|them)"
        r"|(?:to|towards?|despite|unlike|with|given|under|throughout|among|beyond|upon|although|while|like"
        r"|from|in|by|of|on)"
        r" (?:this|these|that|those|them)\b(?! (?:paper|work|article|study|survey|review))"
        r"|to (?:\w+ ){1,2}(?:this|these|that|those)\b|on the one hand|another|one such|again|notably"
        r"|importantly|crucially"
        r"|initially|overall|we (?:now|first|next|then|will|again|further|also)|among the (?:two|three|four|five|six)"
        r"|the (?:proposed solution|main difference|first|second|third|last|other|latter|aim is)\b"
        r"|although|though|here|several|some|both|accordingly"
        r"|to do (?:so|this)|(?:for|following|based on|motivated by|inspired by) (?:this|these|that)"
        r"|after that|at this|in doing so|now"
        r"|fig(?:ure)?s?|tab(?:le)?s?|eq(?:uation)?s?|sec(?:t(?:ion)?)?s?|algorithm|appendix|left|right|top"
        r"|bottom|middle)\b",
        re.IGNORECASE,
    )
    link: re.Pattern[str] = re.compile(
        r"(?:(?:however|yet|unfortunately|nevertheless|nonetheless|moreover|furthermore|additionally"
        r"|in addition|besides|finally|last but not least|in a word|in short|all in all"
        r"|lastly|specifically|more specifically|in particular|concretely|notably|importantly|crucially"
        r"|overall|therefore|thus"
        r"|hence|consequently|accordingly|as a result|as a consequence|in summary|in conclusion|in brief"
        r"|to summari[sz]e|to conclude"
        r"|first(?:ly)?|second(?:ly)?|third(?:ly)?|to this end|to that end|to do (?:so|this)"
        r"|for this (?:purpose|reason|goal)"
        r"|further|once again|again|at last|against this \w+|meanwhile|interestingly|remarkably|surprisingly"
        r"|to our surprise|instead|subsequently|more importantly|based on the (?:assumption|observation"
        r"|finding|insight)s?|in contrast|similarly|here|now"
        r"|so|as such|ultimately"
        r"|(?:to|in order to) (?:\w+ ){1,2}(?:this|these|that|those|such|the (?:above|aforementioned"
        r"|limitations?|problems?|issues?|challenges?|gap))\b[\w -]{0,50}"
        r"|(?:based on|motivated by|inspired by|given|considering|with|using|following|building on|in light of)"
        r" (?:this|these|such)\b[\w -]{0,50}),\s+|(?:therefore|thus|hence) )(?=\S)"
        r"|(?:to|in order to) [^,;:]{2,100}\b(?:this|these|such)\b[^,;:]{0,60},\s+(?=we\b)"
        r"|(?:具体而言|具体来说|具体地|为此|因此|此外|另外|首先|其次|最后|同时|与此同时|然而|但是|综上所述|总之"
        r"|为了解决(?:这"
        r"|上述"
        r"|该)[^，,]{0,20})[，,]\s*",
        re.IGNORECASE,
    )
    """How a sentence is tied to the one before without needing it."""
    run_in: re.Pattern[str] = re.compile(
        r"[A-Z][^.:;]{2,50}: [A-Z]"
        r"|[A-Z][\w-]*(?: (?!(?:and|that|which|where|when|while|if|because|since|but|as|in|the)\b)[\w&/-]+){0,7}"
        r" (?:We|Our|This|These|In|As|To|For|From|Given|When|While|Since|Following|Although|Each|It|There|Let|Thanks)\s"
    )
    """A heading in the line of its paragraph: "Residual Dropout We apply"."""
    open_reference: re.Pattern[str] = re.compile(
        r"\bthese\b|\bthis(?! (?:(?:\w+ )?(?:paper|work|article|study|survey|review|letter|thesis|manuscript"
        r"|research|meta[- ]analysis|trial|report|dissertation|tutorial|communication)|[\w-]+ (?:field|area))\b)"
        r"|^(?:motivated by|inspired by|following|like|unlike|as with|similar to|compared (?:to"
        r"|with)) [^,]{2,80}, (?:it|they)\b"
        r"|\bsuch\b(?! as\b| that\b)|\b(?:aforementioned|former|latter|above-mentioned|said (?:method|model))\b"
        r"|\b(?:the|as|see|towards?|for|to) (?:above|below)\b|\bbelow\.?$|\babove (?:[a-z]+ )?(?:losses|loss"
        r"|terms?|methods?|problems?|issues?|steps?|functions?|challenges?|limitations?)\b|\bboth (?:datasets"
        r"|tasks|benchmarks|cases|settings|methods|models|networks|experiments|approaches)\b(?! of\b)"
        r"|\b(?:discussed|described|mentioned"
        r"|noted|shown|defined|introduced|listed|given)"
        r" (?:above|below|earlier|before|previously)\b|\bpreviously (?:mentioned|described|introduced|defined)\b"
        r"|\bthe following (?!of\b)|\bthe others?\b|\bfollowing (?:two|three|four|key|elements|steps)\b"
        r"|\bonce again\b|\blater section"
        r"|\bthose\b(?! (?:of|that|who|in|for|with|from|by|obtained|used|which|at|on)\b)"
        r"|\bthe (?:two|three|four|five) (?!of\b)(?:\w+ )?(?:methods?|models?|approaches|metrics|groups"
        r"|conditions|stages|cases|steps|terms"
        r"|networks|losses|tasks|scenarios|types|settings)\b"
        r"|^(?:[^\s,]+ ){1,5}(?:them|it|they|its|their)\b(?! (?:is|was|can be) )|\bof the kind\b"
        r"|\btowards? the goal\b(?! of)|\bof its kind\b|\bdo(?:es|ing)? so\b|\brespective methods\b|\bas well\.$|\btoo\.$",
        re.IGNORECASE,
    )
    """What points at something that another sentence says."""
    notation: re.Pattern[str] = re.compile(
        r"\b(?:denot(?:e|es|ed|ing)|subscripts?|superscripts?|notations?|for (?:brevity|simplicity|clarity"
        r"|simple|ease of"
        r"|convenience)|omit(?:s|ted)?|without loss of generality|hereafter|henceforth|in what follows"
        r"|moving forward|as follows)\b",
        re.IGNORECASE,
    )
    """What tells how a paper writes, not what it does."""
    hollow: re.Pattern[str] = re.compile(
        r"\bwe (?:propose|present|introduce|develop|describe) (?:an? |our |the )?(?:(?:new|novel|simple|effective"
        r"|efficient|proposed|unified|general|own|complete|pipeline) )*(?:methods?|approach|solution|framework"
        r"|pipeline|model|system|algorithm|network)\."
        r"|\bwe (?:now |then |first )?(?:present|describe|introduce|detail|explain) (?:our|the) (?:proposed |overall )?"
        r"(?:method|approach|solution|framework|pipeline|model|system|algorithm|methodology)\b"
        r"|\bconclude (?:\w+ )?results\b|\bwe (?:\w+ly )?(?:appreciate|thank)\b",
        re.IGNORECASE,
    )
    """What announces a thing and says nothing of it: "We propose a novel solution."."""
    bare_noun: re.Pattern[str] = re.compile(
        r"the (?:resulting |output |input |same |whole |new |final |main |overall )?(?:structure|objective|aim"
        r"|goal|idea|intuition|reason"
        r"|difference|problem|challenge|task|outputs?|inputs?|data ?sets?|data|images?|results?|network"
        r"|models?|methods?|approach(?:es)?"
        r"|algorithms?|system|framework|procedure|process|technique|advantage|conclusion|question|issue"
        r"|authors?|features?|value|values"
        r"|views?|student|teacher|user|users|latter|loss|training|performance|improvement|gap|effect|samples?"
        r"|participants|analysis"
        r"|architecture|table|figure|text|point|points|case|paradigm|setting|module|layers?|scheme|strategy"
        r"|objects?|scores?|accuracy"
        r"|enhancement|gains?|dataset|library|parameters?|experiments?|study|user|programs?|first|second)"
        r"(?! (?:of|for|that|in which|with|between|on|to)\b)",
        re.IGNORECASE,
    )
    """A noun that only the sentences before can explain."""
    vague_noun: re.Pattern[str] = re.compile(
        r"(?:the )?resulting\b|the (?:structure|objective|aim|goal|idea|reason|difference|problem|task|outputs?|output views?"
        r"|student|first|second|latter|same"
        r"|former|issue|question|dataset|data)(?! (?:of|for|that|in which|with|between|on|to)\b)|one (?:of the"
        r"|particular)\b|it\b",
        re.IGNORECASE,
    )
    """The same in an abstract, where "the model" is the paper's."""
    work: str = (
        r"(?:paper|work|article|study|survey|review|letter|thesis|manuscript|research"
        r"|meta[- ]analysis|trial|report|dissertation|tutorial|communication)"
    )
    good_this: re.Pattern[str] = re.compile(
        rf"(?:in )?this (?:rapid )?{work}\b(?!,? we (?:first|begin|organi|structure|proceed)| is (?:organi|structured)"
        rf"|, the rest)",
        re.IGNORECASE,
    )
    pointing: re.Pattern[str] = re.compile(
        r"\b(?:in (?:this|the (?:next|following|previous)) (?:section|subsection|appendix|chapter)|is organi[sz]ed as"
        r"|as follows|following (?:sections?|equation)|(?:shown|given|listed|reported|presented|summari[sz]ed"
        r"|illustrated"
        r"|depicted) (?:in|by|at) (?:the |our )?(?:fig|tab|eq|sec|alg|app|supp|\()"
        r"|(?:described|detailed|found|see|defined) (?:in|by) (?:the |our )?(?:fig|tab|eq|sec|alg|app|supp|\()"
        r"|see (?:(?:that|the) (?:paper|work|reference)|our|also)\b|\blines? \d|supplementary material"
        r"|refer the reader|we refer|§"
        r"|(?:fig(?:ure)?|tab(?:le)?|eq(?:uation)?|(?:sub)?sec(?:t(?:ion)?)?|alg(?:orithm)?"
        r"|appendix)s?\b\.?\s*\(?(?-i:[0-9A-Z])"
        r"|preprint|arxiv:|copyright|permission|all rights|©|creative commons|license|corresponding author"
        r"|equal contribution|https?://|www\.|e-?mail|accepted (?:by|for|to)|published|proceedings|conference on)",
        re.IGNORECASE,
    )
    leaning: re.Pattern[str] = re.compile(
        "因此|所以|此外|另外|然后|同时|而且|但是|但|其中|这|该(?!文|论文)|它|其|如图|如表|图|表|式|即|例如|具体来说|综上|接着|最后|首先|其次"
    )
    cited_start: re.Pattern[str] = re.compile(
        r"^\s*(?:[\[(（]?\d{1,3}[\])）]|[\[(]|[,;:)\]]|\d+\s*[.)]\s|[•▪–—*-]\s*)"
    )
    math: re.Pattern[str] = re.compile(
        r"[=≪≫ℏ∈∑∏∫∂∇≤≥≈∼→⊙⊕⊗‖|{}\\^_<>∗†‡§′″⟨⟩√∞∆\u0370-\u03ff\U0001d400-\U0001d7ff\ufffd\ue000-\uf8ff]"
    )
    about: re.Pattern[str] = re.compile(r"[∼≈~<>≤≥→±]\s?[-−+]?\d|\bp\s?=\s?0")
    """A sign before a value, as prose has it: "∼60%", "p < 0.05"."""
    formula: re.Pattern[str] = re.compile(
        r"\b[A-Za-z]\w{0,2}\((?:[a-z]\w?[,+−-]|[A-Za-z]\d?\)|[a-z]\w?\|)|\.\.\.\s?,|,\s?\.\.\."
        r"|\([A-Za-z]\w?, [A-Za-z]\w?[,)]|\b[Ee]q(?:uation|n)?s?\.? ?\(?\d|\(\d+\.\d+[a-z]?\)"
    )
    """P(st+1), x1, ..., xm and what refers to a numbered equation."""
    symbol: re.Pattern[str] = re.compile(r"\b[A-Z]{2}\b")
    explained: re.Pattern[str] = re.compile(r"\([A-Z]{2}\)")
    symbols: int = 3
    """Different words of two capitals, from which on they are symbols whose indices were raised:
    "Given RT and PT, a pool BR is filled".
    """
    glued: re.Pattern[str] = re.compile(
        r"[A-Za-z]{24,}|[a-z]{2}\d+%?[a-z]{4}|%[a-z]{3}|[A-Za-z-]*[A-Z]{4,}[a-z]{4,}"
    )
    """Words that ran together in the PDF."""
    signpost: re.Pattern[str] = re.compile(
        r"\b(?:this|the (?:next|following|previous|last|remaining)|each) (?:\w+ )?(?:sub)?(?:section|chapter"
        r"|appendix)s?\b"
        r"|\b(?:first|second|third|next|last|remaining|final) part of (?:this|the) (?:paper|work|article)"
        r"|^(?:in|see|as (?:shown|seen|listed|given|illustrated|depicted) in|from) (?:the )?(?:fig|tab|eq|sec|alg|app)"
        r"|\b(?:are|is) (?:listed|shown|given|summari[sz]ed|organi[sz]ed|structured) (?:below|above)|\bas follows\b"
        r"|^(?:the following|for (?:more )?details|we (?:begin|start|organi[sz]e|structure) (?:this|by|the"
        r"|with)|we refer)"
        r"|^(?:index terms|key ?words|ccs concepts|abstract)\b|\bcheck for updates\b"
        r"|本(?:节|章|小节)|如下(?:所示|图|表)|见(?:图|表)",
        re.IGNORECASE,
    )
    """What leads a reader through the paper and says nothing of the work."""
    initial: re.Pattern[str] = re.compile(r"\(?[A-Z]\.")
    """Of a name: "E. coli", "Ocimum sanctum L.", "J. Smith"."""
    open_: re.Pattern[str] = re.compile(r"[(\[（【“]")
    close: re.Pattern[str] = re.compile(r"[)\]）】”]")
    cjk: re.Pattern[str] = re.compile(r"[\u3400-\u9fff]")


_rules = SentenceChoiceRules()


def reads_well(
    sentence: str, *, abstract: bool = False, names: Container[str] = ()
) -> bool:
    """Whether it is a whole sentence of prose: no formula, no row of a table, nothing cut off
    on either side.

    Args:
        sentence: as it stands in the paper.
        abstract: whether it stands in the abstract, where sentences are longer.
        names: words that look run together, or like symbols, and are names.
    """
    cjk = len(_rules.cjk.findall(sentence)) > len(sentence) // 4
    if (
        not _has_length(sentence, cjk=cjk, abstract=abstract)
        or _rules.cited_start.match(sentence)
        or not re.search(r"[.!。！][\"'”’)]*$", sentence)
    ):
        return False
    if (
        _rules.signpost.search(sentence)
        or any(word not in names for word in glued_words(sentence))
        or _rules.formula.search(sentence)
        or _unexplained(sentence, names) >= _rules.symbols
    ):
        return False
    opened, closed = (
        len(sign.findall(sentence)) for sign in (_rules.open_, _rules.close)
    )
    if _rules.math.search(_rules.about.sub("", sentence)) or opened != closed:
        return False
    letters = sum(each.isalpha() or each.isspace() for each in sentence)
    digits = sum(each.isdigit() for each in sentence)
    if letters < _rules.letters * len(sentence) or digits > _rules.digits * len(
        sentence
    ):
        return False
    return cjk or (sentence[0].isupper() and _is_prose(sentence))


def explained_names(text: str) -> list[str]:
    """Give the names of two capitals that a text explains: "essential oil (EO)"."""
    return [found[1:-1] for found in _rules.explained.findall(text)]


def _unexplained(sentence: str, names: Container[str]) -> int:
    """How many words of two capitals are no names that the paper explains."""
    found = set(_rules.symbol.findall(sentence))
    return sum(word not in names for word in found)


def glued_words(text: str) -> list[str]:
    """Give the words that look run together; of a name such as VQUBench the paper has many."""
    return [found[0] for found in _rules.glued.finditer(text)]


def _has_length(sentence: str, *, cjk: bool, abstract: bool) -> bool:
    if cjk:
        return _rules.shortest_cjk <= len(sentence) <= _rules.longest_cjk
    longest = _rules.longest_of_abstract if abstract else _rules.longest
    return _rules.shortest <= len(sentence) <= longest


def _is_prose(sentence: str) -> bool:
    """Words in lower case with a small word among them; names and headings that ran together
    have none.
    """
    words = sentence.split()
    small = sum(word.islower() for word in words)
    bare = [word.strip(".,;:()’'") for word in words]
    single = sum(
        len(word) == 1
        and word.isalpha()
        and word not in ("a", "A", "I")
        and not _rules.initial.fullmatch(whole)
        for word, whole in zip(bare, words, strict=True)
    )
    return (
        len(words) >= _rules.words and small >= len(words) // 2 and not single
    )


def stands_alone(sentence: str) -> bool:
    """Whether it can be understood without the sentence before it and the page around it."""
    dangles = (
        _rules.dangling.match(sentence) and not _rules.good_this.match(sentence)
    ) or _rules.run_in.match(sentence)
    return (
        not dangles
        and not _rules.pointing.search(sentence)
        and not _rules.open_reference.search(sentence)
        and not _rules.notation.search(sentence)
        and not _rules.hollow.search(sentence)
        and not _rules.leaning.match(sentence)
    )


def names_its_subject(sentence: str, *, abstract: bool) -> bool:
    """Whether it does not begin with a noun that only the sentences before explain."""
    vague = _rules.vague_noun if abstract else _rules.bare_noun
    return not vague.match(sentence)


def without_link(sentence: str) -> str:
    """The sentence without the words that tie it to the one before: "However, ", "To this end, "."""
    found = _rules.link.match(sentence)
    return sentence[found.end() :] if found else sentence


def as_statement(sentence: str) -> str:
    """The sentence without its link, beginning with a capital letter."""
    bare = without_link(sentence)
    return bare[:1].upper() + bare[1:]
