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


def test_a_plural_of_english_stands_in_no_other_language():
    fill = words_filler(page_words("zh"))
    assert fill("results", count=1) == "找到 1 篇"
    assert not [key for key in page_words("zh") if key.endswith("_one")]
