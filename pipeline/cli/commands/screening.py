"""Topics and their queries, scores of records, ratings."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.commands.options import (
    PATH,
    as_json,
    config_file,
    configuration,
    output_folder,
)


@click.command()
@config_file
@as_json
def topics(config: Path | None, json: bool) -> None:
    """List each topic and the arXiv query it becomes."""
    from pipeline.cli.screening_actions import show_topics

    show_topics(configuration(config, None), as_json=json)


@click.command()
@click.option(
    "--topic", metavar="NAME", default="", help="A topic of config.toml, or any words."
)
@click.option(
    "--records", metavar="FILE", type=PATH, help="Records to score, JSON lines."
)
@click.option(
    "--again",
    is_flag=True,
    help="Judge again what is in the store, and show what would change.",
)
@click.option("--apply", is_flag=True, help="With --again: write the new verdicts.")
@config_file
@output_folder
def judge(
    topic: str,
    records: Path | None,
    again: bool,
    apply: bool,
    config: Path | None,
    output: Path | None,
) -> None:
    """Score records against a topic, a line of JSON for each."""
    from pipeline.cli import screening_actions

    found = configuration(config, output)
    if again:
        screening_actions.judge_again(found, topic, apply=apply)
    else:
        screening_actions.judge_records(found, topic, records)


@click.command()
@click.argument("paper_id", metavar="ID", default="")
@click.argument("rating", metavar="keep|skip", default="")
@click.option("--topic", metavar="NAME", default="", help="Of one topic only.")
@click.option(
    "--import", "import_", metavar="FILE", type=PATH, help="Read ratings, JSON lines."
)
@click.option("--export", is_flag=True, help="Print all ratings as JSON lines.")
@config_file
@output_folder
def rate(
    paper_id: str,
    rating: str,
    topic: str,
    import_: Path | None,
    export: bool,
    config: Path | None,
    output: Path | None,
) -> None:
    """Teach the ranking what to keep and what to skip."""
    from pipeline.cli import screening_actions

    found = configuration(config, output)
    if export:
        screening_actions.export_ratings(found)
    elif import_:
        screening_actions.import_ratings(found, import_)
    else:
        screening_actions.rate(found, paper_id, rating, topic)
