"""Whether a statement says what its own passage says: the rules that need no model.

Statement and passage are seldom in one language, so the rules compare what both have: numbers with
their units, denials, claims of being first or best, the direction of a comparison, who made
something, what was released, and what is bound to what. A rule speaks only where it is nearly
sure: what it lets through goes to the second reading.

    support_rules.py    all of them, in order
    wording.py          denial, extent, authors, release
    comparisons.py      more or less, better or worse, ours or a baseline's
    bindings.py         numbers, names and terms that belong together; terms in concepts.toml
    cues.py             the words that the rules know, from support_cues.toml
"""

from pipeline.summarize.verify.support.support_rules import (
    RULES,
    unsupported_words,
)

__all__ = ["RULES", "unsupported_words"]
