"""Topics and their queries, scores of records, ratings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import ConfigFile, Json, OutputFolder, TopicName, configuration

Records = Annotated[Path | None, typer.Option("--records", metavar="FILE", help="Records to score, JSON lines.")]
Again = Annotated[bool, typer.Option("--again", help="Judge again what is in the store, and show what would change.")]
Apply = Annotated[bool, typer.Option("--apply", help="With --again: write the new verdicts.")]
PaperId = Annotated[str, typer.Argument(metavar="ID", help="An arXiv id that has been screened.")]
Rating = Annotated[str, typer.Argument(metavar="keep|skip", help="Your word on it.")]
RatedTopic = Annotated[str, typer.Option("--topic", metavar="NAME", help="Of one topic only.")]
Import = Annotated[Path | None, typer.Option("--import", metavar="FILE", help="Read ratings, JSON lines.")]
Export = Annotated[bool, typer.Option("--export", help="Print all ratings as JSON lines.")]


def topics(config: ConfigFile = None, json: Json = False) -> None:
    """List each topic and the arXiv query it becomes."""
    from pipeline.judging import show_topics

    show_topics(configuration(config, None), as_json=json)


def judge(
    topic: TopicName = "",
    records: Records = None,
    again: Again = False,
    apply: Apply = False,
    config: ConfigFile = None,
    output: OutputFolder = None,
) -> None:
    """Score records against a topic, a line of JSON for each."""
    from pipeline import judging

    found = configuration(config, output)
    if again:
        judging.judge_again(found, topic, apply=apply)
    else:
        judging.judge_records(found, topic, records)


def rate(
    paper_id: Annotated[str, typer.Argument(metavar="ID", help="An arXiv id that has been screened.")] = "",
    rating: Annotated[str, typer.Argument(metavar="keep|skip", help="Your word on it.")] = "",
    topic: RatedTopic = "",
    import_: Import = None,
    export: Export = False,
    config: ConfigFile = None,
    output: OutputFolder = None,
) -> None:
    """Teach the ranking what to keep and what to skip."""
    from pipeline import judging

    found = configuration(config, output)
    if export:
        judging.export_ratings(found)
    elif import_:
        judging.import_ratings(found, import_)
    else:
        judging.rate(found, paper_id, rating, topic)
