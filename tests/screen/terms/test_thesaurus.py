"""The bilingual thesaurus is whole and can be looked up."""

from pipeline.screen.terms.phrases import compile_phrase
from pipeline.screen.terms.thesaurus import load_thesaurus


def test_it_holds_terms_of_many_fields_with_chinese_names():
    found = load_thesaurus()
    topics = [term for term in found.terms if not term.is_word]
    assert len(topics) >= 800
    assert all(term.zh for term in found.terms)
    fields = {
        category.split(".")[0]
        for term in topics
        for category in term.categories
    }
    assert {"cs", "eess", "stat", "q-bio", "physics"} <= fields


def test_no_english_term_stands_twice_and_each_can_be_matched():
    terms = load_thesaurus().terms
    assert len({term.en.casefold() for term in terms}) == len(terms)
    names = [name for term in terms for name in (*term.names, *term.kinds)]
    assert all(compile_phrase(name).words for name in names)


def test_a_term_is_found_by_each_of_its_names():
    found = load_thesaurus()
    (term,) = found.find(
        compile_phrase("vision-and-language navigation").content
    )
    assert term in found.by_abbreviation["VLN"]
    assert term in found.by_chinese["视觉语言导航"]
