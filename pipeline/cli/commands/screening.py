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


@click.group(invoke_without_command=True)
@config_file
@as_json
@click.pass_context
def topics(context: click.Context, config: Path | None, json: bool) -> None:
    """List each topic and the arXiv query it becomes."""
    if context.invoked_subcommand:
        return
    from pipeline.cli.screening_actions import show_topics

    show_topics(configuration(config, None), as_json=json)


@topics.command("add")
@click.argument("words", nargs=-1, required=True)
@click.option("--write", is_flag=True, help="Add it to config.toml.")
@config_file
@output_folder
def propose(
    words: tuple[str, ...],
    write: bool,
    config: Path | None,
    output: Path | None,
) -> None:
    """Propose a topic for config.toml from words."""
    from pipeline.cli.topic_proposals import add_topic

    add_topic(
        configuration(config, output), " ".join(words), config, write=write
    )


@click.command("judge")
@click.option(
    "--topic",
    metavar="NAME",
    default="",
    help="A topic of config.toml, or any words.",
)
@click.option(
    "--records", metavar="FILE", type=PATH, help="Records to score, JSON lines."
)
@click.option(
    "--model", is_flag=True, help="Ask the model about the uncertain ones."
)
@click.option(
    "--again",
    is_flag=True,
    help="Judge again what is in the store, and show what would change.",
)
@click.option(
    "--apply", is_flag=True, help="With --again: write the new verdicts."
)
@config_file
@output_folder
def judge_command(
    topic: str,
    records: Path | None,
    model: bool,
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
        screening_actions.judge_records(found, topic, records, with_model=model)


@click.command("rate")
@click.argument("paper_id", metavar="ID", default="")
@click.argument("rating", metavar="keep|skip|clear", default="")
@click.option("--topic", metavar="NAME", default="", help="Of one topic only.")
@click.option(
    "--import",
    "import_",
    metavar="FILE",
    type=PATH,
    help="Read ratings (JSON lines), or papers you like (BibTeX, RIS, CSL-JSON).",
)
@click.option(
    "--zotero",
    is_flag=True,
    help="Count the papers of [zotero] library as liked.",
)
@click.option(
    "--to-zotero",
    is_flag=True,
    help="Write the papers rated keep into the collection [zotero] save.",
)
@click.option("--export", is_flag=True, help="Print all ratings as JSON lines.")
@config_file
@output_folder
def rate_command(
    paper_id: str,
    rating: str,
    topic: str,
    import_: Path | None,
    zotero: bool,
    to_zotero: bool,
    export: bool,
    config: Path | None,
    output: Path | None,
) -> None:
    """Teach the ranking what to keep and what to skip."""
    from pipeline.cli import rating_actions

    found = configuration(config, output)
    if export:
        rating_actions.export_ratings(found)
    elif import_:
        rating_actions.import_ratings(found, import_)
    elif zotero:
        rating_actions.import_zotero(found)
    elif to_zotero:
        rating_actions.export_to_zotero(found)
    else:
        rating_actions.rate_paper(found, paper_id, rating, topic)
