"""From a topic's words in any language to a topic that can be asked for.

    chinese_names.py   Chinese names of topics in English
    shortened_names.py Chinese words that only longer names of the thesaurus hold
    understanding.py   what a name means; near misses; names that mean nothing
    name_spelling.py   the usual case of a name; abbreviations spelled out
    proposal.py        a topic as lines for config.toml

Others import `understand_topic` and `propose_topic` from the modules.
"""
