"""What is posted is what a file holds, whatever changes between two runs of a day."""

import pytest

from pipeline.config import Config, Output
from pipeline.errors import ConfigError
from pipeline.run.posting.publish import faces_of
from tests.run.place import TOPIC


def posted(place):
    store = place.store()
    try:
        return [
            one.paper_id
            for one in store.papers.judged()
            if one.stage == "posted"
        ]
    finally:
        store.close()


def test_a_post_keeps_its_papers_after_a_change_of_language(place):
    place.arxiv.add(1)
    place.run()
    place.keys["output.language"] = "zh"
    place.arxiv.add(2)
    code, _ = place.run()
    assert code == 0
    assert len(posted(place)) == 2
    assert all(place.text().count(paper_id) for paper_id in posted(place))


def test_topics_whose_names_make_one_file_name_get_a_file_each(place):
    place.arxiv.add(1)
    place.run()
    first = place.posts()
    other = TOPIC.replace(" ", "-")
    place.keys[f"topics.{other}"] = place.keys[f"topics.{TOPIC}"]
    code, _ = place.run(topics=(other,))
    both = place.posts()
    assert code == 0
    assert len(both) == 2
    assert first.items() <= both.items()
    assert place.run(topics=(other,))[0] == 0
    assert place.posts() == both


def test_a_new_paper_waits_where_the_post_was_edited_by_hand(place):
    place.arxiv.add(1)
    place.run()
    (path,) = place.posts()
    (place.out / path).write_text("My own words.")
    place.arxiv.add(2)
    place.run()
    assert (place.out / path).read_text() == "My own words."
    assert len(posted(place)) == 1
    place.nights(1)
    assert place.run()[0] == 0
    assert len(place.posts()) == 2
    assert len(posted(place)) == 2


def test_an_unknown_face_is_an_error_that_names_those_there_are(tmp_path):
    config = Config(output=Output(faces=("hexxo",)), folder=tmp_path)
    with pytest.raises(ConfigError) as caught:
        faces_of(config)
    assert "hexo" in caught.value.step
