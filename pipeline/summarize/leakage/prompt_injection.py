"""Text in a paper that speaks to a model that reads it: reported to the reader, never followed.

Papers about such attacks quote such text, so what is found here is a warning and nothing more.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pipeline.paper import Document


@dataclass(frozen=True, slots=True)
class PromptInjectionRules:
    """Words by which text gives orders to a model."""

    excerpt: int = 80
    """Characters of the text that a warning shows."""
    most: int = 3
    """Warnings of one paper; a paper about such attacks holds many."""
    order: str = r"(?:give|provide|write|output|generate|return|produce|leave|assign|award|submit)"
    praise: str = r"(?:positive|favou?rable|glowing|excellent|strong|the highest|high|top)"
    judgement: str = r"(?:reviews?|ratings?|scores?|evaluations?|assessments?|feedback|recommendations?|comments?)"
    model: str = r"(?:an? )?(?:ai|llms?|(?:large )?language models?|chatgpt|gpt|claude|gemini|artificial intelligence)"
    forget: str = r"(?:ignore|disregard|forget|override|bypass)"
    earlier: str = (
        r"(?:all|any|every|the|your|of|these|those|previous|prior|above|earlier|preceding"
        r"|foregoing|existing|system|other)"
    )
    who: str = r"(?:all |any |the )?"
    zh_model: str = r"(?:ai|人工智能|大?语言模型|大模型|llm|机器人|智能体)"


_rules = PromptInjectionRules()


_PATTERNS = (
    (
        rf"\b{_rules.forget} (?:{_rules.earlier} ){{1,4}}"
        r"(?:instructions?|prompts?|directions?|guidelines|commands?|rules|messages?)"
    ),
    (
        rf"\b{_rules.order} (?:(?:only|just|me|us|this paper|the paper|it|the authors) )*(?:an? |with )?(?:only )?"
        rf"(?:very )?{_rules.praise}"
        rf" (?:\w+ )?{_rules.judgement}(?: only| of this| for this| to this|[.!;,)]|$)"
    ),
    rf"\b{_rules.praise} {_rules.judgement} only\b",
    (
        r"\b(?:do not|don't|never|must not|should not) (?:\w+ )?(?:highlight|mention|point out|report|list|discuss)"
        r" (?:any |the |its |of )*(?:negatives?|weakness(?:es)?|flaws?|shortcomings)"
    ),
    rf"\bif you are {_rules.model}\b",
    rf"\b(?:note|message|instructions?|attention|warning) (?:to|for) {_rules.who}{_rules.model}(?: re(?:view|ad)ers?)? ?[:,.!]",
    rf"\b(?:as|dear) {_rules.model}(?: reviewer| assistant| reader)?, (?:you|please|do|give|recommend|ignore)",
    r"\b(?:you (?:must|should|are to|have to)|please|always) (?:strongly )?(?:recommend|vote for) (?:strong )?accept",
    r"\brecommend (?:accept(?:ing|ance)? (?:of )?(?:this|the) (?:paper|submission|manuscript)|strong accept)",
    (
        r"(?:忽略|无视|忘记|忘掉|不要理会|不理会|跳过)掉?(?:以上|之前|前面|先前|上述|此前|所有|一切|全部|任何|你的|的|已有){1,4}"
        r"(?:指令|指示|提示词?|要求|命令|规则|内容|设定)"
    ),
    (
        r"(?:只|仅|务必|请|必须|应|一定要|直接)[^。,;]{0,6}(?:给出?|写|提供|输出|返回|撰写|打|[作做]出)[^。,;]{0,8}"
        r"(?:正面|积极|好评|肯定|满分|高分|最高分?)[^。,;]{0,4}(?:评价|评审|评论|意见|打分|审稿|评分|分数|反馈|。|$)"
    ),
    (
        r"(?:不要|不得|请勿|切勿|禁止|不许|不能)(?:提及|指出|提到|讨论|列出|写出|强调|提|说)[^。,;]{0,8}"
        r"(?:缺点|不足|弱点|缺陷|负面|局限)"
    ),
    rf"(?:如果|若|假如|当)你是[^。,;]{{0,8}}{_rules.zh_model}|(?:致|告|给)[^。,;]{{0,4}}{_rules.zh_model}(?:审稿人?|读者|助手)?[::,]",
    rf"(?:作为|身为)(?:一个|一名)?{_rules.zh_model}[^。]{{0,8}}你(?:应|必须|要|需)",
    r"(?:请|务必|必须|建议)(?:强烈)?(?:推荐|建议)?(?:直接)?(?:接收|录用|接受)(?:本文|这篇|该论文|此文)",
)
_SPEAKS = re.compile("|".join(_PATTERNS))
_WORDS = {
    "zh": (
        "第 {page} 页有写给 AI 读者的话，未予理会：“{text}”",
        "文中藏有写给 AI 读者的话，未予理会：“{text}”",
    ),
    "en": (
        "Page {page} speaks to an AI reader; ignored: “{text}”",
        "Hidden text speaks to an AI reader; ignored: “{text}”",
    ),
}


def find_injection(text: str) -> str | None:
    """The words that speak to a model, with what stands around them, or None."""
    plain = " ".join(
        unicodedata.normalize("NFKC", text).replace("’", "'").split()
    )
    found = _SPEAKS.search(plain.lower())
    if not found:
        return None
    begin = max(0, found.start() - _rules.excerpt // 8)
    begin = plain.rfind(" ", 0, begin) + 1 if begin else 0
    return plain[max(begin, found.start() - _rules.excerpt // 2) :][
        : _rules.excerpt
    ].strip()


def warnings(document: Document, language: str) -> tuple[str, ...]:
    """One line for each place, the hidden ones first. At most `MOST`.

    Only what looks like an instruction is told, whether a reader of the page can see it or not.
    """
    shown, hidden = _WORDS.get(language, _WORDS["en"])
    lines = [
        hidden.format(text=found)
        for piece in document.hidden
        if (found := find_injection(piece.text))
    ]
    pieces = (
        passage
        for passage in document.passages()
        if passage.kind != "references"
    )
    lines += [
        shown.format(page=piece.page, text=found)
        for piece in pieces
        if (found := find_injection(piece.text))
    ]
    return tuple(dict.fromkeys(lines))[: _rules.most]
