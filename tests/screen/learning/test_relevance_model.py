"""Evidence and likeness become one score."""

import math

from pipeline.screen.learning.relevance_model import measure_scale
from pipeline.screen.terms.phrase_evidence import TopicEvidence, no_evidence

NAMED = TopicEvidence(title=1.0, whole=1.0, best=1.0)
MENTIONED = TopicEvidence(whole=1.0, best=1.0)


def test_the_share_of_titles_tells_a_topic_of_papers_from_a_mere_mention():
    about = measure_scale([NAMED] * 9 + [MENTIONED])
    beside = measure_scale([NAMED] + [MENTIONED] * 9)
    assert about.titled > beside.titled
    assert about.best > beside.best


def test_a_corpus_without_the_topic_has_a_scale():
    scale = measure_scale([no_evidence] * 3)
    assert scale.best == 0
    assert scale.titled == math.log(1 / 2)
