"""Decides which papers are about a topic, and keeps what is known of announcements and versions.

    records.py         an arXiv record given as JSON becomes a Paper
    rank.py            verdicts on papers, for one topic or many
    topic_ranker.py    one topic: evidence, likeness, ratings into a score with reasons
    topic_rules.py     what a topic's words, and the papers that they prove, say of any paper
    llm_screening.py   a model's grades for what stays uncertain
    preferences.py     names of people and places that a group follows, boosts or mutes
    announcements.py   when arXiv announces
    versions.py        what a new version changes; withdrawals
    empty_run.py       why a topic has no news
    terms/             words: tokens, phrases, abbreviations, evidence, likeness
    learning/          weights, ratings, reference lists, and what ratings teach
    topics/            names of topics in English and Chinese; proposals for config.toml

Others import `judge_papers` and `MultiTopicJudge` from rank, `Ratings` from learning.ratings.
"""
