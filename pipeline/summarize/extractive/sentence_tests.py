"""What a sentence says: who did it, a result, a limit, what the work is good for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.summarize.extractive.availability import availability_aspects
from pipeline.summarize.extractive.sentences.collected import Sentence
from pipeline.summarize.extractive.sentences.section_kinds import (
    ABSTRACT,
    CLOSING,
    OPENING,
    RELATED,
)


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """Words that give away what a sentence says."""

    others: re.Pattern[str] = re.compile(
        r"\bet al\b|\b(?:[Rr]ecent|[Pp]revious|[Pp]rior|[Ee]arlier) (?:work|stud)\w* (?:(?:by|of|from) [A-Z]"
        r"|\[)|\b(?:[Ww]ork|[Mm]ethod|[Aa]pproach) (?:by|of) [A-Z]"
        r"|\bproposed (?:by|in) [A-Z\[]|\b[A-Z][a-z]+ (?:and|&) [A-Z][a-z]+ \(?(?:19|20)\d\d|^\s*\[\d+\]"
        r"|^[A-Z][\w-]+ \[\d+\]|\(\w+,? (?:19|20)\d\d\)"
        r"|\b(?:their|they) (?:propos|introduc|present|method|approach|model)"
        r"|\b[Oo]ur (?:own )?(?:previous|earlier|prior|recent|former) (?:work|stud|paper|report|result)"
        r"|\bby our group\b|\bwe (?:have )?previously\b|\b(?:was|were|been) previously (?:report|show|describ|publish)"
        r"|\b[Bb]aselines?\b(?!.{0,40}\b(?:outperform|surpass|by|than))"
    )
    """Speaks of somebody else's work or of what ours is compared with."""
    number: re.Pattern[str] = re.compile(
        r"(?<![\w.-])\d[\d,]*(?:\.\d+)?[\s-]*(?:%|×(?!\s*\d)|x\b|dB|points?|fps|ms\b|s\b|seconds|percent|times|-?fold)"
        r"|(?<![\w.-])\d+\.\d+(?![\w-])"
        r"|倍|\d+%",
        re.IGNORECASE,
    )
    result: re.Pattern[str] = re.compile(
        r"\b(?:outperform|achiev|improv|surpass|superior|state-of-the-art|state of the art|better|best|accura"
        r"|gains?\b|yield|reduc|increas"
        r"|decreas|faster|scores?|reach|competitive|exceed|error|results|experiments|evaluat|show|demonstrat"
        r"|reveal|find|found|estimate"
        r"|confirm|rank|higher|lower|correlat|significant|match|robust|verif|identified"
        r"|from \d.{0,20}\bto \d)|优于|达到|提升|准确率|表明"
        r"|提高",
        re.IGNORECASE,
    )
    attains: re.Pattern[str] = re.compile(
        r"\b(?:outperform|achiev|improv|surpass|superior|better|best|accura|gains?\b|yield|reduc|increas"
        r"|decreas|faster|scores?|reach"
        r"|exceed|error|higher|lower|highest|lowest|obtain|attain|match|run)|优于|达到|提升|准确率|提高",
        re.IGNORECASE,
    )
    """Says what a value is a value of."""
    included: re.Pattern[str] = re.compile(
        r"\bwere (?:\w+ly )?(?:included|enrolled|recruited|searched|excluded)\b"
    )
    """Studies or patients were taken in."""
    found_out: re.Pattern[str] = re.compile(
        r"\b(?:we|results?|experiments?|evaluations?|analys[ei]s|study|paper|findings|simulations?|tests"
        r"|comparisons?|studies|work)\b[^.;]{0,70}"
        r"\b(?:show|demonstrat|reveal|found|find|confirm|verif|indicat|suggest|observ|prov(?:e|ed|en)"
        r"|establish|conclude|report|illustrat)\w*\b"
        r"|\b(?:outperform|surpass|exceed)\w*|\b(?:achiev|reach|yield|obtain|attain|establish|set)\w*\b.{0,60}"
        r"\b(?:performance|accuracy|results?|quality|state|score|rate|improvement|error|gains?|fidelity|record)"
        r"|\b(?:were|was) (?:found|identified|associated|observed|significantly|higher|lower|improved|reduced)"
        r"|表明|优于|达到",
        re.IGNORECASE,
    )
    """Says what came out where it gives no value."""
    purpose: re.Pattern[str] = re.compile(
        r"\b(?:we aim|aims? to|our (?:goal|aim)|in order to|unlike|to further|goal is|we (?:hope|believe|plan"
        r"|envision|anticipate)|will be|could be|should)\b",
        re.IGNORECASE,
    )
    promise: re.Pattern[str] = re.compile(
        r"\b(?:we aim|aims? to|our (?:goal|aim)|goal is|we (?:believe|plan|anticipate)|could be|should)\b",
        re.IGNORECASE,
    )
    lack: re.Pattern[str] = re.compile(
        r"\b(?:existing|previous|prior|current)\b[^.;]{0,60}\b(?:lack|fail|suffer|cannot|can not|struggl|ignor"
        r"|neglect|not)\w*",
        re.IGNORECASE,
    )
    """Says what others do not reach."""
    limit: re.Pattern[str] = re.compile(
        r"\b(?:limitations?|(?:is|are|was|were|remains?) (?:\w+ )?(?:limited|restricted|constrained)|cannot"
        r"|can not|failure cases?|fails? (?:to|in|on|when)"
        r"|struggles?|(?:do|does|did) not|not (?:yet|able)|drawbacks?|weakness|shortcoming|degrad(?:e|es|ed)"
        r"|small sample)\b"
        r"|局限|不足|尚不能|无法",
        re.IGNORECASE,
    )
    own_limit: re.Pattern[str] = re.compile(
        r"\b(?:limitations?|drawback|shortcoming|weakness)\b.{0,50}\b(?:of|in|is|are|to)\b|局限|不足",
        re.IGNORECASE,
    )
    way_out: re.Pattern[str] = re.compile(
        r"\b(?:future|address(?:ed|ing)?|overcom\w+|eliminat\w+|alleviat\w+|mitigat\w+|improv\w+|outperform\w*"
        r"|success\w*|we (?:will|plan)"
        r"|can be (?:solved|avoided|handled)|despite|although|existing|previous|prior|remove\w*|to avoid"
        r"|we (?:\w+ )?(?:show|demonstrate|propose"
        r"|introduced?|present)|earlier|current (?:\w+ )?(?:techniques|methods|approaches|models)|(?:several"
        r"|some|many|following|few|certain|two|three) limitations|robust|not (?:need|require|depend|rely))\b",
        re.IGNORECASE,
    )
    """What speaks of the way out of a limit, or of the limits of others."""
    past: re.Pattern[str] = re.compile(
        r"\b(?:existing|previous(?:ly)?|prior|current(?:ly)?|traditional(?:ly)?|conventional|earlier"
        r"|most (?:methods|approaches|works|of the)|literature"
        r"|suffers?|fails?|struggles?|limit\w*|lack\w*|overlook\w*|neglect\w*|difficult|cannot|can not"
        r"|remains?|challeng\w+|unclear|expensive"
        r"|costly|rel(?:y|ies)|require\w*|not|less|hinder\w*|ignor\w+|prone|slow|insufficient|poor\w*)\b|然而|已有|现有"
        r"|以往|传统|难以|不足",
        re.IGNORECASE,
    )
    meaning: re.Pattern[str] = re.compile(
        r"\b(?:implications?|pav(?:es?|ing) the way|promising|potential(?:ly)? (?:to|for|of|as|in"
        r"|applications?|impact|benefits?)|opens? (?:up |the |new )"
        r"|opening (?:up |the |new )|enabl(?:es?|ing) (?:new|future|practical|real|more|the use)|(?:results"
        r"|findings|work|study|analysis|paper|survey|review)"
        r" (?:\w+ )?(?:suggest|highlight|underscor|emphasi[sz]|provid|offer|contribut|support|point|serve"
        r"|indicate)\w*|sheds?|can (?:be (?:used|applied"
        r"|adopted|easily)|serve|help|benefit|guide|inform)|insights?|useful|valuable|we (?:hope|believe"
        r"|envision)|steps? towards?|benefits?"
        r"|facilitat\w+|applicable|guidelines|of interest|relevant|recommendations|critical)\b|意义|有望|提供",
        re.IGNORECASE,
    )
    presents: re.Pattern[str] = re.compile(
        r"\b(?:we|this (?:\w+ )?(?:paper|work|article|study|survey|review|letter|thesis|report)|nous"
        r"|wir) (?:\w+ly |have |here )?(?:propos|present|introduc|develop"
        r"|describ|investigat|stud|survey|review|design|releas|stellen|schlagen|examin|consider|analy[sz]"
        r"|explor|address|provid|offer|deriv|build|built|collect"
        r"|outlin|report)(?!\w* that\b)"
        r"|\b(?:is|are|was|were|will be) (?:proposed|presented|introduced|examined|investigated|explored"
        r"|studied|derived)\b"
        r"|\b(?:study|analysis|trial|survey|review|investigation) (?:was|were) (?:\w+ )?(?:performed|conducted"
        r"|carried out|undertaken|conceived|designed|initiated) to\b"
        r"|\b(?:aims?|objectives?|purpose|goal) (?:of (?:this|the|our) (?:present )?[\w-]+ )?(?:was|were|is) to\b"
        r"|\bthis (?:[\w-]+ )?(?:paper|work|article|study|meta[- ]analysis|trial|review|report) aim(?:s|ed) (?:to|at)\b"
        r"|(?:本文|该文|我们).{0,12}(?:提出|介绍|设计)|(?:本文|该文)(?:主要)?研究",
        re.IGNORECASE,
    )
    studies: re.Pattern[str] = re.compile(
        r"\b(?:we|this (?:\w+ )?(?:paper|work|article|study|meta[- ]analysis|trial|report)) (?:\w+ly |have )?(?:compar"
        r"|quantif|evaluat|assess|estimat|formulat|devis|test|creat|construct|implement|characteri[sz]|measur|prepar"
        r"|synthesi[sz]|model|argu|adapt|extend|generali[sz]|demonstrat|show|prov|report)\w*\b(?! that\b)"
        r"|\b(?:was|were|is|are) (?:\w+ly )?(?:evaluated|assessed|compared|analy[sz]ed|determined|demonstrated"
        r"|synthesi[sz]ed|simulated)\b",
        re.IGNORECASE,
    )
    """Says what was studied: "We compare …", "The causes were assessed"."""
    step_passive: re.Pattern[str] = re.compile(
        r"^[^\[(]{0,90}\b(?:was|were) (?:\w+ly )?(?:collected|performed|conducted|measured|used|applied"
        r"|analy[sz]ed|selected|recruited|calculated"
        r"|trained|evaluated|carried out|designed|implemented|obtained|recorded|tested|developed|interviewed)\b"
    )
    done: re.Pattern[str] = re.compile(
        r"\b(?:is|are|was|were) (?:\w+ly |then |first )?(?:\w+ed|built|drawn|taken|given|done|chosen|learnt|shown)\b"
        r"|\b(?:consists?|comprises?|takes|uses|employs|learns|encodes|aggregates|acts|contains|combines|maps"
        r"|generates|predicts|extracts|reasons"
        r"|replaces|integrates|allows|exploits|leverages|adopts|follows|divides|selects|applies|computes"
        r"|constructs|specify)\b|\bcomponent\b"
    )
    """Says how something is done or made."""
    not_method: re.Pattern[str] = re.compile(
        r"\b(?:needs? to|our findings|results (?:show|demonstrate)|in our experiments|successfully|is also"
        r"|are also|found to be|easy to|has been"
        r"|have been|outperform\w*|we (?:discuss|hope|believe|find|show|demonstrate|conclude)"
        r"|new frontiers|experiments (?:on|show|demonstrate)|superior|addresses the|contribution to"
        r"|qualitative(?:ly)?|quantitative(?:ly)?)\b",
        re.IGNORECASE,
    )
    unfinished: re.Pattern[str] = re.compile(
        r"(?:An?|The) (?:[\w-]+ ){0,5}(?:that|which|of|for|to|on) "
    )
    """Entries that are a noun, not a sentence: "A demonstration that …"."""
    besides: re.Pattern[str] = re.compile(
        r"\b(?:(?<!but )also|further|furthermore|additionally|moreover|besides)\b|还|此外",
        re.IGNORECASE,
    )
    """What adds a second thing to a first one."""
    tries: re.Pattern[str] = re.compile(
        r"(?:[^,]{0,60}, )?(?:we|our experiments) (?:\w+ly )?(?:evaluate|test|conduct|validate|perform|are)\b"
        r"|(?:[\w-]+ ){0,4}(?:experiments?|evaluations?) (?:was|were|is|are|have been) (?:conducted|performed|carried)",
        re.IGNORECASE,
    )
    """Says how something was tried out: "We evaluate …"."""
    side_remark: re.Pattern[str] = re.compile(
        r"^(?:When|If|During)\b|\bresearch directions?\b|\bfuture work\b|\bonly (?:one|two|consider|examine)|\bin order to\b"
    )
    """What holds under a condition, or tells a restriction or a purpose."""
    early: float = 0.35
    """Share of the introduction in which the field is described."""


_words = SentenceWords()


def is_of_others(one: Sentence) -> bool:
    """Tell whether a sentence speaks of somebody else's work."""
    return one.place == RELATED or bool(_words.others.search(one.text))


def is_about_work(one: Sentence) -> bool:
    """Tell whether a sentence speaks of the work itself and of nobody else's."""
    return one.own and not is_of_others(one)


def is_of_field(one: Sentence) -> bool:
    """Tell whether a sentence speaks early of the field and not of the work."""
    early = one.place == ABSTRACT or one.order < _words.early
    return early and not one.own


def is_of_past(one: Sentence) -> bool:
    """Tell whether a sentence speaks of what others do, or of what is wrong with it."""
    return not one.own and bool(_words.past.search(one.text))


def is_of_method(one: Sentence) -> bool:
    """Tell whether a sentence says how the work is done, and reports no result of it."""
    told = one.own or one.part or _words.done.search(one.text)
    return (
        bool(told)
        and not is_of_others(one)
        and not _words.not_method.search(one.text)
        and not _words.number.search(one.text)
    )


def is_first_of_method(one: Sentence) -> bool:
    """Tell whether a sentence says how the work is done, and not what else there is."""
    return is_of_method(one) and not is_addition(one)


def is_addition(one: Sentence) -> bool:
    """Tell whether a sentence adds a second thing to a first one: "We also …"."""
    return bool(_words.besides.search(one.text))


def is_setup(one: Sentence) -> bool:
    """Tell whether a sentence says how something was tried out, and not what came out."""
    labelled = one.part == "method" and not is_presenting(one)
    tried = bool(_words.tries.match(one.text))
    return labelled or (
        tried and not (is_valued(one) or _words.found_out.search(one.text))
    )


def is_inclusion(one: Sentence) -> bool:
    """Tell whether a sentence says what was looked at, and not what was found in it."""
    return bool(_words.included.search(one.text))


def is_result(one: Sentence) -> bool:
    """Tell whether a sentence says what came out."""
    told = one.part or _words.found_out.search(one.text)
    return (
        bool(told)
        and not is_inclusion(one)
        and not is_of_others(one)
        and not _words.purpose.search(one.text)
        and not _words.lack.search(one.text)
    )


def is_valued(one: Sentence) -> bool:
    """Tell whether a sentence says what came out, with a value."""
    return (
        bool(_words.result.search(one.text))
        and not is_inclusion(one)
        and bool(_words.number.search(one.text))
        and not is_of_others(one)
        and not _words.purpose.search(one.text)
    )


def is_own_value(one: Sentence) -> bool:
    """Tell whether a sentence says with a value what the work itself reaches."""
    attains = _words.attains.search(one.text)
    return one.leads and bool(attains) and is_valued(one)


def is_done_by_authors(one: Sentence) -> bool:
    """Tell whether a sentence says what the authors did."""
    return not is_of_others(one) and (one.leads or tells_what_was_done(one))


def tells_what_was_done(one: Sentence) -> bool:
    """Tell whether a sentence says in the passive what was done: "Data were collected …"."""
    return bool(_words.step_passive.search(one.text))


def is_meaning(one: Sentence) -> bool:
    """Tell whether a sentence says what the work is good for, not where its code is."""
    return bool(_words.meaning.search(one.text)) and not availability_aspects(
        one.text
    )


def is_titled_limit(one: Sentence) -> bool:
    """Tell whether a sentence stands in a section on limits."""
    return "limit" in one.section.lower() or "局限" in one.section


def is_limit(one: Sentence) -> bool:
    """Tell whether a sentence admits a limit of the work itself."""
    admits = _words.limit.search(one.text) and (
        is_titled_limit(one) or one.leads
    )
    told = admits or _words.own_limit.search(one.text)
    return bool(told) and not _words.way_out.search(one.text)


def is_presenting(one: Sentence) -> bool:
    """Tell whether a sentence says what is presented."""
    return bool(_words.presents.search(one.text))


def is_studying(one: Sentence) -> bool:
    """Tell whether a sentence says what was studied, made or compared."""
    return bool(_words.studies.search(one.text))


def tells_where_to_get(one: Sentence) -> bool:
    """Tell whether a sentence says where code, data or weights are."""
    return bool({"code", "data", "weights"} & {*availability_aspects(one.text)})


def is_noun_phrase(one: Sentence) -> bool:
    """Tell whether an entry of a list is a noun and no sentence: "A proof that …"."""
    return one.contribution and bool(_words.unfinished.match(one.text))


def is_promise(one: Sentence) -> bool:
    """Tell whether a sentence says what is hoped for or meant, not what was done."""
    return bool(_words.promise.search(one.text))


def is_main_point(one: Sentence) -> bool:
    """Tell whether a sentence outside the abstract says what the work is or reaches."""
    return (
        one.leads
        and one.place in (OPENING, CLOSING)
        and not _words.side_remark.search(one.text)
        and not is_noun_phrase(one)
        and (is_presenting(one) or one.contribution or is_own_value(one))
    )
