"""The pages have the same words in every language, and plurals in English."""

from pipeline.render.html.environment import words_filler, words_of


def test_every_language_has_every_word():
    plurals = {key for key in words_of("en") if key.endswith("_one")}
    assert set(words_of("zh")) >= set(words_of("en")) - plurals


def test_one_paper_is_no_papers():
    fill = words_filler(words_of("en"))
    assert (fill("papers", count=1), fill("papers", count=2)) == ("1 paper", "2 papers")
