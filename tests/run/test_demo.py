"""The demonstration leaves what is real alone."""

from pipeline.config import Config, Model, Output, Site
from pipeline.run.demo import with_bundled_arxiv
from tests.samples import NIGHT


def test_invented_papers_go_into_no_real_blog_and_to_no_model(tmp_path):
    real = Config(
        output=Output(dir=str(tmp_path)),
        hexo=Site(source="blog"),
        vuepress=Site(source="wiki"),
        model=Model(provider="openai"),
    )
    with with_bundled_arxiv(real, NIGHT) as config:
        assert (
            config.hexo.source,
            config.vuepress.source,
            config.model.provider,
        ) == (
            "",
            "",
            "extractive",
        )
        assert "127.0.0.1" in config.arxiv.api
        assert config.out == tmp_path
