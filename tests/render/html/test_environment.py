"""The pages have the same words in every language, and plurals in English."""

from pipeline.render.html.environment import page_words, words_filler


def test_every_language_has_every_word():
    plurals = {key for key in page_words("en") if key.endswith("_one")}
    assert set(page_words("zh")) >= set(page_words("en")) - plurals


def test_one_paper_is_no_papers():
    fill = words_filler(page_words("en"))
    assert (fill("papers", count=1), fill("papers", count=2)) == (
        "1 paper",
        "2 papers",
    )
