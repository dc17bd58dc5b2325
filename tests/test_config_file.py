"""config.toml and the environment become one checked Config."""

import tomllib

import pytest

from pipeline.config import Config
from pipeline.config_file import load, salvage
from pipeline.errors import ConfigError
from pipeline.resources import CONFIG


def write(tmp_path, text):
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_file_is_valid_and_names_every_key_with_its_default():
    shipped = load(CONFIG, environ={})
    data = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    data.pop("topics")
    assert data == {
        name: part
        for name, part in Config().model_dump(mode="json").items()
        if name not in ("topics", "folder")
    }
    assert len(shipped.topics) == 7


@pytest.mark.parametrize(
    ("text", "says", "step"),
    [
        (
            "[arxiv]\nintervall = 3\n",
            "arxiv.intervall",
            'Did you mean "interval"?',
        ),
        ("[arxive]\n", "arxive", 'Did you mean "arxiv"?'),
        (
            '[topics."A"]\nphrase = ["x"]\n',
            "topics.A.phrase",
            'Did you mean "phrases"?',
        ),
        ("[arxiv]\ninterval = -1\n", "arxiv.interval", "Correct that value."),
        ('[run]\ntimezone = "Mars/Base"\n', "Mars/Base", "Correct that value."),
        ("[arxiv\n", "not valid TOML", "Correct that line."),
        ("folder = 'x'\n", "folder", "Known here"),
    ],
)
def test_a_wrong_file_is_one_line_and_a_step(tmp_path, text, says, step):
    with pytest.raises(ConfigError) as caught:
        load(write(tmp_path, text), environ={})
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert step in caught.value.step


def test_the_environment_overrides_the_file_with_the_type_of_the_key(tmp_path):
    path = write(
        tmp_path,
        '[arxiv]\ninterval = 4\n[topics."Talking Head / Face"]\nthreshold = 0.4\n',
    )
    config = load(
        path,
        environ={
            "SCREEN_ARXIV__INTERVAL": "5",
            "SCREEN_ARXIV__CONTACT": "123",
            "SCREEN_OUTPUT__FACES": '["hexo", "feed"]',
            "SCREEN_MODEL__PRICE__INPUT": "0.5",
            "SCREEN_TOPICS__TALKING_HEAD_FACE__THRESHOLD": "0.7",
            "SCREENRC": "ignored",
        },
    )
    assert config.arxiv.interval == 5
    assert config.arxiv.contact == "123"
    assert config.output.faces == ("hexo", "feed")
    assert config.model.price.input == 0.5
    assert config.topics["Talking Head / Face"].threshold == 0.7


def test_an_unknown_key_in_the_environment_is_an_error(tmp_path):
    with pytest.raises(ConfigError, match=r"arxiv\.intervl"):
        load(write(tmp_path, ""), environ={"SCREEN_ARXIV__INTERVL": "5"})


def test_paths_start_from_the_folder_of_the_file(tmp_path):
    assert (
        load(write(tmp_path, '[output]\ndir = "out"\n'), environ={}).out
        == tmp_path / "out"
    )


def test_a_topic_is_found_in_any_case_and_unknown_words_are_its_phrase():
    config = load(CONFIG, environ={})
    assert config.topic("talking  HEAD").name == "Talking Head"
    fresh = config.topic("sign language production")
    assert (fresh.name, fresh.phrases, fresh.configured) == (
        "sign language production",
        (),
        False,
    )


@pytest.mark.parametrize("name", ["", "  ", "--", "“”"])
def test_a_topic_without_a_word_is_refused(name):
    with pytest.raises(ConfigError):
        Config().topic(name)


def test_a_language_without_prompts_is_told_with_those_that_there_are(tmp_path):
    """A folder of prompts of the user's own is a language too."""
    file = tmp_path / "config.toml"
    file.write_text('[output]\nlanguage = "fr"\n', encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        load(file, environ={})
    assert raised.value.key == "output.language"
    assert "en, zh" in raised.value.message
    (tmp_path / "prompts" / "fr").mkdir(parents=True)
    (tmp_path / "prompts" / "fr" / "review.md").write_text(
        "Écris en français.", encoding="utf-8"
    )
    assert load(file, environ={}).output.language == "fr"


@pytest.mark.parametrize(
    "wrong", ["[arxiv", "[arxiv]\nintervall = 3", "[run]\nworkers = 'two'"]
)
def test_who_is_to_be_told_is_found_in_a_file_that_is_broken_elsewhere(
    tmp_path, wrong
):
    file = tmp_path / "config.toml"
    file.write_text(
        f'[notify]\nurls = [\n  "json://localhost",\n]\nwhen = "trouble"\n{wrong}\n[output]\ndir = "x"\n'
    )
    found = salvage(file, {})
    assert (found.urls, found.when) == (("json://localhost",), "trouble")
    assert salvage(file, {"SCREEN_NOTIFY__URLS": '["json://other"]'}).urls == (
        "json://other",
    )


def test_nobody_is_told_where_no_address_can_be_read(tmp_path):
    file = tmp_path / "config.toml"
    for text in (
        "",
        "[notify\nurls = 3",
        "[notify]\nurls = [",
        "[notify]\nurls = 3",
    ):
        file.write_text(text)
        assert salvage(file, {}).urls == ()
    assert salvage(tmp_path / "none.toml", {}).urls == ()


def test_followed_authors_are_a_topic_of_the_night():
    config = load(CONFIG, environ={}, set_={"follow.authors": ["Ada Example"]})
    assert config.nightly_topics[-1] == "Followed Authors"
    assert config.topic("followed authors").authors == ("Ada Example",)
    assert "Followed Authors" not in load(CONFIG, environ={}).nightly_topics


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[model]\nbudget_per_run = -1\n", "应为不小于 0.0 的数"),
        ('[model]\nverify = "often"\n', "应为其中之一：'model' or 'rules'"),
        ('[output]\nfaces = "hexo"\n', '请写作 faces = ["hexo"]。'),
        ("[arxiv]\nintervall = 3\n", "是否指“interval”？"),
    ],
)
def test_what_is_wrong_is_told_in_the_language_of_the_locale(
    tmp_path, chinese, text, says
):
    with pytest.raises(ConfigError) as refused:
        load(write(tmp_path, text), environ={})
    assert says in f"{refused.value.message} {refused.value.step}"
