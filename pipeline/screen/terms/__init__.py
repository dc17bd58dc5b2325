"""Words of papers and of topics, and how strongly the ones speak for the others.

tokenizer.py                 text into sentences of stems, with their places
paper_text.py                a paper read once for all topics
phrases.py                   phrases as authors write them, found in sentences
thesaurus.py, .toml          English and Chinese terms with names, abbreviations and kinds
topic_words.py               a topic's name as alternatives
abbreviation_definitions.py  abbreviations that the records define themselves
query_expansion.py           a name as the phrases that stand for its words
phrase_evidence.py           how much of a topic a paper names, and where
background.py, .npz          how common terms are, and which go together
corpus.py                    papers as tf-idf rows and places in the reduced space
relevance_feedback.py        what the proven papers of a topic have in common
"""
